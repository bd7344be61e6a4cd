// Plain findings to the protocol's diagnostics. Runs for thousands of findings on each keystroke, so nothing is copied twice.
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type DiagnosticRelatedInformation, type Range } from 'vscode-languageserver/node';
import type { FileReport } from '../ide/analysis';
import type { Severity } from '../linter/rule';
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

/** Diagnostics beside what they were made from, so that the next ones need only what changed. */
export interface Converted {
  readonly findings: readonly LintFinding[];
  /** Line and character of the start, line and character of the end, of each. */
  readonly positions: Int32Array;
  readonly diagnostics: readonly Diagnostic[];
}

export const NOTHING: Converted = { findings: [], positions: new Int32Array(), diagnostics: [] };

/**
 * The diagnostics of a report, in its order. Most findings stay where they are while their author types elsewhere:
 * their diagnostics are those of `previous`, and the findings aren't even looked at.
 */
export function convert(report: FileReport, previous: Converted, context: DiagnosticContext): Converted {
  const { findings, offsets, lines } = report;
  const positions = toPositions(offsets, lines);
  const diagnostics: Diagnostic[] = [];
  let from = 0;
  let misses = 0;
  findings.forEach((finding, at) => {
    if (previous.findings[from] !== finding && misses++ < FEW) from = Math.max(from, previous.findings.indexOf(finding, from));
    const before = previous.findings[from] === finding ? previous.diagnostics[from] : undefined;
    const related = toRelated(report, finding, context);
    const same = before && samePlace(previous.positions, from, positions, at) && sameRelated(before.relatedInformation, related);
    diagnostics.push(same ? before : toDiagnostic(finding, rangeAt(positions, at), related, context));
    if (before) from++;
  });
  return { findings, positions, diagnostics };
}

/** How often a lost place in the previous list is searched for. */
const FEW = 50;

function toPositions(offsets: Int32Array, lines: LineIndex): Int32Array {
  const cursor = new Cursor(lines);
  const positions = new Int32Array(2 * offsets.length);
  offsets.forEach((offset, at) => {
    cursor.moveTo(offset);
    positions[2 * at] = cursor.line;
    positions[2 * at + 1] = cursor.character;
  });
  return positions;
}

function samePlace(before: Int32Array, from: number, after: Int32Array, at: number): boolean {
  for (let i = 0; i < 4; i++) if (before[4 * from + i] !== after[4 * at + i]) return false;
  return true;
}

function rangeAt(positions: Int32Array, at: number): Range {
  const [startLine = 0, startCharacter = 0, endLine = 0, endCharacter = 0] = positions.subarray(4 * at, 4 * at + 4);
  return { start: { line: startLine, character: startCharacter }, end: { line: endLine, character: endCharacter } };
}

function toDiagnostic(
  finding: LintFinding,
  range: Range,
  related: DiagnosticRelatedInformation[] | undefined,
  context: DiagnosticContext,
): Diagnostic {
  const { rule, severity, message, help, unnecessary } = finding;
  const href = context.client.codeDescriptions ? context.pageLink(rule) : undefined;
  const diagnostic: Diagnostic = { range, severity: SEVERITIES[severity], code: rule, source: SOURCE, message: help ? `${message}\n${help}` : message };
  if (href !== undefined) diagnostic.codeDescription = { href };
  if (unnecessary && context.client.tags) diagnostic.tags = UNNECESSARY;
  if (related) diagnostic.relatedInformation = related;
  return diagnostic;
}

/** Positions of offsets that mostly grow: starts from the last line asked for, not from a search of the whole text. */
class Cursor {
  line = 0;
  character = 0;
  #start = 0;
  #next: number;

  constructor(private readonly lines: LineIndex) {
    this.#next = this.#startOf(1);
  }

  moveTo(offset: number): void {
    if (offset < this.#start) this.#enter(this.lines.positionAt(offset).line);
    while (offset >= this.#next) this.#enter(this.line + 1);
    this.character = offset - this.#start;
  }

  #enter(line: number): void {
    this.line = line;
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
  const { range } = diagnostic;
  return samePosition(range.start, start) && samePosition(range.end, end);
}

function samePosition(a: Position, b: Position): boolean {
  return a.line === b.line && a.character === b.character;
}

/** What is related may have moved though the finding did not. */
function toRelated(report: FileReport, { related }: LintFinding, context: DiagnosticContext): DiagnosticRelatedInformation[] | undefined {
  if (!related || !context.client.relatedInformation) return undefined;
  const converted: DiagnosticRelatedInformation[] = [];
  for (const { at, message } of related) {
    const { file } = at;
    const lines = file === report.path ? report.lines : context.lines(report, file);
    if (lines) converted.push({ location: { uri: context.uri(file), range: toRange(lines, at) }, message });
  }
  return converted;
}

/** Of one and the same finding: its messages are the same. */
function sameRelated(a: DiagnosticRelatedInformation[] | undefined, b: DiagnosticRelatedInformation[] | undefined): boolean {
  if (a?.length !== b?.length) return false;
  return (a ?? []).every(({ location }, at) => {
    const other = b?.[at]?.location;
    return other !== undefined && other.uri === location.uri && samePosition(other.range.start, location.range.start) && samePosition(other.range.end, location.range.end);
  });
}
