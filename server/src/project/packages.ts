// What the package.json files around a file say: the package's folder, its dependencies, the versions in use.
import type { Version } from '../model/facts';
import { asObject, asString, readObject, type JsonObject } from './json';
import { folderOf, foldersAbove, join } from './paths';
import type { Texts } from './texts';
import type { Tree } from './tree';
import { lockedVersion, versionIn } from './versions';
import type { Workspace } from './workspace';

const LOCK_FILES = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];
const DEPENDENCY_KEYS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

const PUSH = /\bprisma\s+db\s+push\b|\bdrizzle-kit\s+push\b/;

/** What is known of one package. */
export interface PackageFacts {
  readonly dependencies: ReadonlySet<string>;
  readonly prismaVersion?: Version;
  readonly drizzleVersion?: Version;
  /** Of Supabase's command line tool. */
  readonly supabaseVersion?: Version;
  /** A script writes the schema straight into a database, without migrations. */
  readonly pushes: boolean;
}

export class Packages {
  readonly #facts = new Map<string, PackageFacts>();
  readonly #manifests = new Map<string, { readonly text: string | undefined; readonly value: JsonObject }>();

  constructor(
    private readonly tree: Tree,
    private readonly texts: Texts,
    private readonly workspace: Workspace,
  ) {}

  /** The folder of the nearest package.json above a path; undefined where there is none. */
  folderOf(path: string): string | undefined {
    for (const folder of foldersAbove(path)) if (this.tree.has(join(folder, 'package.json'))) return folder;
    return undefined;
  }

  /** The package.json in a folder, once its text is loaded. */
  manifest(folder: string): JsonObject {
    const text = this.texts.now(join(folder, 'package.json'));
    const known = this.#manifests.get(folder);
    if (known && known.text === text) return known.value;
    const value = readObject(text);
    this.#manifests.set(folder, { text, value });
    return value;
  }

  /** Folders of all packages, with the text of their package.json loaded. */
  async loadAll(): Promise<readonly string[]> {
    const manifests = [...this.tree.files()].filter((path) => path.endsWith('/package.json'));
    await this.texts.loadAll(manifests);
    return manifests.map(folderOf);
  }

  /** Whether the package or one around it in the workspace depends on something that `name` matches. */
  dependsOn(folder: string, name: RegExp): boolean {
    for (const above of foldersAbove(`${folder}/package.json`)) {
      if (dependencyNames(this.manifest(above)).some((dependency) => name.test(dependency))) return true;
    }
    return false;
  }

  async facts(folder: string | undefined): Promise<PackageFacts> {
    const known = this.#facts.get(folder ?? '');
    if (known) return known;
    const facts = folder === undefined ? { dependencies: new Set<string>(), pushes: false } : await this.#read(folder);
    this.#facts.set(folder ?? '', facts);
    return facts;
  }

  /** Manifests, lock files or installed packages may have changed. */
  forget(): void {
    this.#facts.clear();
  }

  async #read(folder: string): Promise<PackageFacts> {
    const dependencies = new Set(dependencyNames(this.manifest(folder)));
    const prismaVersion = await this.#version(folder, ['prisma', '@prisma/client']);
    const drizzleVersion = await this.#version(folder, ['drizzle-orm']);
    const supabaseVersion = await this.#version(folder, ['supabase']);
    return {
      dependencies,
      pushes: this.#pushes(folder),
      ...(prismaVersion && { prismaVersion }),
      ...(drizzleVersion && { drizzleVersion }),
      ...(supabaseVersion && { supabaseVersion }),
    };
  }

  /** Whether a script of the package, or of one around it, pushes the schema. */
  #pushes(folder: string): boolean {
    return [...foldersAbove(`${folder}/package.json`)].some((above) => {
      return Object.values(asObject(this.manifest(above)['scripts'])).some((script) => PUSH.test(asString(script) ?? ''));
    });
  }

  /** Installed, else locked, else as required; in the package itself or, hoisted, in one around it. */
  async #version(folder: string, names: readonly string[]): Promise<Version | undefined> {
    const manifests = [...foldersAbove(`${folder}/package.json`)].filter((above) => this.tree.has(join(above, 'package.json')));
    const text = manifests.map((above) => this.texts.now(join(above, 'package.json')) ?? '').join('\n');
    for (const name of names) {
      if (!text.includes(`"${name}"`)) continue;
      const required = this.#required(manifests, name);
      const version = (await this.#installed(manifests, name)) ?? (await this.#locked(folder, name, required)) ?? required;
      if (version) return version;
    }
    return undefined;
  }

  #required(manifests: readonly string[], name: string): Version | undefined {
    for (const folder of manifests) {
      const manifest = this.manifest(folder);
      for (const key of DEPENDENCY_KEYS) {
        const range = asString(asObject(manifest[key])[name]);
        if (range !== undefined) return versionIn(range);
      }
    }
    return undefined;
  }

  async #installed(manifests: readonly string[], name: string): Promise<Version | undefined> {
    for (const folder of manifests) {
      const version = versionIn(asString(readObject(await this.#readInstalled(folder, name))['version']));
      if (version) return version;
    }
    return undefined;
  }

  async #readInstalled(folder: string, name: string): Promise<string | undefined> {
    try {
      return await this.workspace.read(join(folder, `node_modules/${name}/package.json`));
    } catch {
      return undefined;
    }
  }

  async #locked(folder: string, name: string, required: Version | undefined): Promise<Version | undefined> {
    for (const above of foldersAbove(`${folder}/package.json`)) {
      for (const file of LOCK_FILES) {
        const path = join(above, file);
        const lock = this.tree.has(path) ? await this.texts.load(path) : undefined;
        const version = lock === undefined ? undefined : lockedVersion(lock, name, required);
        if (version) return version;
      }
    }
    return undefined;
  }
}

function dependencyNames(manifest: JsonObject): string[] {
  return DEPENDENCY_KEYS.flatMap((key) => Object.keys(asObject(manifest[key])));
}
