// Partitioned tables, which some statements refuse.
import { sameTable } from './names';
import type { Schema, Table, TableName } from './nodes';

/** Whether the table is known to be split into partitions. */
export function isPartitioned(schema: Schema, name: TableName): boolean {
  return partitionedTables(schema).some((table) => sameTable(table, name));
}

const known = new WeakMap<readonly Table[], readonly TableName[]>();

function partitionedTables(schema: Schema): readonly TableName[] {
  const { tables, migrations } = schema;
  let names = known.get(tables);
  if (names) return names;
  const parents = tables.flatMap((table) => (table.partitionOf ? [table.partitionOf] : []));
  const declared = migrations
    .flatMap((migration) => migration.statements)
    .filter((statement) => statement.node === 'CreateStmt' && /\bPARTITION\s+BY\b/i.test(statement.text))
    .flatMap((statement) => statement.changes.flatMap((change) => (change.verb === 'addTable' && change.table ? [change.table] : [])));
  names = [...parents, ...declared];
  known.set(tables, names);
  return names;
}
