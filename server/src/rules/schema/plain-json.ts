// Reports JSON that PostgreSQL keeps as text.
import type { Rule } from '../../linter/rule';
import { isFirstInFile } from '../../model/first';
import { mayBeApplied } from '../../model/history';
import type { Column } from '../../model/nodes';

export const plainJson: Rule = {
  id: 'plain-json',
  meta: {
    title: 'JSON is kept as text.',
    severity: 'warning',
    fix: 'safe',
    dialects: ['postgresql'],
    bible: '§2',
  },
  visit: {
    *column(column, { schema, facts }) {
      const { type, table, name } = column;
      if (!isPlainJson(column)) return;
      const applied = type.span.file !== column.span.file || mayBeApplied(column.span, schema, facts);
      yield {
        at: type.span,
        message: `\`${name}\` of \`${table.name}\` is kept as text: every query for a part of it parses all of it again, and no GIN index can serve it.`,
        help: applied
          ? `Use \`jsonb\`; the migration, \`TYPE jsonb USING "${column.dbName}"::jsonb\`, rewrites the table and forgets the order and doubles of keys.`
          : 'Use `jsonb`.',
        // One decision serves them all.
        ...(!isFirstInFile(column, schema, isPlainJson) && { quiet: true as const }),
        fixes: [
          {
            title: `Make \`${name}\` a jsonb`,
            kind: applied ? 'review' : 'safe',
            preferred: true,
            intent: () => ({ do: 'setType', column, to: { family: 'json', binary: true } }),
          },
        ],
      };
    },
  },
};

function isPlainJson({ type }: Column): boolean {
  return type.family === 'json' && !type.binary;
}
