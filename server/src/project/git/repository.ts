// Where git keeps a folder's history, and which commit the main branch is at.
import { folderOf, foldersAbove, join } from '../paths';
import type { Workspace } from '../workspace';

export interface Repository {
  /** The folder that is checked out. */
  readonly root: string;
  /** Where objects and branches lie; worktrees share it. */
  readonly folder: string;
}

/** The repository around a path; undefined where there is none. */
export async function repositoryOf(workspace: Workspace, path: string): Promise<Repository | undefined> {
  for (const root of foldersAbove(path)) {
    const inside = join(root, '.git');
    if ((await workspace.read(`${inside}/HEAD`)) !== undefined) return { root, folder: inside };
    // Worktrees and submodules have a file that says where the folder is.
    const pointer = /^gitdir:\s*(.+?)\s*$/m.exec((await workspace.read(inside)) ?? '')?.[1];
    if (pointer === undefined) continue;
    const folder = join(root, pointer.replaceAll('\\', '/'));
    const common = (await workspace.read(`${folder}/commondir`))?.trim();
    return { root, folder: common === undefined ? folder : join(folder, common) };
  }
  return undefined;
}

const MAIN_REFS = ['refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master'];

/** The id of the main branch's commit: the remote's default branch, else what is called main or master. */
export async function mainCommit(workspace: Workspace, { folder }: Repository): Promise<string | undefined> {
  const packed = packedRefs(await workspace.read(`${folder}/packed-refs`));
  const resolve = async (name: string, depth = 0): Promise<string | undefined> => {
    const text = (await workspace.read(join(folder, name)))?.trim();
    const target = /^ref:\s*(\S+)$/.exec(text ?? '')?.[1];
    if (target !== undefined) return depth < 5 ? resolve(target, depth + 1) : undefined;
    return text !== undefined && /^[\da-f]{40}$/.test(text) ? text : packed.get(name);
  };
  for (const name of ['refs/remotes/origin/HEAD', ...MAIN_REFS]) {
    const commit = await resolve(name);
    if (commit !== undefined) return commit;
  }
  return undefined;
}

function packedRefs(text: string | undefined): Map<string, string> {
  const refs = new Map<string, string>();
  for (const [, id = '', name = ''] of (text ?? '').matchAll(/^([\da-f]{40}) (\S+)$/gm)) refs.set(name, id);
  return refs;
}

/** The folders that hold objects: the repository's own and those it borrows from. */
export async function objectFolders(workspace: Workspace, { folder }: Repository): Promise<readonly string[]> {
  const own = `${folder}/objects`;
  const borrowed = (await workspace.read(`${own}/info/alternates`)) ?? '';
  return [own, ...borrowed.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')).map((line) => join(folderOf(`${own}/.`), line.trim()))];
}
