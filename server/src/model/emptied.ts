// Tables that a migration empties before it changes them.
import type { Change } from './changes';
import { sameTable } from './names';

/** Whether the migration itself has removed all rows of the change's table before. */
export function isEmptied({ statement, table }: Change): boolean {
  const { migration, position } = statement;
  if (!table) return false;
  return migration.statements.some((earlier) => {
    if (earlier.position >= position) return false;
    return earlier.changes.some((change) => {
      if (!change.table || !sameTable(change.table, table)) return false;
      if (change.verb === 'truncate') return true;
      return change.verb === 'write' && change.command === 'delete' && !/\b(WHERE|USING)\b/i.test(earlier.text);
    });
  });
}
