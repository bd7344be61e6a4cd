// Which files are application code with queries, and with which schema each of them works. None of it is read before
// somebody asks for a file or for all of them.
import { mayBeCode, mayQuery } from '../languages/code/claims';
import { noFacts } from '../model/facts';
import { isScript } from '../model/scripts';
import { asObject, asString } from './json';
import type { Packages } from './packages';
import { byText, folderOf, foldersAbove, sharedDepth } from './paths';
import type { UnitPlan } from './plan';
import type { Texts } from './texts';
import type { Tree } from './tree';

const CLIENT = /^(?:@prisma\/client|prisma|drizzle-orm|pg|postgres|@neondatabase\/serverless|@vercel\/postgres)$/;
/** What makes tables, or makes what makes them. */
const TABLES = /\b(?:pg|mysql|sqlite|singlestore|mssql|cockroach|gel)(?:Table\w*|Schema)\s*\(/;
const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies'];

export class CodeFiles {
  /** Whether a file that was looked at holds queries. */
  readonly #holds = new Map<string, boolean>();
  readonly #databases = new Map<string, readonly UnitPlan[]>();
  readonly #likely = new Map<string, boolean>();
  #candidates: readonly string[] | undefined;
  #revision = 0;
  #folders: ReadonlyMap<string, string> | undefined;
  #schemas: readonly UnitPlan[] = [];

  constructor(
    private readonly tree: Tree,
    private readonly texts: Texts,
    private readonly packages: Packages,
  ) {}

  /** Another number whenever another file may be known to hold queries. */
  get revision(): number {
    return this.#revision;
  }

  /** Turns to the schemas of a newer plan. */
  takePlan(units: readonly UnitPlan[]): void {
    const schemas = units.filter(({ language }) => language === 'prisma' || language === 'drizzle');
    const declaring = schemas.filter((unit) => this.#declaresTables(unit));
    this.#schemas = declaring.length > 0 ? declaring : schemas;
    this.#databases.clear();
    this.#likely.clear();
    this.#folders = undefined;
    this.#candidates = undefined;
    this.#revision++;
  }

  /** Files that only use Drizzle's types form a unit as well, of no table. */
  #declaresTables({ language, files }: UnitPlan): boolean {
    return language === 'prisma' || files.some((path) => TABLES.test(this.texts.now(path) ?? ''));
  }

  /** The unit that a file forms by itself; undefined for one that holds no queries, as far as it was looked at. */
  plan(path: string): UnitPlan | undefined {
    if (!this.#holds.get(path)) return undefined;
    const database = this.#database(path);
    const packageFolder = this.packages.folderOf(path);
    return {
      id: `code:${path}`,
      language: 'code',
      files: [path],
      folder: folderOf(path),
      ...(packageFolder !== undefined && { packageFolder }),
      facts: database?.facts ?? noFacts,
      ...(database && { database: database.id }),
    };
  }

  /** The files with queries among those that were looked at, sorted. */
  known(): readonly string[] {
    return [...this.#holds].flatMap(([path, holds]) => (holds ? [path] : [])).sort(byText);
  }

  /** Files that may hold queries and weren't looked at yet. */
  unread(): readonly string[] {
    this.#candidates ??= [...this.tree.files()].filter((path) => this.#isCandidate(path)).sort(byText);
    return this.#candidates.filter((path) => !this.#holds.has(path));
  }

  /** Whether a file is run by hand or once. */
  isScript(path: string): boolean {
    return isScript(this.tree.relative(path));
  }

  /** Looks into files; the texts of those without queries aren't kept. */
  async read(paths: readonly string[]): Promise<void> {
    const wanted = paths.filter((path) => !this.#holds.has(path) && this.#isCandidate(path));
    const before = new Set(wanted.filter((path) => this.texts.known(path)));
    await this.texts.loadAll(wanted);
    for (const path of wanted) {
      this.look(path);
      if (!this.#holds.get(path) && !before.has(path)) this.texts.drop(path);
    }
  }

  /** Looks at the present text of a file. */
  look(path: string): void {
    if (!this.#holds.has(path) && !this.#isCandidate(path)) return;
    const text = this.texts.now(path);
    this.#holds.set(path, text !== undefined && mayQuery(text));
    this.#revision++;
  }

  forget(path: string): void {
    this.#revision++;
    for (const known of [...this.#holds.keys()]) if (known === path || known.startsWith(`${path}/`)) this.#holds.delete(known);
  }

  clear(): void {
    this.#revision++;
    this.#holds.clear();
  }

  #isCandidate(path: string): boolean {
    return mayBeCode(`/${this.tree.relative(path)}`) && this.tree.has(path) && this.#isLikely(this.packages.folderOf(path));
  }

  /** Whether a package has a schema, or knows of a client or of a package with a schema. Outside of packages nobody knows. */
  #isLikely(home: string | undefined): boolean {
    const key = home ?? '';
    let likely = this.#likely.get(key);
    if (likely === undefined) {
      likely = home === undefined || this.#near(home).length > 0 || this.packages.dependsOn(home, CLIENT);
      this.#likely.set(key, likely);
    }
    return likely;
  }

  #database(path: string): UnitPlan | undefined {
    const near = this.#near(this.packages.folderOf(path));
    const choices = near.length > 0 ? near : this.#schemas.length === 1 ? this.#schemas : [];
    if (choices.length < 2) return choices[0];
    const text = this.texts.now(path) ?? '';
    const language = /["']drizzle-orm|\.query\.\w+\.find|\.select\([^)]*\)\s*\.from\(/.test(text) ? 'drizzle' : 'prisma';
    const own = choices.filter((unit) => unit.language === language);
    const among = own.length > 0 ? own : choices;
    return [...among].sort((a, b) => b.files.length - a.files.length || sharedDepth(b.folder, path) - sharedDepth(a.folder, path) || byText(a.id, b.id))[0];
  }

  /** The schemas of a package; else of those that it depends on, the nearest first; else of those around it. */
  #near(home: string | undefined): readonly UnitPlan[] {
    const key = home ?? '';
    let found = this.#databases.get(key);
    if (!found) this.#databases.set(key, (found = this.#search(home)));
    return found;
  }

  #search(home: string | undefined): readonly UnitPlan[] {
    const seen = new Set<string | undefined>();
    for (let level: readonly (string | undefined)[] = [home]; level.length > 0; ) {
      const found = level.flatMap((folder) => this.#schemas.filter(({ packageFolder }) => packageFolder === folder));
      if (found.length > 0) return found;
      for (const folder of level) seen.add(folder);
      level = [...new Set(level.flatMap((folder) => (folder === undefined ? [] : this.#dependencies(folder))))].filter((folder) => !seen.has(folder));
    }
    for (const above of home === undefined ? [] : foldersAbove(home)) {
      const found = this.#schemas.filter(({ packageFolder }) => packageFolder === above);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** Folders of the workspace's packages that a package depends on. */
  #dependencies(folder: string): string[] {
    const manifest = this.packages.manifest(folder);
    const names = DEPENDENCIES.flatMap((key) => Object.keys(asObject(manifest[key])));
    return names.flatMap((name) => this.#folderOf(name) ?? []);
  }

  #folderOf(name: string): string | undefined {
    if (!this.#folders) {
      const folders = new Map<string, string>();
      for (const path of this.tree.files()) {
        if (!path.endsWith('/package.json')) continue;
        const own = asString(this.packages.manifest(folderOf(path))['name']);
        if (own !== undefined && !folders.has(own)) folders.set(own, folderOf(path));
      }
      this.#folders = folders;
    }
    return this.#folders.get(name);
  }
}
