// Liquibase's formatted SQL: changesets that are run and remembered one by one.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql/index';
import { next, open, step, unitOf } from './helper';
import { history, infoOf, table } from './runner-helper';

const HEAD = '--liquibase formatted sql\n\n';

/** What is run of a file: each statement with its changeset and `in` or `out` of a transaction. */
async function run(text: string): Promise<string[]> {
  const { project } = await open({ 'db/changelog/1_a.sql': text }, { frontEnds: [sql] });
  const { schema } = await unitOf(project, 'db/changelog/1_a.sql');
  const statements = schema.migrations.flatMap((migration) => migration.statements);
  assert.deepEqual(statements.flatMap(({ problem }) => problem?.message ?? []), []);
  return statements.map((each) => `${each.part ?? '-'} ${each.inTransaction ? 'in' : 'out'} ${each.text.replace(/\s+/g, ' ')}`);
}

describe('liquibase migrations', () => {
  it('are known by their first line, and come in the order of their names without a list', async () => {
    const { runner, order, model } = await history({
      'db/changelog/10-c.sql': `${HEAD}--changeset a:1\n`,
      'db/changelog/9-b.sql': `-- liquibase formatted sql\n--changeset a:1\n`,
      'db/changelog/1-a.sql': `\n--LIQUIBASE FORMATTED SQL changeLogId:1\n--changeset a:1\n${table('a')}`,
    });
    assert.deepEqual([runner, model], ['liquibase', 'file']);
    assert.deepEqual(order, ['db/changelog/1-a.sql', 'db/changelog/9-b.sql', 'db/changelog/10-c.sql']);
  });

  it('come in the order of the list that includes them', async () => {
    const files = { 'db/changes/b.sql': `${HEAD}--changeset a:1\n${table('a')}`, 'db/changes/a.sql': `${HEAD}--changeset a:1\n`, 'db/changes/c.sql': `${HEAD}--changeset a:1\n` };
    const yaml = 'databaseChangeLog:\n  - include:\n      file: db/changes/b.sql\n  - include:\n      file: db/changes/a.sql\n';
    assert.deepEqual((await history({ ...files, 'db/db.changelog-master.yaml': yaml })).order, ['db/changes/b.sql', 'db/changes/a.sql', 'db/changes/c.sql']);
    const xml = '<databaseChangeLog>\n<include file="c.sql" relativeToChangelogFile="true"/>\n<include file="b.sql"/></databaseChangeLog>';
    assert.deepEqual((await history({ ...files, 'db/changes/changelog.xml': xml })).order, ['db/changes/c.sql', 'db/changes/b.sql', 'db/changes/a.sql']);
  });

  it('are run changeset by changeset, each in a transaction of its own unless it says no', async () => {
    const text = `${HEAD}--changeset a:1\n${table('a')}ALTER TABLE a ADD b int;\n--rollback DROP TABLE a;\n
-- changeset "A B":"c d" labels:x runInTransaction:false
CREATE INDEX CONCURRENTLY i ON a (b);\n
--changeset a:3
BEGIN;
COMMIT;
SELECT 1;\n`;
    assert.deepEqual(await run(text), [
      '0 in CREATE TABLE a (id bigint PRIMARY KEY)', '0 in ALTER TABLE a ADD b int', '1 out CREATE INDEX CONCURRENTLY i ON a (b)',
      '2 in BEGIN', '2 in COMMIT', '2 out SELECT 1',
    ]);
  });

  it('leave out what another database is meant for', async () => {
    const text = `${HEAD}--changeset a:1 dbms:mysql\nCREATE TABLE \`a\` (x int);\n--changeset a:2 dbms:"h2, postgresql"\n${table('a')}--changeset a:3 dbms:!postgresql\nSELECT 3;\n--changeset a:4 dbms:!oracle\nSELECT 4;\n--changeset a:5 ignore:true\nSELECT 5;\n`;
    assert.deepEqual(await run(text), ['0 in CREATE TABLE a (id bigint PRIMARY KEY)', '1 in SELECT 4']);
  });

  it('may end their statements in another way', async () => {
    for (const [written, delimiter] of [['/', '/'], ['@@', '@@'], ['\\n\\s*/\\s*\\n|\\n\\s*/\\s*$', '/'], ['//', '//']]) {
      const text = `${HEAD}--changeset a:1 endDelimiter:${written ?? ''}\nSELECT 4\n/ 2 AS "GO"\n${delimiter ?? ''}\nSELECT 1;\n${delimiter ?? ''}\n--changeset a:2\nSELECT 4\n/\n2;\n`;
      const expected = ['0 in SELECT 4 / 2 AS "GO"', '0 in SELECT 1', '1 in SELECT 4 / 2'];
      assert.deepEqual(await run(delimiter === '/' ? text.replace('4\n/ 2 AS', '4 / 2 AS') : text), expected, written);
    }
  });

  it('say in one place that all of them run outside', async () => {
    const text = `${HEAD}--changeset a:1 runInTransaction:false\nVACUUM;\n`;
    const { unit, model } = await history({ 'db/1_a.sql': `${HEAD}--changeset a:1\n${table('a')}`, 'db/2_b.sql': text });
    const { transaction, transactionDirective: { start = 0, end = 0 } = {} } = infoOf(unit, 'db/2_b.sql');
    assert.deepEqual([model, transaction, text.slice(start, end)], ['file', 'none', 'runInTransaction:false']);
  });

  it('are followed by files where the folder holds several, by changesets where one file or a list holds all', async () => {
    const bodies = { name: 'fill', statements: ['SELECT 1;', 'DO $$ BEGIN PERFORM 1; END $$;'], outsideTransaction: true as const };
    const several = { 'db/001-a.sql': `${HEAD}--changeset ann:1\n${table('a')}`, 'db/002-b.sql': `${HEAD}--changeset bob:add-b\nSELECT 1;\n` };
    assert.deepEqual(await next(await open(several), 'db/002-b.sql', [step('add_x'), bodies]), {
      'db/003-add-x.sql': `${HEAD}--changeset bob:add_x\nALTER TABLE a ADD b int;\n\n-- why\nUPDATE a SET b = 1;\n`,
      'db/004-fill.sql': `${HEAD}--changeset bob:fill runInTransaction:false\nSELECT 1;\n\n--changeset bob:fill_2 runInTransaction:false splitStatements:false\nDO $$ BEGIN PERFORM 1; END $$;\n`,
    });
    const one = { 'db/changelog.sql': `${HEAD}--changeset ann:1\n${table('a')}` };
    const added = '\n--changeset ann:2\nALTER TABLE a ADD b int;\n\n-- why\nUPDATE a SET b = 1;\n';
    assert.deepEqual(await next(await open(one), 'db/changelog.sql', [step('x')]), { 'db/changelog.sql': one['db/changelog.sql'] + added });
    const windows = { 'db/changelog.sql': one['db/changelog.sql'].replaceAll('\n', '\r\n') };
    assert.deepEqual(await next(await open(windows), 'db/changelog.sql', [step('x')]), { 'db/changelog.sql': (one['db/changelog.sql'] + added).replaceAll('\n', '\r\n') });
    const listed = { ...several, 'db/changelog.xml': '<include file="001-a.sql"/><include file="002-b.sql"/>' };
    assert.deepEqual(Object.keys((await next(await open(listed), 'db/001-a.sql', [step('x')])) ?? {}), ['db/002-b.sql']);
  });
});
