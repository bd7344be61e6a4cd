// The unit of a file that lies outside every root: itself.
import { claimsDrizzle } from '../languages/drizzle/claims';
import { noFacts } from '../model/facts';
import type { LanguageId } from '../model/nodes';
import { folderOf, nameOf } from './paths';
import type { UnitPlan } from './plan';
import { mayBeOtherLanguage, prismaSignature } from './prisma-units';
import { isPostgres, sqlRole } from './sql-signs';

/** Undefined for a file that isn't served. */
export function lonePlan(path: string, text: string): UnitPlan | undefined {
  const language = languageOf(path, text);
  return language && { id: `lone:${path}`, language, files: [path], folder: folderOf(path), facts: noFacts };
}

function languageOf(path: string, text: string): LanguageId | undefined {
  if (path.endsWith('.prisma')) return prismaSignature(path, text) === 'none' || mayBeOtherLanguage(path) ? undefined : 'prisma';
  if (path.endsWith('.sql')) return sqlRole(nameOf(path), text) === 'none' || !isPostgres(nameOf(path), text) ? undefined : 'sql';
  return claimsDrizzle(path, text) ? 'drizzle' : undefined;
}
