// Which columns hold the same values, because foreign keys tie them together.
import { columnOf } from './column-roles';
import { finderOf } from './names';
import type { Column, ForeignKey, Table } from './nodes';

/** A referencing column beside the one that it refers to. */
export interface ReferencePair {
  readonly column: Column;
  readonly target: Column;
}

/** The columns of a foreign key with those of its target, by place; columns that can't be found are left out. */
export function referencePairs(foreignKey: ForeignKey, target: Table): ReferencePair[] {
  const names = foreignKey.targetColumns.length > 0 ? foreignKey.targetColumns : keyColumns(target);
  if (names.length !== foreignKey.columns.length) return [];
  return foreignKey.columns.flatMap((name, at) => {
    const column = columnOf(foreignKey.table, name);
    const other = columnOf(target, names[at] ?? '');
    return column && other ? [{ column, target: other }] : [];
  });
}

function keyColumns({ primaryKey }: Table): string[] {
  return (primaryKey?.parts ?? []).map((part) => part.column ?? '');
}

/**
 * All columns that foreign keys tie to this one, in either direction and however far, itself left out: they can change
 * their type together only.
 */
export function tiedColumns(column: Column, tables: readonly Table[]): Column[] {
  const ties = tiesOf(tables);
  const found = new Map([[keyOf(column), column]]);
  for (const each of found.values()) {
    for (const tied of ties.get(keyOf(each)) ?? []) if (!found.has(keyOf(tied))) found.set(keyOf(tied), tied);
  }
  found.delete(keyOf(column));
  return [...found.values()];
}

const known = new WeakMap<readonly Table[], ReadonlyMap<string, readonly Column[]>>();

function tiesOf(tables: readonly Table[]): ReadonlyMap<string, readonly Column[]> {
  const kept = known.get(tables);
  if (kept) return kept;
  const find = finderOf(tables);
  const ties = new Map<string, Column[]>();
  const tie = (from: Column, to: Column): void => void ties.set(keyOf(from), [...(ties.get(keyOf(from)) ?? []), to]);
  for (const table of tables) {
    for (const foreignKey of table.foreignKeys) {
      const target = find(foreignKey.target);
      for (const pair of target ? referencePairs(foreignKey, target) : []) {
        tie(pair.column, pair.target);
        tie(pair.target, pair.column);
      }
    }
  }
  known.set(tables, ties);
  return ties;
}

function keyOf({ table, dbName }: Column): string {
  return JSON.stringify([table.dbSchema ?? '', table.dbName, dbName]);
}
