// A replay that goes on from a checkpoint gives what a replay from the start gives.
import assert from 'node:assert/strict';
import { sql, type SqlParsed } from '../../../server/src/languages/sql';
import { noFacts } from '../../../server/src/model/facts';
import { print, printChanges } from './support';

describe('sql: replaying again', () => {
  before(() => sql.prepare());

  const texts = [
    'CREATE TYPE mood AS ENUM (\'a\');\nCREATE TABLE users (id int PRIMARY KEY, m mood);\nCREATE TABLE parts (id int) PARTITION BY RANGE (id);',
    'CREATE TABLE posts (id serial PRIMARY KEY, author int REFERENCES users, UNIQUE (author));\nCREATE TABLE p1 PARTITION OF parts FOR VALUES FROM (1) TO (2);',
    'ALTER TABLE users RENAME TO people;\nCREATE INDEX i ON posts (author);\nALTER TYPE mood ADD VALUE \'b\';\nALTER TABLE parts ADD x int;',
    'DROP INDEX i;\nALTER TABLE people RENAME id TO key;\nALTER TABLE posts ADD n text;\nCREATE TEMP TABLE t (id int);',
    'ALTER TABLE posts ALTER n TYPE varchar(5);\nDROP TABLE people CASCADE;',
  ];
  const variants = ['', 'ALTER TABLE posts ADD extra int;', 'DROP TABLE IF EXISTS posts CASCADE;', 'ALTER TYPE mood RENAME TO state;', 'CREATE TABLE late (m mood);'];

  const read = (position: number, text: string, previous?: SqlParsed): SqlParsed => sql.parse(`/${position}.sql`, text, previous);

  it('gives the same schema and changes after any edit of any file', () => {
    let files = texts.map((text, i) => read(i, text));
    sql.lower(files, { facts: noFacts });
    for (let round = 0; round < 3; round++) {
      for (const [position, text] of texts.entries()) {
        for (const variant of variants) {
          const changed = `${text}\n${variant}`;
          files = files.map((file, i) => (i === position ? read(i, changed, file) : file));
          const schema = sql.lower(files, { facts: noFacts });
          const fresh = sql.lower(files.map((file, i) => read(i, file.text)), { facts: noFacts });
          assert.equal(print(schema), print(fresh), `${position}: ${variant}`);
          assert.equal(printChanges(schema), printChanges(fresh), `${position}: ${variant}`);
        }
      }
    }
  });

  it('keeps the migrations before the edit, and the tables that it doesn\'t touch', () => {
    const files = texts.map((text, i) => read(i, text));
    const before = sql.lower(files, { facts: noFacts });
    const edited = [...files.slice(0, 4), read(4, `${texts[4] ?? ''}\nSELECT 1;`, files[4])];
    const schema = sql.lower(edited, { facts: noFacts });
    assert.deepEqual(schema.migrations.map((migration, i) => migration === before.migrations[i]), [true, true, true, true, false]);
    assert.deepEqual(schema.tables, before.tables);
    for (const [i, table] of schema.tables.entries()) assert.equal(table, before.tables[i]);
  });

  it('notices a file that goes, comes or changes places', () => {
    const files = texts.map((text, i) => read(i, text));
    for (const list of [files, files.slice(0, 3), files.slice(0, 4), [...files.slice(0, 3), ...files.slice(4)], files]) {
      const fresh = list.map((file) => sql.parse(file.path, file.text));
      assert.equal(print(sql.lower(list, { facts: noFacts })), print(sql.lower(fresh, { facts: noFacts })));
    }
  });
});
