// Whether a declared table and what migrations made of it are told apart, as PostgreSQL would.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { deleteRuleDrift, madeIndex, madeKey, typeDrift } from '../../server/src/model/drift';
import { noFacts } from '../../server/src/model/facts';
import type { Table } from '../../server/src/model/nodes';

describe('drift', () => {
  before(() => sql.prepare());

  const table = (definition: string): Table => {
    const [found] = sql.lower([sql.parse('/t.sql', `CREATE TABLE t (${definition});`)], { facts: noFacts }).tables;
    assert.ok(found);
    return found;
  };
  const types = (declared: string, made: string): string | undefined => {
    const [a] = table(`a ${declared}`).columns;
    const [b] = table(`a ${made}`).columns;
    assert.ok(a && b);
    const drift = typeDrift(a, b);
    return drift && `${drift.declared} / ${drift.made}`;
  };

  it('tells types apart that hold other values', () => {
    assert.equal(types('int', 'bigint'), 'integer / bigint');
    assert.equal(types('timestamp', 'timestamptz'), 'timestamp / timestamptz');
    assert.equal(types('json', 'jsonb'), 'json / jsonb');
    assert.equal(types('varchar(20)', 'varchar(40)'), 'varchar(20) / varchar(40)');
    assert.equal(types('numeric(8, 2)', 'numeric(8, 4)'), 'numeric(8, 2) / numeric(8, 4)');
    assert.equal(types('text', 'uuid'), 'text / uuid');
    assert.equal(types('text', 'text[]'), 'text / text[]');
    assert.equal(types('int[]', 'bigint[]'), 'integer[] / bigint[]');
  });

  it('takes other spellings for the same', () => {
    assert.equal(types('serial', 'integer'), undefined);
    assert.equal(types('int8', 'bigint'), undefined);
    assert.equal(types('numeric', 'numeric(8, 4)'), undefined);
    assert.equal(types('character varying(20)', 'varchar(20)'), undefined);
    assert.equal(types('timestamp(3)', 'timestamp'), undefined);
    assert.equal(types('text[]', 'text[][]'), undefined);
  });

  it('says nothing of types that it does not know', () => {
    assert.equal(types('geometry', 'text'), undefined);
    assert.equal(types('geometry', 'text[]'), undefined);
  });

  it('finds an index by its columns, their order and whether it is unique', () => {
    const made = table('a int, b int, PRIMARY KEY (b, a), UNIQUE (a)');
    const found = (constraint: string): boolean => {
      const declared = table(`a int, b int, ${constraint}`);
      const index = declared.primaryKey ?? declared.indexes[0];
      assert.ok(index);
      return madeIndex(index, made) !== undefined;
    };
    assert.deepEqual(['UNIQUE (a)', 'UNIQUE (b)', 'UNIQUE (b, a)', 'UNIQUE (a, b)'].map(found), [true, false, true, false]);
  });

  it('finds a foreign key by its columns and target, and compares what is written on it', () => {
    const [declared] = table('a int REFERENCES b ON DELETE CASCADE').foreignKeys;
    const [silent] = table('a int REFERENCES b').foreignKeys;
    assert.ok(declared && silent);
    const key = madeKey(declared, table('a int REFERENCES b ON DELETE SET NULL'));
    assert.equal(madeKey(declared, table('a int REFERENCES c')), undefined);
    assert.ok(key);
    assert.equal(deleteRuleDrift(declared, key), 'set null');
    assert.equal(deleteRuleDrift(silent, key), undefined);
    assert.equal(deleteRuleDrift(declared, declared), undefined);
    const twice = table('a int, CONSTRAINT one FOREIGN KEY (a) REFERENCES b, CONSTRAINT two FOREIGN KEY (a) REFERENCES b ON DELETE CASCADE');
    assert.equal(madeKey(declared, twice)?.dbName, 'two');
    const [named] = table('a int, CONSTRAINT one FOREIGN KEY (a) REFERENCES b ON DELETE CASCADE').foreignKeys;
    assert.ok(named);
    assert.equal(madeKey(named, twice)?.dbName, 'one');
  });
});
