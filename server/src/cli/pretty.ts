// The report for people: place, message, the line with what it is about underlined, and what to do.
import type { FileReport } from '../ide/analysis';
import type { FixKind, Severity } from '../linter/rule';
import type { LintFinding } from '../linter/run';
import type { FileLines } from './file-lines';
import type { Io } from './io';
import { plural, type Tally } from './tally';
import { relative } from './targets';

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'cyan' | 'green';

const CODES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 };
const COLOURS: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'blue', hint: 'cyan' };

/** Colours where they are wanted, plain text elsewhere. */
export function painter({ terminal, env }: Io): (style: Style, text: string) => string {
  const force = env['FORCE_COLOR'];
  const wanted = terminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const coloured = force === undefined ? wanted : force !== '0' && force !== 'false';
  return (style, text) => (coloured ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

/** One finding with its frame, and with the places that belong to it; `fixedBy` is the kind of fix that takes it away. */
export async function formatFinding(report: FileReport, finding: LintFinding, fixedBy: FixKind | undefined, files: FileLines, io: Io): Promise<string> {
  const paint = painter(io);
  const { line, character } = report.lines.positionAt(finding.at.start);
  const colour = COLOURS[finding.severity];
  const place = paint('bold', `${relative(report.path, io.cwd)}:${line + 1}:${character + 1}`);
  const lines = [`${place} ${paint(colour, finding.severity)} ${finding.message} ${paint('dim', finding.rule)}`];
  const gutter = String(line + 1).length;
  const frame = excerpt(report, finding, Math.max(40, (io.columns ?? 120) - gutter - 5));
  lines.push(`  ${paint('dim', `${line + 1} │`)} ${frame.text}`);
  lines.push(`  ${' '.repeat(gutter)} ${paint('dim', '│')} ${' '.repeat(frame.from)}${paint(colour, '~'.repeat(frame.length))}`);
  const margin = `  ${' '.repeat(gutter)} ${paint('dim', '=')}`;
  lines.push(...(await placesOf(finding, files, io)).map((told) => `${margin} ${told}`));
  const todo = [finding.help && `help: ${finding.help}`, fixedBy && FIX_NOTES[fixedBy]].filter((part) => part);
  if (todo.length > 0) lines.push(`${margin} ${todo.join(' ')}`);
  return `${lines.join('\n')}\n`;
}

/** A screen has no room for more. */
const MOST_PLACES = 5;

async function placesOf({ related = [] }: LintFinding, files: FileLines, io: Io): Promise<string[]> {
  const told: string[] = [];
  for (const { at, message } of related.slice(0, MOST_PLACES)) {
    const { line, character } = (await files.of(at.file)).positionAt(at.start);
    told.push(`${relative(at.file, io.cwd)}:${line + 1}:${character + 1} ${message}`);
  }
  return related.length > MOST_PLACES ? [...told, `and ${related.length - MOST_PLACES} more`] : told;
}

const FIX_NOTES: Readonly<Record<FixKind, string>> = { safe: '(schema-bible fix does it)', review: '(schema-bible fix --review does it)' };

/** The finding's first line, cut to the width around what is underlined. */
function excerpt({ text, lines }: FileReport, { at }: LintFinding, width: number): { text: string; from: number; length: number } {
  const { line, character } = lines.positionAt(at.start);
  const start = lines.lineStart(line);
  // A tab is shown as one space, so that the underline stays below its text.
  const content = text.slice(start, line + 1 < lines.lineCount ? lines.lineStart(line + 1) : text.length).replace(/[\r\n]+$/, '').replaceAll('\t', ' ');
  const length = Math.max(1, Math.min(at.end - start, content.length) - character);
  if (content.length <= width) return { text: content, from: character, length };
  const from = Math.max(0, Math.min(character - Math.floor(width / 3), content.length - width));
  const shown = content.slice(from, from + width);
  const cut = `${from > 0 ? '…' : ''}${shown.slice(from > 0 ? 1 : 0, from + width < content.length ? -1 : undefined)}${from + width < content.length ? '…' : ''}`;
  return { text: cut, from: character - from, length: Math.min(length, width - (character - from)) };
}

/** The last line: how much there is, and how much of it goes away by itself. */
export function formatSummary(tally: Tally, fixable: number, io: Io): string {
  const paint = painter(io);
  if (tally.findings === 0) return `${paint('green', 'Nothing found')} in ${plural(tally.files, 'file')}.\n`;
  const { error, warning, info, hint } = tally.bySeverity;
  const parts = [
    error > 0 && paint('red', plural(error, 'error')),
    warning > 0 && paint('yellow', plural(warning, 'warning')),
    info > 0 && paint('blue', `${info} info`),
    hint > 0 && paint('cyan', plural(hint, 'hint')),
  ].filter((part) => part !== false);
  const fixes = fixable > 0 ? ` ${fixable} can be fixed by ${paint('bold', 'schema-bible fix')}.` : '';
  return `${plural(tally.findings, 'finding')} (${parts.join(', ')}) in ${plural(tally.files, 'file')}.${fixes}\n`;
}
