// Reports B-tree indexes on documents, arrays and search vectors.
import type { Fix, Rule } from '../../linter/rule';
import { columnOf } from '../../model/column-roles';
import { needlessAfter } from '../../model/covering';
import { isDocument } from '../../model/index-roles';
import type { Column, Index } from '../../model/nodes';
import { inBackticks } from '../../model/wording';

export const btreeOnDocument: Rule = {
  id: 'btree-on-document',
  meta: {
    title: 'A B-tree index holds a document, an array or a search vector.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb'],
    bible: '§5',
  },
  visit: {
    *index(index) {
      // A unique one compares whole values on purpose.
      if (index.method !== 'btree' || index.unique) return;
      const { table, parts } = index;
      const columns = parts.map((part) => (part.column === undefined ? undefined : columnOf(table, part.column)));
      const column = columns.find((each) => each && isDocument(each));
      if (!column) return;
      const alone = columns.every((each) => each && isDocument(each));
      const refused = isPlainJson(column);
      yield {
        at: index.nameSpan,
        message: refused
          ? `PostgreSQL refuses this index, because values of \`${column.name}\` can't be compared while its type is \`json\`.`
          : `Searches inside \`${column.name}\` read all of \`${table.name}\`, because a B-tree index only compares whole values.`,
        help: alone ? 'Make it a GIN index.' : `Take \`${column.name}\` out of it, and give it a GIN index of its own.`,
        fixes: alone && index.include.length === 0 ? fixes(index, columns.filter((each) => each !== undefined)) : [],
      };
    },
  },
};

function isPlainJson({ type, table }: Column): boolean {
  return type.family === 'json' && type.array === 0 && !type.binary && table.dialect === 'postgresql';
}

function fixes(index: Index, columns: readonly Column[]): Fix[] {
  // GIN has nothing for `json`, and an index of what GIN would hold may be there already.
  const json = columns.filter(isPlainJson);
  if (needlessAfter(index, { method: 'gin' }).length > 0) {
    return [{ title: 'Remove the B-tree index', kind: 'review', preferred: true, intent: () => ({ do: 'removeIndex', index }) }];
  }
  return [
    {
      title: json.length > 0 ? `Make ${inBackticks(json.map(({ name }) => name))} \`jsonb\`, with a GIN index` : 'Make it a GIN index',
      kind: 'review',
      preferred: true,
      intent: () => ({
        do: 'all',
        intents: [
          ...json.map((column) => ({ do: 'setType', column, to: { family: 'json', binary: true } }) as const),
          { do: 'setMethod', index, method: 'gin' },
        ],
      }),
    },
  ];
}
