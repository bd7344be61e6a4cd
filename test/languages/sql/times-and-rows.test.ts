// Defaults of times, columns to come, and indexes on some rows, as fixes write them into migrations or behind them.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { sql } from '../../../server/src/languages/sql';
import type { ColumnGoal, Intent } from '../../../server/src/model/intents';
import { after, column, table, world, type Setting, type World } from './support';

function write(one: World, intent: Intent): Record<string, string> | undefined {
  const edits = writeIntent(intent, sql.write, one.context);
  if (!edits) return undefined;
  const texts = after(one, edits);
  for (const [path, text] of Object.entries(texts)) assert.deepEqual(sql.parse(path, text).problems, [], text);
  return texts;
}

describe('sql: writing times', () => {
  before(() => sql.prepare());

  const stamped = (texts: Record<string, string>, setting?: Setting, name = 'at'): Record<string, string> | undefined => {
    const one = world(texts, setting);
    return write(one, { do: 'setNowDefault', column: column(one, 't', name) });
  };

  it('puts the default into CREATE TABLE, in its case', () => {
    assert.deepEqual(stamped({ '/1.sql': 'CREATE TABLE t (id int, at timestamptz NOT NULL);' }), {
      '/1.sql': 'CREATE TABLE t (id int, at timestamptz NOT NULL DEFAULT now());',
    });
    assert.deepEqual(stamped({ '/1.sql': 'create table t (at timestamptz, id int);' }), { '/1.sql': 'create table t (at timestamptz default now(), id int);' });
  });

  it('sets it behind ADD COLUMN, so that rows from before get none', () => {
    const texts = { '/1.sql': 'CREATE TABLE t (id int);', '/2.sql': 'ALTER TABLE t ADD COLUMN at timestamptz;' };
    assert.deepEqual(stamped(texts), { '/2.sql': 'ALTER TABLE t ADD COLUMN at timestamptz;\nALTER TABLE t ALTER COLUMN at SET DEFAULT now();' });
  });

  it('sets it by a next migration where the column is history, or lost its default', () => {
    const expected = { '/next/1_default_t_at.sql': 'ALTER TABLE t ALTER COLUMN at SET DEFAULT now();\n' };
    assert.deepEqual(stamped({ '/1.sql': 'CREATE TABLE t (at timestamptz);' }, { committed: ['/1.sql'] }), expected);
    assert.deepEqual(stamped({ '/1.sql': 'CREATE TABLE t (at timestamptz DEFAULT now());', '/2.sql': 'ALTER TABLE t ALTER COLUMN at DROP DEFAULT;' }), expected);
  });

  it('adds a time of deletion and a version', () => {
    const add = (text: string, ...columns: ColumnGoal[]): string | undefined => {
      const one = world({ '/1.sql': text });
      return write(one, { do: 'addColumns', table: table(one, 't'), columns })?.['/1.sql'];
    };
    assert.equal(add('CREATE TABLE t (id int);', 'deletedAt', 'version'), 'CREATE TABLE t (id int, deleted_at timestamptz, version integer NOT NULL DEFAULT 1);');
    assert.equal(add('CREATE TABLE t ("postId" INT);', 'deletedAt'), 'CREATE TABLE t ("postId" INT, "deletedAt" TIMESTAMPTZ);');
  });
});

describe('sql: writing indexes on some rows', () => {
  before(() => sql.prepare());

  const live = (texts: Record<string, string>, setting?: Setting, is: null | boolean = null): Record<string, string> | undefined => {
    const one = world(texts, setting);
    const [index] = table(one, 't').indexes;
    assert.ok(index);
    return write(one, { do: 'setRows', index, rows: { column: column(one, 't', is === null ? 'deleted_at' : 'gone'), is } });
  };
  const TABLE = 'CREATE TABLE t (a int, b int, gone boolean NOT NULL, deleted_at timestamptz);';

  it('puts the predicate behind an index nobody has', () => {
    assert.deepEqual(live({ '/1.sql': `${TABLE}\nCREATE INDEX i ON t (a, b DESC) INCLUDE (gone);` }), {
      '/1.sql': `${TABLE}\nCREATE INDEX i ON t (a, b DESC) INCLUDE (gone) WHERE deleted_at IS NULL;`,
    });
    assert.deepEqual(live({ '/1.sql': `${TABLE}\ncreate index on t (a);` }, {}, false), { '/1.sql': `${TABLE}\ncreate index on t (a) where gone = false;` });
  });

  it('replaces one that is history, or older than the column', () => {
    const next = {
      '/next/1_create_t_a_idx.sql': '-- outside\nCREATE INDEX CONCURRENTLY t_a_idx ON t (a) WHERE deleted_at IS NULL;\n',
      '/next/2_drop_i.sql': '-- outside\nDROP INDEX CONCURRENTLY i;\n',
    };
    assert.deepEqual(live({ '/1.sql': `${TABLE} CREATE INDEX i ON t (a);` }, { committed: ['/1.sql'] }), next);
    assert.deepEqual(live({ '/1.sql': 'CREATE TABLE t (a int); CREATE INDEX i ON t (a);', '/2.sql': 'ALTER TABLE t ADD COLUMN deleted_at timestamptz;' }), next);
  });

  it('makes a unique index of a unique constraint', () => {
    assert.deepEqual(live({ '/1.sql': 'CREATE TABLE t (\n  a int UNIQUE,\n  deleted_at timestamptz\n);' }), {
      '/1.sql': 'CREATE TABLE t (\n  a int,\n  deleted_at timestamptz\n);\nCREATE UNIQUE INDEX t_a_key ON t (a) WHERE deleted_at IS NULL;',
    });
    assert.deepEqual(live({ '/1.sql': 'CREATE TABLE t (\n  a int,\n  b int,\n  deleted_at timestamptz,\n  CONSTRAINT u UNIQUE (a, b)\n);' }), {
      '/1.sql': 'CREATE TABLE t (\n  a int,\n  b int,\n  deleted_at timestamptz\n);\nCREATE UNIQUE INDEX u ON t (a, b) WHERE deleted_at IS NULL;',
    });
    assert.deepEqual(live({ '/1.sql': TABLE, '/2.sql': 'ALTER TABLE t ADD CONSTRAINT u UNIQUE (a);' }), {
      '/2.sql': 'CREATE UNIQUE INDEX u ON t (a) WHERE deleted_at IS NULL;',
    });
  });

  it('builds the index before a constraint that is history goes', () => {
    assert.deepEqual(live({ '/1.sql': 'CREATE TABLE t (a int UNIQUE, deleted_at timestamptz);' }, { committed: ['/1.sql'] }), {
      '/next/1_create_t_a_idx.sql': '-- outside\nCREATE UNIQUE INDEX CONCURRENTLY t_a_idx ON t (a) WHERE deleted_at IS NULL;\n',
      '/next/2_drop_t_a_key.sql': 'ALTER TABLE t DROP CONSTRAINT t_a_key;\n',
    });
  });

  it('leaves constraints alone that an index can not be', () => {
    assert.equal(live({ '/1.sql': 'CREATE TABLE t (a int UNIQUE DEFERRABLE INITIALLY DEFERRED, deleted_at timestamptz);' }), undefined);
  });
});
