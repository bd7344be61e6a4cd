// Which values a column is known to hold, and which CHECKs hold it to them.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { noFacts } from '../../server/src/model/facts';
import { isHeldToValues, knownValues, listedValues, literalsOf } from '../../server/src/model/fixed-values';
import type { Column } from '../../server/src/model/nodes';

function column(definition: string): Column {
  const [table] = sql.lower([sql.parse('a.sql', `CREATE TABLE posts (id int PRIMARY KEY, ${definition});`)], { facts: noFacts }).tables;
  const found = table?.columns.find(({ name }) => name === 'status');
  assert.ok(found);
  return found;
}

describe('values listed in a comment', () => {
  it('stand between bars, in quotes or behind an introduction', () => {
    const lists: Readonly<Record<string, readonly string[]>> = {
      'draft | published | archived': ['draft', 'published', 'archived'],
      'Phase 2 build/deploy lifecycle (approved requests): building|deploying|live|failed': ['building', 'deploying', 'live', 'failed'],
      "'active', 'disabled', or 'completed'": ['active', 'disabled', 'completed'],
      "'admin' or 'member' - team-level permissions only": ['admin', 'member'],
      '"onsite" | "in progress"': ['onsite', 'in progress'],
      '`a`,\n`b`': ['a', 'b'],
      'one of: a, b': ['a', 'b'],
      'Possible values: OPEN, CLOSED.': ['OPEN', 'CLOSED'],
      'pending, approved, rejected': ['pending', 'approved', 'rejected'],
      'Where it stands (new/open/closed)': ['new', 'open', 'closed'],
    };
    for (const [comment, values] of Object.entries(lists)) assert.deepEqual(listedValues(comment), values, comment);
  });

  it('of two words count where the default is one of them', () => {
    assert.deepEqual(listedValues('draft, published', 'draft'), ['draft', 'published']);
    assert.deepEqual(listedValues('draft, published'), []);
    assert.deepEqual(listedValues('draft, published', 'open'), []);
  });

  it('are none where the comment says that there are more, or something else', () => {
    const comments = [
      'which types the server can be asked for', "'PAGE_VIEW', 'EVENT', etc.", "e.g. 'a', 'b'", 'such as draft | published', "'text', future: 'date', 'number'", "Don't set it by hand", "a user's or an admin's",
      "'a' means active, 'b' blocked", 'what the plan costs', 'see the docs, the code and the tests', 'a | b or c | d', '', 'set by the job, never by hand',
    ]; // prettier-ignore
    for (const comment of comments) assert.deepEqual(listedValues(comment), [], comment);
  });
});

describe('values of a column', () => {
  before(() => sql.prepare());

  it('are those of its comment, with the default', () => {
    assert.deepEqual(knownValues(column("status text DEFAULT 'draft' -- draft | published\n")), ['draft', 'published']);
    assert.deepEqual(knownValues(column("status text DEFAULT 'new' -- draft | published\n")), ['new', 'draft', 'published']);
    assert.deepEqual(knownValues(column("status text DEFAULT 'draft'")), ['draft']);
  });

  it('are none where the default is no word', () => {
    for (const value of ["''", "'0'", "'{}'", "'https://example.org'", "'a/b'", 'now()', 'NULL', "'A sentence, with a comma'"]) {
      assert.deepEqual(knownValues(column(`status text DEFAULT ${value}`)), [], value);
    }
  });

  it('are those that a condition compares it with, in any language', () => {
    const conditions = [
      "status = 'a'", "(status)::text <> 'a'", "NOT x AND \"status\" IN ('a')", "posts.status in ( 'a' )", "sql`${table.status} = 'a'`", "eq(table.status, 'a')",
      "inArray(t.status, ['a'])", '{ status: "a" }', "raw(\"status = 'a'\")",
    ]; // prettier-ignore
    for (const condition of conditions) assert.deepEqual(literalsOf(condition, ['status']), ['a'], condition);
    assert.deepEqual(literalsOf("status in ('a', 'b') and kind = 'c'", ['status']), ['a', 'b']);
    assert.deepEqual(literalsOf("substatus = 'a' OR status_id = 'b' OR status IS NULL", ['status']), []);
  });

  it('are held by a CHECK', () => {
    const checks = [
      "CHECK (status IN ('a', 'b'))", "CHECK (status = 'a' OR status = 'b')", "CHECK (status = ANY (ARRAY['a'::text, 'b'::text]))",
      "CHECK (status ~ '^(a|b)$')", "CHECK (\"status\" LIKE 'a%')", "CHECK (char_length(status) < 9 AND posts.status IN ('a'))",
    ]; // prettier-ignore
    for (const check of checks) assert.equal(isHeldToValues(column(`status text ${check}`)), true, check);
  });

  it('are not held by a CHECK of their length or of another column', () => {
    const checks = ["CHECK (char_length(status) <= 20)", "CHECK (status <> '')", "CHECK (substatus IN ('a', 'b'))", "CHECK (length(status) > 0 AND other IN ('a'))"];
    for (const check of checks) assert.equal(isHeldToValues(column(`status text, other text, substatus text, ${check}`)), false, check);
  });
});
