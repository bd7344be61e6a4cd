// Which columns change their type together.
import assert from 'node:assert/strict';
import { noFacts } from '../../server/src/model/facts';
import type { Column, Table } from '../../server/src/model/nodes';
import { referencePairs, tiedColumns } from '../../server/src/model/references';
import { sql } from '../../server/src/languages/sql';

function tables(text: string): readonly Table[] {
  return sql.lower([sql.parse('a.sql', text)], { facts: noFacts }).tables;
}

function find(all: readonly Table[], path: string): Column {
  const [table, name] = path.split('.');
  const found = all.find(({ dbName }) => dbName === table)?.columns.find(({ dbName }) => dbName === name);
  assert.ok(found, path);
  return found;
}

const tied = (text: string, path: string): string[] => {
  const all = tables(text);
  return tiedColumns(find(all, path), all)
    .map(({ table, dbName }) => `${table.dbName}.${dbName}`)
    .sort();
};

describe('references', () => {
  before(() => sql.prepare());

  it('tie columns in both directions and over several tables', () => {
    const text = `CREATE TABLE a (id int PRIMARY KEY);
      CREATE TABLE b (a_id int PRIMARY KEY REFERENCES a (id));
      CREATE TABLE c (b_id int REFERENCES b, other int);
      CREATE TABLE d (id int PRIMARY KEY);`;
    assert.deepEqual(tied(text, 'a.id'), ['b.a_id', 'c.b_id']);
    assert.deepEqual(tied(text, 'c.b_id'), ['a.id', 'b.a_id']);
    assert.deepEqual(tied(text, 'd.id'), []);
  });

  it('tie a column of a table to another one of it, and a key of several columns by place', () => {
    assert.deepEqual(tied('CREATE TABLE a (id int PRIMARY KEY, up int REFERENCES a (id))', 'a.id'), ['a.up']);
    const text = `CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
      CREATE TABLE b (p int, q int, FOREIGN KEY (p, q) REFERENCES a (y, x));`;
    assert.deepEqual(tied(text, 'a.x'), ['b.q']);
  });

  it('tell tables of one name in two schemas apart', () => {
    const text = `CREATE TABLE one.a (id int PRIMARY KEY);
      CREATE TABLE two.a (id int PRIMARY KEY);
      CREATE TABLE b (a_id int REFERENCES two.a (id));`;
    const all = tables(text);
    const [one, two] = all.filter(({ dbName }) => dbName === 'a').map((table) => find([table], 'a.id'));
    assert.ok(one && two);
    assert.equal(tiedColumns(one, all).length, 0);
    assert.equal(tiedColumns(two, all).length, 1);
  });

  it('pair what can be found', () => {
    const all = tables('CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int REFERENCES a (nope), y int REFERENCES a);');
    const [first, second] = all.flatMap(({ foreignKeys }) => foreignKeys);
    const [target] = all;
    assert.ok(first && second && target);
    assert.deepEqual(referencePairs(first, target), []);
    assert.deepEqual(referencePairs(second, target).map((pair) => [pair.column.dbName, pair.target.dbName]), [['y', 'id']]);
  });
});
