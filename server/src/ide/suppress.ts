// Writes suppression comments as an author would: above the line, with its indentation and line ends.
import { reaches, type Suppression } from '../linter/suppressions';
import type { Edit } from '../text/edit';
import type { FileReport } from './analysis';

/**
 * The edit that disables a rule for the line on which `offset`, the start of a finding, stands: above the line; behind it
 * where a literal reaches into it from above; before the offset where one goes on below as well.
 */
export function disableForLine(report: FileReport, rule: string, offset: number): Edit {
  const { text, lines, suppressions, path } = report;
  const line = lines.positionAt(offset).line;
  const existing = suppressions.find((own) => own.scope !== 'file' && reaches(own, line, report));
  const extended = existing && extend(existing, rule, path);
  if (extended) return extended;
  const start = lines.lineStart(line);
  const content = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  const indent = /^[ \t]*/.exec(content)?.[0] ?? '';
  if (mayComment(report, start)) return insertion(path, start, `${indent}${mark(report)} schema-bible-disable-next-line ${rule}${endOfLine(text)}`);
  const end = start + content.trimEnd().length;
  if (mayComment(report, end)) return insertion(path, end, ` ${mark(report)} schema-bible-disable-line ${rule}`);
  return insertion(path, offset, `/* schema-bible-disable-line ${rule} */ `);
}

/** Whether a comment can begin at the place: not where a text or another comment goes on over several lines. */
function mayComment({ units, path }: FileReport, at: number): boolean {
  const parsed = units[0]?.parsed(path);
  if (!parsed) return true;
  return !parsed.inLiteral?.(at) && !parsed.comments().some(({ start, end }) => start < at && at < end);
}

/** The edit that disables a rule for the whole file. */
export function disableForFile(report: FileReport, rule: string): Edit {
  const { text, suppressions, path } = report;
  const existing = suppressions.find((own) => own.scope === 'file');
  const extended = existing && extend(existing, rule, path);
  if (extended) return extended;
  const start = afterHeader(text);
  const newLine = endOfLine(text);
  const glued = start > 0 && text.charAt(start - 1) !== '\n' ? newLine : '';
  return insertion(path, start, `${glued}${mark(report)} schema-bible-disable ${rule}${newLine}`);
}

function insertion(file: string, at: number, newText: string): Edit {
  return { file, start: at, end: at, newText };
}

/** Puts the rule behind the last one of a comment that is there already. */
function extend(suppression: Suppression, rule: string, file: string): Edit | undefined {
  const last = suppression.rules.at(-1);
  return last && insertion(file, last.end, `, ${rule}`);
}

function mark({ units }: FileReport): string {
  return units[0]?.frontEnd.lineComment ?? '//';
}

function endOfLine(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** Lines that a tool expects at the top: shebangs, runners' markers, `use` directives, Prisma's `// use …`. */
const MARKER =
  /^(#!|--+\s*(migrate:(up|down)|\+\w|no-transaction|up migration|atlas:|>)|(--|\/\/)\s*(@|use\s+prisma)|['"]use \w+['"])/i;

/**
 * Where a comment for the whole file goes: behind markers, and behind a license or another opening comment that a blank
 * line sets apart; at the very top otherwise.
 */
function afterHeader(text: string): number {
  let place = 0;
  let at = 0;
  let inBlock = false;
  let commented = false;
  while (at < text.length) {
    const end = text.indexOf('\n', at) + 1 || text.length;
    const line = text.slice(at, end).trim();
    if (inBlock) inBlock = !line.includes('*/');
    else if (line === '') {
      if (commented) place = end;
      commented = false;
    } else if (MARKER.test(line)) {
      place = end;
      commented = false;
    } else if (line.startsWith('/*')) {
      inBlock = !line.includes('*/');
      commented = true;
    } else if (line.startsWith('--') || line.startsWith('//')) commented = true;
    else break;
    at = end;
  }
  return place;
}
