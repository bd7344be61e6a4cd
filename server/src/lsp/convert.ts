// Plain findings to the protocol's diagnostics. Runs for thousands of findings on each keystroke, so nothing is copied twice.
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type DiagnosticRelatedInformation, type Range } from 'vscode-languageserver/node';
import type { FileReport } from '../ide/analysis';
import type { Related, Severity } from '../linter/rule';
import type { LintFinding } from '../linter/run';
import type { LineIndex } from '../text/line-index';
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

/** The diagnostics of a report, in its order. */
export function toDiagnostics(report: FileReport, context: DiagnosticContext): Diagnostic[] {
  const descriptions = new Map<string, { readonly href: string } | undefined>();
  return report.findings.map((finding) => {
    const { rule, message, help, related } = finding;
    if (!descriptions.has(rule)) descriptions.set(rule, describe(rule, context));
    const diagnostic: Diagnostic = {
      range: toRange(report.lines, finding.at),
      severity: SEVERITIES[finding.severity],
      code: rule,
      source: SOURCE,
      message: help ? `${message}\n${help}` : message,
    };
    const description = descriptions.get(rule);
    if (description) diagnostic.codeDescription = description;
    if (finding.unnecessary && context.client.tags) diagnostic.tags = UNNECESSARY;
    if (related && context.client.relatedInformation) diagnostic.relatedInformation = toRelated(report, related, context);
    return diagnostic;
  });
}

export function toRange(lines: LineIndex, at: { readonly start: number; readonly end: number }): Range {
  return { start: lines.positionAt(at.start), end: lines.positionAt(at.end) };
}

/** Whether a diagnostic that the client sends back is that of the finding. */
export function isSame(diagnostic: Diagnostic, finding: LintFinding, lines: LineIndex): boolean {
  if (diagnostic.code !== finding.rule) return false;
  const { start, end } = toRange(lines, finding.at);
  const { range } = diagnostic;
  return (
    range.start.line === start.line &&
    range.start.character === start.character &&
    range.end.line === end.line &&
    range.end.character === end.character
  );
}

function describe(rule: string, context: DiagnosticContext): { readonly href: string } | undefined {
  const href = context.client.codeDescriptions ? context.pageLink(rule) : undefined;
  return href === undefined ? undefined : { href };
}

function toRelated(report: FileReport, related: readonly Related[], context: DiagnosticContext): DiagnosticRelatedInformation[] {
  return related.flatMap(({ at, message }) => {
    const lines = at.file === report.path ? report.lines : context.lines(report, at.file);
    return lines ? [{ location: { uri: context.uri(at.file), range: toRange(lines, at) }, message }] : [];
  });
}
