// Reports columns that hold one of a few values, while the database takes any text.
import type { Fix, Rule } from '../../linter/rule';
import { atLeast } from '../../model/facts';
import { isHeldToValues, knownValues } from '../../model/fixed-values';
import { mayBeApplied } from '../../model/history';
import type { Column, Schema } from '../../model/nodes';
import { holdsFewValues } from './free-text-enum.names';

interface Options {
  readonly acceptTypes: boolean;
}

export const freeTextEnum: Rule<Options> = {
  id: 'free-text-enum',
  meta: {
    title: 'A column for one of a few values takes any text.',
    severity: 'info',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite'],
    bible: '§1 L',
    options: {
      acceptTypes: { default: true, description: "Accept values that only TypeScript knows: `text({ enum: […] })` and `$type<'a' | 'b'>()`." },
    },
  },
  visit: {
    *column(column, { options, schema, facts }) {
      const { table, type } = column;
      if (type.family !== 'text' || type.array > 0 || (column.allowed && options.acceptTypes)) return;
      const sure = holdsFewValues(column);
      if (!sure || isHeldToValues(column) || facts.checked?.has(`${table.dbName}.${column.dbName}`)) return;
      // Prisma has enums on SQLite since 6.2, and no CHECK at all.
      if (table.dialect === 'sqlite' && atLeast(facts.prismaVersion, 6, 2) === false) return;
      const filled = table.dialect === 'postgresql' && mayBeApplied(column.span, schema, facts);
      yield {
        at: column.nameSpan,
        message: `\`${table.name}\` takes any text as its \`${column.name}\`, so a misspelt value is stored and no query for the right one finds the row.`,
        help: filled
          ? `Use an enum, and let the migration convert the column with \`TYPE … USING ${column.dbName}::…\` where it would drop it.`
          : 'Use an enum or a CHECK constraint.',
        ...(sure === 'by name' && { quiet: true as const }),
        fixes: fixes(column, schema),
      };
    },
  },
};

function fixes(column: Column, schema: Schema): Fix[] {
  const values = (): readonly string[] => [...new Set([...knownValues(column), ...(column.allowed ?? [])])];
  return [
    {
      title: `Make \`${column.name}\` an enum`,
      kind: 'review',
      preferred: true,
      intent: () => ({ do: 'useEnum', columns: [column, ...twins(column, values(), schema)], values: values() }),
    },
    {
      title: `Let a CHECK hold \`${column.name}\` to its values`,
      kind: 'review',
      intent: () => ({ do: 'addCheck', column, values: values() }),
    },
  ];
}

/** Columns of other tables that have the same name and are known to hold the same values. */
function twins(column: Column, values: readonly string[], { tables }: Schema): readonly Column[] {
  const own = [...values].sort().join('\n');
  const alike = (other: Column): boolean =>
    other.dbName === column.dbName && other.type.family === 'text' && other.type.array === 0 && !isHeldToValues(other) && [...knownValues(other)].sort().join('\n') === own;
  if (values.length < 2) return [];
  return tables.filter((table) => table !== column.table && table.objectKind === 'table').flatMap((table) => table.columns.filter(alike));
}
