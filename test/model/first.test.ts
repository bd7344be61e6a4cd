// Which column of a kind is named first in its file.
import assert from 'node:assert/strict';
import { noFacts } from '../../server/src/model/facts';
import { isFirstInFile } from '../../server/src/model/first';
import type { Column } from '../../server/src/model/nodes';
import { sql } from '../../server/src/languages/sql';

const isJson = ({ type }: Column): boolean => type.family === 'json';
const isText = ({ type }: Column): boolean => type.family === 'text';

describe('the first in a file', () => {
  before(() => sql.prepare());

  it('is one of each kind and file, in tables that are linted', () => {
    const files = [
      sql.parse('1.sql', 'CREATE TEMPORARY TABLE t (z json); CREATE TABLE a (n text, x json, y json); CREATE TABLE b (x json);'),
      sql.parse('2.sql', 'CREATE TABLE c (x json); CREATE TABLE d (x json, n text);'),
    ];
    const schema = sql.lower(files, { facts: noFacts });
    const firsts = (kind: (column: Column) => boolean): string[] =>
      schema.tables.flatMap(({ columns }) => columns).filter((column) => isFirstInFile(column, schema, kind)).map(({ table, dbName }) => `${table.dbName}.${dbName}`);
    assert.deepEqual(firsts(isJson).sort(), ['a.x', 'c.x']);
    assert.deepEqual(firsts(isText).sort(), ['a.n', 'd.n']);
  });
});
