// Times that fill themselves, columns to come, and indexes on some rows, as fixes write them. The compiler judges each
// result, and drizzle-kit what becomes of a unique constraint.
import assert from 'node:assert/strict';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Facts } from '../../../server/src/model/facts';
import type { ColumnGoal, Intent } from '../../../server/src/model/intents';
import { inPostgres, closePostgres, sqlOfDrizzle } from '../../golden/support/oracles';
import { compile } from './compile';
import { apply, applyBothEnds, type Choice } from './write';

const compiled: Record<string, string> = {};

const write = (before: string, intent: (choice: Choice) => Intent, facts?: Partial<Facts>): string | undefined => applyBothEnds(compiled, before, intent, facts);

after(closePostgres);

describe('Drizzle: writing times', () => {
  before(() => drizzle.prepare());

  /** The chain of the column `at` after the intent. */
  function chain(verb: 'setNowDefault' | 'keepUpdated', builder: string, core = 'pg', facts?: Partial<Facts>): string | undefined {
    const name = /^\w+/.exec(builder)?.[0] ?? '';
    const table = core === 'pg' ? 'pgTable' : core === 'mysql' ? 'mysqlTable' : 'sqliteTable';
    const text = `import { ${name}, ${table} } from "drizzle-orm/${core}-core";\nexport const t = ${table}("t", {\n  at: ${builder},\n});\n`;
    const after = write(text, ({ column }) => ({ do: verb, column: column('t.at') }), facts);
    return after === undefined ? undefined : /at: ([^]*),\n\}/.exec(after)?.[1];
  }

  it('puts a default at the end of the chain', () => {
    assert.equal(chain('setNowDefault', 'timestamp("at").notNull()'), 'timestamp("at").notNull().defaultNow()');
    assert.equal(chain('setNowDefault', 'timestamp({ mode: "string" })'), 'timestamp({ mode: "string" }).defaultNow()');
    assert.equal(chain('setNowDefault', 'timestamp("at")\n    .notNull()'), 'timestamp("at")\n    .notNull()\n    .defaultNow()');
    assert.equal(chain('setNowDefault', 'timestamp("at").notNull()', 'mysql'), 'timestamp("at").notNull().defaultNow()');
    assert.equal(chain('setNowDefault', 'datetime("at")', 'mysql'), 'datetime("at").default(sql`CURRENT_TIMESTAMP`)');
    assert.equal(chain('setNowDefault', 'datetime("at", { fsp: 3 })', 'mysql'), undefined);
    assert.equal(chain('setNowDefault', 'integer("at", { mode: "timestamp" })', 'sqlite'), 'integer("at", { mode: "timestamp" }).default(sql`(unixepoch())`)');
    assert.equal(
      chain('setNowDefault', 'integer({ mode: "timestamp_ms" })', 'sqlite'),
      "integer({ mode: \"timestamp_ms\" }).default(sql`(cast(unixepoch('subsec') * 1000 as integer))`)",
    );
  });

  it('keeps a time up to date in the form that its values have', () => {
    assert.equal(chain('keepUpdated', 'timestamp("at").notNull().defaultNow()'), 'timestamp("at").notNull().defaultNow().$onUpdate(() => new Date())');
    assert.equal(chain('keepUpdated', 'timestamp("at", { mode: "string" })'), 'timestamp("at", { mode: "string" }).$onUpdate(() => new Date().toISOString())');
    assert.equal(chain('keepUpdated', 'timestamp("at").defaultNow()', 'mysql'), 'timestamp("at").defaultNow().onUpdateNow()');
    assert.equal(chain('keepUpdated', 'timestamp("at", { fsp: 3 })', 'mysql'), 'timestamp("at", { fsp: 3 }).$onUpdate(() => new Date())');
    assert.equal(chain('keepUpdated', 'timestamp("at", { fsp: 3, mode: "string" })', 'mysql'), undefined);
    assert.equal(chain('keepUpdated', 'datetime("at")', 'mysql'), 'datetime("at").$onUpdate(() => new Date())');
    assert.equal(chain('keepUpdated', 'integer("at", { mode: "timestamp" })', 'sqlite'), 'integer("at", { mode: "timestamp" }).$onUpdate(() => new Date())');
    assert.equal(chain('keepUpdated', 'timestamp("at")', 'pg', { drizzleVersion: { major: 0, minor: 29 } }), undefined);
  });

  it('reads options by their name, and writes nothing where it can not', () => {
    const head = 'import { pgTable, timestamp } from "drizzle-orm/pg-core";\n';
    const named = `${head}const options = { mode: "string" } as const;\nexport const t = pgTable("t", {\n  at: timestamp("at", options),\n});\n`;
    const intent = ({ column }: Choice): Intent => ({ do: 'keepUpdated', column: column('t.at') });
    assert.equal(write(named, intent), named.replace('options),', 'options).$onUpdate(() => new Date().toISOString()),'));
    const unread = `${head}import { options } from "elsewhere";\nexport const t = pgTable("t", {\n  at: timestamp("at", options),\n});\n`;
    assert.equal(apply({ '/a.ts': unread }, intent), undefined);
  });

  it('adds a time of deletion and a version', () => {
    const add = (...columns: ColumnGoal[]) => ({ table }: Choice): Intent => ({ do: 'addColumns', table: table('t'), columns });
    const text = 'import { integer, pgTable } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", {\n  userId: integer("user_id"),\n});\n';
    assert.equal(
      write(text, add('deletedAt', 'version')),
      text
        .replace('pgTable }', 'pgTable, timestamp }')
        .replace('id"),\n', 'id"),\n  deletedAt: timestamp("deleted_at", { withTimezone: true }),\n  version: integer("version").notNull().default(1),\n'),
    );
    const lite = 'import { sqliteTable, text } from "drizzle-orm/sqlite-core";\nexport const t = sqliteTable("t", {\n  a_b: text(),\n});\n';
    assert.equal(
      write(lite, add('deletedAt', 'version')),
      lite
        .replace('{ sqliteTable', '{ integer, sqliteTable')
        .replace('text(),\n', 'text(),\n  deleted_at: integer({ mode: "timestamp" }),\n  version: integer().notNull().default(1),\n'),
    );
    const helper = `import { integer, pgTable, timestamp } from "drizzle-orm/pg-core";\nconst softDelete = { deletedAt: timestamp("deleted_at") };\nexport const t = pgTable("t", {\n  id: integer("id"),\n});\n`;
    assert.equal(write(helper, add('deletedAt')), helper.replace('"id"),\n', '"id"),\n  ...softDelete,\n'));
  });
});

describe('Drizzle: writing indexes on some rows', () => {
  before(() => drizzle.prepare());

  const head = 'import { boolean, index, integer, pgTable, text, timestamp, unique, uniqueIndex } from "drizzle-orm/pg-core";\n';
  const columns = (email: string): string => `{ org: integer("org_id"), email: ${email}, gone: boolean("is_gone").notNull(), deletedAt: timestamp("deleted_at") }`;
  const live = (is: null | boolean = null) => ({ table, column }: Choice): Intent => {
    const [index] = table('t').indexes;
    assert.ok(index);
    return { do: 'setRows', index, rows: { column: column(is === null ? 't.deletedAt' : 't.gone'), is } };
  };

  /** The third argument after the fix. */
  function extra(before: string, is: null | boolean = null): string | undefined {
    const after = write(`${head}export const t = pgTable("t", ${columns('text("email")')}, ${before});\n`, live(is));
    return after === undefined ? undefined : /"deleted_at"\) \}, ([^]*)\);\n$/.exec(after)?.[1];
  }

  it('puts the predicate behind the chain', () => {
    assert.equal(extra('(t) => [index("i").on(t.org)]'), '(t) => [index("i").on(t.org).where(sql`${t.deletedAt} is null`)]');
    assert.equal(extra('(t) => [index("i").on(t.org)]', false), '(t) => [index("i").on(t.org).where(sql`${t.gone} = false`)]');
    assert.equal(
      extra('(t) => ({ i: index("i").using("btree", t.org).concurrently() })'),
      '(t) => ({ i: index("i").using("btree", t.org).concurrently().where(sql`${t.deletedAt} is null`) })',
    );
    assert.equal(extra('({ org }) => [index("i").on(org)]'), '({ org, deletedAt }) => [index("i").on(org).where(sql`${deletedAt} is null`)]');
    assert.equal(extra('(t) => [uniqueIndex("i").on(t.org)]'), '(t) => [uniqueIndex("i").on(t.org).where(sql`${t.deletedAt} is null`)]');
    assert.equal(extra('(t) => [index("i").on(t.org).where(sql`true`)]'), undefined);
  });

  it('makes a unique index of a unique constraint', async () => {
    assert.equal(extra('(t) => [unique("u").on(t.org, t.email)]'), '(t) => [uniqueIndex("u").on(t.org, t.email).where(sql`${t.deletedAt} is null`)]');
    assert.equal(extra('(t) => [unique().on(t.org)]'), '(t) => [uniqueIndex("t_org_id_unique").on(t.org).where(sql`${t.deletedAt} is null`)]');
    assert.equal(extra('(t) => [unique("u").on(t.org).nullsNotDistinct()]'), undefined);
    const before = `${head}export const t = pgTable("t", ${columns('text("email").notNull().unique()')});\n`;
    const after = write(before, live()) ?? '';
    assert.ok(after.includes('(table) => [\n  uniqueIndex("t_email_unique").on(table.email).where(sql`${table.deletedAt} is null`),\n]'), after);
    const made = await sqlOfDrizzle(after);
    assert.match(made, /CREATE UNIQUE INDEX "t_email_unique" ON "t" USING btree \("email"\) WHERE "t"\."deleted_at" is null/);
    await inPostgres(made, async (database) => {
      await database.exec(`INSERT INTO t (email, is_gone, deleted_at) VALUES ('a', true, now()), ('a', false, NULL)`);
      await assert.rejects(database.exec(`INSERT INTO t (email, is_gone) VALUES ('a', false)`));
    });
  });

  it('writes nothing for MySQL, which has no partial indexes', () => {
    const text = `import { index, int, mysqlTable, timestamp } from "drizzle-orm/mysql-core";\nexport const t = mysqlTable("t", { a: int("a"), deletedAt: timestamp("d") }, (t) => [index("i").on(t.a)]);\n`;
    assert.equal(apply({ '/a.ts': text }, live()), undefined);
  });

  it("speaks SQL Server's words", () => {
    const head = 'import { bit, datetime2, index, int, mssqlTable } from "drizzle-orm/mssql-core";\n';
    const text = (at: string): string => `${head}export const t = mssqlTable("t", { a: int("a"), gone: bit("is_gone"), deletedAt: datetime2("d"), at: datetime2("at")${at} }, (t) => [index("i").on(t.a)]);\n`;
    const tagged = (written: string | undefined): string | undefined => written?.replace('import { sql } from "drizzle-orm";\n', '');
    assert.equal(tagged(apply({ '/a.ts': text('') }, live())), text('').replace('on(t.a)', 'on(t.a).where(sql`${t.deletedAt} is null`)'));
    assert.equal(tagged(apply({ '/a.ts': text('') }, live(true))), text('').replace('on(t.a)', 'on(t.a).where(sql`${t.gone} = 1`)'));
    assert.equal(apply({ '/a.ts': text('') }, ({ column }) => ({ do: 'setNowDefault', column: column('t.at') })), text('.defaultGetDate()'));
    const added = apply({ '/a.ts': text('') }, ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt', 'version'] }));
    assert.match(added ?? '', /createdAt: datetime2\("created_at"\)\.notNull\(\)\.defaultGetDate\(\), version: int\("version"\)\.notNull\(\)\.default\(1\)/);
  });

  it('compiles', function () {
    this.timeout(120_000);
    assert.deepEqual(compile(compiled), []);
  });
});
