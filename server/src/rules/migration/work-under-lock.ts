// Reports long work in a transaction that keeps an existing table locked meanwhile.
import { splitFixes } from '../../linter/split-fixes';
import type { Context, Finding, Fix, Rule } from '../../linter/rule';
import { constraintAddedWith, validation } from '../../model/added-constraints';
import type { Change, Migration } from '../../model/changes';
import { heldByTransactions, locksTaken, type TakenLock } from '../../model/held-locks';
import type { LockMode } from '../../model/lock-table';
import { waitIsLimited } from '../../model/lock-timeout';
import { sameTable } from '../../model/names';
import { isNamedLater } from '../../model/runners';
import { stepName } from '../../model/statement-names';
import { unrelatedTables } from '../../model/unrelated-tables';
import { longWork, type LongWork } from './work-under-lock.work';

export const workUnderLock: Rule = {
  id: 'work-under-lock',
  meta: {
    title: 'A transaction that keeps an existing table locked goes on with long work, or waits for the lock on another.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *migration(migration, context) {
      const { works, waits } = meet(migration, context);
      for (const [at, found] of works.entries()) {
        const earlier = works.slice(0, at).filter((each) => sharesTransaction(each, found));
        // Of what other rules tell, once a transaction is enough.
        if (!found.work.blocks || earlier.length === 0) yield workFinding(found, earlier.some(({ work }) => !work.blocks), context);
      }
      for (const [at, found] of waits.entries()) {
        // Of tables that don't belong together, the rule about many changes tells.
        if (!works.some((each) => sharesTransaction(each, found)) && !unrelatedTables(migration) && !waits.slice(0, at).some((each) => sharesTransaction(each, found))) yield waitFinding(found);
      }
    },
  },
};

interface UnderLock {
  readonly change: Change;
  readonly work: LongWork;
  readonly held: TakenLock;
}

/** A lock that is waited for, while another is held. */
interface Wait {
  readonly change: Change;
  readonly wanted: TakenLock;
  readonly held: TakenLock;
}

/** All long work and all waiting under locks. */
function meet(migration: Migration, context: Context): { readonly works: readonly UnderLock[]; readonly waits: readonly Wait[] } {
  const works: UnderLock[] = [];
  const waits: Wait[] = [];
  for (const { statement, held } of heldByTransactions(migration)) {
    for (const change of statement.changes) {
      const work = longWork(change, context.table);
      const lock = work && lockUnder(change, work, held, context);
      if (lock) works.push({ change, ...lock });
      const wait = waitOf(change, held);
      if (wait && !waitIsLimited(statement, context.schema.migrations)) waits.push(wait);
    }
  }
  return { works, waits };
}

function sharesTransaction(a: { readonly change: Change }, b: { readonly change: Change }): boolean {
  return a.change.statement === b.change.statement || (a.change.statement.transaction !== undefined && a.change.statement.transaction === b.change.statement.transaction);
}

/** The lock that makes others wait for the work, and the work as seen beside it. */
function lockUnder(change: Change, work: LongWork, held: readonly TakenLock[], { schema }: Context): Omit<UnderLock, 'change'> | undefined {
  const heaviest = held.filter(({ lock }) => lock === 'ACCESS EXCLUSIVE');
  if (work.blocks) {
    // What its own rule tells is worse by what is locked besides.
    const besides = heaviest.find(({ table }) => work.blocks !== 'ACCESS EXCLUSIVE' || !sameTable(table, work.table));
    return besides && { work, held: besides };
  }
  const lock = besideIt(change) ?? heaviest[0] ?? held.find((each) => STRONG.has(each.lock));
  const told = lock && change.verb === 'validateConstraint' ? constraintAddedWith(change, work.table, schema) : undefined;
  if (!told) return lock && { work, held: lock };
  // The rule about validation tells of the locks that the constraint itself has taken.
  const other = heaviest.find((taken) => taken.change !== told);
  return other && { work: { ...work, blocks: 'SHARE ROW EXCLUSIVE' }, held: other };
}

/** Those that stop writes. EXCLUSIVE is only taken on views that are refreshed, to which nobody writes. */
const STRONG: ReadonlySet<LockMode> = new Set<LockMode>(['ACCESS EXCLUSIVE', 'SHARE ROW EXCLUSIVE', 'SHARE']);

/** One ALTER TABLE takes the strongest lock of all its actions. */
function besideIt(change: Change): TakenLock | undefined {
  const { statement } = change;
  if (statement.node !== 'AlterTableStmt') return undefined;
  return statement.changes.flatMap(locksTaken).find((taken) => taken.change !== change && taken.lock === 'ACCESS EXCLUSIVE');
}

/** The lock on one more table for which the change waits. */
function waitOf(change: Change, held: readonly TakenLock[]): Wait | undefined {
  const { statement, table } = change;
  // A table that nobody uses any more makes nobody wait.
  if (held.length === 0 || !table || change.verb === 'dropTable' || statement.node === 'DoStmt') return undefined;
  const heaviest = held.filter(({ lock }) => lock === 'ACCESS EXCLUSIVE');
  if (heaviest.length === 0 || heaviest.some((each) => sameTable(each.table, table) || newNameOf(each) === table.name)) return undefined;
  const wanted = locksTaken(change).find((each) => each.lock === 'ACCESS EXCLUSIVE' && sameTable(each.table, table));
  return wanted && heaviest[0] && { change, wanted, held: heaviest[0] };
}

function newNameOf({ change }: TakenLock): string | undefined {
  return change.verb === 'renameTable' ? change.newName : undefined;
}

function workFinding({ change, work, held }: UnderLock, repeated: boolean, context: Context): Finding {
  const { lock } = held;
  const locked = `\`${held.table.name}\``;
  const fixes = work.blocks ? [] : fixesOf(change, work, context);
  const where = held.change.statement === change.statement ? 'the statement' : 'the transaction';
  return {
    at: work.at,
    message: `While ${work.says}, ${where} holds the ${lock} lock on ${locked}: ${lock === 'ACCESS EXCLUSIVE' ? 'all reads and writes of' : 'all writes to'} ${locked} wait until it ends.`,
    help: helpOf(change, held),
    related: [{ at: held.change.span, message: `This takes the ${lock} lock on ${locked}.` }],
    // Its own rule is the louder one, and so is the first of several.
    ...((work.blocks || repeated) && { quiet: true as const }),
    ...(fixes.length > 0 && { fixes }),
  };
}

function helpOf({ statement }: Change, held: TakenLock): string {
  const { transaction } = statement.migration;
  if (transaction === 'all') return 'Move it into a migration of a later deploy: all pending files run in one transaction.';
  if (held.change.statement === statement && !statement.inTransaction) return 'Make it a statement of its own, behind this one.';
  return transaction === 'none' ? 'Do it behind the COMMIT, in a transaction of its own.' : 'Move it into the next migration, whose transaction holds no such lock.';
}

/** Only what nothing behind it builds on can go elsewhere. */
function fixesOf(change: Change, work: LongWork, { schema }: Context): Fix[] {
  const { statement } = change;
  const name = movable(change, work);
  if (name === undefined || isNamedLater(name, statement, schema.migrations)) return [];
  const validates = change.verb === 'validateConstraint';
  const verb = validates ? 'Validate' : change.verb === 'refreshView' ? 'Refresh' : 'Read';
  const steps = [
    { name: '', statements: [] },
    { name: `${verb.toLowerCase()}_${stepName(name)}`, statements: [validates ? validation(change, name) : `${statement.text};`] },
  ];
  return splitFixes(change, steps, { title: `${verb} \`${name}\` apart`, kind: 'review' });
}

/** By what later statements would call it; undefined where the change has to stay in its place. */
function movable(change: Change, { table }: LongWork): string | undefined {
  const { statement } = change;
  if (statement.node === 'SelectStmt') return /\bINTO\b/i.test(statement.text) ? undefined : table.name;
  if (change.verb === 'refreshView') return table.name;
  // The other actions of the statement may count on what is proven here.
  return change.verb === 'validateConstraint' && statement.changes.every(({ verb }) => HARMLESS.has(verb)) ? change.name : undefined;
}

const HARMLESS: ReadonlySet<Change['verb']> = new Set<Change['verb']>(['validateConstraint', 'addColumn', 'dropColumn', 'setDefault', 'dropDefault']);

function waitFinding({ change, wanted, held }: Wait): Finding {
  const [one, other] = [`\`${held.table.name}\``, `\`${wanted.table.name}\``];
  return {
    at: change.tableSpan ?? change.span,
    message: `This waits for its ACCESS EXCLUSIVE lock on ${other} while the transaction holds the one on ${one}: all reads and writes of ${one} wait along, and whoever has used ${other} first and wants ${one} next ends in a deadlock.`,
    help: 'Change one table in a transaction, or limit the wait with lock_timeout.',
    related: [{ at: held.change.span, message: `This takes the ACCESS EXCLUSIVE lock on ${one}.` }],
    quiet: true,
  };
}
