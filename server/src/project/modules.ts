// Which file an import reaches: relative paths, aliases of tsconfig.json and package.json, packages of the workspace.
import { asObject, asString, asStrings, isObject, readObject, type JsonObject } from './json';
import type { Packages } from './packages';
import { folderOf, foldersAbove, join, nameOf } from './paths';
import type { Texts } from './texts';
import type { Tree } from './tree';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

interface Aliases {
  readonly base: string | undefined;
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

export function isTsconfig(path: string): boolean {
  return /^(?:tsconfig[\w.-]*|jsconfig)\.json$/.test(nameOf(path));
}

/** Lives as long as no file comes, goes or is a changed tsconfig.json or package.json. */
export class Modules {
  readonly #resolved = new Map<string, string | undefined>();
  readonly #aliases = new Map<string, Aliases | undefined>();
  readonly #packagesByName = new Map<string, string>();

  constructor(
    private readonly tree: Tree,
    private readonly texts: Texts,
    private readonly packages: Packages,
    packageFolders: readonly string[],
  ) {
    for (const folder of packageFolders) {
      const name = asString(packages.manifest(folder)['name']);
      if (name !== undefined && !this.#packagesByName.has(name)) this.#packagesByName.set(name, folder);
    }
  }

  /** The file of the workspace that `specifier`, written in `from`, reaches; undefined for anything outside. */
  resolve(from: string, specifier: string): string | undefined {
    const key = `${folderOf(from)}\0${specifier}`;
    if (this.#resolved.has(key)) return this.#resolved.get(key);
    const path = this.#find(folderOf(from), specifier);
    this.#resolved.set(key, path);
    return path;
  }

  #find(folder: string, specifier: string): string | undefined {
    if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') return this.#file(join(folder, specifier));
    return this.#alias(folder, specifier) ?? (specifier.startsWith('#') ? this.#inner(folder, specifier) : this.#package(specifier));
  }

  /** The path itself, with an extension, with TypeScript's in place of JavaScript's, or the folder's index. */
  #file(path: string): string | undefined {
    if (this.tree.has(path) && /\.[cm]?[jt]sx?$/.test(path)) return path;
    const stem = path.replace(/\.([cm]?)jsx?$/, '');
    const candidates = stem === path ? [path] : [stem, path];
    for (const candidate of candidates) {
      for (const extension of EXTENSIONS) if (this.tree.has(candidate + extension)) return candidate + extension;
    }
    for (const extension of EXTENSIONS) if (this.tree.has(`${path}/index${extension}`)) return `${path}/index${extension}`;
    return undefined;
  }

  #alias(folder: string, specifier: string): string | undefined {
    for (const above of foldersAbove(`${folder}/.`)) {
      const aliases = this.#aliasesOf(above);
      if (!aliases) continue;
      for (const { pattern, targets } of aliases.paths) {
        const rest = matchPattern(pattern, specifier);
        if (rest === undefined) continue;
        for (const target of targets) {
          const found = this.#file(target.replace('*', rest));
          if (found !== undefined) return found;
        }
      }
      const found = aliases.base === undefined ? undefined : this.#file(join(aliases.base, specifier));
      if (found !== undefined || aliases.paths.length > 0) return found;
    }
    return undefined;
  }

  /** The aliases of the TypeScript configuration in a folder. Solutions keep theirs in a sibling such as tsconfig.app.json. */
  #aliasesOf(folder: string): Aliases | undefined {
    if (this.#aliases.has(folder)) return this.#aliases.get(folder);
    const names = [...this.tree.namesIn(folder)].filter((name) => isTsconfig(name));
    names.sort((a, b) => Number(b === 'tsconfig.json') - Number(a === 'tsconfig.json'));
    let found: Aliases | undefined;
    for (const name of names) {
      const aliases = this.#read(join(folder, name), 0);
      if (aliases && (!found || (found.paths.length === 0 && aliases.paths.length > 0))) found = aliases;
    }
    this.#aliases.set(folder, found);
    return found;
  }

  #read(path: string, depth: number): Aliases | undefined {
    const text = this.texts.now(path);
    if (text === undefined || depth > 8) return undefined;
    const config = readObject(text);
    const options = asObject(config['compilerOptions']);
    const folder = folderOf(path);
    const baseUrl = asString(options['baseUrl']);
    const base = baseUrl === undefined ? undefined : join(folder, baseUrl);
    let inherited: Aliases | undefined;
    for (const parent of asStrings(config['extends'])) inherited = this.#read(this.#parent(folder, parent), depth + 1) ?? inherited;
    if (!isObject(options['paths'])) return { base: base ?? inherited?.base, paths: inherited?.paths ?? [] };
    const root = base ?? folder;
    const paths = Object.entries(options['paths']).map(([pattern, targets]) => ({
      pattern,
      targets: asStrings(targets).map((target) => join(root, target)),
    }));
    return { base: base ?? inherited?.base, paths };
  }

  #parent(folder: string, name: string): string {
    if (name.startsWith('.') || name.startsWith('/')) return join(folder, name.endsWith('.json') ? name : `${name}.json`);
    const [found, rest] = this.#split(name);
    return found === undefined ? '' : join(found, rest === '' ? 'tsconfig.json' : rest.endsWith('.json') ? rest : `${rest}.json`);
  }

  /** `#db/…`: the `imports` of the nearest package.json. */
  #inner(folder: string, specifier: string): string | undefined {
    const home = this.packages.folderOf(`${folder}/.`);
    return home === undefined ? undefined : this.#mapped(home, asObject(this.packages.manifest(home)['imports']), specifier);
  }

  #package(specifier: string): string | undefined {
    const [folder, rest] = this.#split(specifier);
    if (folder === undefined) return undefined;
    const manifest = this.packages.manifest(folder);
    const exported = manifest['exports'];
    const entry = rest === '' ? '.' : `./${rest}`;
    const mapped = isObject(exported) && Object.keys(exported).some((key) => key.startsWith('.'))
      ? this.#mapped(folder, exported, entry)
      : entry === '.' ? this.#target(folder, exported, '') : undefined;
    return mapped ?? (rest === '' ? this.#main(folder, manifest) : (this.#file(join(folder, rest)) ?? this.#file(join(folder, `src/${rest}`))));
  }

  #split(specifier: string): readonly [folder: string | undefined, rest: string] {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
    return [this.#packagesByName.get(name), specifier.slice(name.length + 1)];
  }

  #main(folder: string, manifest: JsonObject): string | undefined {
    for (const key of ['types', 'module', 'main']) {
      const found = this.#target(folder, manifest[key], '');
      if (found !== undefined) return found;
    }
    return this.#file(join(folder, 'src')) ?? this.#file(folder);
  }

  #mapped(folder: string, map: JsonObject, entry: string): string | undefined {
    for (const [pattern, target] of Object.entries(map)) {
      const rest = matchPattern(pattern, entry);
      const found = rest === undefined ? undefined : this.#target(folder, target, rest);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A target of `exports`: a path, or conditions of which any will do. Build output stands for its source. */
  #target(folder: string, target: unknown, rest: string): string | undefined {
    if (typeof target === 'string') {
      const path = join(folder, target.replaceAll('*', rest)).replace(/\.d\.([cm]?)ts$/, '.$1js');
      const source = path.replace(/\/(?:dist|build|lib|out)\/(?:src\/|esm\/|cjs\/|types\/)?(?=[^/]*(?:\/|$))/, '/src/');
      return this.#file(path) ?? this.#file(source);
    }
    if (Array.isArray(target)) return target.map((one: unknown) => this.#target(folder, one, rest)).find((found) => found !== undefined);
    if (!isObject(target)) return undefined;
    return this.#target(folder, Object.values(target), rest);
  }
}

/** What `*` stands for where the pattern matches; an empty text for a pattern without one. */
function matchPattern(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === specifier ? '' : undefined;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  if (specifier.length < head.length + tail.length || !specifier.startsWith(head) || !specifier.endsWith(tail)) return undefined;
  return specifier.slice(head.length, specifier.length - tail.length);
}
