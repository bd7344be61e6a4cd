// What the client can do, asked once.
import type { InitializeParams } from 'vscode-languageserver/node';

export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly relatedDocuments: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesInlayHints: boolean;
  readonly relatedInformation: boolean;
  readonly tags: boolean;
  readonly codeDescriptions: boolean;
  readonly resolvesEdits: boolean;
  readonly documentChanges: boolean;
  readonly createsFiles: boolean;
  readonly appliesEdits: boolean;
  readonly configuration: boolean;
  readonly watchesFiles: boolean;
  readonly registersConfiguration: boolean;
  readonly workspaceFolders: boolean;
  readonly showsDocuments: boolean;
  /** The client's command that shows a rule's page, where it has one. */
  readonly showRulePage: string | undefined;
  /** Prisma's own extension is at work in the same editor. */
  readonly besidePrisma: boolean;
}

export function readClient({ capabilities, initializationOptions }: InitializeParams): Client {
  const { textDocument, workspace, window } = capabilities;
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const options: Readonly<Record<string, unknown>> = typeof initializationOptions === 'object' ? { ...initializationOptions } : {};
  const { showRulePage: command, besidePrisma } = options;
  return {
    pullsDiagnostics: pulled !== undefined,
    relatedDocuments: pulled?.relatedDocumentSupport ?? false,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport ?? false,
    relatedInformation: pulled?.relatedInformation ?? published?.relatedInformation ?? false,
    tags: (pulled?.tagSupport ?? published?.tagSupport) !== undefined,
    codeDescriptions: pulled?.codeDescriptionSupport ?? published?.codeDescriptionSupport ?? false,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true && textDocument.codeAction.dataSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false,
    appliesEdits: workspace?.applyEdit ?? false,
    configuration: workspace?.configuration ?? false,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    showsDocuments: window?.showDocument?.support ?? false,
    showRulePage: typeof command === 'string' ? command : undefined,
    besidePrisma: besidePrisma === true,
  };
}

/** The folders that the client opened, as URIs; also from clients that know only one root. */
export function openFolders({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map((folder) => folder.uri);
  return rootUri ? [rootUri] : [];
}
