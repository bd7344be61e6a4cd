// Reports amounts of money in types that can't keep them exactly.
import type { Fix, Rule } from '../../linter/rule';
import { hasPartsOfCents, holdsMoney } from '../../model/amounts';
import { mayBeApplied } from '../../model/history';
import type { Column } from '../../model/nodes';

export const inexactMoney: Rule = {
  id: 'inexact-money',
  meta: {
    title: 'An amount of money is kept inexactly.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlserver'],
    bible: '+',
  },
  visit: {
    *column(column, { schema, facts }) {
      const message = messageFor(column);
      if (message === undefined) return;
      yield {
        at: column.type.span,
        message,
        help: helpFor(column, mayBeApplied(column.span, schema, facts)),
        ...(isLesser(column) && { quiet: true as const }),
        fixes: fixesFor(column),
      };
    },
  },
};

function messageFor(column: Column): string | undefined {
  const { name, table, type } = column;
  if (type.family === 'money' && table.dialect === 'sqlserver') {
    return `Products and quotients of \`${name}\` of \`${table.name}\` lose cents, because \`money\` rounds each step of a calculation to four digits.`;
  }
  if (type.family === 'money') {
    return `\`${name}\` of \`${table.name}\` means another amount when the server's \`lc_monetary\` changes, because \`money\` keeps neither its currency nor its number of digits.`;
  }
  if (type.family !== 'float' || holdsMoney(column) === 'no') return undefined;
  return `Sums and comparisons of \`${name}\` of \`${table.name}\` come out slightly off, because binary fractions can't keep most decimal amounts.`;
}

function helpFor(column: Column, applied: boolean): string {
  const { dbName, table, type } = column;
  const use = 'Use `numeric` with the digits that the amounts need, or whole cents in an integer';
  if (!applied || table.dialect !== 'postgresql') return `${use}.`;
  const { precision, scale } = digitsOf(column);
  const value = type.family === 'money' || scale > 2 ? `"${dbName}"::numeric` : `round("${dbName}"::numeric, 2)`;
  return `${use}; \`TYPE numeric(${precision}, ${scale}) USING ${value}\` in the migration says how the rows are converted.`;
}

/** An amount that may be of something else than money, or one more in a table that has been told already. */
function isLesser(column: Column): boolean {
  if (column.type.family === 'float' && holdsMoney(column) === 'perhaps') return true;
  return column.table.columns.find((other) => messageFor(other) !== undefined && (other.type.family === 'money' || holdsMoney(other) === 'yes')) !== column;
}

/** Digits of cents, or of the smallest part that a coin has. */
function digitsOf(column: Column): { readonly precision: number; readonly scale: number } {
  return column.type.family === 'float' && hasPartsOfCents(column) ? { precision: 36, scale: 18 } : { precision: 12, scale: 2 };
}

function fixesFor(column: Column): Fix[] {
  const { precision, scale } = digitsOf(column);
  return [
    {
      title: `Make \`${column.name}\` a numeric(${precision}, ${scale}), ${scale > 2 ? 'which keeps parts of cents' : 'rounded to cents'}`,
      kind: 'review',
      preferred: true,
      intent: () => ({ do: 'setType', column, to: { family: 'numeric', precision, scale } }),
    },
  ];
}
