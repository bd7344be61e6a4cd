// Reports primary keys that count up from a sequence of their own.
import type { Rule } from '../../linter/rule';
import { isCountingKey } from '../../model/counting-keys';
import type { Column } from '../../model/nodes';

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
      if (!isCountingKey(column)) return;
      yield {
        at: column.default?.span ?? type.span,
        message: `Whoever sees a value of \`${name}\` can guess the other rows of \`${table.name}\` and tell how many there are.`,
        help: help(column),
      };
    },
  },
};

function help({ type }: Column): string {
  const key = 'Use a UUID v7 where keys are seen outside';
  return /serial/i.test(type.raw) ? `${key}, and a \`bigint GENERATED ALWAYS AS IDENTITY\` where they aren't.` : `${key}, and 64 bits where they aren't.`;
}
