// Writes a many-to-many relation in place of an array of ids: a list on either model, whose table Prisma keeps itself.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { Column, Table } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { fieldsOf, type Field } from '../parse/syntax';
import { capitalized, decapitalized, fieldLine, lastRelation, linksOf, pluralName } from './foreign-keys';
import { removeIndex } from './indexes';
import { fieldAt, placeOf, replace, type Place } from './place';

export function useJunction({ column, target }: IntentOf<'useJunction'>, context: WriteContext): readonly Edit[] | undefined {
  const { table } = column;
  const place = placeOf(column.span, context);
  const field = place && fieldAt(column.span, place);
  const other = placeOf(target.span, context);
  // The implicit table refers to one field of each model; the two lists of one model would need names of their own.
  if (!place || !field || !other || table === target || !hasPlainKey(table) || !hasPlainKey(target) || table.dbSchema !== target.dbSchema) return undefined;
  const name = freeName(listName(column), table.name, place, field);
  const label = linksOf(table, target).length + linksOf(target, table).length > 0 ? ` @relation("${table.name}${capitalized(name ?? '')}")` : '';
  const back = freeName(pluralName(decapitalized(table.name)), capitalized(name ?? ''), other, undefined);
  const after = lastRelation(other, context);
  const indexes = withoutColumn(column, context);
  if (name === undefined || back === undefined || !after || !indexes) return undefined;
  const end = fieldLine(other, after, back, `${table.name}[]`, label.trim());
  return end && [...indexes, replace(place, field, listField(place, field, name, `${target.name}[]${label}`)), end];
}

function hasPlainKey({ primaryKey, otherEnds }: Table): boolean {
  return primaryKey?.parts.length === 1 && otherEnds !== undefined;
}

/** `tags` for `tagIds`, `score_configs` for `score_config_ids`. */
function listName({ name }: Column): string {
  return pluralName(name.replace(/_?(?:uu)?ids$/i, ''));
}

/** The plain name, or with what tells it apart where a field of the model has it already. */
function freeName(plain: string, by: string, { block }: Place, replaced: Field | undefined): string | undefined {
  const taken = new Set(fieldsOf(block).flatMap((field) => (field === replaced ? [] : [field.name])));
  return [plain, `${plain}By${by}`].find((name) => name !== '' && !taken.has(name));
}

/** The field with its type where the old one stood. */
function listField({ chunk }: Place, field: Field, name: string, type: string): string {
  const column = field.typeAt.from - field.from;
  const gap = chunk.text.slice(field.nameAt.to, field.typeAt.from);
  return gap.includes('\t') ? `${name}${gap}${type}` : `${`${name} `.padEnd(column)}${type}`;
}

/** Edits that take out the indexes of the column alone; undefined where one holds other columns as well. */
function withoutColumn({ table, dbName }: Column, context: WriteContext): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  for (const index of table.indexes) {
    if (!index.parts.some(({ column }) => column === dbName)) continue;
    const removed = index.parts.length === 1 ? removeIndex({ do: 'removeIndex', index }, context) : undefined;
    if (!removed) return undefined;
    edits.push(...removed);
  }
  return edits;
}
