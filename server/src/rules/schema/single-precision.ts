// Reports floating-point numbers of single precision.
import type { Rule } from '../../linter/rule';
import { holdsMoney } from '../../model/amounts';
import { mayBeApplied } from '../../model/history';

export const singlePrecision: Rule = {
  id: 'single-precision',
  meta: {
    title: 'A number has single precision.',
    severity: 'off',
    fix: 'safe',
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlserver'],
    bible: '+',
  },
  visit: {
    *column(column, { schema, facts }) {
      const { type, table, name } = column;
      // Arrays of them are mostly embeddings, which are made in single precision.
      if (type.family !== 'float' || type.bits !== 32 || type.array > 0 || holdsMoney(column) !== 'no') return;
      const applied = type.span.file !== column.span.file || mayBeApplied(column.span, schema, facts);
      yield {
        at: type.span,
        message: `\`${name}\` of \`${table.name}\` keeps about six digits, so larger numbers and long sums come out wrong.`,
        help:
          applied && table.dialect === 'postgresql'
            ? `Use double precision, and write \`USING "${column.dbName}"::text::double precision\` into its migration, or 0.1 becomes 0.10000000149011612.`
            : 'Use double precision.',
        fixes: [
          {
            title: `Give \`${name}\` double precision`,
            kind: applied ? 'review' : 'safe',
            preferred: true,
            intent: () => ({ do: 'setType', column, to: { family: 'float', bits: 64 } }),
          },
        ],
      };
    },
  },
};
