// Writes indexes into a model, and takes them out.
import type { Edit } from '../../../text/edit';
import { shortName } from '../../../model/identifiers';
import type { IntentOf } from '../../../model/intents';
import type { WriteContext } from '../../language';
import { constraintName } from '../lower/constraint-names';
import { lineEnd } from '../parse/pieces';
import { fieldsOf, type Block, type BlockAttribute } from '../parse/syntax';
import { addAttributeLine, fieldList } from './attribute-lines';
import { lineStart, placeOf, removeAttribute, replace, wholeLineEnd, type Place } from './place';

/** An `@@index` behind the model's other indexes, else before its closing brace behind a blank line. */
export function addIndex({ table, columns }: IntentOf<'addIndex'>, context: WriteContext): readonly Edit[] | undefined {
  const place = placeOf(table.span, context);
  if (!place) return undefined;
  const names: string[] = [];
  for (const dbName of columns) {
    const column = table.columns.find((candidate) => candidate.dbName === dbName);
    if (!column) return undefined;
    names.push(column.name);
  }
  const taken = new Set(context.schema.tables.flatMap((each) => each.indexes.map((index) => index.name)));
  const clashes = taken.has(constraintName(table.dbName, columns, '_idx', table.dialect));
  // An index of another kind on the same columns has the name already.
  const edit = addAttributeLine(place, 'index', `${fieldList(place, names)}${clashes ? `, map: "${shortName(table.dbName, columns, 'btree_idx', (name) => taken.has(name))}"` : ''}`);
  return edit && [edit];
}

/** Takes out the whole line of a block attribute, or an attribute on a field. Keys stay. */
export function removeIndex({ index }: IntentOf<'removeIndex'>, context: WriteContext): readonly Edit[] | undefined {
  const place = placeOf(index.span, context);
  if (!place || index.constraint === 'primary key') return undefined;
  const at = index.span.start - place.chunk.anchor.offset;
  if (!index.inline) {
    const member = blockAttributeAt(place.block, at);
    return member && [removeLine(place, member)];
  }
  for (const field of fieldsOf(place.block)) {
    const attribute = field.attributes.find(({ from }) => from === at);
    if (attribute) return [removeAttribute(place, field, attribute)];
  }
  return undefined;
}

function blockAttributeAt({ members }: Block, at: number): BlockAttribute | undefined {
  return members.find((member): member is BlockAttribute => member.kind === 'attribute' && member.from === at);
}

function removeLine(place: Place, { from, to }: BlockAttribute): Edit {
  const { text } = place.chunk;
  let start = lineStart(text, from);
  const end = lineEnd(text, to);
  // A comment that shares the line with other text stays whole.
  if (text.slice(start, from).trim() !== '' || wholeLineEnd(text, to) !== end) return replace(place, { from, to }, '');
  const next = afterBreak(text, end);
  // The blank line that set it apart has nothing left to set apart.
  const previous = start > 1 ? lineStart(text, start - (text.startsWith('\r\n', start - 2) ? 2 : 1)) : start;
  const lonely = text.slice(previous, start).trim() === '' && /^[^\S\r\n]*(?:[\r\n]|\}|$)/.test(text.slice(next));
  if (lonely) start = previous;
  return replace(place, { from: start, to: next }, '');
}

function afterBreak(text: string, end: number): number {
  return end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0);
}
