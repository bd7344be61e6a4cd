// The tables that an ORM makes by itself for many-to-many relations, and that no migration makes.
import type { Context, Finding } from '../../linter/rule';
import { identifier, qualified, spellingOf, sqlType } from '../../model/ddl';
import { atLeast } from '../../model/facts';
import { implicitJunction, type ImplicitJunction } from '../../model/implicit-junctions';
import type { MigrationStep } from '../../model/intents';
import { nameOf } from '../../model/names';
import type { Column, Table } from '../../model/nodes';
import { stepName } from '../../model/statement-names';
import { writing, type Sides } from './schema-drift.fixes';
import { finder, missingHelp } from './schema-drift.words';

/** Said at the side whose table comes first, as long as the tables of both sides are there. */
export function* missingJunctions(table: Table, sides: Sides, { table: find, facts }: Context): Generator<Finding> {
  const { history } = sides;
  const told = new Set<string>();
  for (const end of table.otherEnds ?? []) {
    const junction = implicitJunction(end, table, find);
    if (!junction || junction.a !== table || told.has(junction.name)) continue;
    told.add(junction.name);
    const { name, a, b } = junction;
    if (history.tables.some(({ dbName }) => dbName === name) || !finder(history)(nameOf(a)) || !finder(history)(nameOf(b))) continue;
    yield {
      at: end.span,
      message: `No migration creates \`${name}\`, the table behind \`${end.name}\` of \`${table.name}\`, so queries of the relation fail in every database that the migrations have made.`,
      help: missingHelp(history),
      ...writing(created(junction, sides, atLeast(facts.prismaVersion, 6) !== false), sides, `Create \`${name}\``),
    };
  }
}

/** As Prisma creates it; up to 5 the pairs were unique without being a key. */
function created({ name, a, b }: ImplicitJunction, { schema }: Sides, keyed: boolean): readonly MigrationStep[] | undefined {
  const spelling = spellingOf(schema);
  const [left, right] = [onlyKey(a), onlyKey(b)];
  const types = [left, right].map((column) => column && sqlType(column, spelling));
  if (!left || !right || types.includes(undefined)) return undefined;
  const as = (suffix: string): string => identifier(`${name}${suffix}`, spelling);
  const table = as('');
  const key = keyed ? `,\n  CONSTRAINT ${as('_AB_pkey')} PRIMARY KEY ("A", "B")` : '';
  const reference = (column: string, to: Column): string =>
    `ALTER TABLE ${table} ADD CONSTRAINT ${as(`_${column}_fkey`)} FOREIGN KEY ("${column}") REFERENCES ${qualified(nameOf(to.table), spelling)} (${identifier(to.dbName, spelling)}) ON DELETE CASCADE ON UPDATE CASCADE;`;
  const statements = [
    `CREATE TABLE ${table} (\n  "A" ${types[0] ?? ''} NOT NULL,\n  "B" ${types[1] ?? ''} NOT NULL${key}\n);`,
    ...(keyed ? [] : [`CREATE UNIQUE INDEX ${as('_AB_unique')} ON ${table} ("A", "B");`]),
    `CREATE INDEX ${as('_B_index')} ON ${table} ("B");`,
    ...(schema.emulatedRelations ? [] : [reference('A', left), reference('B', right)]),
  ];
  return [{ name: `create_${stepName(name.slice(1))}`, statements }];
}

function onlyKey({ primaryKey, columns }: Table): Column | undefined {
  const [only, ...more] = primaryKey?.parts ?? [];
  return more.length > 0 ? undefined : columns.find(({ dbName }) => dbName === only?.column);
}
