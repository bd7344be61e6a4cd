// Reports indexes on nothing but a boolean.
import type { Fix, Rule } from '../../linter/rule';
import { columnOf } from '../../model/column-roles';
import type { Column, Index } from '../../model/nodes';

export const booleanIndex: Rule = {
  id: 'boolean-index',
  meta: {
    title: 'An index holds a boolean alone.',
    severity: 'info',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver'],
    bible: '§5',
  },
  visit: {
    *index(index) {
      const [part, ...others] = index.parts;
      if (!part || others.length > 0 || index.unique || index.where || index.include.length > 0) return;
      const column = part.column === undefined ? undefined : columnOf(index.table, part.column);
      if (column?.type.family !== 'boolean' || column.type.array > 0) return;
      yield {
        at: index.nameSpan,
        message: `This index is of no use to queries for the common value of \`${column.name}\`, yet every write to \`${index.table.name}\` updates it.`,
        // MySQL has no index over some rows only.
        help: index.table.dialect === 'mysql' ? 'Remove it, or put the boolean behind another column.' : 'Index only the rows with the rarer value, or remove it.',
        fixes: fixes(index, column),
      };
    },
  },
};

/** Which value is the rarer one, and whether anybody asks for it, only the author knows. */
function fixes(index: Index, column: Column): Fix[] {
  const partial = [true, false].map(
    (value): Fix => ({
      title: `Index only the rows where \`${column.name}\` is ${value}`,
      kind: 'review',
      intent: () => ({ do: 'setRows', index, rows: { column, is: value } }),
    }),
  );
  return [...partial, { title: `Remove the index on \`${column.name}\``, kind: 'review', intent: () => ({ do: 'removeIndex', index }) }];
}
