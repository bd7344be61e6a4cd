// Writes an enum in front of the statement that uses it, and CHECKs that hold a column to its values.
import { enumWords, literalsOf } from '../../../model/fixed-values';
import type { IntentOf } from '../../../model/intents';
import type { Column } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import { allowedFor, freeName, sameValues } from '../../../model/enum-values';
import type { WriteContext } from '../../language';
import type { Piece } from '../parse/chunk';
import type { SqlParsed } from '../parse/parsed';
import { fileOf, identifier, inCaseOf, insertBefore, pieceAt, qualified } from './text';

type Edits = readonly Edit[] | undefined;

export function useEnum({ columns, values }: IntentOf<'useEnum'>, context: WriteContext): Edits {
  const [first] = columns;
  const at = first && definitionOf(first, context);
  if (!at) return undefined;
  const all = allowedFor(columns, [...values, ...columns.flatMap((column) => literalsIn(column, context))], context);
  const places = columns.map((column) => definitionOf(column, context));
  const earliest = places.every((place) => place !== undefined && place.parsed === at.parsed && place.piece.span.start >= at.piece.span.start);
  if (!all || !earliest || columns.some(isInExpression)) return undefined;
  const present = presentEnum(first, all, at, context);
  const taken = new Set([...context.schema.enums, ...context.schema.tables].map(({ dbName }) => dbName));
  const name = present ?? freeName(enumWords(columns, ({ dbName }) => dbName).join('_'), (each) => taken.has(each));
  const schema = first.table.dbSchema;
  const typeName = qualified({ name, ...(schema === undefined ? {} : { schema }) }, at.piece.text);
  const edits = columns.flatMap((column) => retyped(column, typeName));
  if (present !== undefined) return edits;
  const create = `${inCaseOf(at.piece.text, 'CREATE TYPE')} ${typeName} ${inCaseOf(at.piece.text, 'AS ENUM')} (${list(all)});`;
  return [insertBefore(context, at.parsed, at.piece.span.start, [create], 'CreateEnum'), ...edits];
}

/** Where a column is defined, in a migration that no database has yet; a type that was given later has no such place. */
function definitionOf({ type, span }: Column, context: WriteContext): { readonly parsed: SqlParsed; readonly piece: Piece } | undefined {
  const parsed = fileOf(context, span);
  const piece = parsed && pieceAt(parsed, span);
  const inside = span.file === type.span.file && span.start <= type.span.start && type.span.end <= span.end;
  if (!parsed || !piece || !inside || context.migration?.(parsed.path)?.committed) return undefined;
  return { parsed, piece };
}

function retyped({ type, default: value }: Column, typeName: string): Edit[] {
  const edits = [{ file: type.span.file, start: type.span.start, end: type.span.end, newText: typeName }];
  // A default that is cast to text is no value of the enum.
  const bare = value && /^\(*('(?:[^']|'')*')\s*::/.exec(value.raw)?.[1];
  return bare === undefined || !value ? edits : [...edits, { file: value.span.file, start: value.span.start, end: value.span.end, newText: bare }];
}

/** Functions of text don't take an enum. */
function isInExpression({ table, dbName }: Column): boolean {
  return table.indexes.some(({ parts }) => parts.some(({ expression }) => expression?.includes(dbName) === true));
}

/** What the migrations write into the column. */
function literalsIn({ table, dbName }: Column, { schema }: WriteContext): string[] {
  return schema.migrations.flatMap(({ statements }) =>
    statements
      .filter(({ changes }) => changes.some((change) => change.verb === 'write' && change.table?.name === table.dbName))
      .flatMap(({ text }) => [...literalsOf(text, [dbName]), ...inserted(text, dbName)]),
  );
}

/** The column's values in `INSERT INTO t (…) VALUES (…), (…)`. */
function inserted(text: string, column: string): string[] {
  const [, names = '', rows = ''] = /^\s*INSERT\s+INTO\s+[^(]+\(([^()]*)\)\s*VALUES\s*([^]*)$/i.exec(text) ?? [];
  const at = names.split(',').findIndex((name) => name.trim().replace(/^"|"$/g, '') === column);
  if (at < 0) return [];
  return [...rows.matchAll(/\(((?:'(?:[^']|'')*'|[^()']|\([^()]*\))*)\)/g)].flatMap(([, row = '']) => {
    const value = row.match(/(?:'(?:[^']|'')*'|\([^()]*\)|[^,'(])+/g)?.[at]?.trim() ?? '';
    return /^'(?:[^']|'')*'$/.test(value) ? [value.slice(1, -1).replaceAll("''", "'")] : [];
  });
}

/** An enum that is there before the statement, with the same values and the same meaning. */
function presentEnum(column: Column, values: readonly string[], { parsed, piece }: { readonly parsed: SqlParsed; readonly piece: Piece }, { schema }: WriteContext): string | undefined {
  const before = schema.files.indexOf(parsed.path);
  const earlier = schema.enums.find(({ span, dbSchema, values: own }) => {
    const at = schema.files.indexOf(span.file);
    return dbSchema === column.table.dbSchema && sameValues(own, values) && (at < before || (at === before && span.end <= piece.span.start));
  });
  return earlier && lastWord(earlier.dbName) === lastWord(column.dbName) ? earlier.dbName : undefined;
}

function lastWord(name: string): string {
  return /[A-Z]?[a-z]+$/.exec(name)?.[0].toLowerCase() ?? name;
}

export function addCheck({ column, values }: IntentOf<'addCheck'>, context: WriteContext): Edits {
  const at = definitionOf(column, context);
  const all = allowedFor([column], [...values, ...literalsIn(column, context)], context);
  if (!at || !all) return undefined;
  const name = identifier(column.dbName, at.parsed.text.charAt(column.nameSpan.start - 1) === '"' ? '"quoted"' : '');
  const condition = `${inCaseOf(at.piece.text, 'CHECK')} (${name} ${inCaseOf(at.piece.text, 'IN')} (${list(all)}))`;
  return [{ file: column.span.file, start: column.span.end, end: column.span.end, newText: ` ${condition}` }];
}

function list(values: readonly string[]): string {
  return values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
}
