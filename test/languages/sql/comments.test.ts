// What comments on columns become in the model: those in the text, and COMMENT ON COLUMN.
import assert from 'node:assert/strict';
import { sql } from '../../../server/src/languages/sql';
import { world } from './support';

function comments(...texts: readonly string[]): Record<string, string | undefined> {
  const { schema } = world(Object.fromEntries(texts.map((text, at) => [`/${at}.sql`, text])));
  return Object.fromEntries(schema.tables.flatMap(({ name, columns }) => columns.map((column) => [`${name}.${column.name}`, column.comment])));
}

describe('sql: comments on columns', () => {
  before(() => sql.prepare());

  const text = `CREATE TABLE t ( -- about the table
  -- the number
  -- of the row
  id int PRIMARY KEY, -- never reused
  a text DEFAULT '-- no comment',
  b text /* one of: x, y */, c text,-- schema-bible-disable-line some-rule
  -- not about d

  d text
  , e text -- the last
);
ALTER TABLE t ADD COLUMN f text, -- added
  ADD COLUMN g text; -- about the statement`;
  const expected = { 't.id': 'the number\nof the row\nnever reused', 't.a': undefined, 't.b': 'one of: x, y', 't.c': undefined, 't.d': undefined, 't.e': 'the last', 't.f': 'added', 't.g': undefined };

  it('takes the lines right above and what stands behind', () => {
    assert.deepEqual(comments(text), expected);
    assert.deepEqual(comments(text.replace(/\n/g, '\r\n')), expected);
  });

  it('takes COMMENT ON COLUMN, the last one of all migrations', () => {
    const create = 'CREATE TABLE app.t (a text, b text /* old */);\nCOMMENT ON TABLE app.t IS \'whole\';';
    assert.deepEqual(comments(create, 'COMMENT ON COLUMN app.t.a IS \'first\';', 'COMMENT ON COLUMN app.t.a IS \'draft | published\';\nCOMMENT ON COLUMN app.t.b IS NULL;'), {
      't.a': 'draft | published',
      't.b': undefined,
    });
  });

  it('makes no table known by a comment', () => {
    assert.deepEqual(comments('COMMENT ON COLUMN missing.a IS \'x\'; COMMENT ON COLUMN a IS \'x\';'), {});
  });

  it('keeps the comment when the type changes', () => {
    assert.deepEqual(comments('CREATE TABLE t (a varchar(5) -- x | y\n);', 'ALTER TABLE t ALTER a TYPE text;'), { 't.a': 'x | y' });
  });
});
