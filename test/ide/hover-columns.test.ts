// What the pointer tells about columns, policies, databases and kinds of indexes. Types are compared with those that the
// ORMs really create.
import assert from 'node:assert/strict';
import { hoverAt } from '../../server/src/ide/hover';
import { hoverInConfig } from '../../server/src/ide/hover-config';
import { databaseType } from '../../server/src/ide/hover-types';
import { pages, registry } from '../../server/src/lsp/defaults';
import { closePostgres, inPostgres, sqlOfDrizzle, sqlOfPrisma } from '../golden/support/oracles';
import { bench } from './support';

async function hover(path: string, files: Readonly<Record<string, string>>, find: string): Promise<string> {
  const { report } = await bench(files);
  const found = await report(path);
  const offset = found.text.indexOf(find);
  assert.ok(offset >= 0, find);
  return hoverAt(found, offset, { registry, pages, pageLink: () => undefined })?.contents ?? '';
}

const PRISMA = '/w/schema.prisma';
const head = (provider = 'postgresql'): string => `datasource db {\n  provider = "${provider}"\n}\n`;
const prisma = (body: string, find: string, provider?: string): Promise<string> => hover(PRISMA, { [PRISMA]: `${head(provider)}model T {\n  id Int @id\n${body}\n}\n` }, find);
const SQL = '/w/migrations/1_a.sql';
const TS = '/w/schema.ts';
const drizzle = (columns: string, find: string): Promise<string> =>
  hover(TS, { [TS]: `import { pgTable, pgEnum, text, timestamp, uuid, integer } from 'drizzle-orm/pg-core';\nexport const mood = pgEnum('mood', ['ok', 'sad']);\nexport const t = pgTable('t', { id: integer('id').primaryKey(), ${columns} });\n` }, find);

/** The names that PostgreSQL's catalog has for the types of a table's columns, in its short spelling. */
async function typesIn(sql: string, table: string): Promise<Record<string, string>> {
  return inPostgres(sql, async (database) => {
    const { rows } = await database.query<{ name: string; type: string }>(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = '"${table}"'::regclass AND attnum > 0`,
    );
    return Object.fromEntries(rows.map(({ name, type }) => [name, type.replace(/^timestamp(\(\d\))? with time zone/, 'timestamptz$1').replace(/^timestamp(\(\d\))? without time zone/, 'timestamp$1').replace('character varying', 'varchar').replace(/^character\(/, 'char(').replace(/^time with time zone/, 'timetz').replace(/^time without time zone/, 'time')]));
  });
}

async function typesByUs(path: string, text: string, table: string): Promise<Record<string, string>> {
  const { report } = await bench({ [path]: text });
  const found = (await report(path)).units[0]?.schema.tables.find(({ dbName }) => dbName === table);
  return Object.fromEntries((found?.columns ?? []).map((column) => [column.dbName, databaseType(column)]));
}

describe('hover on columns', () => {
  after(closePostgres);

  it('tells the type that Prisma creates', async () => {
    const text = `${head()}enum Mood {\n  ok\n}\nmodel T {\n  id Int @id\n  a String\n  b DateTime\n  c Decimal\n  d Float\n  e Json\n  f Bytes\n  g Boolean\n  h BigInt\n  i String[]\n  j Mood\n  k String @db.VarChar(20)\n  l String @db.Uuid\n  m DateTime @db.Timestamptz(6)\n  n DateTime @db.Date\n  o Decimal @db.Decimal(10, 2)\n  p Float @db.Real\n  q Int @db.SmallInt\n  r Json @db.Json\n  s String @db.Char(2)\n}\n`;
    assert.deepEqual(await typesByUs(PRISMA, text, 'T'), await typesIn(await sqlOfPrisma(text), 'T'));
  });

  it('tells the type that Drizzle creates', async () => {
    const text = `import { bigint, boolean, char, customType, date, doublePrecision, integer, jsonb, numeric, pgEnum, pgTable, real, smallint, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';\nexport const mood = pgEnum('Mood', ['ok']);\nexport const t = pgTable('t', { a: integer('a'), b: bigint('b', { mode: 'number' }), c: text('c').array(), d: varchar('d', { length: 9 }), e: char('e', { length: 2 }), f: timestamp('f'), g: timestamp('g', { withTimezone: true, precision: 3 }), h: numeric('h', { precision: 10, scale: 2 }), i: numeric('i'), j: jsonb('j'), k: uuid('k'), l: boolean('l'), m: date('m'), n: doublePrecision('n'), o: real('o'), p: smallint('p'), q: mood('q') });\n`;
    assert.deepEqual(await typesByUs(TS, text, 't'), await typesIn(await sqlOfDrizzle(text), 't'));
  });

  it('tells the type of other databases', async () => {
    const type = async (provider: string, field: string): Promise<string | undefined> => /: `([^`]+)`/.exec(await prisma(`  x ${field}`, 'x ', provider))?.[1];
    assert.equal(await type('mysql', 'String'), 'varchar(191)');
    assert.equal(await type('mysql', 'DateTime'), 'datetime(3)');
    assert.equal(await type('mysql', 'Boolean'), 'tinyint(1)');
    assert.equal(await type('mysql', 'String @db.Text'), 'text');
    assert.equal(await type('sqlite', 'DateTime'), 'datetime');
    assert.equal(await type('sqlserver', 'String'), 'nvarchar(1000)');
    assert.equal(await type('cockroachdb', 'DateTime'), 'timestamp(3)');
    assert.equal(await type('mongodb', 'DateTime'), 'date');
  });

  it('tells what a bare DateTime is, and who fills a column', async () => {
    const created = await prisma('  createdAt DateTime @default(now()) @map("created_at")\n  updatedAt DateTime @updatedAt', 'createdAt');
    assert.match(created, /\*\*Column\*\* `createdAt` of `T`: `timestamp\(3\)`, never NULL, called `created_at` in the database/);
    assert.match(created, /bare `DateTime` keeps a date and a time of day without a zone/);
    assert.match(created, /\*\*Default:\*\* the moment at which the transaction began/);
    assert.match(await prisma('  updatedAt DateTime @updatedAt', 'updatedAt'), /Prisma's client sets it on each update/);
    assert.match(await prisma('  a String @default(uuid())', 'a S'), /\*\*Default:\*\* `uuid\(\)`, made by Prisma's client; the database has none/);
    assert.match(await prisma('  a Int @default(autoincrement())', 'a I'), /next number of a sequence/);
    assert.doesNotMatch(await prisma('  a DateTime @db.Timestamptz(3)', 'a D'), /zone, so/);
  });

  it('tells it in Drizzle and SQL as well, at the name and at the type', async () => {
    assert.match(await drizzle("at: timestamp('at', { withTimezone: true }).notNull().defaultNow()", 'at:'), /`timestamptz`, never NULL[^]*transaction began/);
    assert.match(await drizzle("key: uuid('key').$defaultFn(() => crypto.randomUUID())", 'key:'), /made by Drizzle; the database has none/);
    assert.match(await drizzle("m: mood('m')", 'm:'), /\*\*Values:\*\* `ok`, `sad`\./);
    assert.match(await drizzle("s: text('s', { enum: ['a', 'b'] })", 's:'), /\*\*Values:\*\* `a`, `b`, as far as the types of the code go/);
    const files = { [SQL]: 'CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE t (id int, u_id integer REFERENCES u, at timestamp  (3) NOT NULL DEFAULT now());\n' };
    assert.match(await hover(SQL, files, 'at timestamp'), /\*\*Column\*\* `at` of `t`: `timestamp \(3\)`, never NULL/);
    assert.match(await hover(SQL, files, 'timestamp  '), /\*\*Column\*\* `at`/);
    assert.match(await hover(SQL, files, 'u_id'), /Refers to `u`\. No index begins with it\./);
  });

  it('is said once of a helper that tables share', async () => {
    const text = "import { pgTable, timestamp } from 'drizzle-orm/pg-core';\nconst times = { at: timestamp('at') };\nexport const a = pgTable('a', times);\nexport const b = pgTable('b', { ...times });\nexport const c = pgTable('c', { ...times });\n";
    const found = await hover(TS, { [TS]: text }, 'at: t');
    assert.match(found, /`at` of `a` and 2 other tables/);
    assert.equal(found.match(/\*\*Column\*\*/g)?.length, 1);
  });

  it('tells how tenants are kept apart', async () => {
    const open = await prisma('  tenantId String @map("tenant_id")', 'tenantId');
    assert.match(open, /\| \*\*a tenant column\*\* \|[^]*\| a tenant column and row level security \|/);
    const text = 'CREATE TABLE t (id int PRIMARY KEY, tenant_id uuid);\nALTER TABLE t ENABLE ROW LEVEL SECURITY;\n';
    assert.match(await hover(SQL, { [SQL]: text }, 'tenant_id'), /\| \*\*a tenant column and row level security\*\* \|/);
    assert.doesNotMatch(await prisma('  tenantId String', 'tenantId', 'mysql'), /row level security/);
    assert.doesNotMatch(await prisma('  name String', 'name'), /tenant/);
  });
});

describe('hover on policies', () => {
  const start = 'CREATE TABLE t (id int PRIMARY KEY, org_id int);\nALTER TABLE t ENABLE ROW LEVEL SECURITY;\n';
  const policy = (text: string, before = start): Promise<string> => hover(SQL, { [SQL]: before + text }, 'CREATE POLICY');

  it('tells for whom, for which commands and which rows', async () => {
    const all = await policy("CREATE POLICY p ON t USING (org_id = current_setting('app.org')::int);\n");
    assert.match(all, /\*\*Policy\*\* `p` on `t`, for everyone/);
    assert.match(all, /- SELECT, UPDATE and DELETE reach rows where `org_id = current_setting\('app\.org'\)::int`\.\n- INSERT and UPDATE may write the same rows, as no WITH CHECK is written\./);
    assert.match(all, /Permissive: /);
    assert.match(all, /owner of the table isn't held to it/);
    const update = await policy('CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO app, admin USING (true) WITH CHECK (org_id > 0);\nALTER TABLE t FORCE ROW LEVEL SECURITY;\n');
    assert.match(update, /for `app`, `admin`\n\n- UPDATE reaches all rows\.\n- UPDATE may write rows where `org_id > 0`\.\n\nRestrictive: /);
    assert.match(update, /is forced/);
    assert.match(await policy('CREATE POLICY p ON t FOR INSERT WITH CHECK (org_id > 0);\n'), /\n\n- INSERT may write rows where `org_id > 0`\.\n\n/);
  });

  it('says so where row level security is off', async () => {
    assert.match(await policy('CREATE POLICY p ON t USING (true);\n', 'CREATE TABLE t (id int PRIMARY KEY);\n'), /Row level security is off on `t`, so the policy does nothing\./);
  });
});

describe('hover on choices', () => {
  it('of a database, at its word and at its key', async () => {
    for (const find of ['provider', '"postgresql"']) assert.match(await hover(PRISMA, { [PRISMA]: `${head()}model T {\n  id Int @id\n}\n` }, find), /\*\*postgresql\*\*: the one to begin with\.[^]*\| \*\*PostgreSQL\*\* \|/);
    assert.match(await hover(PRISMA, { [PRISMA]: `${head('sqlite')}model T {\n  id Int @id\n}\n` }, 'provider'), /\*\*sqlite\*\*: one file, and one writer at a time\./);
    const generator = `generator client {\n  provider = "prisma-client"\n  output   = "../x"\n}\n${head()}model T {\n  id Int @id\n}\n`;
    assert.equal(await hover(PRISMA, { [PRISMA]: generator }, 'provider'), '');
  });

  it("of a database, in Drizzle's configuration", () => {
    const text = "// dialect: 'mysql'\nexport default defineConfig({ url: 'https://x', dialect: 'turso' });\n";
    const at = (find: string): string | undefined => hoverInConfig('/w/drizzle.config.ts', text, text.indexOf(find))?.contents;
    assert.match(at("dialect: 'turso'") ?? '', /\*\*turso\*\*: one file/);
    assert.match(at('turso') ?? '', /\| Redis \|/);
    assert.equal(at("dialect: 'mysql'"), undefined);
    assert.equal(at('defineConfig'), undefined);
    assert.equal(hoverInConfig('/w/other.ts', text, text.indexOf('turso')), undefined);
  });

  it('of a kind of index, at its words in each language', async () => {
    assert.match(await prisma('  tags String[]\n  @@index([tags], type: Gin)', 'type: Gin'), /\| \*\*GIN\*\* \|[^]*\*\*Index\*\*/);
    assert.doesNotMatch(await prisma('  tags String[]\n  @@index([tags], type: Gin)', '@@index'), /\| BRIN \|/);
    const text = "import { index, integer, pgTable } from 'drizzle-orm/pg-core';\nexport const t = pgTable('t', { a: integer('a') }, (t) => [index('i').using('hash', t.a)]);\n";
    assert.match(await hover(TS, { [TS]: text }, "using('hash'"), /\| \*\*hash\*\* \|/);
    const sql = 'CREATE TABLE t (id int PRIMARY KEY);\nCREATE INDEX i ON t USING btree (id);\n';
    assert.match(await hover(SQL, { [SQL]: sql }, 'USING'), /\| \*\*B-tree\*\* \|/);
  });

  it('of an isolation level', async () => {
    const sql = 'BEGIN ISOLATION LEVEL REPEATABLE  READ;\nCREATE TABLE t (id int PRIMARY KEY);\nCOMMIT;\n';
    assert.match(await hover(SQL, { [SQL]: sql }, 'REPEATABLE'), /\| \*\*REPEATABLE READ\*\* \|/);
    assert.doesNotMatch(await hover(SQL, { [SQL]: sql }, 'CREATE TABLE'), /SERIALIZABLE/);
  });
});
