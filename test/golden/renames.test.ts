// What the fixes of renames write, run by PostgreSQL: both versions of the code go on working, and no value is lost.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { check, chosen } from '../rules/harness/engine';

interface Case {
  readonly title: string;
  readonly before: string;
  readonly rename: string;
  readonly table: string;
  readonly old: string;
  readonly now: string;
  readonly type: string;
}

const columns: readonly Case[] = [
  { title: 'plain', before: 'CREATE TABLE users (id int PRIMARY KEY, nickname text);', rename: 'ALTER TABLE users RENAME COLUMN nickname TO handle;', table: 'users', old: 'nickname', now: 'handle', type: 'text' },
  { title: 'required, with a default', before: "CREATE TABLE users (id int PRIMARY KEY, nickname text NOT NULL DEFAULT 'x');", rename: 'alter table users rename nickname to handle;', table: 'users', old: 'nickname', now: 'handle', type: 'text' },
  { title: 'quoted', before: 'CREATE TABLE "User" ("id" int PRIMARY KEY, "nickName" text NOT NULL);', rename: 'ALTER TABLE "User" RENAME COLUMN "nickName" TO "theHandle";', table: '"User"', old: '"nickName"', now: '"theHandle"', type: 'text' },
  { title: 'in a schema, without a key', before: 'CREATE SCHEMA app; CREATE TABLE app."User" (id int, "Total" numeric(10, 2));', rename: 'ALTER TABLE app."User" RENAME COLUMN "Total" TO "Sum";', table: 'app."User"', old: '"Total"', now: '"Sum"', type: 'numeric' },
];

async function fixed(script: string, rename: string, rule: string, choice: string): Promise<string> {
  const texts = new Map([['migrations/0001_init.sql', script], ['migrations/0002_rename.sql', rename]]);
  const outcome = await check(texts, { rules: { 'missing-timestamps': 'off' } });
  const placed = outcome.found.find(({ finding }) => finding.rule === rule);
  assert.ok(placed);
  const offer = chosen(outcome.offers(placed), choice);
  assert.ok(offer);
  return outcome.apply(offer.edits).get('migrations/0002_rename.sql') ?? '';
}

let database: PGlite;

/** Empties the database and runs a script in it. */
async function begin(script: string): Promise<void> {
  await database.exec(`RESET ROLE; DROP SCHEMA IF EXISTS app CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC;`);
  await database.exec(script);
}

before(async () => {
  database = await PGlite.create();
});
after(() => database.close());

describe('a column on the way to its new name', () => {
  for (const { title, before: script, rename, table, old, now, type } of columns) {
    it(`is kept in step with the old one: ${title}`, async () => {
      const value = (n: number): string => (type === 'text' ? `'v${n}'` : `${n}`);
      const text = await fixed(script, rename, 'rename-column', 'this file');
      await begin(script);
      await database.exec(`INSERT INTO ${table} (id, ${old}) SELECT n, ${type === 'text' ? "'v' || n" : 'n'} FROM generate_series(1, 2500) n;`);
      await database.exec(text);
      const differing = async (): Promise<unknown> => (await database.query(`SELECT id FROM ${table} WHERE ${old} IS DISTINCT FROM ${now}`)).rows;
      assert.deepEqual(await differing(), []);
      await database.exec(`INSERT INTO ${table} (id, ${old}) VALUES (3001, ${value(1)}); INSERT INTO ${table} (id, ${now}) VALUES (3002, ${value(2)});
        UPDATE ${table} SET ${old} = ${value(3)} WHERE id = 1; UPDATE ${table} SET ${now} = ${value(4)} WHERE id = 2;`);
      assert.deepEqual(await differing(), []);
      const { rows } = await database.query<{ v: string }>(`SELECT ${now}::text AS v FROM ${table} WHERE id IN (1, 2, 3001, 3002) ORDER BY id`);
      assert.deepEqual(rows.map(({ v }) => v.replace(/^v|\.00$/g, '')), ['3', '4', '1', '2']);

      // The last step, as the note at the end has it, gives what the rename would have given.
      const last = text.split('\n').filter((line) => /^-- (?:DROP|ALTER)/.test(line)).map((line) => line.slice(3));
      await database.exec(last.join('\n'));
      const described = async (): Promise<unknown> =>
        database.query(`SELECT attname, atttypid::regtype, atttypmod, attnotnull, pg_get_expr(adbin, adrelid) AS value FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
          WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname`).then(({ rows: all }) => all);
      const reached = await described();
      await begin(script);
      await database.exec(rename);
      assert.deepEqual(reached, await described());
    });
  }
});

describe('a table on the way to its new name', () => {
  it('is read and written through the view of the old one', async () => {
    const script = 'CREATE TABLE "User" (id int PRIMARY KEY, name text DEFAULT \'x\');';
    const text = await fixed(script, 'ALTER TABLE "User" RENAME TO "Person";', 'rename-table', 'Leave a view');
    await begin(script);
    await database.exec(text);
    await database.exec(`INSERT INTO "User" (id) VALUES (1); UPDATE "User" SET name = 'a' WHERE id = 1; INSERT INTO "Person" VALUES (2, 'b'); DELETE FROM "User" WHERE id = 2;`);
    assert.deepEqual((await database.query('SELECT * FROM "Person"')).rows, [{ id: 1, name: 'a' }]);
  });

  it('keeps its row level security, which a view of its owner would pass by', async () => {
    const script = `CREATE TABLE users (id int PRIMARY KEY); ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY one ON users USING (id = 1);`;
    const text = await fixed(script, 'ALTER TABLE users RENAME TO people;', 'rename-table', 'Leave a view');
    await begin(script);
    await database.exec(`CREATE ROLE reader; INSERT INTO users VALUES (1), (2); GRANT SELECT ON users TO reader; ${text} GRANT SELECT ON users TO reader; SET ROLE reader;`);
    assert.deepEqual((await database.query('SELECT id FROM users')).rows, [{ id: 1 }]);
  });
});
