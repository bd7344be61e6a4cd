// Writes lengths and defaults of a field.
import type { Edit } from '../../../text/edit';
import { atLeast } from '../../../model/facts';
import type { IntentOf } from '../../../model/intents';
import type { Column, Dialect } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { argument, attributeNamed, type Attribute, type Field, type Value } from '../parse/syntax';
import { datasourceName, fieldAt, placeOf, removeAttribute, replace, type Place } from './place';

type Edits = readonly Edit[] | undefined;

/** Prisma's own timestamps keep milliseconds; a bare `@db.Timestamptz` would change that to microseconds. */
const IMPLIED_PRECISION = 3;

/** `@db.Timestamptz(3)`, with the name that the schema's data source has. */
export function timestamptz(context: WriteContext, precision = IMPLIED_PRECISION): string {
  return `@${datasourceName(context)}.Timestamptz(${precision})`;
}

export function hasTimestamptz(dialect: Dialect): boolean {
  return dialect === 'postgresql' || dialect === 'cockroachdb';
}

/** A Prisma schema holds no CHECK constraints, so the variant that keeps the limit as one has no form here. */
export function dropLength({ column, check }: IntentOf<'dropLength'>, context: WriteContext): Edits {
  const found = check ? undefined : find(column, context);
  return found && hasTimestamptz(context.schema.dialect) ? withoutLength(found.place, found.field) : undefined;
}

const LIMITED = new Set(['VarChar', 'Char', 'String']);

/** The field without the native type that limits its length. */
export function withoutLength(place: Place, field: Field): Edits {
  const native = nativeOf(field);
  return field.type === 'String' && native && LIMITED.has(native.name) ? [removeAttribute(place, field, native)] : undefined;
}

export function setTimeOrderedDefault({ column }: IntentOf<'setTimeOrderedDefault'>, context: WriteContext): Edits {
  const found = find(column, context);
  const attribute = found && attributeNamed(found.field.attributes, 'default');
  const value = attribute && argument(attribute, 'value', 0)?.value;
  if (!found || value?.kind !== 'call') return undefined;
  const text = timeOrdered(value, context);
  return text === undefined ? undefined : [replace(found.place, value, text)];
}

function timeOrdered(value: Extract<Value, { kind: 'call' }>, { facts, schema }: WriteContext): string | undefined {
  if (value.name === 'uuid') return atLeast(facts.prismaVersion, 5, 18) === false ? undefined : 'uuid(7)';
  if (value.name !== 'dbgenerated' || schema.dialect !== 'postgresql') return undefined;
  return (facts.postgresVersion ?? 0) >= 18 ? 'dbgenerated("uuidv7()")' : undefined;
}

function find(column: Column, context: WriteContext): { place: Place; field: Field } | undefined {
  const place = placeOf(column.span, context);
  const field = place && fieldAt(column.span, place);
  return field && { place, field };
}

function nativeOf(field: Field): Attribute | undefined {
  return field.attributes.find((attribute) => attribute.group !== undefined);
}
