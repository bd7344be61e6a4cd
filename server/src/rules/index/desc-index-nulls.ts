// Reports descending index parts whose nulls the ORM puts where no query looks for them.
import type { Fix, Rule } from '../../linter/rule';
import { mayBeApplied } from '../../model/history';
import type { Intent } from '../../model/intents';
import type { Index, IndexPart } from '../../model/nodes';

export const descIndexNulls: Rule = {
  id: 'desc-index-nulls',
  meta: {
    title: 'A descending index holds nulls last, so no descending sort can use it.',
    severity: 'warning',
    fix: 'safe',
    languages: ['drizzle'],
    dialects: ['postgresql'],
    bible: '§5',
  },
  visit: {
    *index(index, { schema, facts }) {
      const parts = partsOf(index);
      const [first] = parts;
      if (!first) return;
      const kind = mayBeApplied(index.span, schema, facts) ? 'review' : 'safe';
      const names = parts.map((part) => `\`${nameOf(index, part)}\``).join(', ');
      yield {
        at: first.span,
        message: `Sorting \`${index.table.name}\` by ${names} in descending order can't use this index, because it holds nulls last and \`ORDER BY … DESC\` wants them first.`,
        help: 'Put the nulls first, or drop the descending order.',
        ...(index.table.indexes.find((other) => partsOf(other).length > 0) !== index && { quiet: true as const }),
        fixes: fixesOf(index, parts, names, kind),
      };
    },
  },
};

/** The parts that only the ORM gave their nulls to. */
function partsOf({ method, parts }: Index): readonly IndexPart[] {
  return method === 'btree' ? parts.filter(({ nullsAdded }) => nullsAdded) : [];
}

function fixesOf(index: Index, parts: readonly IndexPart[], names: string, kind: Fix['kind']): Fix[] {
  const all = (to: 'first' | 'plain'): Intent => ({ do: 'all', intents: parts.map((part) => ({ do: 'setNulls', index, part, to })) });
  const first: Fix = { title: `Put the nulls of ${names} first`, kind, preferred: true, intent: () => all('first') };
  // Read backwards, a last part in ascending order is a descending one with its nulls first.
  if (parts.length > 1 || index.parts.at(-1) !== parts[0]) return [first];
  return [first, { title: `Index ${names} in ascending order, which is read backwards as well`, kind, intent: () => all('plain') }];
}

function nameOf({ table }: Index, { column, expression }: IndexPart): string {
  return table.columns.find(({ dbName }) => dbName === column)?.name ?? column ?? expression ?? '';
}
