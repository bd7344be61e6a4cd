// Tables whose rows need no look of their own: a migration has emptied them, or its statement writes them all again.
import type { Change } from './changes';
import { lockOf } from './locks';
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

/** Another action of the statement writes all rows again, checks them on the way, and builds every index anew. */
export function isRewrittenAnyway({ statement }: Change): boolean {
  return statement.changes.some((each) => lockOf(each)?.work === 'rewrite');
}

/** An action before it in the same statement writes all rows again already. */
export function isRewrittenBefore(change: Change): boolean {
  const { changes } = change.statement;
  return changes.slice(0, Math.max(changes.indexOf(change), 0)).some((each) => lockOf(each)?.work === 'rewrite');
}
