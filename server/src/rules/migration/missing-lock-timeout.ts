// Reports migrations that wait for a lock on an existing table without a limit.
import type { Finding, Fix, Rule } from '../../linter/rule';
import type { Change, Migration, RunnerId, Statement } from '../../model/changes';
import { isJustInCase } from '../../model/drops';
import { locksTaken, type TakenLock } from '../../model/held-locks';
import { isLimitedForAll, limitBefore, setsLimit } from '../../model/lock-timeout';
import { lockOf } from '../../model/locks';
import { outsideOnly } from '../../model/outside-transaction';
import { sameTable } from '../../model/names';
import { partOf, type Span } from '../../text/span';

export const missingLockTimeout: Rule = {
  id: 'missing-lock-timeout',
  meta: {
    title: 'A migration waits for a lock that stops the users of an existing table, with no lock_timeout set.',
    severity: 'info',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *migration(migration, { schema }) {
      if (!known.has(migration)) known.set(migration, findingIn(migration));
      const finding = known.get(migration);
      if (finding && !isLimitedForAll(migration, schema.migrations)) yield finding;
    },
  },
};

/** Other migrations count only where they set a limit for all, so an edit of one leaves what is known of a migration. */
const known = new WeakMap<Migration, Finding | undefined>();

function findingIn(migration: Migration): Finding | undefined {
  const waits = unlimitedWaits(migration);
  const [first] = waits;
  if (!first) return undefined;
  const { lock, table, change } = first;
  const name = `\`${table.name}\``;
  const queue = lock === 'ACCESS EXCLUSIVE' ? `while an older transaction that uses the table stays open, all reads and writes of ${name}` : `while an older transaction that wrote to the table stays open, all writes to ${name}`;
  const fix = fixFor(change.statement);
  return {
    at: spanOf(first),
    message: `No lock_timeout limits how long this waits for its ${lock} lock on ${name}: ${queue} queue up behind it.`,
    help: helpFor(change.statement),
    ...(waits.every(isToldOf) && { quiet: true as const }),
    ...(fix && { fixes: [fix] }),
  };
}

/** The locks that make others wait, on tables that may be in use, and that are waited for without a limit of the file's own. */
function unlimitedWaits({ statements }: Migration): TakenLock[] {
  return statements.flatMap((statement) => {
    const taken = waitsIn(statement);
    return taken.length > 0 && !limitBefore(statement) ? taken : [];
  });
}

/** Changes of which other rules tell what they lock. */
const TOLD: ReadonlySet<Change['verb']> = new Set(['dropTable', 'truncate', 'dropColumn', 'dropConstraint', 'renameTable', 'renameColumn', 'dropIndex', 'reindex', 'refreshView', 'attachPartition', 'detachPartition']);

/** Whether reads go on meanwhile, or another rule warns of the lock itself; a brief one is what nobody else tells of. */
function isToldOf({ change, lock }: TakenLock): boolean {
  return lock !== 'ACCESS EXCLUSIVE' || TOLD.has(change.verb) || (lockOf(change)?.work ?? 'none') !== 'none';
}

function waitsIn({ changes }: Statement): readonly TakenLock[] {
  const ofTables = changes.filter((change) => change.verb !== 'addView' && change.verb !== 'dropView' && !(change.verb === 'dropTable' && isJustInCase(change)));
  return ofTables.flatMap(locksTaken).filter(({ lock }) => lock === 'ACCESS EXCLUSIVE' || lock === 'SHARE ROW EXCLUSIVE' || lock === 'SHARE');
}

/** The table's name, or the command where the lock is on another. */
function spanOf({ change, table }: TakenLock): Span {
  const { tableSpan, statement } = change;
  if (tableSpan && change.table && sameTable(change.table, table)) return tableSpan;
  return change.span.start > statement.span.start ? change.span : partOf(statement.span, 0, /^\w+(?:\s+\w+)?/.exec(statement.text)?.[0].length ?? 0);
}

function helpFor(statement: Statement): string {
  return isAlone(statement)
    ? "Put SET lock_timeout = '5s' before it and RESET lock_timeout behind it, and run it again when it gives up."
    : "Put SET LOCAL lock_timeout = '5s' before it, and run the migration again when it gives up.";
}

/** Whether it is a transaction by itself, and stays one with a second statement beside it. */
function isAlone({ inTransaction, migration }: Statement): boolean {
  return !inTransaction && migration.transaction !== 'file-if-many';
}

function fixFor(statement: Statement): Fix | undefined {
  const alone = isAlone(statement);
  // Beside a second statement these runners would run this one in a transaction, which it can't be in.
  if ((!alone || SENT_TOGETHER.has(statement.migration.runner)) && outsideOnly(statement)) return undefined;
  return {
    title: 'Wait for locks no longer than 5 seconds',
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'limitWait', statement, ...(alone && { until: lastOfRun(statement) }) }),
  };
}

const SENT_TOGETHER: ReadonlySet<RunnerId> = new Set<RunnerId>(['prisma', 'flyway']);

/**
 * The last statement that waits for such a lock before something that the limit would harm: a build CONCURRENTLY that is
 * broken off leaves an invalid index.
 */
function lastOfRun(first: Statement): Statement {
  let last = first;
  for (const statement of first.migration.statements) {
    if (statement.position <= first.position) continue;
    if (setsLimit(statement) || outsideOnly(statement)) break;
    if (waitsIn(statement).length > 0) last = statement;
  }
  return last;
}
