// What of a text decides to which unit a file belongs: while it stays the same, typing needs no new search.
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
