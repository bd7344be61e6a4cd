// Which folders are scanned for what was opened: enough to understand it, and never more of the disk than that.
import assert from 'node:assert/strict';
import { surroundingsOf } from '../../server/src/project/roots';
import { MemoryWorkspace } from '../../server/src/project/workspace';

async function scanned(files: readonly string[], ...roots: readonly string[]): Promise<readonly string[]> {
  return surroundingsOf(new MemoryWorkspace(Object.fromEntries(files.map((path) => [path, '']))), roots);
}

describe('the surroundings of a root', () => {
  it('are its package', async () => {
    assert.deepEqual(await scanned(['/p/package.json', '/p/prisma/schema.prisma'], '/p/prisma/schema.prisma', '/p/prisma'), ['/p']);
  });
  it('end at the repository', async () => {
    assert.deepEqual(await scanned(['/package.json', '/p/.git/HEAD', '/p/db/a.sql'], '/p/db'), ['/p/db']);
  });
  it('are not what lies above a folder that does not exist', async () => {
    assert.deepEqual(await scanned(['/etc/passwd', '/home/me/a.sql'], '/gone', '/home/me/gone'), ['/gone', '/home/me/gone']);
  });
  it('are not a home folder that somebody installed packages into', async () => {
    assert.deepEqual(await scanned(['/home/me/.bashrc', '/home/me/package.json', '/home/me/db/a.sql'], '/home/me/db'), ['/home/me/db']);
    assert.deepEqual(await scanned(['/home/me/.bashrc', '/home/me/package.json'], '/home/me'), ['/home/me']);
  });
});
