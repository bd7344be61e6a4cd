// What queries ask of a column: told by type, key and name.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql/index';
import { noFacts } from '../../server/src/model/facts';
import { indexRole, isDocument, isDueTime, isEqualityLike, isRangeLike } from '../../server/src/model/index-roles';

/** Names of the columns that a fact holds for. */
function holding(fact: (column: Parameters<typeof isRangeLike>[0]) => boolean, columns: string): string[] {
  const text = `CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE other (id int PRIMARY KEY); CREATE TABLE t (${columns});`;
  const schema = sql.lower([sql.parse('/1.sql', text)], { facts: noFacts, completeHistory: true });
  const table = schema.tables.find(({ name }) => name === 't');
  assert.ok(table && table.columns.length > 0 && !table.partial, columns);
  return table.columns.filter(fact).map(({ name }) => name);
}

describe('roles of columns in an index', () => {
  before(() => sql.prepare());

  it('are ranges for moments, measures and amounts', () => {
    const columns = 'a timestamptz, b date, c numeric, d float8, e interval, f text, g int, created_at bigint, view_count int, sort_order int, "occurredAt" text, day text';
    assert.deepEqual(holding(isRangeLike, columns), ['a', 'b', 'c', 'd', 'e', 'created_at', 'view_count', 'sort_order', 'occurredAt']);
  });

  it('are no ranges for times that are only there once something happened', () => {
    const columns = 'archived_at timestamptz, read_at timestamptz, deleted date, expires_at timestamptz, published_at timestamptz NOT NULL, changed_at timestamptz DEFAULT now(), updated_at timestamptz';
    assert.deepEqual(holding(isRangeLike, columns), ['expires_at', 'published_at', 'changed_at', 'updated_at']);
  });

  it('know what is due from what is past', () => {
    assert.deepEqual(holding(isDueTime, 'next_run_at timestamptz, "expiresAt" timestamptz, due_date date, created_at timestamptz, due boolean'), ['next_run_at', 'expiresAt', 'due_date']);
  });

  it('are no ranges for keys, references and lists', () => {
    assert.deepEqual(holding(isRangeLike, 'rank int PRIMARY KEY, amount int REFERENCES other, times timestamptz[], position int'), ['position']);
  });

  it('are equality for references, tenants, flags and states', () => {
    const columns = 'a int REFERENCES other, b boolean, c mood, d uuid, org_id text, "userId" int, status text, kind int, name text, n int, at timestamptz, tags text[]';
    assert.deepEqual(holding(isEqualityLike, columns), ['a', 'b', 'c', 'd', 'org_id', 'userId', 'status', 'kind']);
  });

  it('are no equality for what tells rows apart', () => {
    assert.deepEqual(holding(isEqualityLike, 'id uuid PRIMARY KEY, public_id uuid UNIQUE, other_id int REFERENCES other'), ['other_id']);
    assert.deepEqual(holding(isEqualityLike, 'org_id uuid REFERENCES other, id uuid, PRIMARY KEY (org_id, id)'), ['org_id']);
  });

  it('are contents for documents, lists and searched texts', () => {
    assert.deepEqual(holding(isDocument, 'a json, b jsonb, c text[], d tsvector, e text, f int'), ['a', 'b', 'c', 'd']);
    const roles: string[] = [];
    holding((column) => roles.push(indexRole(column)) > 0, 'a jsonb, b timestamptz, c text');
    assert.deepEqual(roles, ['contents', 'range', 'equality']);
  });
});
