// Writes another type onto a field: its scalar, its native type, or both.
import type { Edit } from '../../../text/edit';
import type { IntentOf, TypeGoal } from '../../../model/intents';
import type { Column } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { attributeNamed, type Attribute, type Field } from '../parse/syntax';
import { datasourceName, fieldAt, insert, placeOf, removeAttribute, replace, type Place } from './place';
import { hasTimestamptz, timestamptz, withoutLength } from './columns';
import { addAttribute } from './layout';

type Edits = readonly Edit[] | undefined;

export function setType({ column, also = [], to }: IntentOf<'setType'>, context: WriteContext): Edits {
  const parts = [column, ...also].map((each) => retyped(each, to, context));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function retyped(column: Column, to: TypeGoal, context: WriteContext): Edits {
  const place = placeOf(column.span, context);
  const field = place && fieldAt(column.span, place);
  return field && ofField({ place, field, context }, to);
}

interface Target {
  readonly place: Place;
  readonly field: Field;
  readonly context: WriteContext;
}

function ofField(target: Target, to: TypeGoal): Edits {
  const { place, field, context } = target;
  const { dialect } = context.schema;
  const native = nativeOf(field);
  switch (to.family) {
    case 'text':
      return withoutLength(place, field);
    case 'timestamp': {
      if (field.type !== 'DateTime' || !hasTimestamptz(dialect)) return undefined;
      // The written precision stays, as does the absence of one.
      if (native) return native.name === 'Timestamp' ? [replace(place, native.nameAt, 'Timestamptz')] : undefined;
      return [addAttribute(place, field, timestamptz(context, to.precision))];
    }
    case 'uuid':
      return field.type === 'String' && hasTimestamptz(dialect) && !castsDefault(field) ? withNative(target, 'Uuid') : undefined;
    // Prisma's own JSON on PostgreSQL is binary, and its own float has double precision.
    case 'json':
      return field.type === 'Json' && native ? withNative(target, undefined) : undefined;
    case 'float':
      return field.type === 'Float' && native ? withNative(target, undefined) : undefined;
    case 'integer': {
      const unsigned = native?.name.startsWith('Unsigned') === true;
      return field.type === 'Int' ? withBoth(target, 'BigInt', unsigned ? 'UnsignedBigInt' : undefined) : undefined;
    }
    case 'numeric': {
      if (field.type !== 'Float' && field.type !== 'Decimal') return undefined;
      return withBoth(target, 'Decimal', `Decimal(${to.precision}, ${to.scale})`);
    }
    case 'like':
      return like(target, to.column);
  }
}

/** A default that the database makes as a text, which a uuid can't take. */
function castsDefault({ attributes }: Field): boolean {
  const value = attributeNamed(attributes, 'default')?.args[0]?.value;
  const [sql] = value?.kind === 'call' ? value.args : [];
  return sql?.value.kind === 'string' && /::|\bcast\b/i.test(sql.value.text);
}

/** The scalar and native type of another field, where that is written in a schema, too. */
function like(target: Target, model: Column): Edits {
  const place = placeOf(model.span, target.context);
  const field = place && fieldAt(model.span, place);
  if (!field || field.unsupported !== undefined) return undefined;
  const native = nativeOf(field);
  const args = native ? place.chunk.text.slice(native.nameAt.from, native.to) : undefined;
  return withBoth(target, field.type, args);
}

function withBoth(target: Target, scalar: string, native: string | undefined): Edits {
  const { place, field } = target;
  const rest = withNative(target, native);
  if (field.type === scalar) return rest;
  // A native type that goes and has nothing beside it takes the blanks before it along.
  const alone = native === undefined && field.attributes.length === 1 && nativeOf(field) !== undefined;
  return [...(alone ? [replace(place, field.typeAt, scalar)] : retypedScalar(place, field, scalar)), ...rest];
}

/** Another scalar, with as many blanks behind it as keep the column of what follows, where there are any to spare. */
function retypedScalar(place: Place, { typeAt }: Field, scalar: string): Edit[] {
  const grown = scalar.length - (typeAt.to - typeAt.from);
  const { text } = place.chunk;
  const mark = /^(?:\[\]|\?)?/.exec(text.slice(typeAt.to))?.[0] ?? '';
  const from = typeAt.to + mark.length;
  const blanks = /^ */.exec(text.slice(from))?.[0].length ?? 0;
  const type = replace(place, typeAt, scalar);
  if (grown > 0 && blanks > 1) return [type, replace(place, { from, to: from + Math.min(grown, blanks - 1) }, '')];
  return grown < 0 && blanks > 1 ? [type, insert(place, from, ' '.repeat(-grown))] : [type];
}

/** `@db.` with this text behind it, in place of the native type that is written, or no native type at all. */
function withNative({ place, field, context }: Target, text: string | undefined): Edit[] {
  const native = nativeOf(field);
  if (text === undefined) return native ? [removeAttribute(place, field, native)] : [];
  if (native) return [replace(place, { from: native.nameAt.from, to: native.to }, text)];
  return [addAttribute(place, field, `@${datasourceName(context)}.${text}`)];
}

function nativeOf(field: Field): Attribute | undefined {
  return field.attributes.find((attribute) => attribute.group !== undefined);
}
