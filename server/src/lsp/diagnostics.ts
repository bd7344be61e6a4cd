// Sends findings, by the client's choice: it asks for them (pull), or they are sent after each change (push).
import {
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Diagnostic,
  type DiagnosticServerCancellationData,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type FullDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { FileReport } from '../ide/analysis';
import type { LintFinding } from '../linter/run';
import type { Severity } from '../linter/rule';
import { convert, NOTHING, type Converted } from './convert';
import type { Session } from './session';

/** What was last sent for a document. */
interface Shown {
  /** Whether it belongs to a schema at all. */
  readonly served: boolean;
  readonly text: string;
  readonly findings: readonly LintFinding[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly resultId: string;
}

/** Tells the client's status item how much there is in the open documents. */
export interface Status {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
}

const NONE: Readonly<Record<Severity, number>> = { error: 0, warning: 0, info: 0, hint: 0 };
const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

export class Diagnostics {
  readonly #shown = new Map<string, Shown>();
  readonly #converted = new Map<string, Converted>();
  #status = '';
  #results = 0;
  #changes = 0;
  #running: Promise<void> | undefined;
  #due = false;
  readonly #dirty = new Set<string>();

  constructor(private readonly session: Session) {}

  /** A document was opened or edited. */
  changed(uri: string): void {
    this.#changes++;
    if (this.session.client.pullsDiagnostics) return;
    this.#dirty.add(uri);
    this.#running ??= this.#push();
  }

  closed(uri: string): void {
    this.#shown.delete(uri);
    this.#converted.delete(uri);
    this.#dirty.delete(uri);
    if (!this.session.client.pullsDiagnostics) this.#publish(uri, undefined, []);
    this.#sendStatus();
  }

  /** Something else than an open document changed: files on disk, settings, folders. */
  surroundingsChanged(): void {
    const { client, connection } = this.session;
    if (!client.pullsDiagnostics) {
      this.#due = true;
      this.#running ??= this.#push();
      return;
    }
    if (client.refreshesDiagnostics) connection.languages.diagnostics.refresh().catch(() => undefined);
  }

  /** Answers a client that asks. */
  async pull({ textDocument, previousResultId }: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    const { uri } = textDocument;
    const version = this.session.documents.get(uri)?.version;
    await turn();
    const report = await this.#report(uri);
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
    if (version !== this.session.documents.get(uri)?.version) throw outdated();
    const before = this.#shown.get(uri);
    const now = this.#remember(uri, report);
    const related = await this.#related(uri);
    if (before && previousResultId === before.resultId && now === before) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: now.resultId, ...related };
    }
    return { ...this.#full(uri, report, now), ...related };
  }

  #full(uri: string, report: FileReport | undefined, { resultId }: Shown): FullDocumentDiagnosticReport {
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: this.#convert(uri, report) };
  }

  /** Reports on other open documents of which the findings changed along with this one. */
  async #related(uri: string): Promise<{ relatedDocuments?: Record<string, FullDocumentDiagnosticReport> }> {
    if (!this.session.client.relatedDocuments) return {};
    const relatedDocuments: Record<string, FullDocumentDiagnosticReport> = {};
    for (const [document] of this.session.openPaths()) {
      const before = this.#shown.get(document.uri);
      if (document.uri === uri || !before) continue;
      const report = await this.#report(document.uri);
      const now = this.#remember(document.uri, report);
      if (now !== before) relatedDocuments[document.uri] = this.#full(document.uri, report, now);
    }
    return Object.keys(relatedDocuments).length > 0 ? { relatedDocuments } : {};
  }

  async #push(): Promise<void> {
    try {
      await this.#quiet();
      this.#due = false;
      const first = [...this.#dirty];
      this.#dirty.clear();
      const others = [...this.session.openPaths()].flatMap(([{ uri }]) => (first.includes(uri) ? [] : [uri]));
      const changes = this.#changes;
      for (const uri of [...first, ...others]) {
        const version = this.session.documents.get(uri)?.version;
        if (version === undefined) continue;
        const report = await this.#report(uri);
        // A newer text cancels this one; a document that wasn't sent yet stays due.
        if (changes !== this.#changes) {
          for (const left of first.slice(first.indexOf(uri))) this.#dirty.add(left);
          break;
        }
        const before = this.#shown.get(uri);
        const now = this.#remember(uri, report);
        if (first.includes(uri) || now !== before) this.#publish(uri, version, this.#convert(uri, report));
      }
    } catch (error) {
      this.session.log(`Findings couldn't be sent: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    } finally {
      this.#running = this.#due || this.#dirty.size > 0 ? this.#push() : undefined;
    }
  }

  /** Waits until the changes that are already on their way have arrived. */
  async #quiet(): Promise<void> {
    let seen: number;
    do {
      seen = this.#changes;
      await turn();
    } while (seen !== this.#changes);
  }

  async #report(uri: string): Promise<FileReport | undefined> {
    const path = this.session.pathOf(uri);
    if (path === undefined || !this.session.settings.enable) return undefined;
    return this.session.analysis.report(path);
  }

  /** What is shown from now on: the same object as before when nothing differs. */
  #remember(uri: string, report: FileReport | undefined): Shown {
    const before = this.#shown.get(uri);
    const findings = report?.findings ?? [];
    const text = report?.text ?? '';
    if (before?.text === text && sameFindings(before.findings, findings)) return before;
    const now = { served: report !== undefined, text, findings, counts: report?.counts ?? NONE, resultId: `${++this.#results}` };
    this.#shown.set(uri, now);
    this.#sendStatus();
    return now;
  }

  #convert(uri: string, report: FileReport | undefined): Diagnostic[] {
    const converted = report ? convert(report, this.#converted.get(uri) ?? NOTHING, this.session) : NOTHING;
    this.#converted.set(uri, converted);
    return [...converted.diagnostics];
  }

  #publish(uri: string, version: number | undefined, diagnostics: Diagnostic[]): void {
    void this.session.connection.sendDiagnostics({ uri, ...(version !== undefined && { version }), diagnostics });
  }

  #sendStatus(): void {
    const counts = { ...NONE };
    for (const own of this.#shown.values()) for (const severity of SEVERITIES) counts[severity] += own.counts[severity];
    const status: Status = {
      files: [...this.#shown.values()].filter((own) => own.served).length,
      errors: counts.error,
      warnings: counts.warning,
      infos: counts.info,
      hints: counts.hint,
    };
    const text = JSON.stringify(status);
    if (text === this.#status) return;
    this.#status = text;
    void this.session.connection.sendNotification('schemaBible/status', status);
  }
}

/** Findings of unchanged tables are the same objects from run to run. */
function sameFindings(a: readonly LintFinding[], b: readonly LintFinding[]): boolean {
  return a.length === b.length && a.every((finding, at) => finding === b[at]);
}

function outdated(): ResponseError<DiagnosticServerCancellationData> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, 'The text has changed meanwhile.', { retriggerRequest: true });
}

/** Lets a message that has already arrived be handled first: one is handled a turn, after what was due before it. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

