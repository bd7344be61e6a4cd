// Reports foreign keys that no index serves.
import type { Rule } from '../../linter/rule';
import { authorName } from '../../model/column-roles';
import { coveringIndex, orderForIndex, sameColumns, servingIndex } from '../../model/covering';
import type { ForeignKey, Schema } from '../../model/nodes';
import { inBackticks } from '../../model/wording';

export const unindexedForeignKey: Rule = {
  id: 'unindexed-foreign-key',
  meta: {
    title: 'A foreign key has no index.',
    severity: 'warning',
    fix: 'safe',
    absence: true,
    dialects: ['postgresql', 'cockroachdb', 'sqlite', 'sqlserver', 'mysql'],
    bible: '§5 L M1',
  },
  visit: {
    *foreignKey(foreignKey, { schema, table: find }) {
      const { table, columns } = foreignKey;
      if (columns.length === 0 || table.partitionOf || databaseIndexes(foreignKey, schema)) return;
      const target = find(foreignKey.target);
      if (servingIndex(foreignKey, target) || !isFirst(foreignKey)) return;
      const names = authorNames(foreignKey);
      const targetName = target?.name ?? foreignKey.target.name;
      yield {
        at: foreignKey.nameSpan,
        message: `Deleting or joining from \`${targetName}\` reads ${extent(foreignKey)} \`${table.name}\`, because no index leads with ${inBackticks(names)}.`,
        // A part of the key finds few enough rows, mostly.
        ...(isNarrowed(foreignKey) && { quiet: true as const }),
        help: `Add an index on ${inBackticks(names)}.`,
        ...(schema.emulatedRelations && { saidByPrisma: true as const }),
        ...(target && { related: [{ at: target.nameSpan, message: `\`${targetName}\` is referenced here.` }] }),
        fixes: [
          {
            title: `Add an index on ${inBackticks(names)}`,
            kind: 'safe',
            preferred: true,
            intent: () => ({ do: 'addIndex', table, columns: orderForIndex(table, columns), for: foreignKey }),
          },
        ],
      };
    },
  },
};

/** InnoDB makes an index for each real foreign key. */
function databaseIndexes(foreignKey: ForeignKey, schema: Schema): boolean {
  return foreignKey.table.dialect === 'mysql' && !schema.emulatedRelations;
}

/** Of several foreign keys over the same columns, one index serves all, so one finding is enough. */
function isFirst(foreignKey: ForeignKey): boolean {
  const first = foreignKey.table.foreignKeys.find((other) => sameColumns(other.columns, foreignKey.columns));
  return first === undefined || first === foreignKey;
}

function authorNames({ table, columns }: ForeignKey): string[] {
  return columns.map((dbName) => authorName(table, dbName));
}

function extent(foreignKey: ForeignKey): string {
  return isNarrowed(foreignKey) ? 'too many rows of' : 'all of';
}

/** An index on a part of the key narrows the search down, yet rows are read and thrown away. */
function isNarrowed({ table, columns }: ForeignKey): boolean {
  return columns.length > 1 && columns.some((column) => coveringIndex(table, [column]));
}
