// Reports migrations that alter existing tables which have nothing to do with each other.
import type { Rule } from '../../linter/rule';
import type { Change } from '../../model/changes';
import { lockOf } from '../../model/locks';
import { unrelatedTables, type Unrelated } from '../../model/unrelated-tables';

export const manyChanges: Rule = {
  id: 'many-changes',
  meta: {
    title: 'One migration alters several existing tables that have nothing to do with each other.',
    severity: 'info',
    fix: 'none',
    dialects: ['postgresql'],
    bible: 'L',
  },
  visit: {
    *migration(migration) {
      const found = unrelatedTables(migration);
      if (!found) return;
      const { first, second } = found;
      const [one, other] = [nameOf(first), nameOf(second)];
      yield {
        at: second.tableSpan ?? second.span,
        message: `This migration alters ${other} as well as ${one}, and nothing in it ties the two together: ${consequenceOf(found, one, other)}.`,
        help:
          migration.transaction === 'all'
            ? `Give ${other} a migration of its own, and deploy it by itself: all pending files run in one transaction.`
            : `Give ${other} a migration of its own.`,
        related: [{ at: first.tableSpan ?? first.span, message: `This alters ${one}.` }],
      };
    },
  },
};

function consequenceOf({ first, second }: Unrelated, one: string, other: string): string {
  const { transaction } = first.statement;
  if (transaction === undefined || transaction !== second.statement.transaction) return `if it fails at ${other}, ${one} is altered already, and it can't simply be run again`;
  const lock = lockOf(first)?.lock ?? 'ACCESS EXCLUSIVE';
  const blocked = lock === 'ACCESS EXCLUSIVE' ? 'all reads and writes' : 'all writes';
  return `its ${lock} lock on ${one} is held until both are done, while ${blocked} wait, and if one fails neither is altered`;
}

function nameOf({ table }: Change): string {
  return `\`${table?.name ?? ''}\``;
}
