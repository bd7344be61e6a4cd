// Junction tables: rows that only join two others.
import { isForeignKeyMember, isKeyMember, isPosition, isTimestampLike } from './column-roles';
import type { Table } from './nodes';

/** Whether the table only joins rows of others: two foreign keys or more, and nothing else but a key, times and an order. */
export function isJunction(table: Table): boolean {
  const joined = new Set(table.foreignKeys.map((foreignKey) => foreignKey.columns.join()));
  if (joined.size < 2) return false;
  return table.columns.every(
    (column) => isForeignKeyMember(column) || isKeyMember(column) || isTimestampLike(column) || isPosition(column),
  );
}
