// Comments that silence findings, in one form for every language:
//   schema-bible-disable-next-line <rule>[, <rule>] [-- reason]     the next line that isn't blank or a comment
//   schema-bible-disable-line <rule>[, <rule>] [-- reason]          the line it stands on
//   schema-bible-disable <rule>[, <rule>] [-- reason]               the whole file
// Without a rule it silences every rule. One that silences nothing is itself reported.
import type { LineIndex } from '../text/line-index';
import { span } from '../text/span';
import type { LintFinding } from './run';

export interface SuppressionComment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A suppression as written, with the place of each rule id, for hovers and reports. */
export interface Suppression {
  readonly scope: 'next-line' | 'line' | 'file';
  readonly start: number;
  readonly end: number;
  readonly rules: readonly { readonly id: string; readonly start: number; readonly end: number }[];
}

/** Reported for suppressions without effect, in place of a rule's id. */
export const UNUSED_SUPPRESSION = 'unused-suppression';

/** A cheap test that saves looking for comments in most files. */
export function mayHoldSuppressions(text: string): boolean {
  return text.includes('schema-bible-disable');
}

const DIRECTIVE = /schema-bible-disable(-next-line|-line)?(?![\w-])([^\n]*)/;

export function readSuppressions(text: string, comments: readonly SuppressionComment[]): Suppression[] {
  const suppressions: Suppression[] = [];
  for (const comment of comments) {
    const match = DIRECTIVE.exec(text.slice(comment.start, comment.end));
    if (!match) continue;
    const [, scope, rest = ''] = match;
    const listStart = comment.start + match.index + match[0].length - rest.length;
    const list = rest.split(/\s--(?:\s|$)|\*\//, 1)[0] ?? '';
    const rules = [...list.matchAll(/[a-z][a-z0-9-]*/g)].map((rule) => ({
      id: rule[0],
      start: listStart + rule.index,
      end: listStart + rule.index + rule[0].length,
    }));
    const kind = scope === '-next-line' ? 'next-line' : scope === '-line' ? 'line' : 'file';
    suppressions.push({ scope: kind, start: comment.start, end: comment.end, rules });
  }
  return suppressions;
}

export interface SuppressionOptions {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly suppressions: readonly Suppression[];
  /** Severity of reports about unused suppressions. */
  readonly unused: 'warning' | 'off';
  /** Rules that ran; a suppression of one that didn't isn't called unused. */
  ran(rule: string): boolean;
}

/** The findings that stay, and one for each suppression, or rule in it, that silenced nothing. */
export function applySuppressions(findings: readonly LintFinding[], options: SuppressionOptions): LintFinding[] {
  const { suppressions, lines } = options;
  if (suppressions.length === 0) return [...findings];
  const used = new Set<string>();
  const kept = findings.filter((finding) => {
    const line = lines.positionAt(finding.at.start).line;
    let silenced = false;
    suppressions.forEach((suppression, at) => {
      if (!reaches(suppression, line, options)) return;
      if (suppression.rules.length === 0) {
        used.add(`${at}`);
        silenced = true;
      }
      for (const { id } of suppression.rules) {
        if (id !== finding.rule) continue;
        used.add(`${at} ${id}`);
        silenced = true;
      }
    });
    return !silenced;
  });
  if (options.unused === 'off') return kept;
  suppressions.forEach((suppression, at) => {
    if (suppression.rules.length === 0) {
      if (!used.has(`${at}`)) kept.push(unusedFinding(suppression, undefined, options));
      return;
    }
    for (const rule of suppression.rules) {
      if (!used.has(`${at} ${rule.id}`) && options.ran(rule.id)) kept.push(unusedFinding(suppression, rule, options));
    }
  });
  return kept;
}

/** Comments at the start of a line, behind which something may follow. */
const CLOSED_COMMENTS = /^(\/\*((?!\*\/).)*\*\/\s*)+/;

/** Whether a suppression silences findings that start on `line`, counting from 0. */
export function reaches(suppression: Suppression, line: number, { lines, text }: Pick<SuppressionOptions, 'lines' | 'text'>): boolean {
  if (suppression.scope === 'file') return true;
  const own = lines.positionAt(suppression.end).line;
  if (suppression.scope === 'line') return line === own;
  // Other comments and blank lines may stand between the suppression and what it silences.
  for (let next = own + 1; next < lines.lineCount; next++) {
    const content = text.slice(lines.lineStart(next), lines.lineStart(next + 1)).trim();
    if (/^(\/\/|--|\*|\/\*|$)/.test(content.replace(CLOSED_COMMENTS, ''))) continue;
    return next === line;
  }
  return false;
}

function unusedFinding(
  suppression: Suppression,
  rule: Suppression['rules'][number] | undefined,
  { file, text }: SuppressionOptions,
): LintFinding {
  const place = rule ?? suppression;
  const whole = suppression.rules.length <= 1;
  const edit = whole ? lineOf(text, suppression) : ruleInList(suppression, rule);
  return {
    rule: UNUSED_SUPPRESSION,
    category: 'suppression',
    severity: 'warning',
    at: span(file, place.start, place.end),
    message: rule ? `Nothing here is reported by \`${rule.id}\`, so there is nothing to disable.` : 'This comment disables nothing.',
    help: 'Remove it.',
    unnecessary: true,
    fixes: [
      {
        title: 'Remove the unused suppression',
        kind: 'safe',
        preferred: true,
        intent: () => ({ do: 'replaceText', edits: [{ file, ...edit, newText: '' }] }),
      },
    ],
  };
}

/** The comment, with its whole line where it stands alone on it. */
function lineOf(text: string, { start, end }: Suppression): { start: number; end: number } {
  let from = start;
  while (from > 0 && /[ \t]/.test(text.charAt(from - 1))) from--;
  const alone = from === 0 || text.charAt(from - 1) === '\n';
  if (!alone) return { start: from, end };
  let to = end;
  while (to < text.length && /[ \t\r]/.test(text.charAt(to))) to++;
  return text.charAt(to) === '\n' ? { start: from, end: to + 1 } : { start, end };
}

function ruleInList(suppression: Suppression, rule: Suppression['rules'][number] | undefined): { start: number; end: number } {
  const at = suppression.rules.findIndex((other) => other === rule);
  const own = suppression.rules[at];
  const next = suppression.rules[at + 1];
  const previous = suppression.rules[at - 1];
  if (own && next) return { start: own.start, end: next.start };
  if (own && previous) return { start: previous.end, end: own.end };
  return { start: suppression.start, end: suppression.end };
}
