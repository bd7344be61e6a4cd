// Writes a file in one step, so that nobody ever sees half of it, and keeps all of it but its text.
import { access, chmod, chown, constants, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ChangedFile } from '../ide/fix-all';
import { encodeLike } from '../node/encoding';

/** Gives the file its new text, in its own encoding. Rejects with a reason, and then nothing has changed. */
export async function replace({ path, before, after }: ChangedFile): Promise<void> {
  if (before === undefined) {
    await mkdir(dirname(path), { recursive: true });
    await swap(path, Buffer.from(after));
    return;
  }
  // A link stays a link: what it points to is replaced.
  const target = await realpath(path);
  const { mode, uid, gid } = await stat(target);
  if (!(await isWritable(target, mode))) throw new Error('it is read-only.');
  const bytes = encodeLike(await readFile(target), after);
  if (!bytes) throw new Error('it is not valid UTF-8.');
  await swap(target, bytes, async (temporary) => {
    // Only the owner of everything may give files away; others keep what they write.
    await chown(temporary, uid, gid).catch(() => undefined);
    await chmod(temporary, mode);
  });
}

/** Those who may write everything are stopped by a file that nobody is meant to write. */
async function isWritable(path: string, mode: number): Promise<boolean> {
  if ((mode & 0o222) === 0) return false;
  try {
    await access(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function swap(path: string, bytes: Uint8Array, prepare?: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.schema-bible-${process.pid}.tmp`;
  try {
    await writeFile(temporary, bytes);
    await prepare?.(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
