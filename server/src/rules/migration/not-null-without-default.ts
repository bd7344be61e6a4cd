// Reports required columns that are added to a table without a value for its rows.
import type { Fix, Rule } from '../../linter/rule';
import type { ChangeOf } from '../../model/changes';
import { mayBeInUse } from '../../model/lifetime';
import { sameTable } from '../../model/names';
import type { TableName } from '../../model/nodes';
import { requiredColumnSteps } from './not-null-without-default.steps';

export const notNullWithoutDefault: Rule = {
  id: 'not-null-without-default',
  meta: {
    title: 'A migration adds a required column without a value for existing rows.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7 L X3',
  },
  visit: {
    *change(change, { table: find }) {
      if (change.verb !== 'addColumn' || !change.required || !mayBeInUse(change.lifetime)) return;
      if (!change.table || givesValue(change) || isEmptied(change, change.table)) return;
      const table = find(change.table);
      yield {
        at: change.column.span,
        message: `Adding \`${change.column.name}\` fails if \`${change.table.name}\` holds a single row, because existing rows have no value for it.`,
        help: helpFor(change),
        fixes: splits(change, table?.primaryKey?.parts.map((part) => part.column)),
      };
    },
  },
};

/** A default, an identity, a sequence or an expression fills the rows. */
function givesValue({ column }: ChangeOf<'addColumn'>): boolean {
  const { type } = column;
  return column.default !== undefined || column.generated || (type.family === 'integer' && type.serial);
}

/** The migration itself has removed all rows before. */
function isEmptied(change: ChangeOf<'addColumn'>, table: TableName): boolean {
  const { migration, position } = change.statement;
  return migration.statements.some((statement) => {
    if (statement.position >= position) return false;
    return statement.changes.some((earlier) => {
      if (!earlier.table || !sameTable(earlier.table, table)) return false;
      if (earlier.verb === 'truncate') return true;
      return earlier.verb === 'write' && earlier.command === 'delete' && !/\b(WHERE|USING)\b/i.test(statement.text);
    });
  });
}

function helpFor(change: ChangeOf<'addColumn'>): string {
  return change.statement.migration.transaction === 'all'
    ? 'Add it nullable, fill it, then require it, each in a deploy of its own: a second file is not a second transaction here.'
    : 'Add it nullable, fill it, then require it.';
}

function splits(change: ChangeOf<'addColumn'>, key: readonly (string | undefined)[] | undefined): Fix[] {
  const { statement } = change;
  const column = change.column.name;
  const intent = (where: 'here' | 'next'): Fix['intent'] => {
    return () => ({ do: 'splitMigration', statement, change, steps: requiredColumnSteps(change, key, where), where });
  };
  const apart = statement.inTransaction;
  const next: Fix = {
    title: `Add \`${column}\` nullable here; fill and require it in the next migrations`,
    kind: 'review',
    ...(apart && { preferred: true as const }),
    intent: intent('next'),
  };
  const here: Fix = {
    title: `Add \`${column}\` nullable, fill it and require it, step by step in this file`,
    kind: 'review',
    ...(!apart && { preferred: true as const }),
    intent: intent('here'),
  };
  return [here, next];
}
