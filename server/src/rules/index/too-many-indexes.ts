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
      const partial = table.indexes.filter(({ where }) => where).length;
      if (table.partitionOf || count <= options.max) return;
      yield {
        at: table.nameSpan,
        message: `Each new row of \`${table.name}\` is also written into ${indexesOf(count, partial)}.`,
        help: 'Drop those that no query uses.',
      };
    },
  },
};

/** Only rows of their condition are written into partial ones. */
function indexesOf(count: number, partial: number): string {
  if (partial === 0) return `${count} indexes`;
  const full = count - partial;
  return `${full === 0 ? '' : `${full} ${full === 1 ? 'index' : 'indexes'}, and into `}up to ${partial} partial ${partial === 1 ? 'one' : 'ones'}`;
}

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
