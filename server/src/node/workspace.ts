// The workspace on disk.
import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { TooLarge, type Entry, type Workspace } from '../project/workspace';
import { decode } from './encoding';

const inflateAsync = promisify(inflate);

/** Bytes beyond which a file is never read as text: no schema is that large, and no lock file. */
const LARGEST_TEXT = 32 * 1024 * 1024;
/** What stands for an empty file, as in `--config /dev/null`. */
const NOTHING = '/dev/null';
/** Bytes beyond which git's own files are left alone. */
const LARGEST_BINARY = 256 * 1024 * 1024;

/** Reads through Node's file system. Paths are absolute and use `/`, on Windows too (`C:/x`). */
export class NodeWorkspace implements Workspace {
  async read(path: string): Promise<string | undefined> {
    const bytes = await readFile(path, LARGEST_TEXT);
    if (!bytes) return undefined;
    return decode(bytes);
  }

  readBytes(path: string): Promise<Uint8Array | undefined> {
    return readFile(path, LARGEST_BINARY);
  }

  async readRange(path: string, start: number, length: number): Promise<Uint8Array | undefined> {
    let handle;
    try {
      handle = await open(path, 'r');
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw new Error(reason(error));
    } finally {
      await handle?.close();
    }
  }

  async list(path: string): Promise<readonly Entry[] | undefined> {
    let entries;
    try {
      entries = await readdir(path, { withFileTypes: true });
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw new Error(reason(error));
    }
    const found: Entry[] = [];
    for (const entry of entries) {
      if (entry.isDirectory()) found.push({ name: entry.name, directory: true });
      else if (entry.isFile()) found.push({ name: entry.name, directory: false });
      // A link to a folder may lead back up, so only links to files count.
      else if (entry.isSymbolicLink() && (await isWanted(`${path}/${entry.name}`))) found.push({ name: entry.name, directory: false });
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async inflate(bytes: Uint8Array): Promise<Uint8Array> {
    return inflateAsync(bytes);
  }

  now(): Date {
    return new Date();
  }
}

async function readFile(path: string, limit: number): Promise<Uint8Array | undefined> {
  let handle;
  try {
    // Opening a pipe would wait for somebody to write into it.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const kind = await handle.stat();
    if (kind.isDirectory()) return undefined;
    if (path === NOTHING) return new Uint8Array();
    if (!kind.isFile()) throw new Error('it is no ordinary file.');
    if (kind.size > limit) throw new TooLarge(`it is larger than ${Math.round(limit / 1024 / 1024)} MB.`);
    return await handle.readFile();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && (await isLink(path))) throw new Error('it is a link that leads nowhere.');
    if (isAbsence(error)) return undefined;
    throw error instanceof TooLarge ? error : new Error(reason(error));
  } finally {
    await handle?.close();
  }
}

/** A link to a file; also a schema's or migration's that leads nowhere, so that somebody hears of it. */
async function isWanted(link: string): Promise<boolean> {
  try {
    return (await stat(await realpath(link))).isFile();
  } catch {
    return /\/[^/.][^/]*\.(sql|prisma)$/.test(link);
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}

function isAbsence(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function reason(error: unknown): string {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'permission is denied.';
    case 'ELOOP':
      return 'its links lead in a circle.';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
