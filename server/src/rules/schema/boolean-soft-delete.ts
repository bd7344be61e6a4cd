// Reports flags that say a row was deleted, and not when.
import type { Rule } from '../../linter/rule';
import { isAppendOnly } from '../../model/append-only';
import type { Table } from '../../model/nodes';
import { isDeletionFlag, isDeletionTime } from '../../model/soft-delete';
import { stems } from '../../model/words';

export const booleanSoftDelete: Rule = {
  id: 'boolean-soft-delete',
  meta: {
    title: 'A flag marks deleted rows.',
    severity: 'hint',
    fix: 'none',
    bible: '§1',
  },
  visit: {
    *column(column) {
      const { table } = column;
      // Rows that are written once tell of the deletion of something else.
      if (!isDeletionFlag(column) || isAppendOnly(table) || isOfDeletions(table) || table.columns.some(isDeletionTime)) return;
      yield {
        at: column.nameSpan,
        message: `\`${column.name}\` of \`${table.name}\` says that a row was deleted and not when, so nobody can tell which deleted rows are old enough to go.`,
        help: 'Keep the time of the deletion, null in rows that are not deleted.',
      };
    },
  },
};

/** A list of what has to be deleted, or was: its rows say so of something else. */
function isOfDeletions(table: Table): boolean {
  return stems(table.name).some((word) => word === 'deletion' || word === 'deleted' || word === 'tombstone');
}
