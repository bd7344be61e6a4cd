// Which files hold scripts and seeds.
import assert from 'node:assert/strict';
import { isScript } from '../../server/src/model/scripts';

describe('scripts', () => {
  for (const path of ['/w/scripts/fix-users.ts', '/w/packages/db/prisma/seed.ts', '/w/src/db/seeds/users.ts', '/w/prisma/dev-seed.mjs', '/w/src/backfill/plans.ts', '/w/src/utils/migrate-users.ts']) {
    it(`include ${path}`, () => assert.equal(isScript(path), true));
  }
  for (const path of ['/w/src/server/users.ts', '/w/src/seedling.ts', '/w/src/descriptions/list.ts', '/w/src/subscripts.ts', '/w/src/migrated.ts']) {
    it(`leave out ${path}`, () => assert.equal(isScript(path), false));
  }
});
