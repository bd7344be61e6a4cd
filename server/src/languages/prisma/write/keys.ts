// Writes primary keys into a model: over fields that it has, or as a field of its own.
import type { Edit } from '../../../text/edit';
import { atLeast } from '../../../model/facts';
import type { IntentOf } from '../../../model/intents';
import type { WriteContext } from '../../language';
import { fieldsOf, type Attribute, type BlockAttribute } from '../parse/syntax';
import { hasTimestamptz } from './columns';
import { addAttributeLine } from './attribute-lines';
import { addAttribute } from './layout';
import { datasourceName, indentation, insert, lineBreak, placeOf, replace, type Place } from './place';

export function addPrimaryKey({ table, columns }: IntentOf<'addPrimaryKey'>, context: WriteContext): readonly Edit[] | undefined {
  const place = placeOf(table.span, context);
  if (!place) return undefined;
  if (!columns) return newField(place, context);
  const names = columns.flatMap((dbName) => table.columns.find((column) => column.dbName === dbName)?.name ?? []);
  const unique = table.indexes.find(
    ({ constraint, parts }) => constraint === 'unique' && parts.length === columns.length && parts.every((part, at) => part.column === columns[at]),
  );
  if (names.length !== columns.length) return undefined;
  // The unique constraint that the key makes needless gives way to it in its place.
  if (unique) {
    const at = unique.span.start - place.chunk.anchor.offset;
    const attribute = unique.inline ? fieldsOf(place.block).flatMap((field) => field.attributes).find(({ from }) => from === at) : blockAttribute(place, at);
    return attribute && [replace(place, attribute.nameAt, 'id')];
  }
  const fields = names.flatMap((name) => fieldsOf(place.block).find((field) => field.name === name && !field.optional && !field.list) ?? []);
  const [field, ...more] = fields;
  if (!field || fields.length !== names.length) return undefined;
  if (more.length === 0) return [field.attributes[0] ? insert(place, field.attributes[0].from, '@id ') : addAttribute(place, field, '@id')];
  const line = addAttributeLine(place, 'id', `[${names.join(', ')}]`);
  return line && [line];
}

function blockAttribute({ block }: Place, at: number): Attribute | undefined {
  return block.members.find((member): member is BlockAttribute => member.kind === 'attribute' && member.from === at)?.attribute;
}

/** `id`, in front of the other fields, with a UUID that is ordered by time. */
function newField(place: Place, context: WriteContext): readonly Edit[] | undefined {
  const [first] = fieldsOf(place.block);
  const { facts, schema } = context;
  if (!first || atLeast(facts.prismaVersion, 5, 18) === false || fieldsOf(place.block).some(({ name }) => name === 'id')) return undefined;
  const native = hasTimestamptz(schema.dialect) ? ` @${datasourceName(context)}.Uuid` : '';
  // A default of the database serves the rows that are there already.
  const byDatabase = schema.dialect === 'postgresql' && (facts.postgresVersion ?? 0) >= 18;
  const value = byDatabase ? 'dbgenerated("uuidv7()")' : 'uuid(7)';
  return [insert(place, first.from, `id String @id @default(${value})${native}${lineBreak(place)}${indentation(place)}`)];
}
