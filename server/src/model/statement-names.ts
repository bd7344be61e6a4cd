// The names that a fix's own statements use: in the author's spelling where the text has it, and free ones for new objects.
import type { Change } from './changes';
import type { Table } from './nodes';
import { inCaseOf, nameIn, quoted, sourceOf, sqlTokens } from './sql-text';

/** The table as the author writes it, schema and quotes included. */
export function tableAsWritten({ statement, tableSpan, table }: Change): string {
  return sourceOf(statement, tableSpan) ?? quoted(table?.name ?? '', true);
}

/** What stands before the names of things in the table's schema: `shop.`, or nothing where none is written. */
export function schemaPrefix(change: Change): string {
  return /^(?:"(?:[^"]|"")*"|[^".]+)\s*\.\s*/.exec(tableAsWritten(change))?.[0] ?? '';
}

/** The author's ALTER TABLE up to the name, IF EXISTS and ONLY included, also out of a DO block. */
export function alterTable(change: Change): string {
  const { statement, tableSpan } = change;
  const before = tableSpan ? statement.text.slice(0, Math.max(tableSpan.start - statement.span.start, 0)) : '';
  const [, exists, only] = /\bALTER\s+TABLE\b(\s+IF\s+EXISTS\b)?(\s+ONLY\b)?\s*"?$/i.exec(before) ?? [];
  return `${inCaseOf(statement.text, `ALTER TABLE${exists ? ' IF EXISTS' : ''}${only ? ' ONLY' : ''}`)} ${tableAsWritten(change)}`;
}

/** A column or constraint as the change writes it; where it doesn't, in quotes if it needs them or the author quotes the table. */
export function asWritten(change: Change, name: string): string {
  const tokens = sqlTokens(sourceOf(change.statement, change.span) ?? '');
  const written = tokens.findLast((token) => nameIn(token) === name);
  return written?.text ?? quoted(name, tableAsWritten(change).includes('"'));
}

/** What the file of a step is about: `posts_author_id`. */
export function stepName(...names: readonly string[]): string {
  return names.join('_').toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** The name of a CHECK that says of the column that it is never null. PostgreSQL cuts names at 63 bytes. */
export function presenceCheck(table: string, column: string, before?: Table): string {
  const stem = `${table}_${column}`.slice(0, 53);
  return freeName(before, `${stem}_present`);
}

/** The name, or the first with a number behind it, that no constraint or index of the table has. */
export function freeName(table: Table | undefined, name: string): string {
  const taken = new Set(namesOn(table));
  for (let number = 2, free = name; ; number++) {
    if (!taken.has(free)) return free;
    free = `${name}${number}`;
  }
}

function namesOn(table: Table | undefined): (string | undefined)[] {
  if (!table) return [];
  const { indexes, checks, foreignKeys, primaryKey } = table;
  return [...indexes.map(({ name }) => name), ...checks.map(({ name }) => name), ...foreignKeys.map(({ dbName }) => dbName), primaryKey?.name];
}
