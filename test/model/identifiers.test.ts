// How long names may be: PostgreSQL cuts bytes, never through a character, and a short name says what fits.
import assert from 'node:assert/strict';
import { byteLength, longestName, shortName, truncated } from '../../server/src/model/identifiers';
import { closePostgres, inPostgres } from '../golden/support/oracles';

describe('identifiers', () => {
  after(closePostgres);

  it('are cut as PostgreSQL cuts them', async () => {
    for (const name of ['a'.repeat(63), 'a'.repeat(64), 'é'.repeat(40), `${'a'.repeat(62)}é`, `${'a'.repeat(60)}😀b`]) {
      const kept = await inPostgres(`CREATE TABLE "${name}" (id int)`, async (database) => {
        const { rows } = await database.query<{ relname: string }>(`SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`);
        return rows.map(({ relname }) => relname);
      });
      assert.deepEqual(kept, [truncated(name)]);
    }
  });

  it('are measured in bytes of UTF-8', () => {
    assert.deepEqual(['', 'ab', 'é', '€', '😀'].map(byteLength), [0, 2, 2, 3, 4]);
  });

  it('are as long as the dialect allows', () => {
    assert.deepEqual([longestName('postgresql'), longestName('cockroachdb'), longestName('mysql'), longestName('sqlserver')], [63, 63, 64, 128]);
  });

  it('become short names that end between two words', () => {
    assert.equal(shortName('users', ['email'], 'idx'), 'users_email_idx');
    const long = shortName('organization_membership_invitations', ['organization_identifiers', 'role'], 'idx');
    assert.equal(long, 'organization_membership_invitations_organization_idx');
    const next = shortName('organization_membership_invitations', ['organization_identifiers', 'role'], 'idx', (name) => name === long);
    assert.equal(next, 'organization_membership_invitations_organization_2_idx');
    assert.equal(shortName('a'.repeat(80), [], 'idx'), `${'a'.repeat(59)}_idx`);
    // A word that ends exactly where the room does is kept.
    const exact = `${'a'.repeat(30)}_${'b'.repeat(28)}`;
    assert.equal(shortName(exact, ['c'], 'idx'), `${exact}_idx`);
    assert.ok(byteLength(shortName('é'.repeat(50), ['x'], 'idx')) <= 63);
  });
});
