// Finds all units of a workspace: which files they consist of, who writes whose migrations, what is known around them.
import type { RunnerId } from '../model/changes';
import type { Facts } from '../model/facts';
import { checkedColumns } from './checked-columns';
import type { Configurations } from './configuration';
import { isDrizzleConfig } from './drizzle-config';
import type { DrizzleFiles, DrizzleUnit } from './drizzle-units';
import { completeHistory } from './history';
import type { Originals } from './git/original';
import { isTsconfig, Modules } from './modules';
import type { PackageFacts, Packages } from './packages';
import { byText, folderOf, sharedDepth } from './paths';
import { commonFolder, type UnitPlan } from './plan';
import { isPrismaConfig } from './prisma-config';
import { prismaUnits, type PrismaUnit } from './prisma-units';
import { mixedSchemas } from './same-database';
import { planSql, type ClaimedFolder, type SqlPlan } from './sql-folders';
import type { Texts } from './texts';
import type { Tree } from './tree';

export interface Sources {
  readonly tree: Tree;
  readonly texts: Texts;
  readonly packages: Packages;
  readonly drizzleFiles: DrizzleFiles;
  readonly configurations: Configurations;
  /** Which of these migrations the main branch has, and as what. */
  committed(paths: readonly string[]): Promise<ReadonlyMap<string, Originals>>;
}

export interface Plan {
  readonly units: readonly UnitPlan[];
  readonly modules: Modules;
}

/** Looks at every file that may matter; reads only what isn't at hand. */
export async function discover(sources: Sources): Promise<Plan> {
  const { tree, texts, packages, drizzleFiles, configurations } = sources;
  const packageFolders = await packages.loadAll();
  const wanted = [...tree.files()].filter((path) => path.endsWith('.prisma') || isPrismaConfig(path) || isDrizzleConfig(path) || isTsconfig(path));
  await texts.loadAll([...configurations.files(), ...wanted]);
  await drizzleFiles.load();
  const sql = await planSql(tree, texts, packages);
  const prisma = prismaUnits(tree, texts, packages);
  const drizzle = drizzleFiles.units();
  const owners = new Owners(packages, prisma, drizzle, sql);
  const facts = new FactsMaker(sources);
  const units: UnitPlan[] = [];
  const mixed = mixedSchemas(prisma, drizzle, sources);
  for (const unit of prisma) units.push(await prismaPlan(unit, facts, packages, owners, { otherSchema: mixed.get(unit) }));
  for (const unit of drizzle) {
    units.push(await drizzlePlan(unit, facts, owners, { otherSchema: mixed.get(unit), drizzleCasing: drizzleFiles.casing(unit) }));
  }
  const migrations = sql.folders.filter(({ postgres }) => postgres);
  const committed = await sources.committed(migrations.flatMap(({ files }) => files));
  for (const folder of migrations) units.push(await folderPlan(folder, facts, owners, committed));
  for (const files of sql.scripts) units.push(await scriptPlan(files, facts, packages));
  await texts.loadAll(units.flatMap(({ files }) => files));
  return { units: withWritten(units, texts), modules: new Modules(tree, texts, packages, packageFolders) };
}

/** Tells each ORM's schema of the migrations that are written from it, and of what they check. */
function withWritten(units: readonly UnitPlan[], texts: Texts): UnitPlan[] {
  return units.map((unit) => {
    const written = unit.language === 'sql' ? undefined : units.find(({ migrations, source }) => migrations && source === unit.id);
    if (!written?.migrations) return unit;
    const checked = checkedColumns(written.files.map((path) => texts.now(path) ?? ''));
    return { ...unit, facts: checked.size > 0 ? { ...unit.facts, checked } : unit.facts, written: { id: written.id, folder: written.migrations } };
  });
}

/** Which schema the migrations of a folder are written from. */
class Owners {
  constructor(
    private readonly packages: Packages,
    private readonly prisma: readonly PrismaUnit[],
    private readonly drizzle: readonly DrizzleUnit[],
    private readonly sql: SqlPlan,
  ) {}

  of(folder: ClaimedFolder): string | undefined {
    if (folder.runner.id === 'prisma') return this.#prismaOwner(folder);
    if (folder.runner.id === 'supabase') return this.#declaredBeside(folder);
    if (folder.runner.id !== 'drizzle') return undefined;
    const home = folder.packageFolder;
    const wanted = folder.postgres ? ':pg' : `:${folder.claim.dialect === 'turso' ? 'sqlite' : (folder.claim.dialect ?? '')}`;
    return this.drizzle.find(({ id, packageFolder }) => packageFolder === home && id.endsWith(wanted))?.id;
  }

  /**
   * The migrations that a Drizzle schema only describes for its queries: another tool's, in a package that can't
   * generate any from the schema. The shape of a table is mended there.
   */
  described({ packageFolder }: DrizzleUnit): string | undefined {
    if (packageFolder === undefined || this.packages.dependsOn(packageFolder, /^drizzle-kit$/)) return undefined;
    const [folder, ...others] = this.sql.folders.filter((each) => each.postgres && each.packageFolder === packageFolder);
    return folder && others.length === 0 && !ORM.has(folder.runner.id) ? folderId(folder) : undefined;
  }

  /** Supabase writes its migrations from declarative schemas where there are any. */
  #declaredBeside({ folder }: ClaimedFolder): string | undefined {
    const declared = `${folderOf(folder.path)}/schemas/`;
    const script = this.sql.scripts.find(([first]) => first?.startsWith(declared));
    return script && scriptId(script);
  }

  /** Whether a schema has migrations: those written from it, or those of another tool in the same package. */
  hasMigrations(id: string, packageFolder: string | undefined): boolean {
    return this.sql.folders.some((folder) => {
      if (ORM.has(folder.runner.id)) return this.of(folder) === id;
      return folder.packageFolder === packageFolder;
    });
  }

  #prismaOwner(folder: ClaimedFolder): string | undefined {
    const path = folder.folder.path;
    const configured = this.prisma.find(({ migrations }) => migrations === path);
    if (configured) return prismaId(configured);
    const { dialect } = folder.claim;
    const candidates = this.prisma.filter(
      ({ root, provider }) =>
        this.packages.folderOf(root) === folder.packageFolder &&
        (dialect === undefined || provider === undefined || sameProvider(provider, dialect)),
    );
    candidates.sort((a, b) => sharedDepth(b.root, path) - sharedDepth(a.root, path) || byText(a.root, b.root));
    return candidates[0] && prismaId(candidates[0]);
  }
}

function sameProvider(a: string, b: string): boolean {
  const plain = (name: string): string => (name === 'postgres' ? 'postgresql' : name);
  return plain(a) === plain(b);
}

const ORM: ReadonlySet<RunnerId> = new Set<RunnerId>(['prisma', 'drizzle']);

const folderId = ({ runner, folder }: ClaimedFolder): string => `sql:${runner.id}:${folder.path}`;
const scriptId = ([first = '']: readonly string[]): string => `sql:${first}`;
const prismaId = ({ root }: PrismaUnit): string => `prisma:${root}`;

/** What is known of one schema alone. */
type OwnFacts = { readonly [K in 'drizzleCasing' | 'otherSchema']?: Facts[K] | undefined };

/** Facts of a package, completed by what the configuration and the history say. */
class FactsMaker {
  constructor(private readonly sources: Sources) {}

  /** A schema that is pushed has rows to lose as one with migrations has. */
  async ofOrm(packageFolder: string | undefined, folder: string, hasMigrations: boolean, { drizzleCasing, otherSchema }: OwnFacts): Promise<Facts> {
    const { pushes } = await this.sources.packages.facts(packageFolder);
    return {
      ...(await this.of(packageFolder, folder, hasMigrations || pushes)),
      ...(pushes && { pushes }),
      ...(drizzleCasing && { drizzleCasing }),
      ...(otherSchema && { otherSchema }),
    };
  }

  async of(packageFolder: string | undefined, folder: string, hasMigrations: boolean): Promise<Facts> {
    const { dependencies, prismaVersion, drizzleVersion }: PackageFacts = await this.sources.packages.facts(packageFolder);
    const { postgresVersion } = this.sources.configurations.settings(folder);
    return {
      dependencies,
      hasMigrations,
      ...(prismaVersion && { prismaVersion }),
      ...(drizzleVersion && { drizzleVersion }),
      ...(postgresVersion !== undefined && { postgresVersion }),
    };
  }
}

async function prismaPlan(unit: PrismaUnit, facts: FactsMaker, packages: Packages, owners: Owners, own: OwnFacts): Promise<UnitPlan> {
  const id = prismaId(unit);
  const folder = commonFolder(unit.files);
  const packageFolder = packages.folderOf(`${folder}/.`);
  return {
    id,
    language: 'prisma',
    files: unit.files,
    folder,
    ...(packageFolder !== undefined && { packageFolder }),
    facts: await facts.ofOrm(packageFolder, folder, owners.hasMigrations(id, packageFolder), own),
  };
}

async function drizzlePlan(unit: DrizzleUnit, facts: FactsMaker, owners: Owners, own: OwnFacts): Promise<UnitPlan> {
  const { id, files, packageFolder } = unit;
  const source = owners.described(unit);
  const folder = commonFolder(files);
  return {
    id,
    language: 'drizzle',
    files,
    folder,
    ...(packageFolder !== undefined && { packageFolder }),
    facts: await facts.ofOrm(packageFolder, folder, owners.hasMigrations(id, packageFolder), own),
    ...(source !== undefined && { source }),
  };
}

async function folderPlan(
  claimed: ClaimedFolder,
  facts: FactsMaker,
  owners: Owners,
  committed: ReadonlyMap<string, Originals>,
): Promise<UnitPlan> {
  const { runner, folder, claim, files, packageFolder } = claimed;
  const source = owners.of(claimed);
  return {
    id: folderId(claimed),
    language: 'sql',
    files,
    folder: folder.path,
    ...(packageFolder !== undefined && { packageFolder }),
    facts: await facts.of(packageFolder, folder.path, true),
    migrations: {
      runner,
      folder,
      claim,
      committed: new Map(files.flatMap((file) => entriesOf(committed, file))),
      completeHistory: completeHistory(claimed),
    },
    ...(source !== undefined && { source }),
  };
}

function entriesOf<V>(map: ReadonlyMap<string, V>, key: string): [string, V][] {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
}

async function scriptPlan(files: readonly string[], facts: FactsMaker, packages: Packages): Promise<UnitPlan> {
  const folder = folderOf(files[0] ?? '/');
  const packageFolder = packages.folderOf(`${folder}/.`);
  return {
    id: scriptId(files),
    language: 'sql',
    files,
    folder,
    ...(packageFolder !== undefined && { packageFolder }),
    facts: await facts.of(packageFolder, folder, false),
  };
}
