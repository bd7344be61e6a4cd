// Reports tables that carry more indexes than their writes should pay for.
import type { Rule } from '../../linter/rule';
import type { Table } from '../../model/nodes';

interface Options {
  readonly max: number;
}

export const tooManyIndexes: Rule<Options> = {
  id: 'too-many-indexes',
  meta: {
    title: 'A table has so many indexes that its writes are slow.',
    severity: 'info',
    fix: 'none',
    bible: '§5 L',
    options: {
      max: { default: 10, description: 'How many indexes a table may have, its primary key and unique constraints included.' },
    },
  },
  visit: {
    *table(table, { options }) {
      const count = written(table);
      if (table.partitionOf || count <= options.max) return;
      yield {
        at: table.nameSpan,
        message: `Each new row of \`${table.name}\` is also written into ${count} indexes.`,
        help: 'Drop those that no query uses.',
      };
    },
  },
};

/** The indexes that a write keeps up besides the table. A primary key that orders the table itself is no further one. */
function written({ dialect, primaryKey, indexes }: Table): number {
  switch (dialect) {
    case 'mysql':
    case 'sqlite':
    case 'sqlserver':
    case 'cockroachdb':
      return indexes.length;
    default:
      return indexes.length + (primaryKey ? 1 : 0);
  }
}
