// Where SQL names a table or a column of it, and where it may mean another one.
import assert from 'node:assert/strict';
import { namedInSql } from '../../server/src/model/sql-names';

const known = new Set(['users', 'posts', 'User']);
const found = (text: string, table: string, column?: string): string[] =>
  namedInSql(text, { name: table }, column, (name) => known.has(name)).map(({ start, end }) => `${text.slice(start, end)}@${start}`);

describe('names in SQL', () => {
  const columns: readonly (readonly [string, number])[] = [
    ['SELECT id, fax FROM users', 1],
    ['SELECT u.fax FROM users u', 1],
    ['SELECT u.fax FROM users AS u JOIN posts p ON p.user_id = u.id WHERE fax = 1', 1],
    ['INSERT INTO users (id, fax) VALUES ($1, $2) ON CONFLICT (fax) DO UPDATE SET fax = excluded.fax RETURNING fax', 4],
    ['UPDATE users SET fax = NULL WHERE "fax" <> \'fax\'', 2],
    ['DELETE FROM public.users WHERE fax IS NULL', 1],
    ['SELECT count(*) AS fax FROM users', 0],
    ['SELECT count(*) fax FROM users', 0],
    ['SELECT fax(id) FROM users', 0],
    ['SELECT fax FROM posts', 0],
    ['SELECT p.fax FROM users u JOIN posts p ON p.user_id = u.id', 0],
    ['SELECT fax FROM users u JOIN posts p ON p.user_id = u.id', 0],
    ['SELECT u.fax FROM users u JOIN elsewhere e ON e.id = u.id', 0],
    ['WITH some AS (SELECT id FROM users) SELECT users.fax FROM users JOIN some ON some.id = users.id', 1],
    ['SELECT "Fax" FROM users', 0],
    ['SELECT fax FROM users WHERE a IS NOT DISTINCT FROM b FOR UPDATE', 1],
    ['SELECT x.fax FROM (SELECT * FROM users) x', 0],
    ['SELECT fax FROM $1', 0],
    ['SELECT', 0],
  ];
  for (const [text, count] of columns) it(text, () => assert.equal(found(text, 'users', 'fax').length, count));

  it('are places in the text', () => {
    assert.deepEqual(found('SELECT fax FROM users', 'users', 'fax'), ['fax@7']);
    assert.deepEqual(found('SELECT 1 FROM posts, "User" u', 'User'), ['"User"@21']);
    assert.deepEqual(found('TRUNCATE TABLE posts, users', 'users'), ['users@22']);
    assert.deepEqual(found('SELECT user FROM posts', 'users'), []);
  });
});
