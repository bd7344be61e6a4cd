// Reports timestamps that keep no time zone.
import type { Rule } from '../../linter/rule';
import { isCalendarDay } from '../../model/calendar-days';
import { mayBeApplied } from '../../model/history';
import type { Column } from '../../model/nodes';

export const naiveTimestamp: Rule = {
  id: 'naive-timestamp',
  meta: {
    title: 'A timestamp has no time zone.',
    severity: 'warning',
    fix: 'safe',
    dialects: ['postgresql', 'cockroachdb'],
    bible: '§1 L',
  },
  visit: {
    *column(column, { schema, facts }) {
      const { type } = column;
      if (type.family !== 'timestamp' || !isNaive(column)) return;
      const retyped = type.span.file !== column.span.file;
      const applied = retyped || mayBeApplied(column.span, schema, facts);
      const precision = type.precision ?? (type.implied ? 3 : undefined);
      const using = `USING "${column.dbName}" AT TIME ZONE 'UTC'`;
      yield {
        at: type.span,
        message: `${subject(column)}: each session's time zone decides which instant it means.`,
        // One decision mends them all, so the others of a table only show where they are.
        ...(column.table.columns.find(isNaive) !== column && { quiet: true as const }),
        help: applied ? `Use a type with a time zone, and write \`${using}\` into its migration.` : 'Use a type with a time zone.',
        fixes: [
          {
            title: `Make \`${column.name}\` a timestamp with time zone`,
            kind: applied ? 'review' : 'safe',
            preferred: true,
            intent: () => ({
              do: 'setType',
              column,
              to: { family: 'timestamp', zoned: true, ...(precision !== undefined && { precision }) },
            }),
          },
        ],
      };
    },
  },
};

/** A day is the same in every time zone for as long as none is kept with it. */
function isNaive(column: Column): boolean {
  return column.type.family === 'timestamp' && !column.type.zoned && !isCalendarDay(column);
}

function subject({ name, table, type }: Column): string {
  const of = `\`${name}\` of \`${table.name}\``;
  return type.family === 'timestamp' && type.implied
    ? `${of} becomes \`timestamp(${type.precision ?? 3})\`, which has no time zone`
    : `${of} has no time zone`;
}
