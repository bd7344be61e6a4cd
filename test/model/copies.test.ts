// Which tables are taken for copies of what another system has.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { isCopy } from '../../server/src/model/copies';
import { noFacts } from '../../server/src/model/facts';

describe('a table of copies', () => {
  before(() => sql.prepare());

  const copied = (columns: string): boolean => {
    const [table] = sql.lower([sql.parse('/a.sql', `CREATE TABLE t (id int, ${columns});`)], { facts: noFacts }).tables;
    assert.ok(table);
    return isCopy(table);
  };

  it('tells when it was last filled, or speaks as a billing service does', () => {
    assert.ok(copied('synced_at timestamptz'));
    assert.ok(copied('"lastFetchedAt" timestamptz'));
    assert.ok(copied('current_period_end timestamptz'));
  });

  it('is no table with times of its own', () => {
    assert.ok(!copied('created_at timestamptz, updated_at timestamptz, synced boolean, imported_by int'));
  });
});
