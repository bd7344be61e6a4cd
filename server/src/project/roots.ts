// What has to be scanned to understand the roots: a file or a migration alone means little without its package.
import { folderOf, foldersAbove, isWithin, join, nameOf } from './paths';
import type { Workspace } from './workspace';

/** The folders to scan for these roots; none of them lies within another. */
export async function surroundingsOf(workspace: Workspace, roots: readonly string[]): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const root of roots) folders.push(await surrounding(workspace, root));
  const unique = [...new Set(folders)];
  return unique.filter((folder) => !unique.some((other) => other !== folder && isWithin(folder, other)));
}

/** The nearest folder with a package.json, the root itself included; else as far up as its migrations reach. */
async function surrounding(workspace: Workspace, root: string): Promise<string> {
  for (const folder of foldersAbove(`${root}/.`)) {
    const names = await namesIn(workspace, folder);
    if (folder !== root && names && isHome(names)) break;
    if (names?.has('package.json')) return folder;
    if (names?.has('.git')) break;
  }
  const folder = await folderFor(workspace, root);
  // `20240101_x/migration.sql` and `0001-0100/0001_x.sql` are told apart by what stands beside their folders.
  if (/^\d/.test(nameOf(folder))) return folderOf(folder);
  return folder;
}

/** A folder stands for itself, a file for the folder it lies in. What doesn't exist must not make us scan what is above. */
async function folderFor(workspace: Workspace, root: string): Promise<string> {
  if (await namesIn(workspace, root)) return root;
  const folder = folderOf(root);
  return (await namesIn(workspace, folder))?.has(nameOf(root)) ? folder : root;
}

/** Some install packages right into their home folder, which nobody wants to have scanned for it. */
function isHome(names: ReadonlySet<string>): boolean {
  return ['.bashrc', '.profile', '.zshrc', '.ssh', 'AppData'].some((name) => names.has(name));
}

async function namesIn(workspace: Workspace, folder: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const entries = await workspace.list(join(folder, '.'));
    return entries && new Set(entries.map(({ name }) => name));
  } catch {
    return undefined;
  }
}
