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

/** Whether what comes later, in this file or the next ones, names the object: then it can't be moved behind that. */
export function isNamedLater(name: string, statement: Statement, migrations: readonly Migration[]): boolean {
  const from = migrations.indexOf(statement.migration);
  const rest = statement.migration.statements.filter((each) => each.position > statement.position);
  const later = from < 0 ? [] : migrations.slice(from + 1).flatMap((each) => each.statements);
  const word = new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i');
  return [...rest, ...later].some((each) => word.test(each.text));
}
