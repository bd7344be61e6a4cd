// Which columns are taken for a tenant's.
import assert from 'node:assert/strict';
import { noFacts } from '../../server/src/model/facts';
import type { Table } from '../../server/src/model/nodes';
import { isOfPerson, isTenantColumn, tenantColumn, tenantColumnsOf } from '../../server/src/model/tenant';
import { sql } from '../../server/src/languages/sql';

function table(text: string): Table {
  const [first] = sql.lower([sql.parse('a.sql', text)], { facts: noFacts }).tables;
  assert.ok(first);
  return first;
}

function tenant(columns: string, name = 'posts', names?: readonly string[]): string | undefined {
  return tenantColumn(table(`CREATE TABLE ${name} (${columns});`), names)?.dbName;
}

describe('tenant columns', () => {
  before(() => sql.prepare());

  it('are told by their name, in snake_case and camelCase', () => {
    for (const name of ['tenant_id', '"tenantId"', 'organization_id', 'organisation_id', '"orgId"', 'workspace_id', 'team_id', 'account_id', '"workspaceId"']) {
      assert.equal(tenant(`id uuid PRIMARY KEY, ${name} uuid NOT NULL`), name.replaceAll('"', ''));
    }
    assert.equal(tenant('id uuid PRIMARY KEY, author_id uuid, organization_name text, current_team_id uuid'), undefined);
  });

  it('may be of a person, by what the account has', () => {
    const person = (columns: string): boolean => {
      const text = `CREATE TABLE accounts (id int PRIMARY KEY, ${columns}); CREATE TABLE notes (id int PRIMARY KEY, account_id int REFERENCES accounts);`;
      const { tables } = sql.lower([sql.parse('a.sql', text)], { facts: noFacts });
      const column = tables[1]?.columns.find(({ dbName }) => dbName === 'account_id');
      assert.ok(column);
      return isOfPerson(column, ({ name }) => tables.find(({ dbName }) => dbName === name));
    };
    assert.ok(person('email text UNIQUE'));
    assert.ok(person('email text, password_hash text'));
    assert.ok(!person('name text, email text'));
  });

  it('hold a key', () => {
    assert.equal(tenant('id int PRIMARY KEY, team_id int'), 'team_id');
    assert.equal(tenant('id int PRIMARY KEY, team_id text'), 'team_id');
    assert.equal(tenant('id int PRIMARY KEY, team_id boolean'), undefined);
    assert.equal(tenant('id int PRIMARY KEY, team_id uuid[]'), undefined);
  });

  it('are the widest of several', () => {
    const posts = table('CREATE TABLE posts (id int PRIMARY KEY, team_id int, organization_id int);');
    assert.deepEqual(tenantColumnsOf(posts).map((column) => column.dbName), ['organization_id', 'team_id']);
    assert.equal(tenantColumn(posts)?.dbName, 'organization_id');
    assert.equal(isTenantColumn(posts, 'team_id'), true);
    assert.equal(isTenantColumn(posts, 'id'), false);
  });

  it("are not the tenant's own key, which may be part of a longer one or refer to the tenant", () => {
    assert.equal(tenant('organization_id uuid PRIMARY KEY, name text', 'settings'), undefined);
    assert.equal(tenant('id uuid PRIMARY KEY, org_id text UNIQUE', 'organizations'), undefined);
    assert.equal(tenant('id uuid PRIMARY KEY, team_id text UNIQUE', 'team'), undefined);
    assert.equal(tenant('tenant_id uuid, id uuid, PRIMARY KEY (tenant_id, id)'), 'tenant_id');
    assert.equal(tenant('organization_id uuid PRIMARY KEY REFERENCES organizations (id)', 'settings'), 'organization_id');
    assert.equal(tenant('id uuid PRIMARY KEY, organization_id uuid NOT NULL', 'teams'), 'organization_id');
  });

  it('are not those that say who belongs to which tenant', () => {
    for (const name of ['team_members', 'memberships', 'team_user', 'users_to_teams', 'users_on_teams']) {
      assert.equal(tenant('team_id uuid, user_id uuid, PRIMARY KEY (team_id, user_id)', name), undefined, name);
    }
    assert.equal(tenant('id uuid PRIMARY KEY, team_id uuid, email text', 'users'), 'team_id');
    assert.equal(tenant('id uuid PRIMARY KEY, team_id uuid, price int', 'membership_plans'), 'team_id');
  });

  it('are not the accounts that users have elsewhere', () => {
    assert.equal(tenant('id text PRIMARY KEY, account_id text NOT NULL, provider_id text NOT NULL', 'account'), undefined);
    assert.equal(tenant('id text PRIMARY KEY, "accountId" text NOT NULL, "providerId" text NOT NULL', 'logins'), undefined);
    assert.equal(tenant('id text PRIMARY KEY, account_id text NOT NULL, user_id text NOT NULL', 'balances'), undefined);
    assert.equal(tenant('id text PRIMARY KEY, account_id text NOT NULL, title text', 'invoices'), 'account_id');
  });

  it('are those that the configuration names', () => {
    assert.equal(tenant('id int PRIMARY KEY, "projectId" int, team_id int', 'posts', ['project_id']), 'projectId');
    assert.equal(tenant('id int PRIMARY KEY, team_id int', 'posts', []), undefined);
  });
});
