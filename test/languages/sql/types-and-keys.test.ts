// Other types of columns, and primary keys, as they are written into SQL.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { sql } from '../../../server/src/languages/sql';
import type { TypeGoal } from '../../../server/src/model/intents';
import { after, column, table, world, type Setting } from './support';

function typed(text: string, name: string, to: TypeGoal, also: readonly string[] = []): string | undefined {
  const one = world({ '/1.sql': text });
  const edits = writeIntent({ do: 'setType', column: column(one, 't', name), to, also: also.map((each) => column(one, 't', each)) }, sql.write, one.context);
  const result = edits && after(one, edits)['/1.sql'];
  if (result !== undefined) assert.deepEqual(sql.parse('/1.sql', result).problems, []);
  return result;
}

function keyed(text: string, columns?: readonly string[], setting: Setting = {}): string | undefined {
  const one = world({ '/1.sql': text }, setting);
  const edits = writeIntent({ do: 'addPrimaryKey', table: table(one, 't'), ...(columns && { columns }) }, sql.write, one.context);
  const result = edits && after(one, edits)['/1.sql'];
  if (result !== undefined) assert.deepEqual(sql.parse('/1.sql', result).problems, []);
  return result;
}

describe('sql: writing other types', () => {
  before(() => sql.prepare());

  it('in the author\u2019s case, with brackets', () => {
    assert.equal(typed('CREATE TABLE t (a JSON NOT NULL);', 'a', { family: 'json', binary: true }), 'CREATE TABLE t (a JSONB NOT NULL);');
    assert.equal(typed('create table t (a real[] default null);', 'a', { family: 'float', bits: 64 }), 'create table t (a double precision[] default null);');
    assert.equal(typed('create table t (a money);', 'a', { family: 'numeric', precision: 12, scale: 2 }), 'create table t (a numeric(12, 2));');
  });

  it('of 64 bits, keeping the sequence', () => {
    const wide = { family: 'integer', bits: 64 } as const;
    assert.equal(typed('CREATE TABLE t (a serial, b INT, c int GENERATED ALWAYS AS IDENTITY);', 'a', wide, ['b', 'c']), 'CREATE TABLE t (a bigserial, b BIGINT, c bigint GENERATED ALWAYS AS IDENTITY);');
  });

  it('of a uuid, without the cast of the default', () => {
    const uuid = { family: 'uuid' } as const;
    assert.equal(typed('CREATE TABLE t (a varchar(36) DEFAULT gen_random_uuid()::text NOT NULL);', 'a', uuid), 'CREATE TABLE t (a uuid DEFAULT gen_random_uuid() NOT NULL);');
    assert.equal(typed('CREATE TABLE t (a text DEFAULT uuidv7() ::varchar(36));', 'a', uuid), 'CREATE TABLE t (a uuid DEFAULT uuidv7());');
  });

  it('of another column, without its sequence', () => {
    const from = (type: string): string | undefined => {
      const one = world({ '/1.sql': `CREATE TABLE u (id ${type});\nCREATE TABLE t (a text);` });
      const edits = writeIntent({ do: 'setType', column: column(one, 't', 'a'), to: { family: 'like', column: column(one, 'u', 'id') } }, sql.write, one.context);
      return edits && after(one, edits)['/1.sql']?.split('\n')[1];
    };
    assert.equal(from('bigserial'), 'CREATE TABLE t (a bigint);');
    assert.equal(from('VARCHAR(20)'), 'CREATE TABLE t (a varchar(20));');
    assert.equal(from('int[]'), undefined);
  });
});

describe('sql: writing primary keys', () => {
  before(() => sql.prepare());

  it('in place of a unique constraint', () => {
    assert.equal(keyed('create table t (a int not null unique, b int);', ['a']), 'create table t (a int not null primary key, b int);');
    assert.equal(keyed('CREATE TABLE t (a int, b int, CONSTRAINT x UNIQUE NULLS NOT DISTINCT (a, b));', ['a', 'b']), 'CREATE TABLE t (a int, b int, CONSTRAINT x PRIMARY KEY (a, b));');
    assert.equal(keyed('CREATE TABLE t (a int);\nALTER TABLE t ADD UNIQUE (a);', ['a']), 'CREATE TABLE t (a int);\nALTER TABLE t ADD PRIMARY KEY (a);');
  });

  it('over columns, behind the last element of the list', () => {
    assert.equal(keyed('CREATE TABLE t (a int CHECK (a > 0), b int);', ['a']), 'CREATE TABLE t (a int CHECK (a > 0) PRIMARY KEY, b int);');
    assert.equal(keyed('CREATE TABLE t (\n  a int,\n  "B" int REFERENCES u (id)\n);', ['a', 'B']), 'CREATE TABLE t (\n  a int,\n  "B" int REFERENCES u (id),\n  PRIMARY KEY ("a", "B")\n);');
    assert.equal(keyed('CREATE TABLE t (a int, b int, CHECK (a > b));', ['a', 'b']), 'CREATE TABLE t (a int, b int, CHECK (a > b), PRIMARY KEY (a, b));');
    assert.equal(keyed('CREATE TABLE t (a int);\nALTER TABLE t ADD b int;', ['a', 'b']), undefined);
    assert.equal(keyed('CREATE TABLE t (a int);', ['nope']), undefined);
  });

  it('as a column in front of the others', () => {
    assert.equal(keyed('CREATE TABLE t (\n  -- why\n  a int\n);'), 'CREATE TABLE t (\n  -- why\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  a int\n);');
    assert.equal(keyed('create table t ("A" INT);', undefined, { facts: { postgresVersion: 18 } }), 'create table t ("id" UUID primary key default uuidv7(), "A" INT);');
    assert.equal(keyed('CREATE TABLE t (\r\n  a int\r\n);'), 'CREATE TABLE t (\r\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\r\n  a int\r\n);');
    assert.equal(keyed('CREATE TABLE t (id int);'), undefined);
  });
});
