// Lets a field take null, with the relation fields that stand on it.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { WriteContext } from '../../language';
import { argument, attributeNamed, attributesOf, fieldsOf, type Attribute, type Field } from '../parse/syntax';
import { fieldAt, placeOf, replace, type Place } from './place';

/** A `?` behind the field's type and behind that of each relation field that names it. */
export function setNullable({ column }: IntentOf<'setNullable'>, context: WriteContext): readonly Edit[] | undefined {
  const place = placeOf(column.span, context);
  const field = place && fieldAt(column.span, place);
  if (!place || !field || field.optional || field.list || isKey(field, place)) return undefined;
  const relations = fieldsOf(place.block).filter((each) => !each.optional && !each.list && standsOn(each, field.name));
  return [field, ...relations].map((each) => optional(each, place));
}

/** Prisma allows no null in the fields of an id. */
function isKey({ name, attributes }: Field, { block }: Place): boolean {
  const key = attributeNamed(attributesOf(block), 'id');
  return attributeNamed(attributes, 'id') !== undefined || (key !== undefined && names(key, 'fields', 0).includes(name));
}

function standsOn({ attributes }: Field, name: string): boolean {
  const relation = attributeNamed(attributes, 'relation');
  return relation !== undefined && names(relation, 'fields').includes(name);
}

function names(attribute: Attribute, key: string, position?: number): string[] {
  const value = argument(attribute, key, position)?.value;
  return value?.kind === 'array' ? value.items.flatMap((item) => (item.kind === 'word' ? [item.text] : item.kind === 'call' ? [item.name] : [])) : [];
}

/** Where blanks align what follows, one of them makes room. */
function optional(field: Field, place: Place): Edit {
  const { from, to } = { from: field.typeAt.to, to: field.typeAt.to };
  const aligned = / {2}/y;
  aligned.lastIndex = to;
  return replace(place, { from, to: aligned.test(place.chunk.text) ? to + 1 : to }, '?');
}
