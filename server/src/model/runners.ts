// What a runner lets a migration do outside of its transaction.
import type { Change, Migration, Statement } from './changes';

/**
 * How far a migration file of its own gets out of the runner's transaction:
 * - `whole`: everything in it runs outside, COMMIT in a DO block included;
 * - `concurrently`: the runner sets CONCURRENTLY apart, and nothing else;
 * - `commit`: by a COMMIT of its own, because the runner sends each statement alone;
 * - `never`: not at all.
 */
export type WayOut = 'whole' | 'concurrently' | 'commit' | 'never';

export function wayOut({ runner, transaction }: Pick<Migration, 'runner' | 'transaction'>): WayOut {
  switch (runner) {
    case 'supabase':
      return 'concurrently';
    case 'drizzle':
      return 'commit';
    // Both send a file as one query inside their transaction, where even COMMIT leads into another one.
    case 'hasura':
    case 'node-pg-migrate':
      return 'never';
    case 'prisma':
    case 'dbmate':
    case 'goose':
    case 'golang-migrate':
    case 'flyway':
    case 'sqlx':
    case 'diesel':
    case 'atlas':
    case 'liquibase':
    case 'plain':
      return transaction === 'all' ? 'never' : 'whole';
    default:
      return runner satisfies never;
  }
}

/** Whether the statement would be inside a transaction once it says CONCURRENTLY. */
export function isWrapped({ verb, statement }: Pick<Change, 'verb' | 'statement'>): boolean {
  const { migration, inTransaction } = statement;
  if (inTransaction) return true;
  // Prisma's splitter reads CREATE INDEX CONCURRENTLY only; over the others it sends the whole file as one query.
  return migration.runner === 'prisma' && migration.statements.length > 1 && verb !== 'addIndex' && verb !== 'refreshView';
}

/** Whether Flyway leaves the transaction out for such a statement by itself, where nothing else stands in its file. */
export function flywaySees(statement: string): boolean {
  return /^(?:CREATE|DROP)\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\b/i.test(statement);
}

/** Whether what comes later, in this file or the next ones, names the object: then it can't be moved behind that. */
export function isNamedLater(name: string, statement: Statement, migrations: readonly Migration[]): boolean {
  const from = migrations.indexOf(statement.migration);
  const folded = name.toLowerCase();
  const word = new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i');
  const names = (each: Statement): boolean => word.test(each.text);
  if (foldedText(statement.migration).includes(folded) && statement.migration.statements.some((each) => each.position > statement.position && names(each))) return true;
  for (let at = from < 0 ? migrations.length : from + 1; at < migrations.length; at++) {
    const later = migrations[at];
    if (later && foldedText(later).includes(folded) && later.statements.some(names)) return true;
  }
  return false;
}

const foldedTexts = new WeakMap<Migration, string>();

/** To look for a name in all later migrations is common, and most of them don't hold it. */
function foldedText(migration: Migration): string {
  let text = foldedTexts.get(migration);
  if (text === undefined) foldedTexts.set(migration, (text = migration.statements.map((each) => each.text).join('\n').toLowerCase()));
  return text;
}
