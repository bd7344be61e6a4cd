// Which values an enum has to allow, and when there can be none.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { joinComment } from '../../server/src/model/column-comment';
import { allowedFor, freeName, sameValues } from '../../server/src/model/enum-values';
import { noFacts } from '../../server/src/model/facts';
import type { Column } from '../../server/src/model/nodes';

function columns(definitions: string): readonly Column[] {
  return sql.lower([sql.parse('a.sql', `CREATE TABLE t (${definitions});`)], { facts: noFacts }).tables[0]?.columns ?? [];
}

describe('values of an enum', () => {
  before(() => sql.prepare());

  it('are those that are known and those that code uses, each once', () => {
    const found = allowedFor(columns('a text, b text'), ['x', 'y'], { literals: ({ name }) => [name, 'y'] });
    assert.deepEqual(found, ['x', 'y', 'a', 'b']);
    assert.deepEqual(allowedFor(columns('a text'), ['x', 'y'], {}), ['x', 'y']);
  });

  it('are not known where code writes what it does not spell out, and the schema lists none', () => {
    const code = { literals: () => ['y', 'z'], writesOthers: ({ name }: Column) => name === 'b' };
    assert.equal(allowedFor(columns('a text, b text'), ['x'], code), undefined);
    assert.deepEqual(allowedFor(columns('a text'), ['x'], code), ['x', 'y', 'z']);
    assert.deepEqual(allowedFor(columns('a text, b text'), ['x', 'w'], code), ['x', 'w', 'y', 'z']);
  });

  it('must hold what a row gets by default', () => {
    assert.deepEqual(allowedFor(columns("a text DEFAULT 'x', b text DEFAULT NULL"), ['x', 'y'], {}), ['x', 'y']);
    for (const value of ["'z'", "''", 'lower(x)', '1']) assert.equal(allowedFor(columns(`a text DEFAULT ${value}`), ['x', 'y'], {}), undefined, value);
  });

  it('are neither one nor without end, nor what no label can be', () => {
    const many = Array.from({ length: 61 }, (_, at) => `v${at}`);
    for (const values of [[], ['x'], ['x', ' '], ['x', 'a\nb'], ['x', 'é'.repeat(32)], many]) assert.equal(allowedFor(columns('a text'), values, {}), undefined);
  });

  it('are compared in whatever order', () => {
    assert.equal(sameValues(['a', 'b'], ['b', 'a']), true);
    assert.equal(sameValues(['a', 'b'], ['a']), false);
  });
});

describe('free names', () => {
  it('get a number where the plain one is taken', () => {
    const taken = new Set(['a', 'a2', 'v1']);
    assert.equal(freeName('b', (name) => taken.has(name)), 'b');
    assert.equal(freeName('a', (name) => taken.has(name)), 'a3');
    assert.equal(freeName('v1', (name) => taken.has(name)), 'v1_2');
  });
});

describe('comments on columns', () => {
  it('are left without what is meant for tools', () => {
    assert.equal(joinComment(['', 'draft | done', 'eslint-disable-next-line x', 'schema-bible-disable-line free-text-enum', '@ts-ignore', 'last']), 'draft | done\nlast');
    assert.equal(joinComment(['prettier-ignore', '']), undefined);
  });
});
