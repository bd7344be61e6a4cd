// Reports new columns whose values make PostgreSQL write the whole table again.
import { splitFixes } from '../../linter/split-fixes';
import type { Finding, Fix, Rule } from '../../linter/rule';
import type { ChangeOf } from '../../model/changes';
import { isEmptied } from '../../model/emptied';
import { mayBeInUse } from '../../model/lifetime';
import { lockCase } from '../../model/locks';
import { newColumnSteps } from './rewriting-new-column.steps';

type NewColumn = ChangeOf<'addColumn'>;
type Cause = 'stored' | 'sequence' | 'volatile' | 'unknown';

export const rewritingNewColumn: Rule = {
  id: 'rewriting-new-column',
  meta: {
    title: 'A migration adds a column whose values make PostgreSQL write the whole table again.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7',
  },
  visit: {
    *change(change) {
      if (change.verb !== 'addColumn' || !change.table || !mayBeInUse(change.lifetime) || isEmptied(change)) return;
      const cause = causeOf(change);
      if (cause) yield found(change, cause);
    },
  },
};

function causeOf(change: NewColumn): Cause | undefined {
  switch (lockCase(change)) {
    case 'add stored column':
      return 'stored';
    case 'add column with volatile default':
      return change.column.default?.kind === 'sequence' ? 'sequence' : 'volatile';
    case 'add column with unknown default':
      return 'unknown';
    default:
      return undefined;
  }
}

function found(change: NewColumn, cause: Cause): Finding {
  const { column } = change;
  const name = `\`${column.name}\``;
  const table = `\`${change.table?.name ?? ''}\``;
  const why: Readonly<Record<Cause, string>> = {
    stored: `the value of ${name} is computed and stored for each row`,
    sequence: `each row gets a number of its own in ${name}`,
    volatile: `its default gives each row a value of its own`,
    unknown: `the function in its default isn't known to give all rows the same value`,
  };
  const does = cause === 'unknown' ? 'may write' : 'writes';
  return {
    at: column.default && cause !== 'sequence' ? column.default.span : column.span,
    message: `Adding ${name} ${does} every row of ${table} and all its indexes again, because ${why[cause]}; every read and write waits for that (ACCESS EXCLUSIVE).`,
    help: helpFor(change, cause),
    ...(cause === 'unknown' && { quiet: true as const }),
    fixes: cause === 'volatile' ? fixesFor(change) : [],
  };
}

function fixesFor(change: NewColumn): Fix[] {
  const steps = newColumnSteps(change);
  return steps ? splitFixes(change, steps, { title: `Add \`${change.column.name}\` without its default, set that, and fill the rows in batches`, kind: 'review' }) : [];
}

function helpFor(change: NewColumn, cause: Cause): string {
  if (cause === 'stored') return 'Make it VIRTUAL (PostgreSQL 18), or add a plain column that a trigger and a batched backfill fill.';
  if (cause === 'sequence') return 'Add a plain nullable column, give it the sequence as its default, and fill the rows in batches.';
  if (cause === 'unknown') return 'Declare the function STABLE or IMMUTABLE if it is; else add the column first and its default afterwards.';
  const apart = change.statement.migration.transaction === 'all' ? ', in a later deploy' : '';
  return `Add it without the default, set the default, then fill the rows in batches${apart}.`;
}
