// Gives an index another method, or its columns another order.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { Index } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { argument, attributesOf, type Argument, type Attribute, type Value } from '../parse/syntax';
import { insert, placeOf, replace, type Place } from './place';

/** `type: Gin`, without the order that only a B-tree has; the default method is the one without a word. */
export function setMethod({ index, method }: IntentOf<'setMethod'>, context: WriteContext): readonly Edit[] | undefined {
  const found = attributeOf(index, context);
  if (!found) return undefined;
  const { place, attribute } = found;
  const type = argument(attribute, 'type');
  if (method === 'btree') return type && [removeArgument(place, attribute, type)];
  const last = attribute.args.at(-1);
  if (!last) return undefined;
  const written = type ? replace(place, type.value, 'Gin') : insert(place, last.to, ', type: Gin');
  return [...itemsOf(attribute).flatMap((item) => withoutOrder(place, item)), written];
}

/** The fields in the order asked for, each with the arguments it has. */
export function setParts({ index, columns }: IntentOf<'setParts'>, context: WriteContext): readonly Edit[] | undefined {
  const found = attributeOf(index, context);
  const fields = found && argument(found.attribute, 'fields', 0)?.value;
  if (!found || !fields) return undefined;
  const { place, attribute } = found;
  const items = itemsOf(attribute);
  if (items.length !== index.parts.length || index.parts.some(({ column }) => column === undefined || !columns.includes(column))) return undefined;
  const texts: string[] = [];
  for (const dbName of columns) {
    const item = items[index.parts.findIndex(({ column }) => column === dbName)];
    const text = item ? place.chunk.text.slice(item.from, item.to) : index.table.columns.find((column) => column.dbName === dbName)?.name;
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return [replace(place, fields, `[${texts.join(', ')}]`)];
}

function attributeOf(index: Index, context: WriteContext): { readonly place: Place; readonly attribute: Attribute } | undefined {
  const place = index.inline ? undefined : placeOf(index.span, context);
  const attribute = place && attributesOf(place.block).find(({ from }) => place.chunk.anchor.offset + from === index.span.start);
  return place && attribute && { place, attribute };
}

function itemsOf(attribute: Attribute): readonly Value[] {
  const fields = argument(attribute, 'fields', 0)?.value;
  return fields?.kind === 'array' ? fields.items : fields ? [fields] : [];
}

/** An argument with the comma before it, or behind it where it is the first. */
function removeArgument(place: Place, { args }: Attribute, arg: Argument): Edit {
  const at = args.indexOf(arg);
  const previous = args[at - 1];
  const next = args[at + 1];
  return replace(place, { from: previous?.to ?? arg.from, to: previous ? arg.to : (next?.from ?? arg.to) }, '');
}

/** `a(sort: Desc)` becomes `a`; other arguments stay. */
function withoutOrder(place: Place, item: Value): readonly Edit[] {
  if (item.kind !== 'call' || !item.args.some(({ key }) => key === 'sort')) return [];
  const kept = item.args.filter(({ key }) => key !== 'sort').map(({ from, to }) => place.chunk.text.slice(from, to));
  return [replace(place, item, kept.length === 0 ? item.name : `${item.name}(${kept.join(', ')})`)];
}
