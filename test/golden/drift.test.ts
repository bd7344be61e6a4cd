// Drift between schemas and migrations: told exactly where Prisma's schema engine and drizzle-kit would write another
// migration, and where our fixes are applied, the engine finds nothing left to write.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { check, fixAll, type Texts } from '../rules/harness/engine';
import { catalogOf, differences } from './fixes/contents';
import { schemas, type AbstractColumn, type AbstractSchema, type AbstractTable } from './support/abstract';
import { migrationAfterSnapshot, migrationOfDrizzle, migrationOfPrisma, snapshotOfDrizzle, sqlOfDrizzle, sqlOfPrisma } from './support/oracles';
import { changesSeenByPrisma, withoutComments } from './support/prisma-drift';
import { toDrizzle, toPrisma } from './support/print';

const RULE = 'schema-drift';

/** A project whose migrations were written from another schema than it has now. */
async function prismaProject(written: string, schema: string): Promise<Texts> {
  return new Map([['prisma/schema.prisma', schema], ['prisma/migrations/20260101000000_init/migration.sql', await sqlOfPrisma(written)]]);
}

const JOURNAL = JSON.stringify({ version: '7', dialect: 'postgresql', entries: [{ idx: 0, version: '7', when: 1767225600000, tag: '0000_init', breakpoints: true }] });

async function drizzleProject(written: string, schema: string): Promise<Texts> {
  return new Map([['src/schema.ts', schema], ['drizzle/0000_init.sql', await sqlOfDrizzle(written)], ['drizzle/meta/_journal.json', JOURNAL]]);
}

async function drifts(texts: Texts): Promise<string[]> {
  const { found } = await check(texts, undefined);
  return found.filter(({ finding }) => finding.rule === RULE).map(({ message }) => message);
}

type Change = (schema: AbstractSchema, pick: number) => AbstractSchema | undefined;

/** What people change in a schema, each if there is something to change it in. */
const CHANGES: Readonly<Record<string, Change>> = {
  'a table': (schema, pick) => {
    const free = schema.tables.filter(({ name }) => schema.tables.length > 1 && !schema.tables.some((other) => other.name !== name && other.foreignKeys.some(({ target }) => target === name)));
    const gone = chosen(free, pick);
    return gone && { ...schema, tables: schema.tables.filter((table) => table !== gone) };
  },
  'a column': (schema, pick) => withColumns(schema, pick, ({ columns }, column) => (columns.length > 1 ? columns.filter((each) => each !== column) : undefined)),
  'what may be NULL': (schema, pick) => withColumns(schema, pick, ({ columns }, column) => (column.kind === 'text[]' ? undefined : swapped(columns, column, { ...column, nullable: !column.nullable }))),
  'a type': (schema, pick) => withColumns(schema, pick, ({ columns }, column) => swapped(columns, column, { ...column, kind: column.kind === 'integer' ? 'bigint' : 'integer' })),
  'a primary key': (schema, pick) => {
    const wide = schema.tables.filter(({ name, primaryKey }) => primaryKey.length > 1 && !schema.tables.some(({ foreignKeys }) => foreignKeys.some(({ target }) => target === name)));
    const table = chosen(wide, pick);
    return table && withTable(schema, table, { primaryKey: table.primaryKey.slice(1) });
  },
  'an index': (schema, pick) => {
    const plain = schema.tables.flatMap((table) => table.indexes.filter((index) => isDroppable(table, index.name, schema)).map((index) => ({ table, index })));
    const found = chosen(plain, pick);
    return found && withTable(schema, found.table, { indexes: found.table.indexes.filter((index) => index !== found.index) });
  },
  'a foreign key': (schema, pick) => {
    const found = chosen(keysOf(schema), pick);
    return found && withTable(schema, found.table, { foreignKeys: found.table.foreignKeys.filter((key) => key !== found.key) });
  },
  'a delete rule': (schema, pick) => {
    const found = chosen(keysOf(schema), pick);
    if (!found) return undefined;
    const onDelete = found.key.onDelete === 'cascade' ? 'no action' : 'cascade';
    return withTable(schema, found.table, { foreignKeys: found.table.foreignKeys.map((key) => (key === found.key ? { ...key, onDelete } : key)) });
  },
};

function chosen<T>(all: readonly T[], pick: number): T | undefined {
  return all.length === 0 ? undefined : all[pick % all.length];
}

function keysOf({ tables }: AbstractSchema): { table: AbstractTable; key: AbstractTable['foreignKeys'][number] }[] {
  // Two keys of the same columns to the same table are one to the rule.
  const alike = (a: AbstractTable['foreignKeys'][number], b: AbstractTable['foreignKeys'][number]): boolean => a.target === b.target && a.columns.join() === b.columns.join();
  return tables.flatMap((table) => table.foreignKeys.filter((key) => table.foreignKeys.filter((each) => alike(each, key)).length === 1).map((key) => ({ table, key })));
}

/** An index that any ORM could declare, of which there is no second one, and which no foreign key needs. */
function isDroppable(table: AbstractTable, name: string, { tables }: AbstractSchema): boolean {
  const columns = (parts: AbstractTable['indexes'][number]['parts']): string => parts.map(({ column }) => column).toSorted().join();
  const own = table.indexes.find((index) => index.name === name);
  if (!own || own.where !== undefined || own.method !== 'btree' || own.parts.some(({ lowered }) => lowered)) return false;
  const same = [table.primaryKey.toSorted().join(), ...table.indexes.map((index) => columns(index.parts))].filter((each) => each === columns(own.parts));
  const needed = tables.some(({ foreignKeys }) => foreignKeys.some((key) => key.target === table.name && key.targetColumns.toSorted().join() === columns(own.parts)));
  return same.length === 1 && !needed && table.primaryKey.length > 0;
}

function withTable(schema: AbstractSchema, table: AbstractTable, change: Partial<AbstractTable>): AbstractSchema {
  return { ...schema, tables: schema.tables.map((each) => (each === table ? { ...each, ...change } : each)) };
}

/** Changes a column that nothing is built on. */
function withColumns(schema: AbstractSchema, pick: number, change: (table: AbstractTable, column: AbstractColumn) => readonly AbstractColumn[] | undefined): AbstractSchema | undefined {
  const used = ({ primaryKey, indexes, foreignKeys }: AbstractTable): string[] => [
    ...primaryKey,
    ...indexes.flatMap(({ parts, where }) => [...parts.map(({ column }) => column), where ?? '']),
    ...foreignKeys.flatMap(({ columns }) => columns),
  ];
  const free = schema.tables.flatMap((table) => table.columns.filter(({ name }) => !used(table).includes(name)).map((column) => ({ table, column })));
  const found = chosen(free, pick);
  const columns = found && change(found.table, found.column);
  return columns && withTable(schema, found.table, { columns });
}

function swapped(columns: readonly AbstractColumn[], old: AbstractColumn, now: AbstractColumn): AbstractColumn[] {
  return columns.map((each) => (each === old ? now : each));
}

/** How often each change was made; a generator that never makes one proves nothing. */
const made = new Map<string, number>();

interface Pair {
  readonly name: string;
  readonly before: AbstractSchema;
  readonly after: AbstractSchema;
}

const pairs: fc.Arbitrary<Pair> = fc
  .record({ schema: schemas, change: fc.constantFrom(...Object.keys(CHANGES)), pick: fc.nat(1000), back: fc.boolean() })
  .map(({ schema, change, pick, back }) => {
    const changed = CHANGES[change]?.(schema, pick);
    if (!changed) return { name: 'nothing', before: schema, after: schema };
    return back ? { name: change, before: changed, after: schema } : { name: change, before: schema, after: changed };
  });

describe('drift', () => {
  let database: PGlite;
  before(async () => {
    database = await PGlite.create();
  });
  after(() => database.close());

  async function inDatabase(texts: Texts): Promise<void> {
    await database.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
    const files = [...texts].filter(([path]) => path.endsWith('.sql')).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, text] of files) for (const each of text.split('--> statement-breakpoint')) await database.exec(each);
  }

  it('of random schemas is what the ORM would write another migration for', async () => {
    const compare = async ({ name, before: first, after: second }: Pair): Promise<void> => {
      made.set(name, (made.get(name) ?? 0) + 1);
      if (first.forms.includes('prisma')) {
        const [before, after] = [toPrisma(first), toPrisma(second)];
        const missing = withoutComments(await migrationOfPrisma(before, after));
        const found = await drifts(await prismaProject(before, after));
        assert.equal(found.length > 0, missing !== '', `Prisma, ${name}\n${missing}\n${found.join('\n')}\n${before}\n${after}`);
      }
      if (first.forms.includes('drizzle')) {
        const [before, after] = [toDrizzle(first), toDrizzle(second)];
        const missing = await migrationOfDrizzle(new Map([['schema.ts', before]]), new Map([['schema.ts', after]]));
        const found = await drifts(await drizzleProject(before, after));
        assert.equal(found.length > 0, missing !== '', `Drizzle, ${name}\n${missing}\n${found.join('\n')}\n${before}\n${after}`);
      }
    };
    await fc.assert(fc.asyncProperty(pairs, compare), { seed: 4, numRuns: 60 });
    for (const name of [...Object.keys(CHANGES), 'nothing']) assert.ok((made.get(name) ?? 0) >= 3, `${name} came up ${made.get(name) ?? 0} times`);
  }).timeout(300_000);

  it('is mended by fixes that leave Prisma nothing to write', async () => {
    let mended = 0;
    const compare = async ({ before: first, after: second }: Pair): Promise<void> => {
      fc.pre(first.forms.includes('prisma'));
      const schema = toPrisma(second);
      const { texts, applied, outcome } = await fixAll(await prismaProject(toPrisma(first), schema), undefined, RULE, undefined);
      // What only the database has is left to people.
      if (applied === 0 || outcome.found.some(({ finding }) => finding.rule === RULE)) return;
      await inDatabase(texts);
      assert.equal(await changesSeenByPrisma(database, schema), '', [...texts].join('\n'));
      mended++;
    };
    await fc.assert(fc.asyncProperty(pairs, compare), { seed: 44, numRuns: 40 });
    assert.ok(mended >= 15, `${mended} schemas were mended`);
  }).timeout(300_000);

  it('that drizzle-kit takes for made is mended by fixes that leave it nothing to write', async () => {
    let mended = 0;
    const compare = async ({ name, before: first, after: second }: Pair): Promise<void> => {
      fc.pre(first.forms.includes('drizzle') && second.forms.includes('drizzle'));
      const schema = toDrizzle(second);
      const snapshot = await snapshotOfDrizzle(schema);
      const project = new Map([...(await drizzleProject(toDrizzle(first), schema)), ['drizzle/meta/0000_snapshot.json', snapshot]]);
      const { texts, applied, outcome } = await fixAll(project, undefined, RULE, undefined);
      if (applied === 0 || outcome.found.some(({ finding }) => finding.rule === RULE)) return;
      await inDatabase(texts);
      const reached = await catalogOf(database, false);
      await inDatabase(new Map([['schema.sql', await sqlOfDrizzle(schema)]]));
      assert.deepEqual(differences(`what is made (${name})`, reached, await catalogOf(database, false)), []);
      const last = [...texts.keys()].filter((path) => path.endsWith('_snapshot.json')).sort().at(-1) ?? '';
      assert.equal(await migrationAfterSnapshot(texts.get(last) ?? '', schema), '');
      mended++;
    };
    await fc.assert(fc.asyncProperty(pairs, compare), { seed: 45, numRuns: 60 });
    assert.ok(mended >= 10, `${mended} schemas were mended`);
  }).timeout(300_000);

  const PRISMA_FIELDS: readonly (readonly string[])[] = [
    ['String', 'String @default("a")', 'String @default("b")', 'String @default(uuid())', 'String @default(cuid())', 'String @default(dbgenerated("gen_random_uuid()"))', 'String?'],
    ['Int', 'Int @default(1)', 'Int @default(-1)', 'Int @default(autoincrement()) @unique', 'Int?'],
    ['BigInt @default(9007199254740993)', 'BigInt @default(1)'],
    ['Boolean', 'Boolean @default(true)', 'Boolean @default(false)'],
    ['DateTime', 'DateTime @default(now())', 'DateTime @updatedAt', 'DateTime @default(now()) @updatedAt'],
    ['Decimal', 'Decimal @default(1.5)', 'Decimal @default(1.50)', 'Decimal @default(2)'],
    ['Float', 'Float @default(0.1)', 'Float @default(1000.0)', 'Float @default(1000)'],
    ['Role', 'Role @default(ADMIN)', 'Role @default(GUEST)'],
    ['Json', 'Json @default("{}")', 'Json @default("{ }")', 'Json @default("[]")'],
    ['String[]', 'String[] @default([])'],
  ];

  it('of defaults is never told where Prisma has nothing to write, and else always but where nobody would miss it', async () => {
    const schema = (field: string): string => `generator client {\n  provider = "prisma-client"\n  output = "./generated"\n}\ndatasource db {\n  provider = "postgresql"\n}\nenum Role {\n  ADMIN @map("the admin")\n  GUEST\n}\nmodel T {\n  id Int @id\n  a ${field}\n}\n`;
    const silent: string[] = [];
    for (const fields of PRISMA_FIELDS) {
      for (const before of fields) {
        for (const after of fields) {
          const missing = withoutComments(await migrationOfPrisma(schema(before), schema(after)));
          const texts = await prismaProject(schema(before), schema(after));
          const found = await drifts(texts);
          if (missing === '') assert.deepEqual(found, [], `${before} to ${after}`);
          else if (found.length === 0) silent.push(`${before} to ${after}`);
        }
      }
    }
    // The client makes these values each time, JSON is compared by what it says, and empty arrays have too many spellings.
    assert.deepEqual(silent.filter((each) => !/ to .*(?:uuid\(\)\)|cuid\(\)\)|@updatedAt)$|"\{ ?\}"\) to .*"\{ ?\}"\)/.test(each)), []);
  }).timeout(300_000);

  it('is none in rich schemas whose ORM has written their migrations', async () => {
    const rich = (path: string): string => readFileSync(new URL(`./rich/${path}`, import.meta.url), 'utf8');
    const schema = `${rich('prisma/schema.prisma')}\n${rich('prisma/orders.prisma')}`;
    assert.deepEqual(await drifts(await prismaProject(schema, schema)), []);
    const modules = new Map(['schema.ts', 'columns.ts'].map((name) => [name, rich(`db/${name}`)]));
    const texts = new Map([...modules].map(([name, text]) => [`src/${name}`, text]));
    texts.set('drizzle/0000_init.sql', await migrationOfDrizzle(undefined, modules)).set('drizzle/meta/_journal.json', JOURNAL);
    assert.deepEqual(await drifts(texts), []);
  });
});
