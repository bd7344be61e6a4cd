// Writes attributes of a whole model: each on a line of its own, where Prisma's formatter would put it.
import type { Edit } from '../../../text/edit';
import { attributesOf } from '../parse/syntax';
import { indentation, insert, lineBreak, lineStart, wholeLineEnd, type Place } from './place';

/** The formatter's order. What it doesn't know stays with the indexes. */
const ORDER = ['id', 'unique', 'index', 'fulltext', 'map', 'schema', 'ignore'];
const INDEXES = new Set(['unique', 'index', 'fulltext']);

/** A line for an attribute behind those that go before it, else in front of the others, else before the closing brace. */
export function addAttributeLine(place: Place, name: string, args: string): Edit | undefined {
  const { text } = place.chunk;
  const eol = lineBreak(place);
  const line = `${indentation(place)}@@${name}(${args})`;
  const attributes = place.block.members.filter((member) => member.kind === 'attribute');
  const last = attributes.findLast(({ attribute }) => rank(attribute.name) <= rank(name)) ?? attributes.findLast((each) => !isAlone(text, each.from));
  if (last) return insert(place, wholeLineEnd(text, last.to), eol + line);
  const [first] = attributes;
  if (first) return insert(place, lineStart(text, first.from), line + eol);
  return beforeBrace(place, line, eol);
}

function rank(name: string): number {
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.indexOf('fulltext') : at;
}

/** Whether an attribute begins its line, which stands below one without a comment: that may be about the attribute. */
function isAlone(text: string, from: number): boolean {
  const start = lineStart(text, from);
  const above = text.slice(0, start).replace(/(?:\r\n|\r|\n)$/, '');
  return text.slice(start, from).trim() === '' && !/^\s*\/\/|\*\//.test(above.slice(lineStart(above, above.length)));
}

function beforeBrace({ chunk, block }: Place, line: string, eol: string): Edit | undefined {
  if (block.close === undefined) return undefined;
  const { text } = chunk;
  const start = lineStart(text, block.close);
  // Something before the brace on its own line is nothing that Prisma allows.
  if (start === 0 || text.slice(start, block.close).trim() !== '') return undefined;
  const above = text.slice(lineStart(text, start - eol.length), start).trim();
  return insert({ chunk, block }, start, `${above === '' ? '' : eol}${line}${eol}`);
}

/** The fields of an index as its neighbours list them: a single one may stand without brackets. */
export function fieldList({ chunk, block }: Place, names: readonly string[]): string {
  const lists = attributesOf(block).flatMap(({ name, nameAt, to }) => (INDEXES.has(name) ? [chunk.text.slice(nameAt.to, to)] : []));
  const ofOne = lists.filter((list) => !list.includes('[') || !list.includes(','));
  const bare = names.length === 1 && ofOne.length > 0 && ofOne.every((list) => !list.includes('['));
  return bare ? names.join('') : `[${names.join(', ')}]`;
}
