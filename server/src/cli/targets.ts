// From the paths on the command line to the project that holds them and the files to look at.
import type { Entry, Workspace } from '../project/workspace';
import type { Io } from './io';

/** A path as the user gave it. */
interface Target {
  readonly path: string;
  readonly folder: boolean;
}

export interface Targets {
  /** What the project scans: enough to know the surroundings of what was given. */
  readonly roots: readonly string[];
  /** The paths that were given, made absolute. */
  readonly named: readonly string[];
  /** Files that were named one by one. */
  readonly files: readonly string[];
  /** Whether a file lies in what was given. */
  includes(path: string): boolean;
}

/** Finds the given paths; `complain` is told of each that doesn't exist. */
export async function findTargets(paths: readonly string[], workspace: Workspace, io: Io, complain: (message: string) => void): Promise<Targets> {
  const found: Target[] = [];
  for (const given of paths.length > 0 ? paths : ['.']) {
    if (given === '') {
      complain('"": a path must not be empty.');
      continue;
    }
    const path = absolute(given, io.cwd);
    const target = await look(path, workspace, (why) => complain(`${given}: ${why}`));
    if (target) found.push(target);
  }
  const roots = new Set<string>();
  for (const target of found) roots.add(await rootOf(target, workspace, io.cwd));
  return {
    roots: [...roots],
    named: found.map(({ path }) => path),
    files: found.flatMap((target) => (target.folder ? [] : [target.path])),
    includes: (path) => found.some((target) => (target.folder ? isWithin(path, target.path) : path === target.path)),
  };
}

async function look(path: string, workspace: Workspace, complain: (why: string) => void): Promise<Target | undefined> {
  if (await list(path, workspace)) return { path, folder: true };
  try {
    if ((await workspace.read(path)) !== undefined) return { path, folder: false };
    complain('there is no such file or folder.');
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
  return undefined;
}

/**
 * The repository around a path, or the current folder when that is nearer: a migration is only understood beside the
 * others, and a schema beside its package. Without either it is the path itself.
 */
async function rootOf({ path, folder }: Target, workspace: Workspace, cwd: string): Promise<string> {
  const inside = isWithin(path, cwd);
  for (let at = folder ? path : parent(path); ; at = parent(at)) {
    const entries = await list(at, workspace);
    if (entries?.some((entry) => entry.name === '.git')) return at;
    if (inside && at === cwd) return cwd;
    if (parent(at) === at) return path;
  }
}

async function list(path: string, workspace: Workspace): Promise<readonly Entry[] | undefined> {
  try {
    return await workspace.list(path);
  } catch {
    return undefined;
  }
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** An absolute path with `/`, without `.` and `..`. */
export function absolute(path: string, cwd: string): string {
  const slashed = cwd.includes('\\') || /^[A-Za-z]:/.test(cwd) ? path.replaceAll('\\', '/') : path;
  const full = /^(\/|[A-Za-z]:\/)/.test(slashed) ? slashed : `${cwd}/${slashed}`;
  const [, drive = '/', rest = ''] = /^(\/|[A-Za-z]:\/)(.*)$/.exec(full) ?? [];
  const parts: string[] = [];
  for (const part of rest.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return drive + parts.join('/');
}

/** A path as people write it from the current folder. */
export function relative(path: string, cwd: string): string {
  if (isWithin(path, cwd) && path !== cwd) return path.slice(cwd.endsWith('/') ? cwd.length : cwd.length + 1);
  const from = cwd.split('/').filter(Boolean);
  const to = path.split('/').filter(Boolean);
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  if (common === 0) return path;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/') || '.';
}

function parent(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : /^[A-Za-z]:$/.test(path.slice(0, at)) ? path.slice(0, at + 1) : path.slice(0, at);
}
