// What a change knows of the history before it: its table as it was, other tables' lives, the transaction it shares.
import assert from 'node:assert/strict';
import type { Change } from '../../../server/src/model/changes';
import { sql } from '../../../server/src/languages/sql';
import { world, type Setting } from './support';

describe('sql: the moment before a change', () => {
  before(() => sql.prepare());

  const changesOf = (texts: Readonly<Record<string, string>>, setting?: Setting): readonly Change[] =>
    world(texts, setting).schema.migrations.flatMap(({ statements }) => statements.flatMap(({ changes }) => changes));

  const last = (texts: Readonly<Record<string, string>>): Change => {
    const change = changesOf(texts).at(-1);
    assert.ok(change);
    return change;
  };

  const HISTORY = {
    '/1.sql': "CREATE TYPE mood AS ENUM ('a');\nCREATE TABLE users (id int PRIMARY KEY, name varchar(50), m mood);",
    '/2.sql': 'ALTER TABLE users ALTER name TYPE varchar(100);\nALTER TABLE users ALTER name SET NOT NULL;',
  };

  it('holds the columns as they were, whatever comes later', () => {
    const changes = changesOf({ ...HISTORY, '/3.sql': 'ALTER TABLE users DROP COLUMN name;' });
    const told = changes.flatMap(({ verb, before }) => (before ? [`${verb}: ${before.columns.map(({ name, type, nullable }) => `${name} ${type.raw}${nullable ? '' : '!'}`).join(', ')}`] : []));
    assert.deepEqual(told, [
      'setType: id int!, name varchar(50), m mood',
      'setNotNull: id int!, name varchar(100), m mood',
      'dropColumn: id int!, name varchar(100)!, m mood',
    ]);
  });

  it('knows enums for what they are', () => {
    assert.equal(last(HISTORY).before?.columns.at(-1)?.type.family, 'enum');
  });

  it('knows whether constraints were validated', () => {
    const change = last({ ...HISTORY, '/3.sql': 'ALTER TABLE users ADD CONSTRAINT c CHECK (id > 0) NOT VALID;', '/4.sql': 'ALTER TABLE users VALIDATE CONSTRAINT c;\nALTER TABLE users DROP CONSTRAINT c;' });
    assert.deepEqual(change.before?.checks.map(({ name, validated }) => [name, validated]), [['c', true]]);
  });

  it('takes a column for nullable until its NOT NULL is validated', () => {
    const added = { ...HISTORY, '/2.sql': 'ALTER TABLE users ADD CONSTRAINT n NOT NULL name NOT VALID;', '/3.sql': 'ALTER TABLE users VALIDATE CONSTRAINT n;' };
    assert.equal(last(added).before?.columns[1]?.nullable, true);
    assert.equal(last({ ...added, '/4.sql': 'ALTER TABLE users DROP COLUMN name;' }).before?.columns[1]?.nullable, false);
  });

  it('tells how long the other tables have lived', () => {
    const fresh = { ...HISTORY, '/3.sql': 'CREATE TABLE teams (id int PRIMARY KEY);\nALTER TABLE users ADD FOREIGN KEY (id) REFERENCES teams;' };
    assert.deepEqual(last(fresh).others, [{ name: { name: 'teams' }, lifetime: 'added' }]);
    const old = { ...HISTORY, '/3.sql': 'CREATE TABLE posts (author int REFERENCES users);' };
    assert.deepEqual(last(old).others, [{ name: { name: 'users' }, lifetime: 'existing' }]);
    assert.deepEqual(last({ ...old, '/4.sql': 'ALTER TABLE posts DROP CONSTRAINT posts_author_fkey;' }).others, [{ name: { name: 'users' }, lifetime: 'existing' }]);
  });

  it('is another one once the history before it is', () => {
    const texts = { ...HISTORY, '/3.sql': 'ALTER TABLE users DROP COLUMN name;' };
    const files = Object.entries(texts).map(([path, text]) => sql.parse(path, text));
    const around = { facts: { dependencies: new Set<string>(), hasMigrations: true } };
    const first = sql.lower(files, around).migrations[2];
    assert.equal(sql.lower([...files], around).migrations[2], first);
    const edited = files.map((file, at) => (at === 1 ? sql.parse('/2.sql', 'ALTER TABLE users ALTER name TYPE text;', file) : file));
    const second = sql.lower(edited, around).migrations[2];
    assert.equal(second?.statements[0]?.changes[0]?.before?.columns[1]?.type.raw, 'text');
    assert.equal(first?.statements[0]?.changes[0]?.before?.columns[1]?.type.raw, 'varchar(100)');
  });

  it('numbers the transactions of a file', () => {
    const numbers = (text: string, setting?: Setting): readonly (number | undefined)[] =>
      world({ '/1.sql': text }, setting).schema.migrations.flatMap(({ statements }) => statements.map(({ transaction }) => transaction));
    assert.deepEqual(numbers('SELECT 1; SELECT 2;'), [undefined, undefined]);
    assert.deepEqual(new Set(numbers('SELECT 1; SELECT 2;', { transaction: 'file' })).size, 1);
    const [before, begin, one, commit, out, again, two] = numbers('SELECT 0; BEGIN; SELECT 1; COMMIT; SELECT 2; BEGIN; SELECT 3; COMMIT;');
    assert.equal(before, undefined);
    assert.equal(begin, undefined);
    assert.equal(one, commit);
    assert.equal(out, undefined);
    assert.equal(again, undefined);
    assert.ok(one !== undefined && two !== undefined && one !== two);
  });
});
