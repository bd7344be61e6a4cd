// Whether two ORMs describe one database: a Prisma schema and Drizzle tables in one package.
import type { OtherSchema } from '../model/facts';
import { addressVariables } from './code-text';
import { isDrizzleConfig } from './drizzle-config';
import { tablesIn, type DrizzleUnit } from './drizzle-units';
import type { Packages } from './packages';
import { isPrismaConfig } from './prisma-config';
import type { PrismaUnit } from './prisma-units';
import type { Texts } from './texts';
import type { Tree } from './tree';

interface Sources {
  readonly tree: Tree;
  readonly texts: Texts;
  readonly packages: Packages;
}

/** What the smaller of two schemas of one database is told of the other, by its own unit. */
export function mixedSchemas(
  prisma: readonly PrismaUnit[],
  drizzle: readonly DrizzleUnit[],
  sources: Sources,
): ReadonlyMap<PrismaUnit | DrizzleUnit, OtherSchema> {
  const mixed = new Map<PrismaUnit | DrizzleUnit, OtherSchema>();
  for (const one of prisma) {
    const home = sources.packages.folderOf(one.root);
    for (const other of drizzle) {
      if (home === undefined || other.packageFolder !== home || !other.id.endsWith(`:${CORES[one.provider ?? ''] ?? '-'}`)) continue;
      const models = modelsOf(one, sources.texts);
      const tables = tablesOf(other, sources.texts);
      if (models.size === 0 || tables.size === 0 || !sameDatabase(one, models, tables, home, sources)) continue;
      const name = (path: string): string => path.slice(home.length + 1);
      if (models.size < tables.size) mixed.set(one, { own: 'Prisma', other: 'Drizzle', file: name(fullest(other.files, sources.texts)) });
      else mixed.set(other, { own: 'Drizzle', other: 'Prisma', file: name(one.root) });
    }
  }
  return mixed;
}

/** The part of Drizzle for each of Prisma's providers. */
const CORES: Readonly<Record<string, string>> = {
  postgresql: 'pg',
  postgres: 'pg',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'mssql',
  cockroachdb: 'cockroach',
};

/**
 * Both take the address from the same variable; where that isn't told, they share a table. A generator that writes the
 * Drizzle tables from the Prisma schema keeps one description.
 */
function sameDatabase(one: PrismaUnit, models: ReadonlySet<string>, tables: ReadonlySet<string>, home: string, { tree, texts }: Sources): boolean {
  const schema = one.files.map((path) => texts.now(path) ?? '').join('\n');
  if (/\bprovider\s*=\s*"[^"\n]*drizzle[^"\n]*"/i.test(schema)) return false;
  const variables = (paths: readonly string[]): string[] => paths.flatMap((path) => [...addressVariables(texts.now(path) ?? '')]);
  const own = [...tree.filesBelow(home)];
  const ofPrisma = new Set(variables([...one.files, ...own.filter(isPrismaConfig)]));
  const ofDrizzle = variables(own.filter(isDrizzleConfig));
  if (ofPrisma.size > 0 && ofDrizzle.length > 0) return ofDrizzle.some((name) => ofPrisma.has(name));
  return [...tables].some((table) => models.has(table));
}

/** Names in the database of the models in a schema. */
function modelsOf({ files }: PrismaUnit, texts: Texts): Set<string> {
  const names = new Set<string>();
  for (const path of files) {
    for (const [, name = '', body = ''] of (texts.now(path) ?? '').matchAll(/^[ \t]*model\s+(\w+)\s*\{([^}]*)/gm)) {
      names.add(/^\s*@@map\((?:\s*name:)?\s*"([^"]+)"/m.exec(body)?.[1] ?? name);
    }
  }
  return names;
}

function tablesOf({ files }: DrizzleUnit, texts: Texts): Set<string> {
  return new Set(files.flatMap((path) => [...tablesIn(texts.now(path) ?? '')].map((table) => table.split(' ')[1] ?? '')));
}

function fullest(files: readonly string[], texts: Texts): string {
  const count = (path: string): number => tablesIn(texts.now(path) ?? '').size;
  return [...files].sort((a, b) => count(b) - count(a))[0] ?? '';
}
