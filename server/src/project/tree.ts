// The files of the workspace by name: found by walking the roots, without what git ignores or tools generate.
import ignore from 'ignore';
import { below, folderOf, foldersAbove, isWithin, join, nameOf } from './paths';
import { inParallel } from './parallel';
import type { Entry, Workspace } from './workspace';

const SKIPPED = new Set([
  'node_modules', 'bower_components', 'vendor', 'dist', 'build', 'out', 'target', 'coverage', 'venv', '__pycache__',
  '__tests__', '__fixtures__', '__snapshots__', '__mocks__', 'testdata',
]);

/** Of the folders above a root only these files matter: they describe what lies below. */
const OUTER_FILE = /^(package\.json|schema-bible\.json|tsconfig[\w.-]*\.json|pnpm-workspace\.yaml|package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock)$/;

type Ignore = ReturnType<typeof ignore>;

export class Tree {
  readonly #files = new Set<string>();
  readonly #folders = new Map<string, { readonly files: Set<string>; readonly folders: Set<string> }>();
  readonly #ignores = new Map<string, Ignore>();
  readonly #ignoredNames = new Map<string, boolean>();
  #roots: readonly string[] = [];
  /** Paths that somebody asked for by name: what lies there is wanted, wherever that is. */
  #named: readonly string[] = [];

  constructor(
    private readonly workspace: Workspace,
    private readonly note: (message: string) => void,
  ) {}

  has(path: string): boolean {
    return this.#files.has(path);
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  /** All files, in no particular order. */
  files(): Iterable<string> {
    return this.#files;
  }

  /** The files below a folder, at any depth. */
  *filesBelow(folder: string): Generator<string> {
    const entries = this.#folders.get(folder);
    if (!entries) return;
    for (const name of entries.files) yield join(folder, name);
    for (const name of entries.folders) yield* this.filesBelow(join(folder, name));
  }

  /** The names of the files in a folder. */
  namesIn(folder: string): ReadonlySet<string> {
    return this.#folders.get(folder)?.files ?? new Set();
  }

  /** The part of a path below its root: what stands above says nothing about the project. */
  relative(path: string): string {
    const root = this.#roots.find((candidate) => isWithin(path, candidate) && path !== candidate);
    return root === undefined ? nameOf(path) : below(path, root);
  }

  /** Whether somebody asked for this very file or folder. */
  isNamed(path: string): boolean {
    return this.#named.includes(path);
  }

  /** Whether a schema or migration stands in documentation: a copy to read, unless its package is the documentation's own. */
  isReferenceCopy(path: string): boolean {
    for (const folder of foldersAbove(path)) {
      if (!this.covers(folder) || this.namesIn(folder).has('package.json')) return false;
      if (nameOf(folder) === 'docs') return !this.#asked(path, folder);
    }
    return false;
  }

  /** Whether a folder is scanned. */
  covers(folder: string): boolean {
    return this.#roots.some((root) => isWithin(folder, root));
  }

  /** Counts a file that is open in the editor as there, though the disk may not hold it yet. */
  include(path: string): boolean {
    const root = this.#roots.find((candidate) => isWithin(path, candidate));
    if (root === undefined || this.#files.has(path) || this.#skipped(path, root)) return false;
    this.#addFile(path);
    return true;
  }

  /** Walks the folders anew. A root that is a file stands for itself; what was asked for by name is never passed over. */
  async scan(roots: readonly string[], named: readonly string[] = roots): Promise<void> {
    this.#files.clear();
    this.#folders.clear();
    this.#ignores.clear();
    this.#ignoredNames.clear();
    this.#roots = roots;
    this.#named = named;
    for (const root of roots) {
      await this.#addOuterFiles(root);
      await this.#walk(root, true);
    }
  }

  /** A file or folder was created, changed or deleted. Returns whether names have come or gone. */
  async update(path: string): Promise<boolean> {
    const root = this.#roots.find((candidate) => isWithin(path, candidate));
    if (root === undefined) return this.#updateOuter(path);
    if (this.#skipped(path, root)) return false;
    const before = new Set(this.#at(path));
    this.#remove(path);
    await this.#walk(path, path === root);
    const after = this.#at(path);
    return before.size !== after.length || after.some((file) => !before.has(file));
  }

  #at(path: string): string[] {
    return this.#files.has(path) ? [path] : [...this.filesBelow(path)];
  }

  async #updateOuter(path: string): Promise<boolean> {
    if (!OUTER_FILE.test(nameOf(path)) || !this.#roots.some((root) => isWithin(root, folderOf(path)))) return false;
    const before = this.#files.has(path);
    const exists = (await this.#list(folderOf(path)))?.some(({ name }) => name === nameOf(path)) ?? false;
    if (exists) this.#addFile(path);
    else this.#remove(path);
    return before !== exists;
  }

  #skipped(path: string, root: string): boolean {
    for (let at = path; at !== root && at !== folderOf(at); at = folderOf(at)) {
      if (skippedByName(nameOf(at)) && at !== path && !this.#asked(path, at)) return true;
      if (this.#ignored(at, at !== path)) return true;
    }
    return false;
  }

  /** Whether a path below a folder that is passed over was asked for, or leads to what was. */
  #asked(path: string, folder: string): boolean {
    return this.#named.some((named) => isWithin(named, folder) && (isWithin(path, named) || isWithin(named, path)));
  }

  #leadsToNamed(folder: string): boolean {
    return this.#named.some((named) => isWithin(named, folder));
  }

  #ignored(path: string, directory: boolean): boolean {
    // What was asked for in a folder that git ignores is wanted all the same.
    if (this.#named.some((named) => (isWithin(path, named) ? this.#isIgnoredName(named) : isWithin(named, path)))) return false;
    return this.#ignoredByGit(path, directory);
  }

  #isIgnoredName(named: string): boolean {
    let ignored = this.#ignoredNames.get(named);
    // By the time that it is reached, every file that may say so has been read.
    if (ignored === undefined) this.#ignoredNames.set(named, (ignored = !this.#roots.includes(named) && this.#ignoredByGit(named, true)));
    return ignored;
  }

  #ignoredByGit(path: string, directory: boolean): boolean {
    for (const folder of foldersAbove(path)) {
      const rules = this.#ignores.get(folder);
      if (!rules) continue;
      const result = rules.test(below(path, folder) + (directory ? '/' : ''));
      // The nearest file that has an opinion decides, as git does.
      if (result.ignored) return true;
      if (result.unignored) return false;
    }
    return false;
  }

  async #walk(path: string, named: boolean): Promise<void> {
    const entries = await this.#list(path);
    if (!entries) {
      const siblings = await this.#list(folderOf(path));
      if (siblings?.some((entry) => entry.name === nameOf(path) && !entry.directory)) {
        if (named || !this.#ignored(path, false)) this.#addFile(path);
      }
      return;
    }
    if (!named && (this.#passedOver(path) || this.#ignored(path, true))) return;
    await this.#walkFolder(path, entries);
  }

  /** Whether a folder is passed over by its name. */
  #passedOver(folder: string): boolean {
    return skippedByName(nameOf(folder)) && !this.#leadsToNamed(folder);
  }

  async #walkFolder(folder: string, all: readonly Entry[], inside?: string): Promise<void> {
    // In a folder that is only entered for the sake of what lies deeper, nothing else is looked at.
    const around = inside ?? (skippedByName(nameOf(folder)) && !this.#roots.includes(folder) ? folder : undefined);
    const entries = around === undefined ? all : all.filter(({ name }) => OUTER_FILE.test(name) || this.#asked(join(folder, name), around));
    if (entries.some(({ name, directory }) => name === '.gitignore' && !directory)) await this.#readIgnore(folder);
    const names = new Set(entries.map(({ name }) => name));
    if (isGeneratedClient(names)) return;
    const subfolders: string[] = [];
    for (const { name, directory } of entries) {
      const path = join(folder, name);
      if (directory) {
        if (!this.#passedOver(path) && !this.#ignored(path, true)) subfolders.push(path);
      } else if (!this.#ignored(path, false)) this.#addFile(path);
    }
    this.#addFolder(folder);
    await inParallel(subfolders, async (subfolder) => {
      const inner = await this.#list(subfolder);
      if (inner) await this.#walkFolder(subfolder, inner, around);
    }, 8);
  }

  async #addOuterFiles(root: string): Promise<void> {
    if ((await this.#list(root))?.some(({ name }) => name === '.git')) return;
    let repository: string | undefined;
    const above: string[] = [];
    for (const folder of foldersAbove(root)) {
      const entries = await this.#list(folder);
      above.push(folder);
      for (const { name, directory } of entries ?? []) {
        if (!directory && OUTER_FILE.test(name)) this.#files.add(join(folder, name));
      }
      if (entries?.some(({ name }) => name === '.git')) repository = folder;
      if (repository !== undefined) break;
    }
    // Only inside a repository do the files above a root say what is ignored below it.
    if (repository === undefined) return;
    for (const folder of above) await this.#readIgnore(folder);
    if (this.#ignored(root, true)) this.#ignores.clear();
  }

  async #readIgnore(folder: string): Promise<void> {
    try {
      const text = await this.workspace.read(join(folder, '.gitignore'));
      if (text !== undefined) this.#ignores.set(folder, ignore().add(text));
    } catch {
      // Without it a few files too many are looked at.
    }
  }

  async #list(folder: string): Promise<readonly Entry[] | undefined> {
    try {
      return await this.workspace.list(folder);
    } catch (error) {
      this.note(`${folder} can't be listed: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  #addFolder(folder: string): { readonly files: Set<string>; readonly folders: Set<string> } {
    const known = this.#folders.get(folder);
    if (known) return known;
    const entries = { files: new Set<string>(), folders: new Set<string>() };
    this.#folders.set(folder, entries);
    const parent = folderOf(folder);
    if (parent !== folder) this.#addFolder(parent).folders.add(nameOf(folder));
    return entries;
  }

  #addFile(path: string): void {
    this.#files.add(path);
    this.#addFolder(folderOf(path)).files.add(nameOf(path));
  }

  #remove(path: string): void {
    for (const file of [...this.filesBelow(path), path]) {
      this.#files.delete(file);
      this.#folders.get(folderOf(file))?.files.delete(nameOf(file));
    }
    for (const folder of [...this.#folders.keys()]) if (isWithin(folder, path)) this.#folders.delete(folder);
    this.#folders.get(folderOf(path))?.folders.delete(nameOf(path));
  }
}

/** Folders that hold nobody's own schema; of the hidden ones only `.config` may. */
function skippedByName(name: string): boolean {
  return SKIPPED.has(name) || (name.startsWith('.') && name !== '.config');
}

/** A generated Prisma client keeps a copy of the schema beside its code. */
function isGeneratedClient(names: ReadonlySet<string>): boolean {
  return names.has('schema.prisma') && (names.has('index-browser.js') || names.has('wasm.js') || names.has('runtime'));
}
