// Names that are too long are found as they are written, and names change only where nobody depends on them.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { sql } from '../../../server/src/languages/sql';
import type { Setting, World } from './support';
import { after, world } from './support';

const LONG = 'a_name_that_goes_on_and_on_until_it_has_more_than_sixty_three_bytes';

function longNames(text: string): string[] {
  const one = world({ '/1.sql': text });
  return one.schema.migrations.flatMap(({ statements }) => statements.flatMap(({ longNames: names = [] }) => names.map(({ name, at }) => `${name} ${text.slice(at.start, at.end)}`)));
}

function renamed(files: Record<string, string>, setting: Setting = {}): string | undefined {
  const one: World = world(files, setting);
  const change = one.schema.migrations[0]?.statements.flatMap(({ changes }) => changes).find(({ verb }) => verb === 'addIndex');
  assert.ok(change?.verb === 'addIndex');
  const edits = writeIntent({ do: 'setIndexName', index: change.index, name: 'new' }, sql.write, one.context);
  return edits && after(one, edits)['/1.sql'];
}

describe('sql: long names', () => {
  before(() => sql.prepare());

  it('are told as they are written, with and without quotes', () => {
    const upper = LONG.toUpperCase();
    assert.deepEqual(longNames(`CREATE TABLE ${LONG} (id int);`), [`${LONG} ${LONG}`]);
    assert.deepEqual(longNames(`CREATE TABLE ${upper} ("${upper}" int);`), [`${LONG} ${upper}`, `${upper} "${upper}"`]);
    assert.deepEqual(longNames(`SELECT '${LONG}'; -- ${LONG}\nCREATE TABLE ${LONG.slice(0, 63)} (id int);`), []);
    assert.deepEqual(longNames(`CREATE TABLE "${'é'.repeat(32)}" (id int);`).length, 1);
  });
});

describe('sql: writing names', () => {
  before(() => sql.prepare());

  const TABLE = 'CREATE TABLE t (id int, n int);\n';

  it('an index is renamed in the style of its name', () => {
    assert.equal(renamed({ '/1.sql': `${TABLE}create index old on t (n);` }), `${TABLE}create index new on t (n);`);
    assert.equal(renamed({ '/1.sql': `${TABLE}CREATE INDEX "old" ON t (n);` }), `${TABLE}CREATE INDEX "new" ON t (n);`);
    assert.equal(renamed({ '/1.sql': `${TABLE}CREATE INDEX ${LONG} ON t (n);` }), `${TABLE}CREATE INDEX new ON t (n);`);
  });

  it('not where something later names it, nor where the main branch has it', () => {
    const text = `${TABLE}CREATE INDEX old ON t (n);`;
    assert.equal(renamed({ '/1.sql': `${text}\nCOMMENT ON INDEX old IS 'x';` }), undefined);
    assert.equal(renamed({ '/1.sql': text, '/2.sql': 'DROP INDEX old;' }), undefined);
    assert.equal(renamed({ '/1.sql': `${TABLE}CREATE INDEX ${LONG} ON t (n);`, '/2.sql': `DROP INDEX ${LONG};` }), undefined);
    assert.equal(renamed({ '/1.sql': text }, { committed: ['/1.sql'] }), undefined);
    assert.equal(renamed({ '/1.sql': `${TABLE}CREATE INDEX ON t (n);` }), undefined);
  });

  it('a column is renamed where it is written once', () => {
    const write = (text: string): string | undefined => {
      const one = world({ '/1.sql': text });
      const column = one.schema.tables[0]?.columns.find(({ dbName }) => dbName === 'subTitle');
      assert.ok(column);
      const edits = writeIntent({ do: 'setDatabaseName', of: column, name: 'sub_title' }, sql.write, one.context);
      return edits && after(one, edits)['/1.sql'];
    };
    assert.equal(write('CREATE TABLE t (id int, "subTitle" text);'), 'CREATE TABLE t (id int, "sub_title" text);');
    assert.equal(write(`CREATE TABLE t (id int, "subTitle" text, CHECK ("subTitle" <> ''));`), undefined);
    assert.equal(write('CREATE TABLE t (id int, "subTitle" text); CREATE INDEX ON t ("subTitle");'), undefined);
  });
});
