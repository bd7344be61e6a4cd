// Which table the words of a name mean.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { noFacts } from '../../server/src/model/facts';
import { plural, tableNamed } from '../../server/src/model/named-tables';

function named(tables: readonly string[], ...parts: readonly string[]): string | undefined {
  const text = tables.map((name) => `CREATE TABLE ${name} (id int PRIMARY KEY);`).join('\n');
  const schema = sql.lower([sql.parse('a.sql', text)], { facts: noFacts });
  return tableNamed(parts, ({ name }) => schema.tables.find((table) => table.dbName === name))?.dbName;
}

describe('tables that a name means', () => {
  before(() => sql.prepare());

  it('are found in any usual spelling', () => {
    for (const name of ['tag', 'tags', '"Tag"', '"Tags"']) assert.equal(named([name], 'tag'), name.replaceAll('"', ''));
    for (const name of ['order_items', '"OrderItem"', '"orderItems"']) assert.equal(named([name], 'order', 'item'), name.replaceAll('"', ''));
    assert.equal(named(['categories'], 'category'), 'categories');
  });

  it('are those of all words first, then of the last ones', () => {
    assert.equal(named(['users', 'assigned_users'], 'assigned', 'user'), 'assigned_users');
    assert.equal(named(['users'], 'assigned', 'user'), 'users');
    assert.equal(named(['assigned'], 'assigned', 'user'), undefined);
  });

  it('are none of ours behind the name of another system', () => {
    assert.equal(named(['customers'], 'stripe', 'customer'), undefined);
    assert.equal(named(['customers', 'stripe_customers'], 'stripe', 'customer'), 'stripe_customers');
  });

  it('have plurals', () => {
    assert.deepEqual(['tag', 'category', 'box', 'day', 'person', 'branch'].map(plural), ['tags', 'categories', 'boxes', 'days', 'people', 'branches']);
  });
});
