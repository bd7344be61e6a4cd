// Enums, CHECKs and junction tables written into migrations; PostgreSQL's parser judges each result.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { sql } from '../../../server/src/languages/sql';
import type { Intent } from '../../../server/src/model/intents';
import { after, column, table, world, type Setting, type World } from './support';

type Texts = Readonly<Record<string, string>>;

function write(texts: Texts, intent: (one: World) => Intent, setting: Setting & { readonly literals?: readonly string[] } = {}): Record<string, string> | undefined {
  const one = world(texts, setting);
  const edits = writeIntent(intent(one), sql.write, { ...one.context, literals: () => setting.literals ?? [] });
  if (!edits) return undefined;
  const made = after(one, edits);
  for (const [path, text] of Object.entries(made)) assert.deepEqual(sql.parse(path, text).problems, [], text);
  return made;
}

const status = (values: readonly string[], of = 't') => (one: World): Intent => ({ do: 'useEnum', columns: [column(one, of, 'status')], values });
const check = (values: readonly string[]) => (one: World): Intent => ({ do: 'addCheck', column: column(one, 't', 'status'), values });
const junction = (one: World): Intent => ({ do: 'useJunction', column: column(one, 'posts', 'tag_ids'), target: table(one, 'tags') });

const PLAIN = 'CREATE TABLE t (id int PRIMARY KEY, status text);';

describe('sql: writing enums', () => {
  before(() => sql.prepare());

  it('creates the type before the statement and what is said about it', () => {
    assert.equal(
      write({ '/1.sql': "SELECT 1; -- one\n\n-- the table\n-- of things\ncreate table t (id int primary key, status varchar(9) not null default 'a');\n" }, status(['a', "it's"]))?.['/1.sql'],
      "SELECT 1; -- one\n\ncreate type t_status as enum ('a', 'it''s');\n\n-- the table\n-- of things\ncreate table t (id int primary key, status t_status not null default 'a');\n",
    );
  });

  it('keeps headings and marks of the runner', () => {
    assert.equal(
      write({ '/1.sql': '-- CreateTable\nCREATE TABLE "t" ("status" TEXT NOT NULL);\n' }, status(['a', 'b']))?.['/1.sql'],
      '-- CreateEnum\nCREATE TYPE "t_status" AS ENUM (\'a\', \'b\');\n\n-- CreateTable\nCREATE TABLE "t" ("status" "t_status" NOT NULL);\n',
    );
    assert.equal(
      write({ '/1.sql': 'CREATE TABLE x (a int);\n--> statement-breakpoint\nCREATE TABLE t (status text);\n' }, status(['a', 'b']), { runner: 'drizzle' })?.['/1.sql'],
      "CREATE TABLE x (a int);\n--> statement-breakpoint\nCREATE TYPE t_status AS ENUM ('a', 'b');--> statement-breakpoint\nCREATE TABLE t (status t_status);\n",
    );
    assert.equal(
      write({ '/1.sql': 'SELECT 1;\r\n-- t\r\nCREATE TABLE t (status text);\r\n' }, status(['a', 'b']))?.['/1.sql'],
      "SELECT 1;\r\nCREATE TYPE t_status AS ENUM ('a', 'b');\r\n\r\n-- t\r\nCREATE TABLE t (status t_status);\r\n",
    );
  });

  it('serves a column that a new migration adds', () => {
    assert.equal(
      write({ '/1.sql': 'CREATE TABLE t (id int PRIMARY KEY);', '/2.sql': "ALTER TABLE t ADD COLUMN status text DEFAULT 'a'::text;" }, status(['a', 'b']), { committed: ['/1.sql'] })?.['/2.sql'],
      "CREATE TYPE t_status AS ENUM ('a', 'b');\n\nALTER TABLE t ADD COLUMN status t_status DEFAULT 'a';",
    );
  });

  it('joins what migrations and code write', () => {
    const texts = { '/1.sql': PLAIN, '/2.sql': "UPDATE t SET status = 'b' WHERE status <> 'c';\nUPDATE other SET status = 'y';" };
    assert.match(write(texts, status(['a']), { literals: ['d', 'a'] })?.['/1.sql'] ?? '', /AS ENUM \('a', 'b', 'c', 'd'\);/);
  });

  it('takes a type that is there before, and a free name else', () => {
    const before = "CREATE TYPE any_status AS ENUM ('b', 'a');\n";
    assert.equal(write({ '/1.sql': before + PLAIN }, status(['a', 'b']))?.['/1.sql'], `${before}CREATE TABLE t (id int PRIMARY KEY, status any_status);`);
    assert.match(write({ '/1.sql': `${PLAIN}\n${before}` }, status(['a', 'b']))?.['/1.sql'] ?? '', /^CREATE TYPE t_status AS/);
    assert.match(write({ '/1.sql': `CREATE TABLE t_status (id int);\n${PLAIN}` }, status(['a', 'b']))?.['/1.sql'] ?? '', /CREATE TYPE t_status2 AS/);
  });

  it('is none in history, for a type that was given later, or where a function takes the text', () => {
    assert.equal(write({ '/1.sql': PLAIN }, status(['a', 'b']), { committed: ['/1.sql'] }), undefined);
    assert.equal(write({ '/1.sql': 'CREATE TABLE t (status varchar(5));', '/2.sql': 'ALTER TABLE t ALTER status TYPE text;' }, status(['a', 'b'])), undefined);
    assert.equal(write({ '/1.sql': `${PLAIN}\nCREATE INDEX ON t (lower(status));` }, status(['a', 'b'])), undefined);
    assert.equal(write({ '/1.sql': PLAIN }, status(['a'])), undefined);
  });
});

describe('sql: writing CHECKs of values', () => {
  before(() => sql.prepare());

  it('stands behind the column, in its case and quotes', () => {
    assert.equal(write({ '/1.sql': PLAIN }, check(["it's", 'b']))?.['/1.sql'], "CREATE TABLE t (id int PRIMARY KEY, status text CHECK (status IN ('it''s', 'b')));");
    assert.equal(write({ '/1.sql': 'create table t ("status" text not null);' }, check(['a', 'b']))?.['/1.sql'], "create table t (\"status\" text not null check (\"status\" in ('a', 'b')));");
    assert.equal(write({ '/1.sql': PLAIN }, check(['a', 'b']), { committed: ['/1.sql'] }), undefined);
  });
});

describe('sql: writing junction tables', () => {
  before(() => sql.prepare());

  const TAGS = 'CREATE TABLE tags (id uuid PRIMARY KEY);\n';

  it('stands behind the later of the two tables, whichever file that is', () => {
    const made = write({ '/1.sql': 'CREATE TABLE posts (\n  id serial PRIMARY KEY, -- the number\n  tag_ids uuid[] -- the tags\n);\n', '/2.sql': TAGS }, junction);
    assert.equal(made?.['/1.sql'], 'CREATE TABLE posts (\n  id serial PRIMARY KEY -- the number\n);\n');
    assert.match(made?.['/2.sql'] ?? '', /^CREATE TABLE tags \(id uuid PRIMARY KEY\);\nCREATE TABLE post_tags \(\n {2}post_id integer NOT NULL REFERENCES posts \(id\) ON DELETE CASCADE,\n/);
  });

  it('is none in history, or where an index or a key holds more', () => {
    const posts = 'CREATE TABLE posts (id uuid PRIMARY KEY, tag_ids uuid[]);\n';
    assert.notEqual(write({ '/1.sql': TAGS + posts }, junction), undefined);
    assert.equal(write({ '/1.sql': TAGS, '/2.sql': posts }, junction, { committed: ['/1.sql', '/2.sql'] }), undefined);
    assert.equal(write({ '/1.sql': `${TAGS}${posts}CREATE INDEX ON posts (id, tag_ids);` }, junction), undefined);
    assert.equal(write({ '/1.sql': `CREATE TABLE tags (a int, b int, PRIMARY KEY (a, b));\n${posts}` }, junction), undefined);
    assert.equal(write({ '/1.sql': `${TAGS}CREATE TABLE posts (id uuid PRIMARY KEY);\nALTER TABLE posts ADD tag_ids uuid[];` }, junction), undefined);
  });
});
