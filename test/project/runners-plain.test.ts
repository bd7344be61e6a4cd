// Migrations that no known tool runs, and whole histories: which runner owns a folder, in which order and how it runs the files, and what its next files are.
import assert from 'node:assert/strict';
import { next, open, short, step, unitOf } from './helper';
import { history, table, up } from './runner-helper';

describe('plain migrations', () => {
  it('are numbered files, in natural order, without rollbacks', async () => {
    const { order, runner, model } = await history({ 'sql/2-b.sql': '', 'sql/10-c.sql': 'ALTER TABLE a ADD b int;', 'sql/1-a.sql': table('a'), 'sql/1-a.down.sql': 'DROP TABLE a;' });
    assert.deepEqual([runner, model], ['plain', 'none']);
    assert.deepEqual(order, ['sql/1-a.sql', 'sql/2-b.sql', 'sql/10-c.sql']);
  });

  it('are not files that merely have numbers in their names', async () => {
    const { project } = await open({ 'sql/int4.sql': table('a'), 'sql/collate.utf8.sql': table('b'), 'sql/sha256.sql': table('c') });
    assert.deepEqual((await project.units()).map(({ files }) => files.length), [1, 1, 1]);
    const { order } = await history({ 'sql/step_2.sql': 'ALTER TABLE a ADD b int;', 'sql/step_1.sql': table('a'), 'sql/v3.sql': 'ALTER TABLE a ADD c int;' });
    assert.deepEqual(order, ['sql/step_1.sql', 'sql/step_2.sql', 'sql/v3.sql']);
  });

  it('keep to the forward half of runners that have no file of their own', async () => {
    for (const [head, foot] of [['-- +migrate Up', '-- +migrate Down'], ['-- rambler up', '-- rambler down'], ['', '---- create above / drop below ----']]) {
      const { unit, model } = await history({ 'migrations/001_a.sql': `${head}\n${table('a')}\n${foot}\nDROP TABLE a;\n` });
      assert.equal(up(unit, 'migrations/001_a.sql'), table('a').trim());
      assert.equal(model, 'file');
    }
  });

  it('are followed by files in the same manner', async () => {
    const names = async (...files: string[]): Promise<string[]> =>
      Object.keys((await next(await open(Object.fromEntries(files.map((name) => [name, table('a')]))), files[0] ?? '', [step('add_x')])) ?? {});
    assert.deepEqual(await names('migrations/001_a.sql', 'migrations/009_b.sql'), ['migrations/010_add_x.sql']);
    assert.deepEqual(await names('sql/1-a.sql', 'sql/2-b.sql'), ['sql/3-add-x.sql']);
    assert.deepEqual(await names('migrations/20240101000000_a.sql'), ['migrations/20261123040506_add_x.sql']);
    assert.deepEqual(await names('migrations/2024-01-01-a.sql'), []);
  });

  it('are no queries, tests, seeds, dumps or other databases', async () => {
    const { project } = await open({
      'pkg/queries/users.sql': '-- name: GetUser :one\nSELECT 1;',
      'prisma/sql/top.sql': '-- @param {Int} $1\nSELECT $1;',
      'db/dump.sql': `-- PostgreSQL database dump\n${table('a')}`,
      'supabase/schemas/prod.sql': `\nSET row_security = off;\nSELECT pg_catalog.set_config('search_path', '', false);\n${table('a')}`,
      'replica/schema.sql': `BEGIN;\n\n--\n-- Name: a; Type: TABLE; Schema: public; Owner: -\n--\n\n${table('a')}`,
      'db/seed.sql': 'INSERT INTO a VALUES (1);',
      'db/mysql/001_a.sql': 'CREATE TABLE `a` (`id` int AUTO_INCREMENT) ENGINE=InnoDB;',
      'clickhouse/0001_a.up.sql': 'CREATE TABLE a (x Int) ENGINE = MergeTree ORDER BY x;',
      'db/schema.sql': table('a'),
    });
    assert.deepEqual(project.files().map(short), ['db/schema.sql']);
    const info = (await unitOf(project, 'db/schema.sql')).migration('/w/db/schema.sql');
    assert.deepEqual([info?.runner, info?.transaction], ['plain', 'none']);
  });
});

describe('a history', () => {
  it('is complete when its first migration creates before it touches', async () => {
    const complete = async (text: string): Promise<boolean | undefined> => {
      const { project, spy } = await open({ 'm/migration_lock.toml': '', 'm/20240101000000_a/migration.sql': text });
      await project.units();
      return spy.surroundings?.completeHistory;
    };
    assert.equal(await complete(`-- ALTER TABLE x\n${table('a')}ALTER TABLE a ADD b int;`), true);
    assert.equal(await complete(`ALTER TABLE a ADD b int;\n${table('b')}`), false);
    assert.equal(await complete('SELECT 1;'), false);
    assert.equal(await complete(`UPDATE "b" SET x = 1;\n${table('b')}`), false);
    assert.equal(await complete(`CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN UPDATE b SET x = 1; END $$ LANGUAGE plpgsql;\n${table('b')}`), true);
  });

  it('may begin with migrations that touch no table', async () => {
    const { project, spy } = await open({ 'm/00000000000000_setup/up.sql': 'CREATE EXTENSION x;', 'm/2024-01-01-000000_a/up.sql': table('a') });
    await project.units();
    assert.equal(spy.surroundings?.completeHistory, true);
  });

  it('is incomplete where some of its migrations are programs', async () => {
    const complete = async (other: string): Promise<boolean | undefined> => {
      const { project, spy } = await open({ 'm/00001_a.sql': `-- +goose Up\n${table('a')}`, [other]: '' });
      await project.units();
      return spy.surroundings?.completeHistory;
    };
    assert.equal(await complete('m/00002_b.go'), false);
    assert.equal(await complete('m/migrate.go'), true);
  });
});
