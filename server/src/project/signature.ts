// What of a text decides to which unit a file belongs: while it stays the same, typing needs no new search.
import { prismaSignature } from './prisma-units';
import { migrationRole, sqlVerdict } from './sql-signs';

const MARKS = /\+goose up|migrate:up|up migration|no-transaction|statement-breakpoint|atlas:|^-- (?:Create|Alter|Add|Drop)\w+/gim;
/** Runners' marks stand at the head of a file. */
const HEAD = 4000;

export function signature(path: string, text: string): string {
  if (path.endsWith('.prisma')) return prismaSignature(path, text);
  if (!path.endsWith('.sql')) return '';
  const marks = new Set(text.slice(0, HEAD).match(MARKS));
  return `${migrationRole(path, text)} ${sqlVerdict(path, text)} ${[...marks].join()}`;
}
