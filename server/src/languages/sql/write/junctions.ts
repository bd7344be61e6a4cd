// Writes a junction table in place of a column with an array of ids, in a migration that nobody has run yet.
import type { IntentOf } from '../../../model/intents';
import { junctionNames } from '../../../model/junction';
import { nameOf } from '../../../model/names';
import type { Column, ColumnType, Table } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import { freeName } from '../../../model/enum-values';
import type { WriteContext } from '../../language';
import { isInside } from './columns';
import { removeElement, removeIndex } from './remove-index';
import { fileOf, identifier, inCaseOf, insertAfter, newlineOf, pieceAt, qualified } from './text';

export function useJunction({ column, target }: IntentOf<'useJunction'>, context: WriteContext): readonly Edit[] | undefined {
  const { table } = column;
  const parsed = fileOf(context, column.span);
  const piece = parsed && pieceAt(parsed, column.span);
  const after = laterOf(table, target, context);
  const afterFile = after && fileOf(context, after.span);
  const afterPiece = afterFile && pieceAt(afterFile, after.span);
  if (!parsed || !piece || !afterFile || !afterPiece || !isInside(table, column)) return undefined;
  if ([parsed, afterFile].some(({ path }) => context.migration?.(path)?.committed)) return undefined;
  const statements = junction(column, target, piece.text, newlineOf(parsed.text), context);
  const removed = removeElement(column.span, parsed, piece);
  const indexes = withoutColumn(column, context);
  if (!statements || !removed || !indexes) return undefined;
  return [...removed, ...indexes, insertAfter(context, afterFile, afterPiece.span.end, statements, 'CreateTable')];
}

/** Of two tables the one that the migrations create later. */
function laterOf(a: Table, b: Table, { schema }: WriteContext): Table | undefined {
  const [first, second] = [a, b].map(({ span }) => schema.files.indexOf(span.file));
  if (first === undefined || second === undefined || first < 0 || second < 0) return undefined;
  if (first !== second) return first > second ? a : b;
  return a.span.start > b.span.start ? a : b;
}

function junction(column: Column, target: Table, sample: string, newline: string, { schema }: WriteContext): string[] | undefined {
  const { table } = column;
  const names = junctionNames(column);
  const [own, other] = [keyOf(table), keyOf(target)];
  const [ownType, otherType] = [own && typeText(own.type), other && typeText(other.type)];
  if (!names || !own || !other || ownType === undefined || otherType === undefined) return undefined;
  const taken = new Set([...schema.tables, ...schema.enums].map(({ dbName }) => dbName));
  const name = freeName(joined(names.table, column), (each) => taken.has(each));
  const full = qualified({ name, ...(table.dbSchema === undefined ? {} : { schema: table.dbSchema }) }, sample);
  const [left, right] = [joined(names.own, column), joined(names.other, column)].map((each) => identifier(each, sample));
  const words = (text: string): string => inCaseOf(sample, text);
  const reference = (to: Table, key: Column): string => {
    const at = qualified(nameOf(to), sample);
    return `${words('NOT NULL REFERENCES')} ${at} (${identifier(key.dbName, sample)}) ${words('ON DELETE CASCADE')}`;
  };
  const lines = [
    `${words('CREATE TABLE')} ${full} (`,
    `  ${left} ${ownType} ${reference(table, own)},`,
    `  ${right} ${otherType} ${reference(target, other)},`,
    `  ${words('PRIMARY KEY')} (${left}, ${right})`,
    ');',
  ];
  const index = `${words('CREATE INDEX')} ${identifier(`${name}_${joined(names.other, column)}_idx`, sample)} ${words('ON')} ${full} (${right});`;
  return [lines.join(newline), index];
}

/** In the style of the column's own name. */
function joined(parts: readonly string[], { dbName }: Column): string {
  if (!/[a-z][A-Z]/.test(dbName)) return parts.join('_');
  return parts.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('');
}

function keyOf({ primaryKey, columns }: Table): Column | undefined {
  const [part, ...more] = primaryKey?.parts ?? [];
  return more.length === 0 ? columns.find(({ dbName }) => dbName === part?.column) : undefined;
}

/** The type without what makes its values. */
function typeText(type: ColumnType): string | undefined {
  if (type.array > 0 || type.family === 'other') return undefined;
  if (type.family !== 'integer' || !type.serial) return type.raw;
  return inCaseOf(type.raw, type.bits === 64 ? 'bigint' : type.bits === 16 ? 'smallint' : 'integer');
}

/** Edits that take out the indexes of the column alone; undefined where one holds other columns as well. */
function withoutColumn({ table, dbName }: Column, context: WriteContext): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  for (const index of table.indexes) {
    if (!index.parts.some(({ column, expression }) => column === dbName || expression?.includes(dbName))) continue;
    const removed = index.parts.length === 1 ? removeIndex({ do: 'removeIndex', index }, context) : undefined;
    if (!removed) return undefined;
    edits.push(...removed);
  }
  return edits;
}
