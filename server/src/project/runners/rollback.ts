// The down half of a migration: whether something stands in it, and the file with one written in.
import { split } from '../../languages/sql/scan/split';
import type { Folder, NewFile, Rollback, RollbackRequest } from './runner';

/** Comments that tools leave where a down half is to be written, this one's own among them. */
const STUB =
  /^(?:write here what undoes\b|this file should undo anything in\b|add down migration script here|add migration script here|could not auto-generate a down migration|please write an appropriate down migration|\+goose\b|migrate:|down migration\b)/i;

/** Whether somebody has said something there: a statement, or in a comment that nothing is to be undone. */
function says(half: string): boolean {
  const { statements, comments } = split(half);
  if (statements.some(({ start, end }) => !/^select\s+'down sql query'$/i.test(half.slice(start, end).trim()))) return true;
  const words = comments.map(({ start, end }) => half.slice(start, end).replace(/^(?:--|\/\*)\s*|\s*\*\/$/g, '').trim());
  // What Hasura couldn't undo follows its words as comments.
  const [first = ''] = words.filter((each) => each !== '');
  return !/^could not auto-generate/i.test(first) && words.some((each) => each !== '' && !STUB.test(each));
}

/** The down half that lies in a file of its own. */
export function besideFile(folder: Folder, name: string): Rollback {
  return { kind: says(folder.text(name) ?? '') ? 'written' : 'missing', name, at: 'file' };
}

/** That file with the SQL in it. */
export function writeBeside({ folder, sql }: RollbackRequest, name: string): NewFile {
  const before = folder.has(name) ? folder.text(name) : undefined;
  return { name, text: `${sql.trim()}\n`, ...(before !== undefined && { before }) };
}

/** The marks of the halves that share one file; each matches from the start of a line, the rest of the line included. */
export interface Marks {
  readonly up: RegExp;
  readonly down: RegExp;
}

/** Where the down half stands, its mark left out; undefined without that mark. */
function downHalf(text: string, { up, down }: Marks): { start: number; end: number } | undefined {
  const mark = down.exec(text);
  if (!mark) return undefined;
  const lineEnd = text.indexOf('\n', mark.index);
  const start = lineEnd < 0 ? text.length : lineEnd;
  const next = up.exec(text.slice(start));
  return { start, end: next ? start + next.index : text.length };
}

/** The down half that stands in the migration's own file. */
export function inSection(text: string, name: string, marks: Marks): Rollback {
  const half = downHalf(text, marks);
  return { kind: half && says(text.slice(half.start, half.end)) ? 'written' : 'missing', name, at: 'section' };
}

/** The migration's file with the SQL behind the mark of its down half, which is written too where it is missing. */
export function writeSection({ name, text, sql }: RollbackRequest, marks: Marks, mark: string): NewFile {
  const half = downHalf(text, marks);
  const own = sql.trim();
  if (!half) return { name, before: text, text: `${text.trimEnd()}\n\n${mark}\n${own}\n` };
  const rest = text.slice(half.end);
  return { name, before: text, text: `${text.slice(0, half.start)}\n${own}\n${rest === '' ? '' : `\n${rest}`}` };
}

/** The SQL cut into statements, each with the comments before it and its semicolon. */
export function statementsIn(sql: string): string[] {
  const { statements } = split(sql);
  const pieces = statements.map(({ end }, at) => {
    const from = at === 0 ? 0 : endOf(sql, statements[at - 1]?.end ?? 0);
    return sql.slice(from, endOf(sql, end)).trim();
  });
  const rest = sql.slice(endOf(sql, statements.at(-1)?.end ?? 0)).trim();
  return rest === '' ? pieces : [...pieces, rest];
}

function endOf(sql: string, end: number): number {
  const semicolon = /^\s*;/.exec(sql.slice(end));
  return end + (semicolon?.[0].length ?? 0);
}
