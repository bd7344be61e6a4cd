// How SQL indexes are given another method or order, in place or by next migrations. PostgreSQL's parser takes each result.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { sql } from '../../../server/src/languages/sql';
import type { Index } from '../../../server/src/model/nodes';
import type { Intent } from '../../../server/src/model/intents';
import { after, table, world, type Setting } from './support';

const TABLE = 'CREATE TABLE t (id int, by_id int, at timestamptz, tags text[]);\n';

function write(texts: string | Record<string, string>, intent: (index: Index) => Intent, setting: Setting = {}): Record<string, string> | undefined {
  const one = world(typeof texts === 'string' ? { '/1.sql': TABLE + texts } : texts, setting);
  const [index] = table(one, 't').indexes;
  assert.ok(index);
  const edits = writeIntent(intent(index), sql.write, one.context);
  const result = edits && after(one, edits);
  for (const [path, text] of Object.entries(result ?? {})) if (path.endsWith('.sql')) assert.deepEqual(sql.parse(path, text).problems, [], text);
  return result;
}

const here = (text: string, intent: (index: Index) => Intent): string | undefined => write(text, intent)?.['/1.sql']?.slice(TABLE.length);
const method = (to: 'btree' | 'gin') => (index: Index): Intent => ({ do: 'setMethod', index, method: to });
const parts = (...columns: string[]) => (index: Index): Intent => ({ do: 'setParts', index, columns });
const committed: Setting = { committed: ['/1.sql'], transaction: 'file' };

describe('sql: writing the shape of an index', () => {
  before(() => sql.prepare());

  it('writes, replaces and drops the method', () => {
    assert.equal(here('CREATE INDEX i ON t (tags);', method('gin')), 'CREATE INDEX i ON t USING gin (tags);');
    assert.equal(here('create index on public.t(tags)', method('gin')), 'create index on public.t using gin (tags)');
    assert.equal(here('CREATE INDEX i ON t USING hash (tags);', method('gin')), 'CREATE INDEX i ON t USING gin (tags);');
    assert.equal(here('CREATE INDEX i ON t USING HASH (by_id, at);', method('btree')), 'CREATE INDEX i ON t (by_id, at);');
  });

  it('drops the order that only a B-tree has', () => {
    assert.equal(here('CREATE INDEX i ON t (tags array_ops DESC NULLS LAST) WHERE at > now();', method('gin')), 'CREATE INDEX i ON t USING gin (tags array_ops) WHERE at > now();');
    assert.equal(here('CREATE INDEX i ON t USING hash (by_id DESC);', method('btree')), 'CREATE INDEX i ON t (by_id DESC);');
  });

  it('reorders columns with what they have, and puts others in front', () => {
    assert.equal(here('CREATE INDEX i ON t (at DESC, by_id) INCLUDE (id);', parts('by_id', 'at')), 'CREATE INDEX i ON t (by_id, at DESC) INCLUDE (id);');
    assert.equal(here('CREATE INDEX i ON t (\n  at DESC,\n  by_id\n);', parts('by_id', 'at')), 'CREATE INDEX i ON t (\n  by_id,\n  at DESC\n);');
    assert.equal(here('CREATE INDEX i ON t ("at");', parts('by_id', 'at')), 'CREATE INDEX i ON t ("by_id", "at");');
    assert.equal(here('CREATE INDEX i ON t (at, by_id);', parts('by_id')), undefined);
  });

  it('builds the new one and then drops the old one where history is fixed', () => {
    assert.deepEqual(write('CREATE INDEX i ON t (at DESC, by_id) INCLUDE (id) WHERE id > 0;', parts('by_id', 'at'), committed), {
      '/next/1_create_t_by_id_at_idx.sql': '-- outside\nCREATE INDEX CONCURRENTLY t_by_id_at_idx ON t (by_id, at DESC) INCLUDE (id) WHERE id > 0;\n',
      '/next/2_drop_i.sql': '-- outside\nDROP INDEX CONCURRENTLY i;\n',
    });
    assert.deepEqual(write('CREATE UNIQUE INDEX t_tags_idx ON t (tags DESC);', method('gin'), committed), {
      '/next/1_create_t_tags_idx1.sql': '-- outside\nCREATE UNIQUE INDEX CONCURRENTLY t_tags_idx1 ON t USING gin (tags);\n',
      '/next/2_drop_t_tags_idx.sql': '-- outside\nDROP INDEX CONCURRENTLY t_tags_idx;\n',
    });
    assert.deepEqual(write('CREATE INDEX i ON t (tags);', method('gin'), { committed: ['/1.sql'], runner: 'drizzle', transaction: 'all' }), {
      '/next/1_create_t_tags_idx.sql': '-- outside\nCOMMIT;\nCREATE INDEX CONCURRENTLY t_tags_idx ON t USING gin (tags);\n',
      '/next/2_drop_i.sql': '-- outside\nCOMMIT;\nDROP INDEX CONCURRENTLY i;\n',
    });
    assert.equal(write('CREATE INDEX i ON t (tags);', method('gin'), { committed: ['/1.sql'], runner: 'hasura', transaction: 'file' }), undefined);
  });

  it('numbers the migrations of one fix together', () => {
    const both = (index: Index): Intent => ({ do: 'all', intents: [parts('by_id', 'at')(index), { do: 'removeIndex', index: { ...index, name: 'j' } }] });
    assert.deepEqual(Object.keys(write('CREATE INDEX i ON t (at, by_id);', both, committed) ?? {}), ['/next/1_create_t_by_id_at_idx.sql', '/next/2_drop_i.sql', '/next/3_drop_j.sql']);
  });

  it('waits for a column that a later migration adds', () => {
    const texts = { '/1.sql': `${TABLE}CREATE INDEX i ON t (at);`, '/2.sql': 'ALTER TABLE t ADD c int;' };
    assert.deepEqual(write(texts, parts('c', 'at')), {
      '/next/1_create_t_c_at_idx.sql': '-- outside\nCREATE INDEX CONCURRENTLY t_c_at_idx ON t (c, at);\n',
      '/next/2_drop_i.sql': '-- outside\nDROP INDEX CONCURRENTLY i;\n',
    });
  });

  it('leaves the name alone that a later statement makes of the columns', () => {
    const text = 'CREATE INDEX ON t (at, by_id);\nALTER INDEX t_at_by_id_idx SET (fillfactor = 70);';
    assert.deepEqual(Object.keys(write(text, parts('by_id', 'at')) ?? {}), ['/next/1_create_t_by_id_at_idx.sql', '/next/2_drop_t_at_by_id_idx.sql']);
  });
});
