// Tables and enums that the migrations make and the schema doesn't know.
import type { Context, Finding } from '../../linter/rule';
import { isToolTable } from '../../model/append-only';
import { finderOf, nameOf } from '../../model/names';
import type { Schema, Table } from '../../model/nodes';
import { inBackticks } from '../../model/wording';

/** Said once of a schema, and quietly: many projects keep tables that their ORM isn't to know. */
export function* undeclared(schema: Schema, { history }: Context): Generator<Finding> {
  const [first] = schema.tables;
  if (!history || !first) return;
  const find = finderOf(schema.tables);
  const places = new Set(['public', ...schema.tables.map(({ dbSchema = 'public' }) => dbSchema)]);
  const own = history.tables.filter((table) => isOwn(table) && places.has(table.dbSchema ?? 'public'));
  const tables = own.filter((table) => !find(nameOf(table)));
  // A schema that knows less than half describes a part on purpose, or can't be read.
  if (tables.length * 2 > own.length) return;
  const used = new Set(tables.flatMap(({ columns }) => columns.flatMap(({ type }) => (type.family === 'enum' ? type.enumName : []))));
  const enums = history.enums.filter(({ dbName }) => !used.has(dbName) && !schema.enums.some((each) => each.dbName === dbName));
  const left = [...tables, ...enums];
  if (left.length === 0) return;
  yield {
    at: first.nameSpan,
    message: `The migrations also make ${listed(left.map(({ dbName }) => dbName))}, which this schema doesn't declare.`,
    help: 'Declare what code uses, and write the migration that drops the rest.',
    related: left.map(({ nameSpan }) => ({ at: nameSpan, message: 'Made here.' })),
    quiet: true,
  };
}

/** Tables that an ORM would declare: partitions and the like come with others. */
function isOwn(table: Table): boolean {
  return table.objectKind === 'table' && !table.partial && !table.temporary && !table.partitionOf && !isToolTable(table) && !isImplicitJunction(table);
}

/** What Prisma makes of a many-to-many relation: `_CategoryToPost` with the columns A and B. */
function isImplicitJunction({ dbName, columns }: Table): boolean {
  return dbName.startsWith('_') && columns.map((column) => column.dbName).join() === 'A,B';
}

const MOST = 5;

function listed(names: readonly string[]): string {
  const more = names.length - MOST;
  return more > 1 ? `${inBackticks(names.slice(0, MOST))} and ${more} more` : inBackticks(names);
}
