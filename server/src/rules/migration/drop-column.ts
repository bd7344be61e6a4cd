// Reports columns that a migration drops, as an error where something still uses them.
import type { Finding, Fix, Rule } from '../../linter/rule';
import { inPlaces, stillUsed } from '../../linter/still-used';
import type { Change, ChangeOf } from '../../model/changes';
import { columnOf } from '../../model/column-roles';
import { around, isOfTable } from '../../model/drops';
import { mayBeInUse } from '../../model/lifetime';
import type { Table, TableName } from '../../model/nodes';
import type { UsePlace } from '../../model/queries';
import { sourceOf } from '../../model/sql-text';

type Drop = ChangeOf<'dropColumn'>;

export const dropColumn: Rule = {
  id: 'drop-column',
  meta: {
    title: 'A migration drops a column: its values are gone, and whatever still reads it fails.',
    severity: 'warning',
    fix: 'review',
    code: 'drops',
    dialects: ['postgresql'],
    bible: '§7 M4',
  },
  visit: {
    *change(change, { table: find, usesOf }) {
      if (change.verb !== 'dropColumn' || !change.table || !mayBeInUse(change.lifetime)) return;
      // What isn't there can't be lost: the statement fails, which a rule of its own tells.
      if (change.missing && change.missing.length > 0) return;
      const { before, after } = around(change);
      const own = { table: change.table, column: change.columnName };
      if (before.some((each) => each.verb === 'addColumn' && isOfTable(each, own.table) && each.column.dbName === own.column)) return;
      const left = nameLeft(before, own);
      if (left !== undefined) return yield replaced(change, true, left);
      // The drop of the table says it all.
      if (after.some((each) => each.verb === 'dropTable' && isOfTable(each, own.table))) return;
      const again = after.some(
        (each) =>
          isOfTable(each, own.table) &&
          ((each.verb === 'addColumn' && each.column.dbName === own.column) || (each.verb === 'renameColumn' && each.newName === own.column)),
      );
      const uses = again ? [] : usesNow(own, find(change.table), usesOf);
      // One word of warning for a table is enough.
      const repeated = before.some((each) => each.verb === 'dropColumn' && isOfTable(each, own.table));
      yield again ? replaced(change, after.some((each) => each.verb === 'renameColumn' && each.newName === own.column)) : found(change, uses, { repeated, back: isBack(own, find(change.table)) });
    },
  },
};

interface Own {
  readonly table: TableName;
  readonly column: string;
}

/** Nothing, where a later migration brings a column of that name back, or a view in the table's place. */
function usesNow({ table, column }: Own, now: Table | undefined, usesOf: (table: TableName, column: string) => readonly UsePlace[]): readonly UsePlace[] {
  return now && (now.objectKind !== 'table' || columnOf(now, column)) ? [] : usesOf(table, column);
}

/** A later migration adds a column of that name, which fails while the old one is kept. */
function isBack({ column }: Own, now: Table | undefined): boolean {
  return now !== undefined && columnOf(now, column) !== undefined;
}

function found(change: Drop, uses: readonly UsePlace[], { repeated, back }: { readonly repeated: boolean; readonly back: boolean }): Finding {
  const column = `\`${change.columnName}\``;
  const table = `\`${change.table?.name ?? ''}\``;
  const fixes = back ? [] : [later(change)];
  if (uses.length > 0) {
    return {
      at: change.span,
      message: `${column} of ${table} is still used ${inPlaces(uses)}, and all of that fails from the moment this has run.`,
      help: 'Deploy the code without it first, and drop the column in a later migration.',
      ...stillUsed(uses, column),
      fixes,
    };
  }
  return {
    at: change.span,
    message: `Dropping ${column} loses its values for good, and each version of the code that is still deployed and reads it fails at once; ${table} itself is locked only for a moment (ACCESS EXCLUSIVE), and neither scanned nor rewritten.`,
    help: 'Make sure that no deployed version still reads it.',
    ...(repeated && { quiet: true as const }),
    fixes,
  };
}

/** The name that the column had before this migration, where another one has it by now. */
function nameLeft(before: readonly Change[], { table, column }: Own): string | undefined {
  const renames = before.filter((each): each is ChangeOf<'renameColumn'> => each.verb === 'renameColumn' && isOfTable(each, table));
  const old = renames.findLast(({ newName }) => newName === column)?.columnName;
  return renames.some(({ newName }) => newName === old) ? old : undefined;
}

/** The column is dropped and there again within one migration, under the name that it had. */
function replaced(change: Drop, renamed: boolean, name = change.columnName): Finding {
  const column = `\`${name}\``;
  return renamed
    ? {
        at: change.span,
        message: `Another column takes the place of ${column}, under its name: what the code wrote to the old one after the copy is lost.`,
        help: 'Keep both in step with a trigger until the old one is dropped.',
        quiet: true,
      }
    : {
        at: change.span,
        message: `Dropping ${column} and adding it again loses the values of all rows.`,
        help: 'Change its type in place with USING, or copy the values to the new column first.',
      };
}

/** The column stays until somebody drops it in a later deploy. */
function later(change: Drop): Fix {
  const { statement } = change;
  const table = sourceOf(statement, change.tableSpan) ?? `"${change.table?.name ?? ''}"`;
  const action = sourceOf(statement, change.span) ?? '';
  const lines = [`Once no deployed version reads it any more: ALTER TABLE ${table} ${action.replace(/\s+/g, ' ')};`];
  return {
    title: `Keep \`${change.columnName}\` for now, with a note to drop it later`,
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'splitMigration', statement, change, steps: [{ name: 'later', statements: lines.map((line) => `-- ${line}`) }], where: 'here' }),
  };
}
