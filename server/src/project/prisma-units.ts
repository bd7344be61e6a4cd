// Which .prisma files form one schema: by configuration where there is one, else by where the datasource stands.
import { asObject, asString } from './json';
import type { Packages } from './packages';
import { byText, folderOf, foldersAbove, isWithin, join, nameOf } from './paths';
import { isPrismaConfig, readPrismaConfig } from './prisma-config';
import type { Texts } from './texts';
import type { Tree } from './tree';

/** Files of one Prisma schema, and where its migrations lie if that is configured. */
export interface PrismaUnit {
  readonly root: string;
  readonly files: readonly string[];
  readonly provider?: string;
  readonly migrations?: string;
}

interface Source {
  readonly path: string;
  readonly datasource: boolean;
  readonly provider?: string;
  readonly models: readonly string[];
}

interface Configured {
  readonly path: string;
  readonly migrations?: string;
}

const DATASOURCE = /^[ \t]*datasource\s+\w+\s*\{([^}]*)/m;

/** A look at a .prisma file's text that decides where it belongs; undefined for a file in another language. */
function look(path: string, text: string): Omit<Source, 'models'> | undefined {
  if (/^\s*\/\/\s*use prisma-(?:8|next)\b/.test(text)) return undefined;
  const datasource = DATASOURCE.exec(text);
  const provider = /\bprovider\s*=\s*"(\w+)"/.exec(datasource?.[1] ?? '')?.[1];
  return { path, datasource: datasource !== null, ...(provider !== undefined && { provider }) };
}

function modelsIn(text: string): string[] {
  return [...text.matchAll(/^[ \t]*(?:model|view|type|enum)\s+(\w+)\s*\{/gm)].map(([, name = '']) => name);
}

/** Prisma 8 keeps its whole schema in a file of this name; beside a datasource it is about contracts. */
export function mayBeOtherLanguage(path: string): boolean {
  return nameOf(path) === 'contract.prisma';
}

/** Changes when a file may belong to another unit than before. */
export function prismaSignature(path: string, text: string): string {
  const source = look(path, text);
  return source ? `${source.datasource} ${source.provider ?? ''}` : 'none';
}

/** All Prisma schemas among the tree's files, whose texts must be loaded. */
export function prismaUnits(tree: Tree, texts: Texts, packages: Packages): PrismaUnit[] {
  const sources = new Map<string, Source>();
  for (const path of [...tree.files()].filter((file) => file.endsWith('.prisma') && !tree.isReferenceCopy(file)).sort(byText)) {
    const text = texts.now(path);
    const source = text === undefined ? undefined : look(path, text);
    if (source) sources.set(path, { ...source, models: modelsIn(text ?? '') });
  }
  const groups = new Map<string, Source[]>();
  const taken = new Map<string, string | undefined>();
  for (const { path, migrations } of configuredSchemas(tree, texts, packages)) {
    if (sources.has(path)) taken.set(path, migrations);
    else gather(path, migrations, sources, groups, taken);
  }
  const grouped = new Set([...groups.values()].flat().map(({ path }) => path));
  const free = [...sources.values()].filter(({ path }) => !grouped.has(path));
  for (const source of free) if (source.datasource || taken.has(source.path)) groups.set(source.path, [source]);
  for (const source of free) if (!groups.has(source.path)) place(source, groups, packages);
  return [...groups].map(([root, members]) => {
    const provider = members.find((member) => member.provider !== undefined)?.provider;
    const migrations = taken.get(root);
    return {
      root,
      files: members.map(({ path }) => path).sort(byText),
      ...(provider !== undefined && { provider }),
      ...(migrations !== undefined && { migrations }),
    };
  });
}

/** A configured folder is one schema, unless it holds several with a datasource each. */
function gather(
  folder: string,
  migrations: string | undefined,
  sources: ReadonlyMap<string, Source>,
  groups: Map<string, Source[]>,
  taken: Map<string, string | undefined>,
): void {
  const members = [...sources.values()].filter(({ path }) => isWithin(path, folder));
  if (members.length === 0 || members.filter(({ datasource }) => datasource).length > 1) return;
  const grouped = new Set([...groups.values()].flat());
  if (members.some((member) => grouped.has(member))) return;
  groups.set(folder, members);
  taken.set(folder, migrations);
}

/** Puts a file without a datasource to the schema above it or, failing that, beside it; alone where none fits. */
function place(source: Source, groups: Map<string, Source[]>, packages: Packages): void {
  const home = packages.folderOf(source.path);
  const candidates = [...groups].filter(([root]) => packages.folderOf(`${root}/.`) === home);
  for (const folder of foldersAbove(source.path)) {
    const here = candidates.filter(([root, members]) => members.some(isHead) && folderOf(root) === folder);
    if (here.length > 0) return settle(source, here, groups);
    if (folder === home) break;
  }
  for (const folder of foldersAbove(source.path)) {
    if (!/^(?:prisma|schemas?|models?|db|database)$/i.test(nameOf(folder))) break;
    const inside = candidates.filter(([root, members]) => members.some(isHead) && isWithin(root, folder));
    if (inside.length > 0) return settle(source, inside, groups);
    if (folder === home) break;
  }
  if (!mayBeOtherLanguage(source.path)) groups.set(source.path, [source]);
}

function isHead(source: Source): boolean {
  return source.datasource;
}

function settle(source: Source, candidates: readonly (readonly [string, Source[]])[], groups: Map<string, Source[]>): void {
  const [only] = candidates;
  // Two providers' variants beside each other, or a copy of the same models: nobody can tell, so it stays alone.
  const copy = only && only[1].some(({ models }) => models.some((model) => source.models.includes(model)));
  if (!only || candidates.length > 1 || copy) groups.set(source.path, [source]);
  else only[1].push(source);
}

/** What prisma.config.ts, package.json and the npm scripts name, as paths of files or folders that exist. */
function configuredSchemas(tree: Tree, texts: Texts, packages: Packages): Configured[] {
  const configured: Configured[] = [];
  const add = (folder: string, schema: string, migrations?: string): void => {
    const path = join(folder, schema);
    if (!tree.has(path) && !tree.hasFolder(path)) return;
    configured.push({ path, ...(migrations !== undefined && { migrations: join(folder, migrations) }) });
  };
  for (const path of tree.files()) {
    const folder = folderOf(path);
    if (isPrismaConfig(path)) {
      const config = readPrismaConfig(texts.now(path) ?? '');
      // Paths in `.config/prisma.ts` are meant from the package's folder or from its own.
      const bases = nameOf(folder) === '.config' ? [folder, folderOf(folder)] : [folder];
      if (config.schema !== undefined) for (const base of bases) add(base, config.schema, config.migrations);
    } else if (nameOf(path) === 'package.json') {
      const manifest = packages.manifest(folder);
      const schema = asString(asObject(manifest['prisma'])['schema']);
      if (schema !== undefined) add(folder, schema);
      for (const script of Object.values(asObject(manifest['scripts']))) {
        if (typeof script !== 'string' || !script.includes('prisma')) continue;
        for (const [, written = ''] of script.matchAll(/--schema[= ]+["']?([^\s"';&|]+)/g)) add(folder, written);
      }
    }
  }
  return configured;
}
