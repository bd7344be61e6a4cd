// Reports columns that a migration renames under the code that uses them.
import type { Finding, Fix, Rule } from '../../linter/rule';
import { splitFixes } from '../../linter/split-fixes';
import { inPlaces, stillUsed } from '../../linter/still-used';
import type { Change, ChangeOf } from '../../model/changes';
import { columnOf } from '../../model/column-roles';
import { around, isOfTable } from '../../model/drops';
import { mayBeInUse } from '../../model/lifetime';
import type { Table } from '../../model/nodes';
import type { UsePlace } from '../../model/queries';
import { isWord, sqlTokens } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';
import { expandSteps, mayExpand } from './rename-column.steps';

type Rename = ChangeOf<'renameColumn'>;

export const renameColumn: Rule = {
  id: 'rename-column',
  meta: {
    title: 'A migration renames a column under the code that uses it.',
    severity: 'warning',
    fix: 'review',
    code: 'drops',
    dialects: ['postgresql'],
    bible: 'L',
  },
  visit: {
    *change(change, { table: find, usesOf }) {
      if (change.verb !== 'renameColumn' || !change.table || !mayBeInUse(change.lifetime)) return;
      // A view's columns are read by the view's name.
      if (!/^ALTER\s+(?:FOREIGN\s+)?TABLE\b/i.test(change.statement.text)) return;
      const { table, columnName } = change;
      const { before, after } = around(change);
      // It has that name only since this migration, or something else has it at its end.
      const gives = (each: Change): boolean => isOfTable(each, table) && givesColumn(each, columnName);
      if (before.some(gives) || after.some(gives)) return;
      const now = find(table);
      const uses = now && (now.objectKind !== 'table' || columnOf(now, columnName)) ? [] : usesOf(table, columnName);
      const earlier = before.filter((each): each is Rename => each.verb === 'renameColumn' && isOfTable(each, table));
      // What takes a place that was left for it is the new half of an exchange.
      if (uses.length === 0 && earlier.some((each) => each.columnName === change.newName)) return;
      // One word of warning for a table is enough.
      const repeated = earlier.length > 0;
      yield { ...found(change, uses, splits(change, change.before ?? now)), ...(repeated && uses.length === 0 && { quiet: true as const }) };
    },
  },
};

/** Whether a change makes a column of that name. */
function givesColumn(change: Change, name: string): boolean {
  return (change.verb === 'addColumn' && change.column.dbName === name) || (change.verb === 'renameColumn' && change.newName === name);
}

function found(change: Rename, uses: readonly UsePlace[], fixes: readonly Fix[]): Finding {
  const column = `\`${change.columnName}\``;
  const table = `\`${change.table?.name ?? ''}\``;
  const message =
    uses.length > 0
      ? `${column} of ${table} is still used by that name ${inPlaces(uses)}, and all of that fails from the moment this has run.`
      : `From the moment that ${column} is called \`${change.newName}\`, each version of the code that is still deployed and uses the old name fails; ${table} itself is locked only for a moment (ACCESS EXCLUSIVE), and neither scanned nor rewritten.`;
  return {
    at: renameSpan(change),
    message,
    help: 'Add the new column, keep both in step, and drop the old one once nothing uses it.',
    ...(uses.length > 0 && stillUsed(uses, column)),
    fixes,
  };
}

/** `RENAME COLUMN … TO …` */
function renameSpan({ statement, span }: Rename): Span {
  const rename = sqlTokens(statement.text).find((token) => isWord(token, 'RENAME'));
  return rename ? partOf(statement.span, rename.start, statement.text.length) : span;
}

function splits(change: Rename, table: Table | undefined): Fix[] {
  const { statement } = change;
  const column = table && (columnOf(table, change.columnName) ?? columnOf(table, change.newName));
  if (!table || !column || !mayExpand(table, column)) return [];
  const { transaction } = statement.migration;
  const apart = transaction !== 'none' && (statement.inTransaction || transaction === 'file-if-many');
  const steps = expandSteps(change, table, column, apart ? 'next' : 'here');
  return splitFixes(change, steps, { title: `Add \`${change.newName}\` beside \`${change.columnName}\`, keep both in step and copy the values`, kind: 'review' });
}
