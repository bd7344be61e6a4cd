// Reports hash indexes that are asked for what a hash can't give.
import type { Fix, Rule } from '../../linter/rule';
import { columnOf } from '../../model/column-roles';
import { needlessAfter } from '../../model/covering';
import { isRangeLike } from '../../model/index-roles';
import type { Index } from '../../model/nodes';

export const misusedHashIndex: Rule = {
  id: 'misused-hash-index',
  meta: {
    title: 'A hash index is asked for more than equality on one column.',
    severity: 'info',
    fix: 'safe',
    dialects: ['postgresql'],
    bible: '§5',
  },
  visit: {
    *index(index) {
      if (index.method !== 'hash') return;
      const refused = refusal(index);
      const column = rangeColumn(index);
      if (refused === undefined && column === undefined) return;
      yield {
        at: index.nameSpan,
        message:
          refused === undefined
            ? `Sorting by \`${column}\` and asking for a range of it read all of \`${index.table.name}\`, because a hash index finds equal values only.`
            : `PostgreSQL refuses this index on \`${index.table.name}\`, because a hash index ${refused}.`,
        help: 'Make it a B-tree index.',
        fixes: fixes(index, refused !== undefined),
      };
    },
  },
};

function refusal({ parts, unique, include }: Index): string | undefined {
  if (parts.length > 1) return 'holds a single column';
  if (unique) return "can't be unique";
  if (include.length > 0) return 'carries no further columns';
  return parts.some(({ sort, nulls }) => sort === 'desc' || nulls) ? 'has no order' : undefined;
}

function rangeColumn({ table, parts }: Index): string | undefined {
  const column = columnOf(table, parts[0]?.column ?? '');
  return column && isRangeLike(column) ? column.name : undefined;
}

function fixes(index: Index, isRefused: boolean): Fix[] {
  // Beside a B-tree index that serves the same queries, another one would be needless.
  if (needlessAfter(index, { method: 'btree' }).length > 0) {
    return [{ title: 'Remove the hash index', kind: 'review', intent: () => ({ do: 'removeIndex', index }) }];
  }
  return [
    {
      title: 'Make it a B-tree index',
      // One that exists is built anew, and is larger.
      kind: isRefused ? 'safe' : 'review',
      preferred: true,
      intent: () => ({ do: 'setMethod', index, method: 'btree' }),
    },
  ];
}
