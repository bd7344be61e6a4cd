// Adds columns to CREATE TABLE.
import type { Edit } from '../../../text/edit';
import type { ColumnGoal, IntentOf } from '../../../model/intents';
import type { Column, Table } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import type { SqlParsed } from '../parse/parsed';
import { fileOf, inCaseOf, newlineOf } from './text';
import { zonedTimestamp } from './types';

export function addColumns({ table, columns }: IntentOf<'addColumns'>, context: WriteContext): readonly Edit[] | undefined {
  const parsed = fileOf(context, table.span);
  const own = table.columns.filter((column) => isInside(table, column));
  const last = own.reduce<Column | undefined>((a, b) => (a && a.span.start > b.span.start ? a : b), undefined);
  if (!parsed || !last || columns.length === 0) return undefined;
  const definitions = columns.map((goal) => definition(goal, table, last, parsed));
  return insertColumns(parsed, last.span.end, last.span.start, definitions);
}

/** Whether the column, or what else has a place, stands in the statement that creates the table. */
export function isInside(table: Table, column: Pick<Column, 'span'>): boolean {
  return column.span.file === table.span.file && table.span.start <= column.span.start && column.span.end <= table.span.end;
}

function definition(goal: ColumnGoal, table: Table, last: Column, parsed: SqlParsed): string {
  const camel = table.columns.some((column) => /[a-z][A-Z]/.test(column.dbName));
  const name = camel ? goal : goal.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const quoted = /[A-Z]/.test(name) || parsed.text.charAt(last.nameSpan.start - 1) === '"';
  const statement = parsed.text.slice(table.span.start, table.span.start + 6);
  const type = inCaseOf(last.type.raw, goal === 'version' ? 'integer' : zonedTimestamp(parsed.text, undefined));
  const words = inCaseOf(statement, 'NOT NULL DEFAULT');
  const rest = goal === 'deletedAt' ? '' : ` ${words} ${goal === 'version' ? '1' : 'now()'}`;
  return `${quoted ? `"${name}"` : name} ${type}${rest}`;
}

/** Puts definitions behind the element at `[start, end)`, with the commas where this author puts them. */
export function insertColumns(parsed: SqlParsed, end: number, start: number, definitions: readonly string[]): Edit[] {
  const { text, path: file } = parsed;
  const newline = newlineOf(text);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  const insert = (at: number, newText: string): Edit => ({ file, start: at, end: at, newText });
  const leading = /^([ \t]*,[ \t]*)$/.exec(before);
  if (leading) return [insert(end, definitions.map((each) => newline + before + each).join(''))];
  if (before.trim() !== '') return [insert(end, definitions.map((each) => `, ${each}`).join(''))];
  const rest = /^([ \t]*,)?[ \t]*--[^\r\n]*/.exec(text.slice(end));
  if (!rest) return [insert(end, definitions.map((each) => `,${newline}${before}${each}`).join(''))];
  // A comment behind the last column stays on its line.
  const lines = definitions.map((each) => `${newline}${before}${each}`);
  const lineEnd = end + rest[0].length;
  if (rest[1] !== undefined) return [insert(lineEnd, lines.map((each) => `${each},`).join(''))];
  return [insert(end, ','), insert(lineEnd, lines.join(','))];
}
