// What of a text decides to which unit a file belongs: while it stays the same, typing needs no new search.
import { CONFIGURATION_FILE } from './configuration';
import { isDrizzleConfig } from './drizzle-config';
import { isTsconfig } from './modules';
import { nameOf } from './paths';
import { isPrismaConfig } from './prisma-config';
import { prismaSignature } from './prisma-units';
import { isPostgres, sqlRole } from './sql-signs';

const MARKS = /\+goose up|migrate:up|up migration|no-transaction|statement-breakpoint|atlas:|^-- (?:Create|Alter|Add|Drop)\w+/gim;
/** Runners' marks stand at the head of a file. */
const HEAD = 4000;

export function signature(path: string, text: string): string {
  if (path.endsWith('.prisma')) return prismaSignature(path, text);
  if (!path.endsWith('.sql')) return '';
  const head = text.slice(0, HEAD);
  const marks = new Set(head.match(MARKS));
  return `${sqlRole(path, head)} ${isPostgres(path, head)} ${[...marks].join()}`;
}

/** Files that say something about other files: their text decides what belongs together. */
export function describesOthers(path: string): boolean {
  const name = nameOf(path);
  return (
    name === CONFIGURATION_FILE || name === 'package.json' || name === '_journal.json' || isTsconfig(path) || isPrismaConfig(path) || isDrizzleConfig(path) ||
    /\.toml$|lock|^(?:sqlc|wrangler)\./.test(name)
  );
}
