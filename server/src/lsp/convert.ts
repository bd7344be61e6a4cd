// Plain findings to the protocol's diagnostics. Runs for thousands of findings on each keystroke, so nothing is copied twice.
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type DiagnosticRelatedInformation, type Range } from 'vscode-languageserver/node';
import type { FileReport } from '../ide/analysis';
import type { Related, Severity } from '../linter/rule';
import type { LintFinding } from '../linter/run';
import type { LineIndex, Position } from '../text/line-index';
import type { Client } from './client';

export const SOURCE = 'Schema Bible';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const UNNECESSARY = [DiagnosticTag.Unnecessary];

export interface DiagnosticContext {
  readonly client: Client;
  /** The address of a rule's page. */
  pageLink(rule: string): string | undefined;
  uri(path: string): string;
  /** Lines of another file of the same schema; undefined when it isn't at hand. */
  lines(report: FileReport, path: string): LineIndex | undefined;
}

/** What was sent for a finding; most findings stay where they are while their author types elsewhere. */
const sent = new WeakMap<LintFinding, Diagnostic>();

/** The diagnostics of a report, in its order. */
export function toDiagnostics(report: FileReport, context: DiagnosticContext): Diagnostic[] {
  const cursor = new Cursor(report.lines);
  return report.findings.map((finding) => {
    const { at } = finding;
    const start = cursor.positionAt(at.start);
    const end = cursor.positionAt(at.end);
    const before = sent.get(finding);
    if (before && !before.relatedInformation && samePlace(before.range, start, end)) return before;
    const diagnostic = toDiagnostic(report, finding, { start, end }, context);
    sent.set(finding, diagnostic);
    return diagnostic;
  });
}

function toDiagnostic(report: FileReport, finding: LintFinding, range: Range, context: DiagnosticContext): Diagnostic {
  const { rule, severity, message, help, related, unnecessary } = finding;
  const href = context.client.codeDescriptions ? context.pageLink(rule) : undefined;
  const diagnostic: Diagnostic = { range, severity: SEVERITIES[severity], code: rule, source: SOURCE, message: help ? `${message}\n${help}` : message };
  if (href !== undefined) diagnostic.codeDescription = { href };
  if (unnecessary && context.client.tags) diagnostic.tags = UNNECESSARY;
  if (related && context.client.relatedInformation) diagnostic.relatedInformation = toRelated(report, related, context);
  return diagnostic;
}

function samePlace({ start, end }: Range, newStart: Position, newEnd: Position): boolean {
  return start.line === newStart.line && start.character === newStart.character && end.line === newEnd.line && end.character === newEnd.character;
}

/** Positions of offsets that mostly grow: starts from the last line asked for, not from a search of the whole text. */
class Cursor {
  #line = 0;
  #start = 0;
  #next: number;

  constructor(private readonly lines: LineIndex) {
    this.#next = this.#startOf(1);
  }

  positionAt(offset: number): Position {
    if (offset < this.#start) this.#moveTo(this.lines.positionAt(offset).line);
    for (let steps = 0; offset >= this.#next; steps++) {
      if (steps > 50) this.#moveTo(this.lines.positionAt(offset).line);
      else this.#moveTo(this.#line + 1);
    }
    return { line: this.#line, character: offset - this.#start };
  }

  #moveTo(line: number): void {
    this.#line = line;
    this.#start = this.lines.lineStart(line);
    this.#next = this.#startOf(line + 1);
  }

  #startOf(line: number): number {
    return line < this.lines.lineCount ? this.lines.lineStart(line) : Infinity;
  }
}

export function toRange(lines: LineIndex, at: { readonly start: number; readonly end: number }): Range {
  return { start: lines.positionAt(at.start), end: lines.positionAt(at.end) };
}

/** Whether a diagnostic that the client sends back is that of the finding. */
export function isSame(diagnostic: Diagnostic, finding: LintFinding, lines: LineIndex): boolean {
  if (diagnostic.code !== finding.rule) return false;
  const { start, end } = toRange(lines, finding.at);
  return samePlace(diagnostic.range, start, end);
}

function toRelated(report: FileReport, related: readonly Related[], context: DiagnosticContext): DiagnosticRelatedInformation[] {
  const converted: DiagnosticRelatedInformation[] = [];
  for (const { at, message } of related) {
    const { file } = at;
    const lines = file === report.path ? report.lines : context.lines(report, file);
    if (lines) converted.push({ location: { uri: context.uri(file), range: toRange(lines, at) }, message });
  }
  return converted;
}
