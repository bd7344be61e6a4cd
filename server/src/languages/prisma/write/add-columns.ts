// Writes missing columns into a model, named, mapped and aligned as its neighbours are.
import type { Edit } from '../../../text/edit';
import type { ColumnGoal, IntentOf } from '../../../model/intents';
import { namingOf, snakeCase, type Naming } from '../../../model/naming-style';
import type { Table } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { lineEnd } from '../parse/pieces';
import { fieldsOf, type Field } from '../parse/syntax';
import { hasTimestamptz, timestamptz } from './columns';
import { indentation, insert, lineBreak, placeOf, wholeLineEnd, type Place } from './place';

/** New fields behind the last one, before the attributes of the model. */
export function addColumns({ table, columns }: IntentOf<'addColumns'>, context: WriteContext): readonly Edit[] | undefined {
  const place = placeOf(table.span, context);
  if (!place || place.block.close === undefined) return undefined;
  const naming = namingOf(table, context.schema);
  const names = columns.map((goal) => (naming.snake ? snakeCase(goal) : goal));
  const fields = fieldsOf(place.block);
  if (names.length === 0 || fields.some(({ name }) => names.includes(name))) return undefined;
  const { text } = place.chunk;
  const last = fields.at(-1);
  const at = last ? wholeLineEnd(text, last.to) : lineEnd(text, 0);
  const layout = layoutOf(place, fields);
  const start = lineBreak(place) + indentation(place);
  const native = nativeType(table, context);
  const lines = columns.map((goal, index) => start + layout(names[index] ?? goal, typeOf(goal), attributes(goal, naming, native)).trimEnd());
  return [insert(place, at, lines.join(''))];
}

function typeOf(goal: ColumnGoal): string {
  if (goal === 'version') return 'Int';
  return goal === 'deletedAt' ? 'DateTime?' : 'DateTime';
}

function attributes(goal: ColumnGoal, naming: Naming, native: string | undefined): string {
  if (goal === 'version') return '@default(1)';
  const parts = goal === 'deletedAt' ? [] : ['@default(now())'];
  // With a default too: a required column without one can't be added to a table that holds rows.
  if (goal === 'updatedAt') parts.push('@updatedAt');
  if (naming.mapped && !naming.snake) parts.push(`@map("${snakeCase(goal)}")`);
  if (native !== undefined) parts.push(native);
  return parts.join(' ');
}

/** The way in which the table writes instants already, else the usual one. */
function nativeType(table: Table, context: WriteContext): string | undefined {
  if (!hasTimestamptz(context.schema.dialect)) return undefined;
  const present = table.columns.find(({ type }) => type.family === 'timestamp' && type.zoned && type.raw.startsWith('@'));
  return present?.type.raw ?? timestamptz(context);
}

type Layout = (name: string, type: string, attributes: string) => string;

/** Columns where those of the neighbours are aligned; single blanks elsewhere. */
function layoutOf({ chunk }: Place, fields: readonly Field[]): Layout {
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
    const between = text.slice(fields[index - 1]?.to, fields[index]?.from);
    if (/(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*[\r\n]/.test(between)) return fields.slice(index);
  }
  return fields;
}
