// Which SQL files form one history, and which runner applies it.
import { isPostgres, sqlRole } from './sql-signs';
import type { Packages, PackageFacts } from './packages';
import { byText, folderOf, isWithin, join, nameOf } from './paths';
import { plain, runners } from './runners';
import type { Claim, Folder, Runner } from './runners/runner';
import { isAmong, sqlcPaths } from './sqlc';
import type { Texts } from './texts';
import type { Tree } from './tree';

/** A folder of migrations that a runner owns. */
export interface ClaimedFolder {
  readonly runner: Runner;
  readonly folder: Folder;
  readonly claim: Claim;
  readonly packageFolder: string | undefined;
  readonly packageFacts: PackageFacts;
  /** Paths of the migrations, in order. */
  readonly files: readonly string[];
  readonly postgres: boolean;
}

export interface SqlPlan {
  readonly folders: readonly ClaimedFolder[];
  /** Files that stand for themselves: schemas and scripts; several where a folder declares one schema. */
  readonly scripts: readonly (readonly string[])[];
}

/** Sorts all SQL files of the tree; reads them and what the runners keep beside them. */
export async function planSql(tree: Tree, texts: Texts, packages: Packages): Promise<SqlPlan> {
  const paths = [...tree.files()].filter((path) => path.endsWith('.sql') && !tree.isReferenceCopy(path)).sort(byText);
  await texts.loadAll(paths);
  const sqlc = await sqlcPaths(tree, texts);
  const isD1 = await d1Folders(tree, texts);
  const folders: ClaimedFolder[] = [];
  const rest: string[] = [];
  for (const [path, names] of grouped(paths.filter((each) => !isAmong(each, sqlc.queries)), tree)) {
    const packageFolder = packages.folderOf(`${path}/.`);
    const packageFacts = await packages.facts(packageFolder);
    const sql = new Map<string, string>();
    for (const name of names) {
      const text = texts.now(join(path, name));
      if (text !== undefined) sql.set(name, text);
    }
    const at: Place = { path, d1: isD1(path), tree, texts, packageFolder, packageFacts };
    await texts.loadAll(needed(at, names));
    rest.push(...claimAll(at, sql, folders));
  }
  const scripts = rest.filter((path) => !isAmong(path, sqlc.schemas) && !(isD1(path) && !isPostgres(`cloudflare/${nameOf(path)}`, texts.now(path) ?? '')));
  return { folders, scripts: scriptsAmong(scripts, tree, texts) };
}

/**
 * SQLite looks like anything, so where D1 is configured only PostgreSQL's own words make a file PostgreSQL's.
 * Tells whether a path lies below a folder whose Cloudflare configuration names a D1 database.
 */
async function d1Folders(tree: Tree, texts: Texts): Promise<(path: string) => boolean> {
  const configurations = [...tree.files()].filter((path) => /^wrangler\.(?:toml|jsonc?)$/.test(nameOf(path)));
  await texts.loadAll(configurations);
  const folders = configurations.filter((path) => /\bd1_databases\b/.test(texts.now(path) ?? '')).map(folderOf);
  return (path) => folders.some((folder) => path === folder || isWithin(path, folder));
}

interface Place {
  readonly path: string;
  /** Cloudflare's own SQLite is configured around it. */
  readonly d1: boolean;
  readonly tree: Tree;
  readonly texts: Texts;
  readonly packageFolder: string | undefined;
  readonly packageFacts: PackageFacts;
}

/** Files by the folder that is their history: a migration with a folder of its own belongs to the folder above. */
function grouped(paths: readonly string[], tree: Tree): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const own = folderOf(path);
    const nested = /^(?:migration|up|down)\.sql$/.test(nameOf(path)) || /^\d+-\d+$/.test(nameOf(own));
    const folder = nested && tree.covers(folderOf(own)) ? folderOf(own) : own;
    const names = groups.get(folder);
    const name = path.slice(folder.length + (folder.endsWith('/') ? 0 : 1));
    if (names) names.push(name);
    else groups.set(folder, [name]);
  }
  return groups;
}

function needed({ path, tree }: Place, names: readonly string[]): string[] {
  const wanted = runners.flatMap((runner) => runner.needs?.(names) ?? []);
  return [...new Set(wanted.map((name) => join(path, name)))].filter((file) => tree.has(file));
}

/** A migration in a language of its own, among those of SQL: goose's in Go, Flyway's in Java, node-pg-migrate's in JavaScript. */
const PROGRAM = /^V?\d[\w.-]*\.(?:[cm]?[jt]s|go|java|kt|py|rb|php|exs?)$/;

function view({ path, tree, texts, packageFacts }: Place, sql: ReadonlyMap<string, string>): Folder {
  return {
    path,
    sql,
    programs: [...tree.namesIn(path)].some((name) => PROGRAM.test(name)),
    has: (name) => tree.has(join(path, name)),
    text: (name) => texts.now(join(path, name)),
    facts: packageFacts,
  };
}

/** Lets every runner claim its files, one after another. Returns the paths that nobody claimed. */
function claimAll(place: Place, sql: ReadonlyMap<string, string>, folders: ClaimedFolder[]): string[] {
  const left = new Map(sql);
  const take = (runner: Runner, candidates: ReadonlyMap<string, string>): void => {
    const folder = view(place, candidates);
    const claim = runner.claim(folder);
    if (!claim) return;
    for (const name of [...claim.migrations, ...claim.aside]) left.delete(name);
    if (claim.migrations.length > 0) folders.push(claimed(place, runner, folder, claim));
  };
  for (const runner of runners) if (left.size > 0) take(runner, new Map(left));
  const numbered = new Map([...left].filter(([name, text]) => sqlRole(place.tree.relative(join(place.path, name)), text) !== 'none'));
  if (numbered.size > 0) take(plain, numbered);
  return [...left.keys()].map((name) => join(place.path, name));
}

function claimed(place: Place, runner: Runner, folder: Folder, claim: Claim): ClaimedFolder {
  const path = (name: string): string => place.tree.relative(join(place.path, name));
  const known = claim.dialect !== undefined;
  const first = claim.migrations[0] ?? '';
  const postgres = known ? POSTGRES.test(claim.dialect ?? '') : isPostgres(place.d1 ? `cloudflare/${nameOf(first)}` : path(first), sample(folder, claim));
  // Variants of one migration for several databases carry the database in their names.
  const migrations = known ? claim.migrations : claim.migrations.filter((name) => !postgres || isPostgres(path(name), ''));
  return {
    runner,
    folder,
    claim: { ...claim, migrations },
    packageFolder: place.packageFolder,
    packageFacts: place.packageFacts,
    files: migrations.map((name) => join(place.path, name)),
    postgres: postgres && migrations.length > 0,
  };
}

const POSTGRES = /^(?:pg|postgres|postgresql|cockroach|cockroachdb)$/;

/** The heads of all migrations: one file alone may hold no sign of its database. */
function sample(folder: Folder, { migrations }: Claim): string {
  return migrations.map((name) => folder.sql.get(name)?.slice(0, 2000) ?? '').join('\n').slice(0, 200_000);
}

function scriptsAmong(paths: readonly string[], tree: Tree, texts: Texts): string[][] {
  const scripts = new Map<string, string[]>();
  for (const path of paths) {
    const text = texts.now(path);
    const name = tree.relative(path);
    if (text === undefined || sqlRole(name, text) !== 'step' || !isPostgres(name, text)) continue;
    // Supabase's declarative schemas describe one database together.
    const declared = /^.*\/supabase\/schemas(?=\/)/.exec(path)?.[0] ?? path;
    const files = scripts.get(declared);
    if (files) files.push(path);
    else scripts.set(declared, [path]);
  }
  return [...scripts.values()];
}
