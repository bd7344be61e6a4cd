// How projects use row level security.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { noFacts, type Facts } from '../../server/src/model/facts';
import { nameOf } from '../../server/src/model/names';
import type { Schema, Table } from '../../server/src/model/nodes';
import { securityStyle, tenantSetting } from '../../server/src/model/security-style';

const POSTS = 'CREATE TABLE posts (id uuid PRIMARY KEY, org_id uuid NOT NULL, team_id uuid);\n';
const ON = `${POSTS}ALTER TABLE posts ENABLE ROW LEVEL SECURITY;\n`;

function schemaOf(text: string): Schema {
  return sql.lower([sql.parse('a.sql', text)], { facts: noFacts });
}

/** The names of what holds, and the settings. */
function style(text: string, facts: Partial<Facts> = {}, applied?: Schema): string {
  const { used, dynamic, dataApi, policies, settings } = securityStyle(schemaOf(text), { ...noFacts, ...facts }, ({ name }) => applied?.tables.find((table) => table.dbName === name));
  return [used && 'used', dynamic && 'dynamic', dataApi && 'data api', policies && 'policies', ...settings].filter(Boolean).join(' ');
}

function setting(text: string, column: string): string | undefined {
  const schema = schemaOf(text);
  const found = schema.tables.flatMap((table: Table) => table.columns).find((each) => each.dbName === column);
  assert.ok(found);
  return tenantSetting(securityStyle(schema, noFacts, () => undefined), found);
}

describe('the style of row level security', () => {
  before(() => sql.prepare());

  it('tells whether it is used at all', () => {
    assert.equal(style(POSTS), '');
    assert.equal(style(ON), 'used');
    assert.equal(style(`${ON}ALTER TABLE posts DISABLE ROW LEVEL SECURITY;`), '');
    assert.equal(style('ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;'), '');
    assert.equal(style(POSTS, {}, schemaOf(ON)), 'used');
    assert.equal(style(POSTS, {}, schemaOf(POSTS)), '');
  });

  it('tells a data API by roles, functions, the runner and packages', () => {
    assert.equal(style(`${ON}CREATE POLICY a ON posts TO authenticated USING (true);`), 'used data api policies');
    assert.equal(style(`${ON}CREATE POLICY a ON posts USING (org_id = auth.uid());`), 'used data api policies');
    assert.equal(style(`${ON}CREATE POLICY a ON posts USING (x = current_setting('request.jwt.claims', true));`), 'used data api policies');
    assert.equal(style(ON, { dependencies: new Set(['@supabase/supabase-js']) }), 'used data api');
    assert.equal(style(`${ON}CREATE POLICY a ON posts TO web USING (true);`), 'used policies');
  });

  it('tells statements that are put together while they run', () => {
    assert.equal(style(`${POSTS}DO $$ BEGIN EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'posts'); END $$;`), 'dynamic');
  });

  it('knows the settings in use, and which of them holds the tenant', () => {
    const policies = `CREATE POLICY a ON posts USING (org_id = current_setting('app.org')::uuid OR current_setting('app.user_id') = 'x');
CREATE POLICY b ON posts USING (current_setting('app.user_id') = 'y' OR current_setting('role') = 'z');`;
    assert.equal(style(ON + policies), 'used policies app.user_id app.org');
    assert.equal(setting(ON + policies, 'org_id'), 'app.org');
    assert.equal(setting(ON + policies, 'team_id'), undefined);
    assert.equal(setting(ON, 'org_id'), 'app.tenant_id');
    assert.equal(setting(`${ON}CREATE POLICY a ON posts USING (org_id = current_setting('my.tenant')::uuid);`, 'team_id'), 'my.tenant');
    assert.equal(setting(`${ON}CREATE POLICY a ON posts USING (org_id = my_tenant());`, 'org_id'), undefined);
  });

  it('names a table as it is looked up', () => {
    assert.deepEqual(schemaOf('CREATE TABLE shop.a (id int); CREATE TABLE b (id int);').tables.map(nameOf), [{ name: 'a', schema: 'shop' }, { name: 'b' }]);
  });
});
