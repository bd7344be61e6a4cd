// Whose schemas have a client of their own.
import assert from 'node:assert/strict';
import { hasOwnClient } from '../../server/src/model/clients';

describe('a client of its own', () => {
  it('belongs to the schema of an ORM, and not to migrations', () => {
    assert.deepEqual((['prisma', 'drizzle', 'sql'] as const).map((language) => hasOwnClient({ language })), [true, true, false]);
  });
});
