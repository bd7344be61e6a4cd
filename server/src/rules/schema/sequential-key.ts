// Reports primary keys that count up from a sequence of their own.
import type { Rule } from '../../linter/rule';
import { isAppendOnly, isToolTable } from '../../model/append-only';
import { isForeignKeyMember, isKeyMember } from '../../model/column-roles';
import { isJunction } from '../../model/junction';
import type { Column, Table } from '../../model/nodes';

export const sequentialKey: Rule = {
  id: 'sequential-key',
  meta: {
    title: 'A primary key counts up.',
    severity: 'hint',
    fix: 'none',
    dialects: ['postgresql'],
    bible: '§1',
  },
  visit: {
    *column(column) {
      const { type, table, name } = column;
      if (type.family !== 'integer' || !type.serial || !isKeyMember(column) || isForeignKeyMember(column) || isInternal(table)) return;
      yield {
        at: column.default?.span ?? type.span,
        message: `Whoever sees a value of \`${name}\` can guess the other rows of \`${table.name}\` and tell how many there are.`,
        help: help(column),
      };
    },
  },
};

/** Rows that nobody asks for one by one: logs, junctions, lists of fixed values, what a tool keeps for itself. */
function isInternal(table: Table): boolean {
  return isAppendOnly(table) || isJunction(table) || isToolTable(table) || table.columns.length <= 2;
}

function help({ type }: Column): string {
  const key = 'Use a UUID v7 where keys are seen outside';
  return /serial/i.test(type.raw) ? `${key}, and \`GENERATED ALWAYS AS IDENTITY\` where they aren't.` : `${key}.`;
}
