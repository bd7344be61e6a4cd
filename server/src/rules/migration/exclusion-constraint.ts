// Reports exclusion constraints that are added to an existing table while nobody can use it.
import type { Rule } from '../../linter/rule';
import { isEmptied, isRewrittenAnyway } from '../../model/emptied';
import { mayBeInUse } from '../../model/lifetime';

export const exclusionConstraint: Rule = {
  id: 'exclusion-constraint',
  meta: {
    title: 'An exclusion constraint builds its index and compares all rows under a lock that blocks all reads and writes of an existing table.',
    severity: 'warning',
    fix: 'none',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change) {
      if (change.verb !== 'addConstraint' || change.constraint !== 'exclude') return;
      if (!mayBeInUse(change.lifetime) || !change.table || isEmptied(change) || isRewrittenAnyway(change)) return;
      yield {
        at: change.span,
        message: `Adding this constraint builds its index and compares all rows under an ACCESS EXCLUSIVE lock: every read and write of \`${change.table.name}\` waits until it is done.`,
        help: 'Add it in a quiet hour, or to a new table that the rows move to: PostgreSQL has no way to add it in steps.',
      };
    },
  },
};
