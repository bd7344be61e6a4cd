// Reports text columns with a length limit in their type.
import type { Fix, Rule } from '../../linter/rule';
import type { Column, ColumnType } from '../../model/nodes';

export const limitedVarchar: Rule = {
  id: 'limited-varchar',
  meta: {
    title: 'A text column has a length limit in its type.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§1 L',
  },
  visit: {
    *column(column) {
      const limit = limitOf(column.type);
      if (limit === undefined) return;
      yield {
        at: column.type.span,
        message: message(column, limit),
        help: 'Use `text`, with a CHECK where the limit matters.',
        // Whoever lifts one limit looks at the others of the table, and one that is no habit has its reason.
        ...(!isFirst(column) && { quiet: true as const }),
        fixes: [
          {
            title: `Make \`${column.name}\` a text without a limit`,
            kind: 'review',
            preferred: true,
            intent: () => ({ do: 'dropLength', column, check: false }),
          },
          // The limit of an array's elements is no one-line CHECK, and one on a column added later reads every row under a lock.
          ...(column.type.array === 0 && column.span.file === column.table.span.file ? [keepLimit(column, limit)] : []),
        ],
      };
    },
  },
};

function keepLimit(column: Column, limit: number): Fix {
  return {
    title: `Make \`${column.name}\` a text with a CHECK of ${limit} ${limit === 1 ? 'character' : 'characters'}`,
    kind: 'review',
    intent: () => ({ do: 'dropLength', column, check: true }),
  };
}

function isFirst(column: Column): boolean {
  return column.table.columns.find(({ type }) => limitOf(type) !== undefined && !isChosen(type)) === column;
}

/** A limit of 39 or 3 characters is one that the values have by their nature, as 50 or 255 is not. */
function isChosen(type: ColumnType): boolean {
  if (type.family !== 'text' || type.form !== 'varchar' || type.length === undefined) return false;
  const { length } = type;
  const isPower = (number: number): boolean => Number.isInteger(Math.log2(number));
  return !(length % 5 === 0 || (length > 8 && (isPower(length) || isPower(length + 1))) || length === 191);
}

/** The limit in characters; a bare `varchar` or `bpchar` has none, a bare `char` holds one. */
function limitOf(type: ColumnType): number | undefined {
  if (type.family !== 'text' || /^bpchar$/i.test(type.raw)) return undefined;
  return type.form === 'char' ? (type.length ?? 1) : type.form === 'varchar' ? type.length : undefined;
}

function message({ name, table, type }: Column, limit: number): string {
  const characters = limit === 1 ? '1 character' : `${limit} characters`;
  return type.family === 'text' && type.form === 'char'
    ? `\`${name}\` of \`${table.name}\` is padded with spaces to ${characters}, refuses longer values, and is no faster than \`text\`.`
    : `\`${name}\` of \`${table.name}\` refuses values over ${characters}, needs a migration to take longer ones, and is no faster than \`text\`.`;
}
