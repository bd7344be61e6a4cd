// Fixes that replace one action of a migration by steps, each in a transaction of its own, in the forms that its runner
// can execute.
import type { Change, Statement } from '../model/changes';
import type { MigrationStep } from '../model/intents';
import { limitBefore } from '../model/lock-timeout';
import { wayOut } from '../model/runners';
import type { Fix, FixKind } from './rule';

export interface SplitOptions {
  /** What the fix does, as its title goes on behind "in this file" and the like: `Add \`x\` unchecked, then validate it`. */
  readonly title: string;
  /** Of the form in place, where each statement is a transaction already. Forms that write files or commit are `review`. */
  readonly kind: FixKind;
}

/**
 * The steps, each a transaction: in place where each statement is one; else as the next migrations, and where a COMMIT
 * gets out of the runner's transaction, in place with COMMIT between them. None where the runner knows no way.
 */
export function splitFixes(change: Change, steps: readonly MigrationStep[], { title, kind }: SplitOptions): Fix[] {
  const { statement } = change;
  const { migration } = statement;
  const here = (own: readonly MigrationStep[], between: readonly string[]): Fix['intent'] => () => ({ do: 'splitMigration', statement, change, steps: own, where: 'here', between });
  if (standsAlone(statement, steps)) return [{ title: `${title}, in this file`, kind, preferred: true, intent: here(steps.map(inTransaction), []) }];
  const way = wayOut(migration);
  // A BEGIN of the file's own is ended and opened again.
  if (migration.transaction === 'none' && statement.inTransaction) {
    return [{ title: `${title}, in transactions of their own`, kind: 'review', preferred: true, intent: here(steps.map(parted), []) }];
  }
  const outside = steps.some(({ outsideTransaction }) => outsideTransaction);
  if (outside && way === 'never') return [];
  const next = inNextFiles(limited(steps, statement), way === 'commit');
  const deploys = migration.transaction === 'all';
  const fixes: Fix[] = [
    {
      title: deploys ? `${title}, in next migrations for later deploys` : `${title}, in the next migrations`,
      kind: 'review',
      preferred: true,
      intent: () => ({ do: 'splitMigration', statement, change, steps: next, where: 'next' }),
    },
  ];
  if (way === 'commit') {
    const first: readonly string[] = steps[0]?.outsideTransaction ? ['COMMIT;'] : [];
    const committed = steps.map(inTransaction).map((step, at) => (at === 0 ? { ...step, statements: [...first, ...step.statements] } : step));
    fixes.push({
      title: `${title}, in this file with COMMIT between`,
      kind: 'review',
      intent: here(committed, first.length > 0 ? [] : ['COMMIT;']),
    });
  }
  return fixes;
}

/** Whether the fix writes everything into the file that the statement stands in. */
export function staysHere({ intent }: Fix): boolean {
  const wanted = intent();
  return wanted.do === 'splitMigration' && wanted.where === 'here';
}

/** The step with what ends the transaction before it, or begins one for it; behind the last one the author's goes on. */
function parted(step: MigrationStep, at: number, steps: readonly MigrationStep[]): MigrationStep {
  const outside = step.outsideTransaction ?? false;
  const before = at === 0 ? false : (steps[at - 1]?.outsideTransaction ?? false);
  const head = [...(before || (at === 0 && !outside) ? [] : ['COMMIT;']), ...(outside || at === 0 ? [] : ['BEGIN;'])];
  const tail = outside && at === steps.length - 1 ? ['BEGIN;'] : [];
  return { ...step, statements: [...head, ...step.statements, ...tail] };
}

/** A step of several statements that belong together, where each would be a transaction of its own. */
function inTransaction(step: MigrationStep): MigrationStep {
  if (!step.oneTransaction) return step;
  const notes = step.statements.filter((text) => text.startsWith('--'));
  return { ...step, statements: ['BEGIN;', ...step.statements.filter((text) => !notes.includes(text)), 'COMMIT;', ...notes] };
}

/** Whether each statement put in its place would be a transaction of its own. */
function standsAlone({ inTransaction, migration }: Statement, steps: readonly MigrationStep[]): boolean {
  // Flyway opens one for a file as soon as a statement stands in it that could run in one.
  if (migration.runner === 'flyway' && steps.some(({ outsideTransaction }) => !outsideTransaction)) return false;
  // A file of one statement, where the runner sends all at once, becomes a transaction with the second.
  return !inTransaction && migration.transaction !== 'file-if-many';
}

/** Steps that wait for locks in files of their own, as long as the author lets the statement wait. */
function limited(steps: readonly MigrationStep[], statement: Statement): readonly MigrationStep[] {
  const limit = limitBefore(statement);
  if (limit?.node !== 'VariableSetStmt') return steps;
  const waits = ({ statements }: MigrationStep): boolean => statements.some((each) => /^\s*ALTER\s+TABLE\b/i.test(each));
  return steps.map((step, at) => (at > 0 && !step.outsideTransaction && waits(step) ? { ...step, statements: [`${limit.text};`, ...step.statements] } : step));
}

/** A first step that must run outside of the transaction leaves this file as well; a COMMIT leads out where it can. */
function inNextFiles(steps: readonly MigrationStep[], commits: boolean): readonly MigrationStep[] {
  const out = steps.map((step) => (step.outsideTransaction && commits ? { ...step, statements: ['COMMIT;', ...step.statements] } : step));
  return out[0]?.outsideTransaction ? [{ name: '', statements: [] }, ...out] : out;
}
