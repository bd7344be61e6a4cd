// Which indexes a change of another one would make needless.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql/index';
import { needlessAfter } from '../../server/src/model/covering';
import { noFacts } from '../../server/src/model/facts';
import type { Index } from '../../server/src/model/nodes';

/** Names of what becomes needless when the index `i` of a table gets another shape. */
function needless(text: string, shape: (index: Index) => Parameters<typeof needlessAfter>[1]): (string | undefined)[] {
  const all = `CREATE TABLE t (id int PRIMARY KEY, a int, b int, c jsonb);\n${text}`;
  const schema = sql.lower([sql.parse('/1.sql', all)], { facts: noFacts, completeHistory: true });
  const index = schema.tables[0]?.indexes.find(({ name }) => name === 'i');
  assert.ok(index, text);
  return needlessAfter(index, shape(index)).map(({ name }) => name);
}

const turned = ({ parts }: Index): Partial<Index> => ({ parts: [...parts].reverse() });

describe('indexes that a change makes needless', () => {
  before(() => sql.prepare());

  it('are led by the changed one, or lead it', () => {
    assert.deepEqual(needless('CREATE INDEX j ON t (a);\nCREATE INDEX i ON t (b, a);', turned), ['j']);
    assert.deepEqual(needless('CREATE INDEX j ON t (a, b, id);\nCREATE INDEX i ON t (b, a);', turned), ['i']);
    assert.deepEqual(needless('CREATE INDEX j ON t (b);\nCREATE INDEX i ON t (a, b);', () => ({})), []);
  });

  it('are of the method that it takes', () => {
    assert.deepEqual(needless('CREATE INDEX j ON t (a, b);\nCREATE INDEX i ON t USING hash (a);', () => ({ method: 'btree' })), ['i']);
    assert.deepEqual(needless('CREATE INDEX j ON t USING gin (c);\nCREATE INDEX i ON t (c);', () => ({ method: 'gin' })), ['i']);
    assert.deepEqual(needless('CREATE INDEX j ON t USING gin (c);\nCREATE INDEX i ON t USING hash (c);', () => ({ method: 'btree' })), []);
  });

  it('are neither unique, nor needless before', () => {
    assert.deepEqual(needless('CREATE UNIQUE INDEX j ON t (a);\nCREATE INDEX i ON t (b, a);', turned), []);
    assert.deepEqual(needless('CREATE INDEX j ON t (b);\nCREATE INDEX k ON t (b, id);\nCREATE INDEX i ON t (a, b);', turned), []);
  });
});
