// What a foreign key's rules touch, and which rule its tables suggest.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { columnsSet, isOptional, likelyDeleteRule, restrictiveRule } from '../../server/src/model/delete-rules';
import { noFacts } from '../../server/src/model/facts';
import type { ForeignKey } from '../../server/src/model/nodes';

function foreignKey(columns: string, name = 'tasks'): ForeignKey {
  const { tables } = sql.lower([sql.parse('/a.sql', `CREATE TABLE ${name} (${columns});`)], { facts: noFacts });
  const [found] = tables[0]?.foreignKeys ?? [];
  assert.ok(found);
  return found;
}

describe('delete rules', () => {
  before(() => sql.prepare());

  it('set all columns of the key, or those that they name', () => {
    const key = (rule: string): string[] => {
      const found = foreignKey(`a int, b int, FOREIGN KEY (a, b) REFERENCES t (x, y) ON DELETE ${rule}`);
      return found.onDelete ? columnsSet(found, found.onDelete).map(({ dbName }) => dbName) : [];
    };
    assert.deepEqual(key('SET NULL'), ['a', 'b']);
    assert.deepEqual(key('SET NULL (b)'), ['b']);
    assert.deepEqual(key('SET DEFAULT (a)'), ['a']);
  });

  it('forbid by NO ACTION where the database knows no RESTRICT', () => {
    const { table } = foreignKey('a int REFERENCES t');
    assert.equal(restrictiveRule({ table }), 'restrict');
    assert.equal(restrictiveRule({ table: { ...table, dialect: 'sqlserver' } }), 'no action');
  });

  it('suggest what the tables and columns say', () => {
    const likely = (columns: string, name: string, target: string): string => likelyDeleteRule(foreignKey(columns, name), target);
    assert.equal(isOptional(foreignKey('a int REFERENCES t')), true);
    assert.equal(likely('order_id int REFERENCES orders', 'order_items', 'orders'), 'set null');
    assert.equal(likely('order_id int NOT NULL REFERENCES orders', 'order_items', 'orders'), 'cascade');
    assert.equal(likely('author_id int NOT NULL REFERENCES users', 'posts', 'users'), 'restrict');
  });
});
