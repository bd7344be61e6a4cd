// Which TypeScript files form a Drizzle schema: those of one package, one dialect each.
import { claimsDrizzle } from '../languages/drizzle/claims';
import type { Facts } from '../model/facts';
import { isDrizzleConfig, readCasing, readSchemaPaths } from './drizzle-config';
import type { Packages } from './packages';
import { byText, folderOf } from './paths';
import type { Texts } from './texts';
import type { Tree } from './tree';

export interface DrizzleUnit {
  readonly id: string;
  readonly packageFolder: string | undefined;
  readonly files: readonly string[];
}

/** The import of a dialect's builders; `any` for files that use none, such as relations. */
type Core = 'pg' | 'mysql' | 'sqlite' | 'singlestore' | 'gel' | 'mssql' | 'cockroach' | 'any';

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const TELLING = /schema|drizzle|tables?|models?|\bdb\b|database|entit/i;
/** Tests describe tables for their own purposes: nobody wants them judged. */
const TEST_FILE = /\.(?:test|spec)\.[cm]?[jt]sx?$/;
const SCRIPT = /(?:^|\/)scripts\//;
const TEST = /(?:^|\/)(?:tests?|__tests__|__snapshots__|fixtures?|e2e)\/|\.(?:test|spec)\.[cm]?[jt]sx?$/;

/** Remembers of each file whether it holds Drizzle code, so that no file is read twice for that. */
export class DrizzleFiles {
  readonly #cores = new Map<string, Core | undefined>();
  readonly #likelyPackages = new Map<string, boolean>();

  constructor(
    private readonly tree: Tree,
    private readonly texts: Texts,
    private readonly packages: Packages,
  ) {}

  /** Reads the files that may hold Drizzle code; the texts of those that don't aren't kept. */
  async load(): Promise<void> {
    this.#likelyPackages.clear();
    const wanted = [...this.tree.files()].filter(
      (path) => CODE.test(path) && !this.#cores.has(path) && !this.#isTest(path) && this.#likely(path),
    );
    // In slices, so that a large workspace never lies in memory as a whole.
    for (let at = 0; at < wanted.length; at += 500) {
      const slice = wanted.slice(at, at + 500);
      await this.texts.loadAll(slice);
      for (const path of slice) {
        this.look(path);
        if (this.#cores.get(path) === undefined && !this.texts.isOpen(path) && !isDrizzleConfig(path)) this.texts.drop(path);
      }
    }
  }

  /** Looks at the file's text anew. Returns whether it may belong elsewhere than before. */
  look(path: string): boolean {
    const before = this.#cores.get(path);
    const text = this.texts.now(path);
    const core = text === undefined ? undefined : coreOf(path, text);
    this.#cores.set(path, core);
    return before !== core;
  }

  clear(): void {
    this.#cores.clear();
  }

  forget(path: string): void {
    for (const known of [...this.#cores.keys()]) {
      if (known === path || known.startsWith(`${path}/`)) this.#cores.delete(known);
    }
  }

  units(): DrizzleUnit[] {
    const units = new Map<string, { packageFolder: string | undefined; core: Core; files: string[] }>();
    const neutral: string[] = [];
    for (const path of [...this.#cores.keys()].sort(byText)) {
      const core = this.#cores.get(path);
      if (core === undefined || this.#isTest(path)) continue;
      if (core === 'any') {
        neutral.push(path);
        continue;
      }
      const id = this.#unitId(path, core);
      const unit = units.get(id);
      if (unit) unit.files.push(path);
      else units.set(id, { packageFolder: this.packages.folderOf(path), core, files: [path] });
    }
    for (const unit of [...units.values()]) {
      // A generated copy of tables that the package declares elsewhere is another description, not more tables.
      const configured = this.#configured(unit.packageFolder);
      const { kept, copies } = this.#withoutCopies(this.#withoutScripts(unit.files), configured);
      unit.files = kept;
      const judged = kept.some(configured) ? copies.filter((path) => configured(path) || this.tree.isNamed(path)) : copies;
      for (const path of judged) units.set(`drizzle:${path}`, { ...unit, files: [path] });
    }
    for (const path of neutral) {
      // Relations are the business of the largest schema beside them.
      const home = this.packages.folderOf(path);
      const near = [...units.values()].filter(({ packageFolder, files }) => packageFolder === home && !TEST.test(files[0] ?? ''));
      near.sort((a, b) => b.files.length - a.files.length);
      if (near[0]) near[0].files.push(path);
      else units.set(`drizzle:${path}`, { packageFolder: home, core: 'any', files: [path] });
    }
    return [...units].map(([id, { packageFolder, files }]) => ({ id, packageFolder, files: files.sort(byText) }));
  }

  /** How the package's configuration has names made for columns of these files; that of another schema says nothing. */
  casing({ packageFolder, files }: DrizzleUnit): Facts['drizzleCasing'] {
    if (packageFolder === undefined) return undefined;
    const configs = [...this.tree.filesBelow(packageFolder)].filter(isDrizzleConfig);
    const named = configs.filter((path) => {
      const names = readSchemaPaths(path, this.texts.now(path) ?? '', packageFolder);
      return !names || files.some(names);
    });
    return readCasing(this.texts.now((named.length > 0 ? named : configs)[0] ?? '') ?? '');
  }

  /** Whether a Drizzle configuration of the package names a file as its schema. */
  #configured(packageFolder: string | undefined): (path: string) => boolean {
    if (packageFolder === undefined) return () => false;
    const named = [...this.tree.filesBelow(packageFolder)].filter(isDrizzleConfig).flatMap((path) => {
      return readSchemaPaths(path, this.texts.now(path) ?? '', packageFolder) ?? [];
    });
    return (path) => named.some((names) => names(path));
  }

  /** Scripts repeat the tables that they need, some as they once were: the package's own declaration is the one to judge. */
  #withoutScripts(files: readonly string[]): readonly string[] {
    const names = (path: string): string[] => [...tablesIn(this.texts.now(path) ?? '')].map((table) => table.split(' ')[1] ?? '');
    const declared = new Set(files.filter((path) => !this.#isScript(path)).flatMap(names));
    return files.filter((path) => {
      const own = this.#isScript(path) && !this.tree.isNamed(path) ? names(path) : [];
      return own.length === 0 || own.filter((table) => declared.has(table)).length * 2 < own.length;
    });
  }

  #isScript(path: string): boolean {
    return SCRIPT.test(this.#inPackage(path));
  }

  /** What the configuration names first, scripts last, the files with most tables first among their like; then those that declare none of the same. */
  #withoutCopies(files: readonly string[], configured: (path: string) => boolean): { kept: string[]; copies: string[] } {
    const tables = new Map(files.map((path) => [path, tablesIn(this.texts.now(path) ?? '')]));
    const count = (path: string): number => tables.get(path)?.size ?? 0;
    const seen = new Set<string>();
    const kept: string[] = [];
    const copies: string[] = [];
    const rank = (path: string): number => (configured(path) ? 0 : this.#isScript(path) ? 2 : 1);
    for (const path of [...files].sort((a, b) => rank(a) - rank(b) || count(b) - count(a) || byText(a, b))) {
      const own = [...(tables.get(path) ?? [])];
      if (own.some((table) => seen.has(table))) copies.push(path);
      else kept.push(path);
      for (const table of own) seen.add(table);
    }
    return { kept: kept.sort(byText), copies };
  }

  /** Tests declare tables of their own, each file for itself. */
  #unitId(path: string, core: Core): string {
    const home = this.packages.folderOf(path);
    return TEST.test(this.#inPackage(path)) ? `drizzle:${path}` : `drizzle:${home ?? folderOf(path)}:${core}`;
  }

  #isTest(path: string): boolean {
    return TEST_FILE.test(path) && !this.tree.isNamed(path);
  }

  #inPackage(path: string): string {
    const home = this.packages.folderOf(path);
    return home === undefined ? this.tree.relative(path) : path.slice(home.length);
  }

  /** Whether reading the file may be worth it: packages that don't know Drizzle are passed over, telling names aside. */
  #likely(path: string): boolean {
    if (/\.d\.[cm]?ts$/.test(path)) return false;
    const home = this.packages.folderOf(path);
    if (home === undefined || TELLING.test(path.slice(home.length))) return true;
    let likely = this.#likelyPackages.get(home);
    if (likely === undefined) this.#likelyPackages.set(home, (likely = this.packages.dependsOn(home, /^drizzle-/)));
    return likely;
  }
}

/** The tables that a file declares, by the function that makes them and their name. */
export function tablesIn(text: string): Set<string> {
  const calls = text.matchAll(/([\w.$]*[tT]able\w*)\s*\(\s*["'`]([\w-]+)["'`]/g);
  return new Set([...calls].map(([, callee = '', name = '']) => `${callee} ${name}`));
}

function coreOf(path: string, text: string): Core | undefined {
  if (!claimsDrizzle(path, text)) return undefined;
  const core = /["'](?:npm:|jsr:)?drizzle-orm(?:@[^/"']+)?\/(pg|mysql|sqlite|singlestore|gel|mssql|cockroach)-core/.exec(text)?.[1];
  switch (core) {
    case 'pg':
    case 'mysql':
    case 'sqlite':
    case 'singlestore':
    case 'gel':
    case 'mssql':
    case 'cockroach':
      return core;
    default:
      return 'any';
  }
}
