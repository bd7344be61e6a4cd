// Junction tables: rows that only join two others.
import { columnOf, isForeignKeyMember, isKeyMember, isPosition, isTimestampLike } from './column-roles';
import type { ForeignKey, Table } from './nodes';
import { isTenantColumn } from './tenant';
import { words } from './words';

/** Whether the table only joins rows of others: two foreign keys or more, and nothing else but a key, times and an order. */
export function isJunction(table: Table): boolean {
  const joined = new Set(table.foreignKeys.map((foreignKey) => foreignKey.columns.join()));
  if (joined.size < 2) return false;
  return table.columns.every(
    (column) => isForeignKeyMember(column) || isKeyMember(column) || isTimestampLike(column) || isPosition(column),
  );
}

/**
 * The two foreign keys that a junction table is about: all that it has, or those that are left without who wrote the row
 * and whose it is.
 */
export function joinedPair(table: Table): readonly [ForeignKey, ForeignKey] | undefined {
  const all = table.foreignKeys.filter((key, at, keys) => keys.findIndex((other) => other.columns.join() === key.columns.join()) === at);
  const subjects = all.filter((key) => !key.columns.every((column) => isActor(columnOf(table, column)?.name ?? column)));
  const parts = subjects.filter((key) => !key.columns.every((column) => isTenantColumn(table, column)));
  for (const [left, right, ...more] of [all, subjects, parts]) if (left && right && more.length === 0) return [left, right];
  return undefined;
}

/** Whether a unique constraint keeps two rows of a table from referring to the same rows. */
export function keepsPairApart(table: Table): boolean {
  const columns = new Set(table.foreignKeys.flatMap((foreignKey) => foreignKey.columns));
  return table.indexes.some((index) => index.unique && !index.where && index.parts.every(({ column }) => column !== undefined && columns.has(column)));
}

function isActor(name: string): boolean {
  return words(name.replace(/_?id$/i, '')).at(-1) === 'by';
}
