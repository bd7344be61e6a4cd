// How the lines of a model are laid out, for those that are added.
import type { Field } from '../parse/syntax';
import type { Place } from './place';

type Layout = (name: string, type: string, attributes: string) => string;

/** Columns where those of the neighbours are aligned; single blanks elsewhere. */
export function layoutOf({ chunk }: Place, fields: readonly Field[]): Layout {
  const group = lastGroup(chunk.text, fields);
  const typeColumns = new Set(group.map((field) => field.typeAt.from - field.from));
  const attributeColumns = new Set(group.flatMap(({ from, attributes: [first] }) => (first ? [first.from - from] : [])));
  const [typeColumn = 0] = group.length > 1 && typeColumns.size === 1 ? typeColumns : [];
  const [attributeColumn = 0] = typeColumn > 0 && attributeColumns.size === 1 ? attributeColumns : [];
  const last = group.at(-1);
  const tabbed = last !== undefined && chunk.text.slice(last.nameAt.to, last.typeAt.from).includes('\t');
  if (tabbed) return (name, type, rest) => `${name}\t${type}\t${rest}`;
  return (name, type, rest) => `${`${name.padEnd(typeColumn - 1)} ${type}`.padEnd(attributeColumn - 1)} ${rest}`;
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
