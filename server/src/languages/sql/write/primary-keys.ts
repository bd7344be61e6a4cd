// Writes primary keys into CREATE TABLE: over columns that it has, in place of a unique constraint, or as a new column.
import type { Edit } from '../../../text/edit';
import type { Span } from '../../../text/span';
import type { IntentOf } from '../../../model/intents';
import type { Column, Index, Table } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import type { SqlParsed } from '../parse/parsed';
import { insertColumns, isInside } from './columns';
import { fileOf, identifier, inCaseOf, newlineOf, pieceAt } from './text';

export function addPrimaryKey({ table, columns }: IntentOf<'addPrimaryKey'>, context: WriteContext): readonly Edit[] | undefined {
  const parsed = fileOf(context, table.span);
  if (!parsed) return undefined;
  if (!columns) return newColumn(table, parsed, context);
  const unique = table.indexes.find(
    ({ constraint, parts }) => constraint === 'unique' && parts.length === columns.length && parts.every((part, at) => part.column === columns[at]),
  );
  if (unique) return inPlaceOf(unique, context);
  const found = columns.flatMap((name) => table.columns.find(({ dbName }) => dbName === name) ?? []);
  const [only, ...more] = found;
  if (!only || found.length !== columns.length || !found.every((column) => isInside(table, column))) return undefined;
  const words = inCaseOf(pieceAt(parsed, table.span)?.text ?? '', 'PRIMARY KEY');
  if (more.length === 0) return [{ file: parsed.path, start: only.span.end, end: only.span.end, newText: ` ${words}` }];
  const last = lastElement(table);
  const names = columns.map((name) => identifier(name, parsed.text.slice(table.span.start, table.span.end))).join(', ');
  return last && insertColumns(parsed, last.end, last.start, [`${words} (${names})`]);
}

/** The word UNIQUE gives way to the key that makes the constraint needless. */
function inPlaceOf({ span }: Index, context: WriteContext): readonly Edit[] | undefined {
  const parsed = fileOf(context, span);
  const written = parsed?.text.slice(span.start, span.end) ?? '';
  const word = /\bUNIQUE\b(?:\s+NULLS\s+(?:NOT\s+)?DISTINCT\b)?/i.exec(written);
  if (!word) return undefined;
  const start = span.start + word.index;
  return [{ file: span.file, start, end: start + word[0].length, newText: inCaseOf(word[0], 'PRIMARY KEY') }];
}

/** The last column or constraint in the table's list; one inside another belongs to it. */
function lastElement(table: Table): Span | undefined {
  const spans = [...table.columns, ...table.indexes, ...table.foreignKeys, ...table.checks].filter((each) => isInside(table, each)).map(({ span }) => span);
  return spans.reduce<Span | undefined>((last, span) => (last && (last.end > span.end || (last.end === span.end && last.start <= span.start)) ? last : span), undefined);
}

/** `id`, in front of the other columns. */
function newColumn(table: Table, parsed: SqlParsed, context: WriteContext): readonly Edit[] | undefined {
  const own = table.columns.filter((column) => isInside(table, column));
  const first = own.reduce<Column | undefined>((a, b) => (a && a.span.start < b.span.start ? a : b), undefined);
  if (!first || table.columns.some(({ dbName }) => dbName === 'id')) return undefined;
  const { text, path: file } = parsed;
  const ordered = (context.facts.postgresVersion ?? 0) >= 18;
  const type = inCaseOf(first.type.raw, ordered ? 'uuid' : 'bigint');
  const rest = inCaseOf(pieceAt(parsed, table.span)?.text ?? '', ordered ? 'PRIMARY KEY DEFAULT' : 'GENERATED ALWAYS AS IDENTITY PRIMARY KEY');
  const quote = text.charAt(first.nameSpan.start - 1) === '"' ? '"' : '';
  const definition = `${quote}id${quote} ${type} ${rest}${ordered ? ' uuidv7()' : ''}`;
  const { start } = first.span;
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return [{ file, start, end: start, newText: before.trim() === '' ? `${definition},${newlineOf(text)}${before}` : `${definition}, ` }];
}
