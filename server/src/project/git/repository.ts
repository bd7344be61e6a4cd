// Where git keeps a folder's history.
import { foldersAbove, join } from '../paths';
import type { Workspace } from '../workspace';

export interface Repository {
  /** The folder that is checked out. */
  readonly root: string;
  /** Where objects and branches lie; worktrees share it. */
  readonly folder: string;
  /** Where it is said what is checked out: the same, but for worktrees. */
  readonly own: string;
}

/** The repository around a path; undefined where there is none. Folders that turn out to lie in none go into `outside`. */
export async function repositoryOf(workspace: Workspace, path: string, outside = new Set<string>()): Promise<Repository | undefined> {
  const passed: string[] = [];
  for (const root of foldersAbove(path)) {
    if (outside.has(root)) break;
    passed.push(root);
    const inside = join(root, '.git');
    if ((await workspace.read(`${inside}/HEAD`)) !== undefined) return { root, folder: inside, own: inside };
    // Worktrees and submodules have a file that says where the folder is.
    const pointer = /^gitdir:\s*(.+?)\s*$/m.exec((await workspace.read(inside)) ?? '')?.[1];
    if (pointer === undefined) continue;
    const folder = join(root, pointer.replaceAll('\\', '/'));
    const common = (await workspace.read(`${folder}/commondir`))?.trim();
    return { root, folder: common === undefined ? folder : join(folder, common), own: folder };
  }
  for (const folder of passed) outside.add(folder);
  return undefined;
}

/** The folders that hold objects: the repository's own and those it borrows from, which may borrow themselves. */
export async function objectFolders(workspace: Workspace, { folder }: Repository): Promise<readonly string[]> {
  const folders = new Set([`${folder}/objects`]);
  for (const each of folders) {
    const borrowed = (await workspace.read(`${each}/info/alternates`)) ?? '';
    for (const line of borrowed.split('\n')) if (line.trim() !== '' && !line.startsWith('#')) folders.add(join(each, line.trim()));
  }
  return [...folders];
}
