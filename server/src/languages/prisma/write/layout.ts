// How the lines of a model are laid out, for those that are added.
import type { Edit } from '../../../text/edit';
import { fieldsOf, type Field } from '../parse/syntax';
import { insert, type Place } from './place';

type Layout = (name: string, type: string, attributes: string) => string;

/** Columns where those of the neighbours are aligned; single blanks elsewhere. */
export function layoutOf({ chunk }: Place, fields: readonly Field[]): Layout {
  const group = lastGroup(chunk.text, fields);
  const { types, attributes } = columnsOf(chunk.text, group);
  const last = group.at(-1);
  const tabbed = last !== undefined && chunk.text.slice(last.nameAt.to, last.typeAt.from).includes('\t');
  if (tabbed) return (name, type, rest) => `${name}\t${type}\t${rest}`;
  return (name, type, rest) => `${`${name.padEnd(types - 1)} ${type}`.padEnd(attributes - 1)} ${rest}`;
}

/** A further attribute at the end of a field; the first one of its field stands in the column of its neighbours'. */
export function addAttribute(place: Place, field: Field, attribute: string): Edit {
  const last = field.attributes.at(-1);
  if (last) return insert(place, last.to, ` ${attribute}`);
  const group = lastGroup(place.chunk.text, upToGroup(place, fieldsOf(place.block), field));
  const end = typeEnd(place.chunk.text, field);
  const { attributes } = columnsOf(place.chunk.text, group);
  return insert(place, end, ' '.repeat(Math.max(1, attributes - (end - field.from))) + attribute);
}

/** Where the types and the attributes of a group begin in their lines; 0 where they aren't aligned. */
function columnsOf(text: string, group: readonly Field[]): { readonly types: number; readonly attributes: number } {
  const [types = 0, ...others] = new Set(group.map(({ typeAt, from }) => typeAt.from - from));
  if (others.length > 0) return { types: 0, attributes: 0 };
  const written = new Set(group.flatMap(({ from, attributes: [first] }) => (first ? [first.from - from] : [])));
  const [attributes = 1 + Math.max(0, ...group.map((field) => typeEnd(text, field) - field.from))] = written;
  return { types, attributes: written.size > 1 ? 0 : attributes };
}

/** Behind the `?` or `[]` of a type. */
function typeEnd(text: string, { typeAt }: Field): number {
  return typeAt.to + (/^(?:\s*\[\s*\])?\??/.exec(text.slice(typeAt.to))?.[0].length ?? 0);
}

/** The fields at the end that no blank line divides: Prisma's formatter aligns each such group by itself. */
function lastGroup(text: string, fields: readonly Field[]): readonly Field[] {
  for (let index = fields.length - 1; index > 0; index--) {
    if (isApart(text, fields[index - 1], fields[index])) return fields.slice(index);
  }
  return fields;
}

/** The model's fields up to the last of the group that a field stands in. */
export function upToGroup({ chunk }: Place, fields: readonly Field[], member: Field): readonly Field[] {
  let end = fields.indexOf(member) + 1;
  while (end < fields.length && !isApart(chunk.text, fields[end - 1], fields[end])) end++;
  return fields.slice(0, end);
}

function isApart(text: string, field: Field | undefined, next: Field | undefined): boolean {
  return /(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*[\r\n]/.test(text.slice(field?.to, next?.from));
}
