// The language server: connects the protocol's messages to the session. Nothing that arrives here ends the process.
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type Connection,
  type DidChangeConfigurationParams,
  type DidChangeWatchedFilesParams,
  type Hover,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  type InlayHint,
  type InlayHintParams,
  type Position,
} from 'vscode-languageserver/node';
import { FIX_ALL_KIND } from '../ide/actions';
import { hoverAt } from '../ide/hover';
import { hoverInConfig } from '../ide/hover-config';
import { lockHints } from '../ide/inlay-hints';
import { LineIndex } from '../text/line-index';
import { openFolders, readClient } from './client';
import { codeActions, resolveCodeAction } from './code-actions';
import { COMMANDS, executeCommand } from './commands';
import { ConfigurationDiagnostics } from './configuration';
import { toRange } from './convert';
import { Diagnostics } from './diagnostics';
import { Session, type ServerOptions } from './session';

/** Languages that are served whatever the file is called. */
const LANGUAGES = new Set(['prisma', 'sql', 'postgres', 'postgresql', 'pgsql', 'plpgsql', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact']);
const EXTENSIONS = /\.(prisma|sql|[cm]?[jt]s|[jt]sx)$/;
const CONFIGURATION_FILE = /(^|\/)schema-bible\.json$/;
/** Everything that findings depend on: schemas, migrations, configuration, versions, journals. */
const WATCHED = '**/*.{prisma,sql,ts,tsx,mts,cts,js,jsx,mjs,cjs,json,jsonc,toml,yaml,yml,lock}';

/** Serves one client over a connection, whatever carries it, and starts listening. */
export function startServer(connection: Connection, options: ServerOptions): void {
  connection.onInitialize((params) => {
    const session = new Session(connection, options, readClient(params));
    serve(session, params);
    return describeServer(session);
  });
  connection.listen();
}

function describeServer({ client, options }: Session): InitializeResult {
  return {
    serverInfo: { name: 'Schema Bible', version: options.version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      inlayHintProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND], resolveProvider: client.resolvesEdits },
      executeCommandProvider: { commands: COMMANDS },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(client.pullsDiagnostics && {
        diagnosticProvider: { identifier: 'schema-bible', interFileDependencies: true, workspaceDiagnostics: false },
      }),
    },
  };
}

function serve(session: Session, params: InitializeParams): void {
  const { connection, client } = session;
  const diagnostics = new Diagnostics(session);
  const configuration = new ConfigurationDiagnostics(session);
  serveDocuments(session, diagnostics, configuration);

  const surroundings = new Surroundings(session, diagnostics, configuration, openFolders(params));
  connection.onInitialized(() => void surroundings.start());
  connection.onDidChangeConfiguration((change) => void surroundings.configure(change));
  connection.onDidChangeWatchedFiles((changes) => void surroundings.filesChanged(changes));

  if (client.pullsDiagnostics) connection.languages.diagnostics.on((request, token) => diagnostics.pull(request, token));
  connection.onCodeAction((request) => guarded(session, () => codeActions(request, session), []));
  connection.onCodeActionResolve((action) => guarded(session, () => resolveCodeAction(action, session), action));
  connection.onHover((request) => guarded(session, () => hover(request, session), null));
  connection.languages.inlayHint.on((request) => guarded(session, () => inlayHints(request, session), []));
  connection.onExecuteCommand((request) => guarded(session, () => executeCommand(request, session), undefined));
}

function serveDocuments(session: Session, diagnostics: Diagnostics, configuration: ConfigurationDiagnostics): void {
  const { documents, connection } = session;
  documents.onDidOpen(({ document }) => {
    if (LANGUAGES.has(document.languageId) || EXTENSIONS.test(document.uri) || CONFIGURATION_FILE.test(document.uri)) session.open(document);
  });
  documents.onDidChangeContent(({ document }) => {
    const path = session.pathOf(document.uri);
    if (path === undefined) return;
    session.project.setBuffer(path, document.getText());
    if (!CONFIGURATION_FILE.test(path)) return diagnostics.changed(document.uri);
    configuration.refresh();
    diagnostics.surroundingsChanged();
  });
  documents.onDidClose(({ document }) => {
    const path = session.close(document);
    if (path === undefined) return;
    if (CONFIGURATION_FILE.test(path)) configuration.refresh();
    else diagnostics.closed(document.uri);
    // From now on the disk's text counts for the others, if there is one.
    void session.text(path).then((text) => {
      if (text !== document.getText()) diagnostics.surroundingsChanged();
    });
  });
  documents.listen(connection);
}

/** Folders, settings and files on disk: what findings depend on besides the open documents. */
class Surroundings {
  #folders: readonly string[];
  #hinted = false;

  constructor(
    private readonly session: Session,
    private readonly diagnostics: Diagnostics,
    private readonly configuration: ConfigurationDiagnostics,
    folders: readonly string[],
  ) {
    this.#folders = folders;
    if (session.client.workspaceFolders) {
      session.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((folder) => folder.uri));
        this.#folders = [...this.#folders.filter((uri) => !gone.has(uri)), ...added.map((folder) => folder.uri)];
        void this.#update(() => this.session.setRoots(this.#folders));
      });
    }
  }

  async start(): Promise<void> {
    const scanned = this.session.setRoots(this.#folders);
    await guarded(this.session, () => this.#register(), undefined);
    await this.#update(async () => {
      await this.#readSettings(undefined);
      await scanned;
    });
  }

  configure({ settings }: DidChangeConfigurationParams): Promise<void> {
    return this.#update(() => this.#readSettings(settings));
  }

  filesChanged({ changes }: DidChangeWatchedFilesParams): Promise<void> {
    const paths = changes.flatMap(({ uri }) => this.session.uris.path(uri) ?? []).filter((path) => !path.includes('/node_modules/'));
    if (paths.length === 0) return Promise.resolve();
    return this.#update(() => this.session.project.filesChanged(paths));
  }

  async #update(change: () => Promise<void>): Promise<void> {
    await guarded(this.session, change, undefined);
    this.configuration.refresh();
    this.diagnostics.surroundingsChanged();
    this.#refreshHints();
  }

  /** What the hints tell depends on the settings and on other files; a client that shows none isn't bothered. */
  #refreshHints(): void {
    const { client, settings, connection } = this.session;
    if (client.refreshesInlayHints && (settings.lockHints || this.#hinted)) connection.languages.inlayHint.refresh().catch(() => undefined);
    this.#hinted = settings.lockHints;
  }

  async #register(): Promise<void> {
    const { connection, client } = this.session;
    if (client.registersConfiguration) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'schemaBible' });
    if (client.watchesFiles) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: WATCHED }] });
    }
  }

  /** Asks the client for its settings; one that can't be asked sends them along. */
  async #readSettings(sent: unknown): Promise<void> {
    if (this.session.client.configuration) this.session.setSettings(await this.session.connection.workspace.getConfiguration('schemaBible'));
    else if (typeof sent === 'object' && sent !== null && 'schemaBible' in sent) this.session.setSettings(sent.schemaBible);
  }
}

async function hover({ textDocument, position }: HoverParams, session: Session): Promise<Hover | null> {
  const path = session.pathOf(textDocument.uri);
  if (path === undefined || !session.settings.enable) return null;
  const report = await session.analysis.report(path);
  if (!report) return hoverOutside(path, position, session);
  const found = hoverAt(report, report.lines.offsetAt(position), {
    registry: session.options.registry,
    pages: session.options.pages,
    pageLink: (rule) => session.pageLink(rule),
  });
  return found ? { contents: { kind: 'markdown', value: found.contents }, range: toRange(report.lines, found) } : null;
}

async function inlayHints({ textDocument, range }: InlayHintParams, session: Session): Promise<InlayHint[]> {
  const path = session.pathOf(textDocument.uri);
  if (path === undefined || !session.settings.enable || !session.settings.lockHints) return [];
  const report = await session.analysis.report(path);
  if (!report) return [];
  const { lines } = report;
  return lockHints(report, lines.offsetAt(range.start), lines.offsetAt(range.end)).map(({ offset, label, tooltip }) => ({
    position: lines.positionAt(offset),
    label,
    tooltip,
    paddingLeft: true,
  }));
}

/** In a file of no schema only a configuration has something to tell of. */
async function hoverOutside(path: string, position: Position, session: Session): Promise<Hover | null> {
  const text = await session.text(path);
  if (text === undefined) return null;
  const lines = new LineIndex(text);
  const found = hoverInConfig(path, text, lines.offsetAt(position));
  return found ? { contents: { kind: 'markdown', value: found.contents }, range: toRange(lines, found) } : null;
}

/** A request that fails is logged and answered as if there were nothing to say. */
async function guarded<T>(session: Session, run: () => Promise<T>, nothing: T): Promise<T> {
  try {
    return await run();
  } catch (error) {
    session.log(`A request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return nothing;
  }
}
