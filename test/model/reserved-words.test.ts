// The reserved words are PostgreSQL's own.
import assert from 'node:assert/strict';
import { isReserved, namesAreTyped } from '../../server/src/model/reserved-words';
import { closePostgres, inPostgres } from '../golden/support/oracles';

describe('reserved words', () => {
  after(closePostgres);

  it("are those of PostgreSQL's grammar", async () => {
    const words = await inPostgres('', async (database) => {
      const { rows } = await database.query<{ word: string; reserved: boolean }>(`SELECT word, catcode IN ('R', 'T') AS reserved FROM pg_get_keywords()`);
      return rows;
    });
    assert.ok(words.length > 400);
    assert.deepEqual(words.filter(({ word, reserved }) => isReserved(word) !== reserved), []);
  });

  it('are no others, and need quotes already when they are capitals', () => {
    assert.deepEqual(['users', 'orders', 'status', 'User', ''].filter(isReserved), []);
  });

  it('matter where people type names', () => {
    assert.deepEqual([namesAreTyped({ language: 'sql' }), namesAreTyped({ language: 'drizzle' }), namesAreTyped({ language: 'prisma' })], [true, true, false]);
  });
});
