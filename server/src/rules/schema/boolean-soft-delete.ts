// Reports flags that say a row was deleted, and not when.
import type { Rule } from '../../linter/rule';
import { isAppendOnly } from '../../model/append-only';
import { isCopy } from '../../model/copies';
import type { Table } from '../../model/nodes';
import { isDeletionFlag, isDeletionTime, keepsVersions } from '../../model/soft-delete';
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
      if (!isDeletionFlag(column) || isOfSomethingElse(table) || keepsVersions(table) || table.columns.some(isDeletionTime)) return;
      yield {
        at: column.nameSpan,
        message: `\`${column.name}\` of \`${table.name}\` says that a row was deleted and not when, so nobody can tell which deleted rows are old enough to go.`,
        help: 'Keep the time of the deletion, null in rows that are not deleted.',
      };
    },
  },
};

/** Rows that are written once, a list of what has to be deleted, or copies: they tell of the deletion of something else. */
function isOfSomethingElse(table: Table): boolean {
  if (isAppendOnly(table) || isCopy(table)) return true;
  return stems(table.name).some((word) => word === 'deletion' || word === 'deleted' || word === 'tombstone');
}
