// Writes the names that models, fields and indexes have in the database.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { WriteContext } from '../../language';
import { argument, attributeNamed, attributesOf, fieldsOf, type Attribute } from '../parse/syntax';
import { addAttributeLine } from './attribute-lines';
import { addAttribute } from './layout';
import { fieldAt, insert, placeOf, replace, type Place } from './place';

type Edits = readonly Edit[] | undefined;

/** `@map` on a field, `@@map` on a model; one that is there gets the new name. */
export function setDatabaseName({ of, name }: IntentOf<'setDatabaseName'>, context: WriteContext): Edits {
  const place = placeOf(of.span, context);
  if (!place) return undefined;
  if (of.kind === 'table') {
    const map = attributeNamed(attributesOf(place.block), 'map');
    if (map) return renamed(place, map, 'name', name);
    const line = addAttributeLine(place, 'map', quoted(name));
    return line && [line];
  }
  const field = fieldAt(of.span, place);
  if (!field) return undefined;
  const map = attributeNamed(field.attributes, 'map');
  if (map) return renamed(place, map, 'name', name);
  // Behind the key and the default, before the native type: where Prisma's own renaming puts it.
  const before = field.attributes.find(({ group }) => group !== undefined);
  if (before) return [insert(place, before.from, `@map(${quoted(name)}) `)];
  return [addAttribute(place, field, `@map(${quoted(name)})`)];
}

/** `map:` of an index, unique constraint or key. */
export function setIndexName({ index, name }: IntentOf<'setIndexName'>, context: WriteContext): Edits {
  const place = placeOf(index.span, context);
  const at = place && index.span.start - place.chunk.anchor.offset;
  if (!place || at === undefined) return undefined;
  const attributes = index.inline ? fieldsOf(place.block).flatMap((field) => field.attributes) : attributesOf(place.block);
  const attribute = attributes.find(({ from }) => from === at);
  return attribute && renamed(place, attribute, 'map', name);
}

function renamed(place: Place, attribute: Attribute, key: 'map' | 'name', name: string): Edits {
  const written = argument(attribute, key, key === 'name' ? 0 : undefined)?.value;
  if (written) return written.kind === 'string' ? [replace(place, written, quoted(name))] : undefined;
  const last = attribute.args.at(-1);
  if (last) return [insert(place, last.to, `, ${key}: ${quoted(name)}`)];
  return [replace(place, { from: attribute.nameAt.to, to: attribute.to }, `(${key}: ${quoted(name)})`)];
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
