// The statements that turn row level security on.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { noFacts } from '../../server/src/model/facts';
import { securityStatements, securityStep, tenantRead } from '../../server/src/model/security-sql';

const STYLE = { keywords: (words: string) => words, identifier: (name: string) => `"${name}"` };

function tableOf(column: string) {
  const [table] = sql.lower([sql.parse('a.sql', `CREATE TABLE shop."My posts" (id int PRIMARY KEY, tenant_id ${column});`)], { facts: noFacts }).tables;
  const tenant = table?.columns[1];
  assert.ok(table && tenant);
  return { table, tenant };
}

function read(column: string): string | undefined {
  return tenantRead(tableOf(column).tenant, 'app.t');
}

describe('statements of row level security', () => {
  before(() => sql.prepare());

  it('are those that the table lacks', () => {
    const { table, tenant } = tableOf('uuid');
    const policy = { column: tenant, setting: 'app.t' };
    assert.deepEqual(securityStatements(table, { enable: true, force: true, policy }, STYLE), [
      'ALTER TABLE "shop"."My posts" ENABLE ROW LEVEL SECURITY;',
      'ALTER TABLE "shop"."My posts" FORCE ROW LEVEL SECURITY;',
      `CREATE POLICY "tenant_isolation" ON "shop"."My posts" USING ("tenant_id" = (SELECT NULLIF(current_setting('app.t', true), ''))::uuid);`,
    ]);
    assert.deepEqual(securityStatements(table, { enable: false, force: true }, STYLE), ['ALTER TABLE "shop"."My posts" FORCE ROW LEVEL SECURITY;']);
    assert.equal(securityStep(table), 'secure_my_posts');
  });

  it("cast the setting to the column's type", () => {
    assert.equal(read('bigint'), "(SELECT NULLIF(current_setting('app.t', true), ''))::bigint");
    assert.equal(read('smallint'), "(SELECT NULLIF(current_setting('app.t', true), ''))::smallint");
    assert.equal(read('int'), "(SELECT NULLIF(current_setting('app.t', true), ''))::int");
    assert.equal(read('varchar(20)'), "(SELECT current_setting('app.t', true))");
    assert.equal(read('uuid[]'), undefined);
    const { table, tenant } = tableOf('bytea');
    assert.equal(securityStatements(table, { enable: true, force: false, policy: { column: tenant, setting: 'app.t' } }, STYLE), undefined);
  });
});
