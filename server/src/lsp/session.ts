// What one connection knows: its documents, its project and the findings of both.
import { MessageType, ShowMessageNotification, TextDocuments, type Connection } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { Analysis, type FileReport } from '../ide/analysis';
import type { Scratch } from '../ide/fix-all';
import { OverlayWorkspace } from '../ide/overlay';
import type { FrontEnd } from '../languages/language';
import type { RegisteredRule } from '../linter/rule';
import { Project } from '../project/project';
import type { Workspace } from '../project/workspace';
import { LineIndex } from '../text/line-index';
import type { Client } from './client';
import type { DiagnosticContext } from './convert';
import { readSettings, type EditorSettings } from './settings';
import { Uris } from './uris';

export interface ServerOptions {
  readonly workspace: Workspace;
  readonly frontEnds: readonly FrontEnd[];
  readonly registry: readonly RegisteredRule[];
  readonly pages: Readonly<Record<string, string>>;
  /** Folder that holds the packaged page of each rule, `<id>.md`; no links to pages without it. */
  readonly pagesFolder?: string;
  readonly version: string;
  /** Paths of the client are Windows paths. */
  readonly windows: boolean;
}

/** Documents, project and analysis of one client. */
export class Session implements DiagnosticContext {
  readonly documents = new TextDocuments(TextDocument);
  readonly uris: Uris;
  readonly project: Project;
  readonly analysis: Analysis;
  settings: EditorSettings = readSettings(undefined);
  roots: readonly string[] = [];
  readonly #paths = new Map<string, string>();
  readonly #pageLinks = new Map<string, string>();

  constructor(
    readonly connection: Connection,
    readonly options: ServerOptions,
    readonly client: Client,
  ) {
    this.uris = new Uris(options.windows);
    const log = (message: string): void => this.log(message);
    this.project = new Project({ workspace: options.workspace, frontEnds: options.frontEnds, registry: options.registry, log, note: log });
    this.analysis = new Analysis({ project: this.project, registry: options.registry, log, besidePrisma: client.besidePrisma });
  }

  log(message: string): void {
    this.connection.console.log(message);
  }

  /** Shows a message to the user; no answer is expected. */
  tell(message: string): void {
    void this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  }

  /** Remembers a document that was opened; its path, if it is one that may be served. */
  open(document: TextDocument): string | undefined {
    const path = this.uris.open(document.uri, document.languageId);
    if (path !== undefined) this.#paths.set(document.uri, path);
    return path;
  }

  close(document: TextDocument): string | undefined {
    const path = this.#paths.get(document.uri);
    if (path === undefined) return undefined;
    this.#paths.delete(document.uri);
    this.uris.close(path);
    this.project.setBuffer(path, undefined);
    return path;
  }

  /** The path of an open document. */
  pathOf(uri: string): string | undefined {
    return this.#paths.get(uri);
  }

  /** Open documents that may be served, with their paths. */
  *openPaths(): Generator<[document: TextDocument, path: string]> {
    for (const [uri, path] of this.#paths) {
      const document = this.documents.get(uri);
      if (document) yield [document, path];
    }
  }

  async setRoots(folders: readonly string[]): Promise<void> {
    this.roots = folders.flatMap((uri) => this.uris.path(uri) ?? []);
    await this.project.setRoots(this.roots);
  }

  setSettings(section: unknown): void {
    this.settings = readSettings(section);
    this.project.setEditorSettings(this.settings.configuration);
  }

  pageLink(rule: string): string | undefined {
    const { pagesFolder, pages } = this.options;
    if (pagesFolder === undefined || !pages[rule]) return undefined;
    const known = this.#pageLinks.get(rule);
    if (known !== undefined) return known;
    const link = URI.file(`${pagesFolder}/${rule}.md`).toString();
    this.#pageLinks.set(rule, link);
    return link;
  }

  uri(path: string): string {
    return this.uris.uri(path);
  }

  lines(report: FileReport, path: string): LineIndex | undefined {
    for (const unit of report.units) {
      const parsed = unit.parsed(path) ?? unit.source?.parsed(path);
      if (parsed) return linesOf(parsed);
    }
    return undefined;
  }

  /** The present text of any file: the editor's, or the disk's. */
  async text(path: string): Promise<string | undefined> {
    const document = this.documents.get(this.uris.uri(path));
    if (document) return document.getText();
    try {
      return await this.options.workspace.read(path);
    } catch {
      return undefined;
    }
  }

  /** A copy of the project with the editor's present texts, to try fixes on. */
  async createScratch(): Promise<Scratch> {
    const workspace = new OverlayWorkspace(this.options.workspace);
    const { frontEnds, registry } = this.options;
    const log = (message: string): void => this.log(message);
    const project = new Project({ workspace, frontEnds, registry, editorSettings: this.settings.configuration, log });
    for (const [document, path] of this.openPaths()) workspace.write(path, document.getText());
    await project.setRoots(this.roots);
    return { workspace, analysis: new Analysis({ project, registry, log, besidePrisma: this.client.besidePrisma }), filesChanged: (paths) => project.filesChanged(paths), readWantedCode: () => project.readWantedCode() };
  }
}

const lineIndexes = new WeakMap<object, LineIndex>();

function linesOf(parsed: { readonly text: string }): LineIndex {
  let lines = lineIndexes.get(parsed);
  if (!lines) lineIndexes.set(parsed, (lines = new LineIndex(parsed.text)));
  return lines;
}
