// The strong locks that a migration's transaction holds on tables that are in use.
import type { Change, Migration, Statement } from './changes';
import { mayBeInUse } from './lifetime';
import { lockOf } from './locks';
import type { LockMode } from './lock-table';
import { sameTable } from './names';
import type { TableName } from './nodes';

/** A lock on a table that may be in use, and the change that takes it. */
export interface TakenLock {
  readonly change: Change;
  readonly table: TableName;
  readonly lock: LockMode;
}

const known = new WeakMap<Change, readonly TakenLock[]>();

/** The locks that a change takes on tables that may be in use: its own, and those at the other end of its keys. */
export function locksTaken(change: Change): readonly TakenLock[] {
  let taken = known.get(change);
  if (!taken) known.set(change, (taken = locksOf(change)));
  return taken;
}

function locksOf(change: Change): TakenLock[] {
  // Most changes are those of new tables, of which there is nothing to find out.
  if (!mayBeInUse(change.lifetime) && !change.others?.some(({ lifetime }) => mayBeInUse(lifetime))) return [];
  const fact = lockOf(change);
  if (!fact) return [];
  const own = fact.lock && change.table && mayBeInUse(change.lifetime) ? [{ change, table: change.table, lock: fact.lock }] : [];
  const { otherLock } = fact;
  if (!otherLock) return own;
  const others = (change.others ?? []).filter(({ name, lifetime }) => mayBeInUse(lifetime) && !own.some(({ table }) => sameTable(table, name)));
  return [...own, ...others.map(({ name }) => ({ change, table: name, lock: otherLock }))];
}

/** The first lock in one of the modes that the statement's transaction holds when the statement begins. */
export function lockHeld(statement: Statement, modes: readonly LockMode[], concerned: (table: TableName) => boolean = () => true): TakenLock | undefined {
  const { migration, transaction, position } = statement;
  if (transaction === undefined) return undefined;
  for (const earlier of migration.statements) {
    if (earlier.position >= position) return undefined;
    if (earlier.transaction !== transaction) continue;
    const taken = earlier.changes.flatMap(locksTaken).find((each) => modes.includes(each.lock) && !isGone(each) && concerned(each.table));
    if (taken) return taken;
  }
  return undefined;
}

/** What each transaction of the migration holds when a statement of it begins, in the order in which it was taken: one of a kind for each table. */
export function* heldByTransactions({ statements }: Migration): Generator<{ readonly statement: Statement; readonly held: readonly TakenLock[] }> {
  const byTransaction = new Map<number, TakenLock[]>();
  for (const statement of statements) {
    const held = (statement.transaction !== undefined && byTransaction.get(statement.transaction)) || [];
    yield { statement, held };
    if (statement.transaction === undefined) continue;
    for (const taken of statement.changes.flatMap(locksTaken)) {
      const known = held.some(({ lock, table }) => lock === taken.lock && sameTable(table, taken.table));
      if (!known && !isGone(taken)) held.push(taken);
    }
    byTransaction.set(statement.transaction, held);
  }
}

/** Nobody should use a table any more that is dropped. */
function isGone({ change, table }: TakenLock): boolean {
  return change.verb === 'dropTable' && change.table === table;
}
