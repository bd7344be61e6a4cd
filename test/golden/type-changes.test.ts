// What the fixes of type changes write, run by PostgreSQL while somebody writes to the table: no row is written again at
// once, and the schema and the rows are those that the change itself gives.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { check } from '../rules/harness/engine';
import { begin, described, fixed, run, type Case } from './support/steps';

const rows = (table: string, columns: string, values: string): string => `INSERT INTO ${table} (${columns}) SELECT ${values} FROM generate_series(1, 2500) n;`;

const cases: readonly Case[] = [
  {
    title: 'a required number with a default, a check and indexes',
    before: `CREATE TABLE orders (id int PRIMARY KEY, quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0), code text, CONSTRAINT orders_code_key UNIQUE (code, quantity));
      CREATE INDEX orders_quantity_idx ON orders (quantity DESC NULLS LAST, code) WITH (fillfactor = 80) WHERE quantity > 5;
      CREATE UNIQUE INDEX orders_twice ON orders USING btree ((quantity * 2), id) INCLUDE (quantity);`,
    change: 'ALTER TABLE orders ALTER COLUMN quantity TYPE bigint;',
    table: 'orders',
    write: 'UPDATE orders SET quantity = 7 WHERE id = 3; DELETE FROM orders WHERE id = 9001; INSERT INTO orders (id, code) VALUES (9001, $$x$$);',
    rows: rows('orders', 'id, quantity, code', "n, n % 10 + 1, 'c' || n"),
  },
  {
    title: 'a foreign key and a key that is checked later, quoted, in a schema',
    before: `CREATE SCHEMA app; CREATE TABLE app."User" ("id" bigint PRIMARY KEY);
      CREATE TABLE app."Post" ("id" int PRIMARY KEY, "authorId" integer NOT NULL, "Slug" text,
        CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES app."User" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT "Post_authorId_Slug_key" UNIQUE ("authorId", "Slug") DEFERRABLE);
      CREATE INDEX "Post_authorId_idx" ON app."Post"("authorId");
      INSERT INTO app."User" SELECT n FROM generate_series(1, 20) n;`,
    change: 'ALTER TABLE app."Post" ALTER COLUMN "authorId" SET DATA TYPE BIGINT;',
    table: 'app."Post"',
    write: 'UPDATE app."Post" SET "authorId" = 8 WHERE "id" = 3;',
    rows: rows('app."Post"', '"id", "authorId", "Slug"', "n, n % 20 + 1, 's' || n"),
  },
  {
    title: 'an expression over two columns',
    before: "CREATE TABLE notes (id int PRIMARY KEY, kind text DEFAULT 'a', body text, extra text REFERENCES kinds (name));",
    change: "alter table notes alter column body type jsonb using jsonb_build_object('kind', notes.kind, 'body', body);",
    table: 'notes',
    write: "UPDATE notes SET kind = 'z' WHERE id = 3;",
    rows: rows('notes', 'id, kind, body', "n, 'k' || n, CASE WHEN n % 3 = 0 THEN NULL ELSE 'b' || n END"),
  },
  {
    title: 'text that becomes an enum, and is null in some rows',
    before: `CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN'); CREATE TABLE "Member" ("id" int PRIMARY KEY, "role" text); CREATE INDEX ON "Member" ("role");`,
    change: 'ALTER TABLE "Member" ALTER COLUMN "role" TYPE "Role" USING ("role"::"Role");',
    table: '"Member"',
    write: `UPDATE "Member" SET "role" = 'ADMIN' WHERE "id" = 3;`,
    rows: rows('"Member"', '"id", "role"', "n, CASE WHEN n % 3 = 0 THEN NULL ELSE 'USER' END"),
  },
  {
    title: 'a shorter text, without a key',
    before: `CREATE TABLE tags (name varchar(100) COLLATE "C", value text NOT NULL DEFAULT 'x'); CREATE INDEX tags_value_idx ON tags (value);`,
    change: 'ALTER TABLE tags ALTER value TYPE varchar(20) COLLATE "C";',
    table: 'tags',
    write: "UPDATE tags SET value = 'new' WHERE name = 't3';",
    rows: rows('tags', 'name, value', "'t' || n, 'v' || n"),
  },
  {
    title: 'a wall clock that becomes an instant, by another time zone than the session of the application',
    before: `SET TimeZone = 'Europe/Zurich'; CREATE TABLE visits (id int PRIMARY KEY, at timestamp(3) NOT NULL DEFAULT now());`,
    change: 'ALTER TABLE visits ALTER COLUMN at TYPE timestamptz(3);',
    table: 'visits',
    write: "SET TimeZone = 'Asia/Tokyo'; UPDATE visits SET id = 3 WHERE id = 3; SET TimeZone = 'Europe/Zurich';",
    rows: rows('visits', 'id, at', "n, timestamp '2026-01-01' + n * interval '1 hour'"),
  },
  {
    title: 'two columns of one statement, in files of their own',
    file: 'db/migrations/20240102000000_wide.sql',
    before: 'CREATE TABLE sums (id int PRIMARY KEY, a integer NOT NULL, b integer CONSTRAINT b_small CHECK (b < 100)); CREATE INDEX sums_b_idx ON sums (b);',
    change: '-- migrate:up\nALTER TABLE sums ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE numeric(10, 2);\n-- migrate:down\n',
    table: 'sums',
    write: 'UPDATE sums SET a = 5, b = 6 WHERE id = 3;',
    rows: rows('sums', 'id, a, b', 'n, n, n % 100'),
  },
  {
    title: 'its default and whether it is required, in the same statement among others',
    before: 'CREATE TABLE prices (id int PRIMARY KEY, amount integer NOT NULL DEFAULT 1, other text);',
    change: `ALTER TABLE prices ADD COLUMN note text,
      ALTER COLUMN amount SET DEFAULT 2,
      ALTER COLUMN "amount" SET DATA TYPE DECIMAL(65,30),
      ALTER COLUMN amount DROP NOT NULL, ALTER COLUMN other SET DEFAULT 'x';`,
    table: 'prices',
    write: 'UPDATE prices SET amount = 7 WHERE id = 3;',
    rows: rows('prices', 'id, amount', 'n, n'),
  },
  {
    title: 'an enum that is dropped behind it, under an index',
    before: "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE people (id int PRIMARY KEY, mood mood DEFAULT 'ok' NOT NULL); CREATE UNIQUE INDEX people_mood ON people (mood, id);",
    change: 'ALTER TABLE people ALTER COLUMN mood DROP DEFAULT, ALTER COLUMN mood TYPE text USING mood::text; DROP TYPE mood;',
    table: 'people',
    write: "UPDATE people SET mood = 'sad' WHERE id = 3;",
    rows: rows('people', 'id, mood', "n, 'ok'"),
  },
  {
    title: 'an order that an index has to follow',
    before: 'CREATE TABLE codes (id int PRIMARY KEY, code text); CREATE INDEX codes_code ON codes (code);',
    change: 'ALTER TABLE codes ALTER COLUMN code TYPE varchar COLLATE "C";',
    table: 'codes',
    write: "UPDATE codes SET code = 'a' WHERE id = 3;",
    rows: rows('codes', 'id, code', "n, 'c' || n"),
  },
];

let database: PGlite;

describe('a column on the way to another type', () => {
  before(async () => {
    database = await PGlite.create();
  });
  after(() => database.close());

  for (const each of cases) {
    it(`keeps what hangs on it: ${each.title}`, async () => {
      const { before: script, rows: filled, change, table, write } = each;
      const texts = await fixed(each, 'rewriting-type-change');
      const text = texts.map(([, own]) => own).join('\n');
      await begin(database, script);
      await database.exec(filled);
      const node = async (): Promise<unknown> => (await database.query(`SELECT pg_relation_filenode('${table}')`)).rows;
      const place = await node();
      await run(database, texts, write);
      assert.deepEqual(await node(), place, `the table was written again:\n${text}`);
      const last = [...text.matchAll(/^-- (ALTER TABLE .* DROP COLUMN .*;)$/gim)].map(([, statement = '']) => statement);
      if (last.length > 0) await database.exec(last.join('\n'));
      const reached = await described(database, table);

      await begin(database, script);
      await database.exec(`${filled} ${write}`);
      await database.exec(change.split('-- migrate:down')[0] ?? '');
      assert.deepEqual(reached, await described(database, table), text);
    });
  }

  it('is not offered one where more hangs on it than can be made again', async () => {
    const table = 'CREATE TABLE a (id int PRIMARY KEY, n int, m int, o int, s serial, UNIQUE (n, o), twice int GENERATED ALWAYS AS (m * 2) STORED);';
    const alone: readonly string[] = [
      'CREATE TABLE a (id int, n int PRIMARY KEY);',
      'CREATE TABLE a (id int PRIMARY KEY, n int UNIQUE); CREATE TABLE b (a_n int REFERENCES a (n));',
      'CREATE TABLE a (id int PRIMARY KEY, n int UNIQUE REFERENCES a (n));',
      'CREATE TABLE a (id int PRIMARY KEY, n int GENERATED BY DEFAULT AS IDENTITY);',
      'CREATE TABLE a (id int, n int) PARTITION BY RANGE (id);',
      'CREATE TABLE a (id int PRIMARY KEY, n int); CREATE TABLE b (x int) INHERITS (a);',
      'CREATE TABLE a (id int PRIMARY KEY, n int, EXCLUDE USING btree (n WITH =));',
      `${table} COMMENT ON COLUMN a.n IS 'x';`,
      `${table} CREATE INDEX a_n ON a (n); COMMENT ON INDEX a_n IS 'x';`,
      `${table} CREATE STATISTICS s ON n, m FROM a;`,
      `${table} ALTER TABLE a ALTER COLUMN n SET STATISTICS 500;`,
      `${table} ALTER TABLE a FORCE ROW LEVEL SECURITY, ENABLE ROW LEVEL SECURITY;`,
      `${table} GRANT SELECT (n) ON a TO PUBLIC;`,
    ];
    const changes: readonly string[] = [
      'ALTER TABLE a ALTER COLUMN n TYPE bigint USING (n + twice);',
      'ALTER TABLE a ALTER COLUMN n TYPE bigint, ALTER COLUMN n SET NOT NULL;',
      'ALTER TABLE a ALTER COLUMN n TYPE bigint; CREATE VIEW all_of_a AS SELECT * FROM a;',
      'ALTER TABLE a ALTER COLUMN n TYPE bigint, ADD CONSTRAINT c CHECK (n > 0);',
      'ALTER TABLE a ALTER COLUMN s TYPE bigint;',
      'ALTER TABLE a ALTER COLUMN n TYPE bigint, DROP COLUMN o;',
    ];
    const pairs = [...alone.map((script) => [script, 'ALTER TABLE a ALTER COLUMN n TYPE bigint;'] as const), ...changes.map((change) => [table, change] as const)];
    for (const [script, change] of pairs) {
      const outcome = await check(new Map([['migrations/0001_init.sql', script], ['migrations/0002_types.sql', change]]), {});
      const [placed] = outcome.found.filter(({ finding }) => finding.rule === 'rewriting-type-change');
      assert.ok(placed, `${script}\n${change}`);
      assert.deepEqual(outcome.offers(placed).map(({ fix }) => fix.title), [], `${script}\n${change}`);
    }
  });

  it('is not offered one in later files where what stands before them needs the column', async () => {
    const script = '-- migrate:up\nCREATE TABLE a (id int PRIMARY KEY, n int);\n-- migrate:down\n';
    const offers = async (rest: string): Promise<number> => {
      const outcome = await check(new Map([['db/migrations/20240101000000_a.sql', script], ['db/migrations/20240102000000_b.sql', `-- migrate:up\nALTER TABLE a ALTER COLUMN n TYPE bigint;\n${rest}\n-- migrate:down\n`]]), {});
      const [placed] = outcome.found.filter(({ finding }) => finding.rule === 'rewriting-type-change');
      assert.ok(placed);
      return outcome.offers(placed).length;
    };
    assert.equal(await offers('CREATE INDEX a_n ON a (n);'), 0);
    assert.equal(await offers('CREATE INDEX a_n ON a (id);'), 1);
  });
});
