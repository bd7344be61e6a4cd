// Reports foreign keys that no index serves.
import type { Rule } from '../../linter/rule';
import { coveringIndex, orderForIndex, sameColumns, tellsRowsApart } from '../../model/covering';
import type { ForeignKey, Schema, Table } from '../../model/nodes';

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
      if (coveringIndex(table, columns) || !isFirst(foreignKey)) return;
      const target = find(foreignKey.target);
      if (target && isServedInPart(foreignKey, target)) return;
      const names = authorNames(foreignKey);
      const targetName = target?.name ?? foreignKey.target.name;
      yield {
        at: foreignKey.nameSpan,
        message: `Deleting or joining from \`${targetName}\` reads ${extent(foreignKey)} \`${table.name}\`, because no index leads with ${list(names)}.`,
        help: `Add an index on ${list(names)}.`,
        ...(schema.emulatedRelations && { saidByPrisma: true as const }),
        ...(target && { related: [{ at: target.nameSpan, message: `\`${targetName}\` is referenced here.` }] }),
        fixes: [
          {
            title: `Add an index on ${list(names)}`,
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

/** A tenant is often carried along in a key whose other column says it all: an index on that one finds the same rows. */
function isServedInPart({ table, columns, targetColumns }: ForeignKey, target: Table): boolean {
  if (columns.length < 2) return false;
  return targetColumns.some((dbName, at) => {
    const column = columns[at];
    const referenced = target.columns.find((each) => each.dbName === dbName);
    return column !== undefined && referenced !== undefined && tellsRowsApart(referenced) && coveringIndex(table, [column]) !== undefined;
  });
}

function authorNames({ table, columns }: ForeignKey): string[] {
  return columns.map((dbName) => table.columns.find((column) => column.dbName === dbName)?.name ?? dbName);
}

/** An index on a part of the key narrows the search down, yet rows are read and thrown away. */
function extent({ table, columns }: ForeignKey): string {
  return columns.length > 1 && columns.some((column) => coveringIndex(table, [column])) ? 'too many rows of' : 'all of';
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
