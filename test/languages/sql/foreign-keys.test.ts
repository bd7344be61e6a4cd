// Foreign keys that fixes write, and columns that they let take NULL: in the table while it is new, else as migrations.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { sql } from '../../../server/src/languages/sql';
import type { Intent } from '../../../server/src/model/intents';
import { after, column, print, table, world, type Setting } from './support';

type Texts = Readonly<Record<string, string>>;

function write(texts: Texts, setting: Setting, choose: (one: ReturnType<typeof world>) => Intent): Record<string, string> | undefined {
  const one = world(texts, setting);
  const edits = writeIntent(choose(one), sql.write, one.context);
  const written = edits && after(one, edits);
  for (const [path, text] of Object.entries(written ?? {})) assert.deepEqual(sql.parse(path, text).problems, [], text);
  return written;
}

const key = (of: string, name: string, target: string, index = true) => (one: ReturnType<typeof world>): Intent => ({
  do: 'addForeignKey',
  table: table(one, of),
  columns: [name],
  target: table(one, target),
  targetColumns: ['id'],
  onDelete: 'cascade',
  ...(index && { index: [name] }),
});

const nullable = (of: string, name: string) => (one: ReturnType<typeof world>): Intent => ({ do: 'setNullable', column: column(one, of, name) });

describe('sql: writing foreign keys', () => {
  before(() => sql.prepare());

  const USERS = 'CREATE TABLE users (id int PRIMARY KEY);\n';

  it('stands in the column of a new table, its index behind', () => {
    const written = write({ '/1.sql': `${USERS}create table posts (\n  id int primary key,\n  user_id int not null, -- who\n  "Title" text\n);` }, {}, key('posts', 'user_id', 'users'));
    assert.deepEqual(written, {
      '/1.sql': `${USERS}create table posts (\n  id int primary key,\n  user_id int not null references "users" ("id") on delete cascade, -- who\n  "Title" text\n);\ncreate index "posts_user_id_idx" on "posts" ("user_id");`,
    });
  });

  it('follows the later of two tables, and refers to a table itself', () => {
    assert.match(write({ '/1.sql': `CREATE TABLE posts (user_id int);\n${USERS}` }, {}, key('posts', 'user_id', 'users', false))?.['/1.sql'] ?? '', /users \(id int PRIMARY KEY\);\nALTER TABLE posts ADD CONSTRAINT posts_user_id_fkey FOREIGN KEY \(user_id\) REFERENCES users \(id\) ON DELETE CASCADE;/);
    assert.match(write({ '/1.sql': 'CREATE TABLE nodes (id int PRIMARY KEY, parent_id int);' }, {}, key('nodes', 'parent_id', 'nodes', false))?.['/1.sql'] ?? '', /parent_id int REFERENCES nodes \(id\) ON DELETE CASCADE\)/);
  });

  it('comes in steps where the table is history', () => {
    const texts = { '/1.sql': `${USERS}CREATE TABLE app.posts (id int PRIMARY KEY, user_id int);` };
    assert.deepEqual(write(texts, { committed: ['/1.sql'] }, key('posts', 'user_id', 'users')), {
      '/next/1_index_posts_user_id.sql': '-- outside\nCREATE INDEX CONCURRENTLY posts_user_id_idx ON app.posts (user_id);\n',
      '/next/2_add_posts_user_id_fkey.sql': 'ALTER TABLE app.posts ADD CONSTRAINT posts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;\n',
      '/next/3_validate_posts_user_id_fkey.sql':
        '-- Fails while rows refer to none: SELECT * FROM app.posts WHERE user_id IS NOT NULL AND NOT EXISTS (SELECT FROM users t WHERE t.id = app.posts.user_id)\n' +
        'ALTER TABLE app.posts VALIDATE CONSTRAINT posts_user_id_fkey;\n',
    });
  });

  it('leaves a transaction that goes round all files, and one that nothing leaves without CONCURRENTLY', () => {
    const texts = { '/1.sql': `${USERS}CREATE TABLE posts (id int PRIMARY KEY, user_id int);` };
    const drizzle = write(texts, { committed: ['/1.sql'], runner: 'drizzle', transaction: 'all' }, key('posts', 'user_id', 'users')) ?? {};
    assert.match(drizzle['/next/1_index_posts_user_id.sql'] ?? '', /^-- outside\nCOMMIT;\nCREATE INDEX CONCURRENTLY/);
    const alone = write(texts, { committed: ['/1.sql'], runner: 'drizzle', transaction: 'all' }, key('posts', 'user_id', 'users', false)) ?? {};
    assert.match(alone['/next/2_validate_posts_user_id_fkey.sql'] ?? '', /^COMMIT;\n/);
    const hasura = write(texts, { committed: ['/1.sql'], runner: 'hasura', transaction: 'file' }, key('posts', 'user_id', 'users')) ?? {};
    assert.deepEqual(Object.keys(hasura), ['/next/1_add_posts_user_id_fkey.sql', '/next/2_validate_posts_user_id_fkey.sql']);
  });

  it('keeps away from a definition that a later statement has overtaken', () => {
    const renamed = { '/1.sql': `${USERS}CREATE TABLE posts (id int PRIMARY KEY, owner int);\nALTER TABLE posts RENAME owner TO user_id;` };
    assert.match(write(renamed, {}, key('posts', 'user_id', 'users', false))?.['/1.sql'] ?? '', /owner int\);\nALTER TABLE posts RENAME owner TO user_id;\nALTER TABLE posts ADD CONSTRAINT/);
  });
});

describe('sql: writing columns that take NULL', () => {
  before(() => sql.prepare());

  it('takes NOT NULL out of a new definition, with its name', () => {
    assert.deepEqual(write({ '/1.sql': 'CREATE TABLE t (a int NOT NULL DEFAULT 1, b text CONSTRAINT b_set NOT NULL);' }, {}, nullable('t', 'a')), {
      '/1.sql': 'CREATE TABLE t (a int DEFAULT 1, b text CONSTRAINT b_set NOT NULL);',
    });
    assert.deepEqual(write({ '/1.sql': 'CREATE TABLE t (a int, b text CONSTRAINT b_set NOT NULL);' }, {}, nullable('t', 'b')), { '/1.sql': 'CREATE TABLE t (a int, b text);' });
  });

  it('drops it in a next migration where it is history, or comes from another statement', () => {
    const next = { '/next/1_t_a_nullable.sql': 'ALTER TABLE t ALTER COLUMN a DROP NOT NULL;\n' };
    assert.deepEqual(write({ '/1.sql': 'CREATE TABLE t (a int NOT NULL);' }, { committed: ['/1.sql'] }, nullable('t', 'a')), next);
    assert.deepEqual(write({ '/1.sql': 'CREATE TABLE t (a int);\nALTER TABLE t ALTER a SET NOT NULL;' }, {}, nullable('t', 'a')), next);
    assert.deepEqual(write({ '/1.sql': 'CREATE TABLE t (a int NOT NULL);\nALTER TABLE t ALTER a SET NOT NULL;' }, {}, nullable('t', 'a')), next);
    assert.equal(write({ '/1.sql': 'CREATE TABLE t (a serial);' }, {}, nullable('t', 'a')), undefined);
  });
});

describe('sql: the columns of a delete rule', () => {
  before(() => sql.prepare());

  it('are read where only some are set, under the names that they have in the end', () => {
    const { schema } = world({
      '/1.sql': 'CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));\nCREATE TABLE b (p int, q int, FOREIGN KEY (p, q) REFERENCES a (x, y) ON DELETE SET NULL (q));\nALTER TABLE b RENAME q TO r;',
    });
    const [foreignKey] = schema.tables[1]?.foreignKeys ?? [];
    assert.deepEqual(foreignKey?.onDelete?.columns, ['r'], print(schema));
  });
});
