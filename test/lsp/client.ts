// An editor in memory: speaks the protocol with our server over two streams, and remembers what it was told.
import { PassThrough } from 'node:stream';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
  type InlayHint,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { createConnection } from 'vscode-languageserver/node';
import { frontEnds, pages, registry } from '../../server/src/lsp/defaults';
import { startServer } from '../../server/src/lsp/server';
import type { Status } from '../../server/src/lsp/diagnostics';
import { MemoryWorkspace } from '../../server/src/project/workspace';
import { applyEdits } from '../../server/src/text/edit';
import { LineIndex } from '../../server/src/text/line-index';

export interface Setup {
  /** Files on the disk, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  readonly pull?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
}

const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    applyEdit: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true, versionSupport: true },
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] }, codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
};

const LANGUAGES: Readonly<Record<string, string>> = { prisma: 'prisma', sql: 'sql', ts: 'typescript', json: 'json' };

export class Editor {
  readonly disk: MemoryWorkspace;
  readonly connection: ProtocolConnection;
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly registered: string[] = [];
  readonly messages: string[] = [];
  readonly applied: WorkspaceEdit[] = [];
  publishes = 0;
  refreshes = 0;
  hintRefreshes = 0;
  status: Status | undefined;
  settings: Readonly<Record<string, unknown>>;
  initialized!: InitializeResult;
  readonly #texts = new Map<string, { version: number; text: string }>();
  readonly #waiting = new Set<() => void>();

  private constructor(readonly setup: Setup) {
    this.disk = new MemoryWorkspace(setup.files);
    this.settings = setup.settings ?? {};
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    startServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), {
      workspace: this.disk,
      frontEnds,
      registry,
      pages,
      pagesFolder: '/extension/docs/rules',
      version: '1.2.3',
      windows: false,
    });
    this.connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    this.raw = toServer;
    this.#listen();
  }

  /** The stream to the server, for messages that no client would send. */
  readonly raw: PassThrough;

  static async start(setup: Setup = {}): Promise<Editor> {
    const editor = new Editor(setup);
    const { textDocument } = CAPABILITIES;
    const capabilities: ClientCapabilities = {
      ...CAPABILITIES,
      textDocument: { ...textDocument, ...(setup.pull && { diagnostic: { relatedDocumentSupport: true } }) },
      ...setup.capabilities,
    };
    editor.initialized = await editor.connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities,
      workspaceFolders: (setup.folders ?? ['/w']).map((path) => ({ uri: uri(path), name: path })),
      ...(setup.initializationOptions !== undefined && { initializationOptions: setup.initializationOptions }),
    });
    await editor.connection.sendNotification('initialized', {});
    return editor;
  }

  async open(path: string, text = this.disk.files.get(path) ?? '', at = uri(path)): Promise<void> {
    this.#texts.set(at, { version: 1, text });
    const languageId = LANGUAGES[path.slice(path.lastIndexOf('.') + 1)] ?? 'plaintext';
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: at, languageId, version: 1, text } });
  }

  /** Replaces the first occurrence of `find`, as an incremental change. */
  async edit(path: string, find: string, replacement: string): Promise<void> {
    const at = uri(path);
    const document = this.#texts.get(at);
    const start = document?.text.indexOf(find) ?? -1;
    if (!document || start < 0) throw new Error(`There is no "${find}" in ${path}.`);
    const lines = new LineIndex(document.text);
    const range = { start: lines.positionAt(start), end: lines.positionAt(start + find.length) };
    document.text = document.text.slice(0, start) + replacement + document.text.slice(start + find.length);
    document.version++;
    const textDocument = { uri: at, version: document.version };
    await this.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ range, text: replacement }] });
  }

  async close(path: string): Promise<void> {
    this.#texts.delete(uri(path));
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } });
  }

  pull(path: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: uri(path) }, ...(previousResultId && { previousResultId }) });
  }

  /** The published diagnostics of the document's newest text. */
  async diagnostics(path: string): Promise<readonly Diagnostic[]> {
    const version = this.#texts.get(uri(path))?.version;
    await this.until(() => this.published.get(uri(path))?.version === version);
    return this.published.get(uri(path))?.diagnostics ?? [];
  }

  /** The codes of the diagnostics, sorted. */
  async codes(path: string): Promise<string[]> {
    return (await this.diagnostics(path)).map(({ code }) => String(code)).sort();
  }

  async actions(path: string, find: string, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    const params = { textDocument: { uri: uri(path) }, range: this.range(path, find), context: { diagnostics: [], ...context } };
    return this.connection.sendRequest('textDocument/codeAction', params);
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest('codeAction/resolve', action);
  }

  hover(path: string, find: string): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri: uri(path) }, position: this.range(path, find).start });
  }

  /** The inlay hints of a range, or of the whole document. */
  hints(path: string, range: Range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } }): Promise<InlayHint[]> {
    return this.connection.sendRequest('textDocument/inlayHint', { textDocument: { uri: uri(path) }, range });
  }

  range(path: string, find: string): Range {
    const text = this.#texts.get(uri(path))?.text ?? '';
    const start = text.indexOf(find);
    if (start < 0) throw new Error(`There is no "${find}" in ${path}.`);
    const lines = new LineIndex(text);
    return { start: lines.positionAt(start), end: lines.positionAt(start + find.length) };
  }

  /** The text of a document after the edit of an action. */
  after(edit: WorkspaceEdit | undefined, path: string): string {
    const before = this.text(path) ?? '';
    const lines = new LineIndex(before);
    const edits = (edit?.documentChanges ?? []).flatMap((change) => ('edits' in change && change.textDocument.uri === uri(path) ? change.edits : []));
    return applyEdits(
      before,
      edits.map((own) => ('newText' in own ? { file: path, start: lines.offsetAt(own.range.start), end: lines.offsetAt(own.range.end), newText: own.newText } : fail())),
    );
  }

  /** The text of a document, or of a file that isn't open. */
  text(path: string): string | undefined {
    return this.#texts.get(uri(path))?.text ?? this.disk.files.get(path);
  }

  /** The version of an open document. */
  version(path: string): number | null {
    return this.#texts.get(uri(path))?.version ?? null;
  }

  changeFiles(...paths: readonly string[]): Promise<void> {
    return this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: paths.map((path) => ({ uri: uri(path), type: 2 })) });
  }

  /** Waits until something that the server tells has come true. */
  async until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 5000;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error('The server never told so.');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100);
        this.#waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #listen(): void {
    const { connection } = this;
    const told = (): void => {
      for (const wake of this.#waiting) wake();
      this.#waiting.clear();
    };
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      this.publishes++;
      told();
    });
    connection.onNotification('schemaBible/status', (status: Status) => {
      this.status = status;
      told();
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
      told();
    });
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
      told();
    });
    connection.onRequest('workspace/configuration', () => [this.settings]);
    connection.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
      this.registered.push(...registrations.map(({ method }) => method));
      told();
      return null;
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      told();
      return null;
    });
    connection.onRequest('workspace/inlayHint/refresh', () => {
      this.hintRefreshes++;
      told();
      return null;
    });
    connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
      this.applied.push(edit);
      told();
      return { applied: true };
    });
    connection.listen();
  }
}

export function uri(path: string): string {
  return `file://${path}`;
}

function fail(): never {
  throw new Error('Only plain text edits are expected.');
}
