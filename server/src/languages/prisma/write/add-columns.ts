// Writes missing columns into a model, named, mapped and aligned as its neighbours are.
import type { Edit } from '../../../text/edit';
import type { ColumnGoal, IntentOf } from '../../../model/intents';
import { namingOf, snakeCase, type Naming } from '../../../model/naming-style';
import type { Table } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { lineEnd } from '../parse/pieces';
import { fieldsOf, type Field } from '../parse/syntax';
import { hasTimestamptz, timestamptz } from './columns';
import { layoutOf, upToGroup } from './layout';
import { indentation, insert, lineBreak, placeOf, wholeLineEnd, type Place } from './place';

/** New fields behind those that tell a time already, else behind the other columns, before the attributes of the model. */
export function addColumns({ table, columns }: IntentOf<'addColumns'>, context: WriteContext): readonly Edit[] | undefined {
  const place = placeOf(table.span, context);
  if (!place || place.block.close === undefined) return undefined;
  const naming = namingOf(table, context.schema);
  const names = columns.map((goal) => (naming.snake ? snakeCase(goal) : goal));
  const fields = fieldsOf(place.block);
  if (names.length === 0 || fields.some(({ name }) => names.includes(name))) return undefined;
  const { text } = place.chunk;
  const after = neighbour(place, table, fields);
  const at = after ? wholeLineEnd(text, after.to) : lineEnd(text, 0);
  const layout = layoutOf(place, after ? upToGroup(place, fields, after) : fields);
  const start = lineBreak(place) + indentation(place);
  const native = nativeType(table, context);
  const lines = columns.map((goal, index) => start + layout(names[index] ?? goal, typeOf(goal), attributes(goal, naming, native)).trimEnd());
  return [insert(place, at, lines.join(''))];
}

/**
 * The field that the new ones go behind: a time that the table keeps of itself, else the last one, but for relations
 * that stand apart from the columns.
 */
function neighbour(place: Place, { columns }: Table, fields: readonly Field[]): Field | undefined {
  const time = fields.findLast(({ name }) => /^(?:created|updated)(?:_?at|_?on)$/i.test(name));
  if (time) return time;
  const own = new Set(columns.map(({ name }) => name));
  const column = fields.findLast(({ name }) => own.has(name));
  return column ? upToGroup(place, fields, column).at(-1) : fields.at(-1);
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
