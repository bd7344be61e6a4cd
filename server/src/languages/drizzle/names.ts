// The names that Drizzle gives to keys and indexes whose author gave none.
import { LONGEST } from '../../model/identifiers';
import type { IndexPart, Table } from '../../model/nodes';

type Kind = 'index' | 'unique' | 'primary key';

/** What Drizzle calls a foreign key; undefined where it puts a hash in place of what is too long. */
export function foreignKeyName({ table, modern }: Naming, columns: readonly string[], target: string, targetColumns: readonly string[]): string | undefined {
  const name = [table.dbName, ...columns, target, ...targetColumns].join('_');
  if (!modern) return `${name}_fk`;
  return name.length + '_fkey'.length > LONGEST ? undefined : `${name}_fkey`;
}

interface Naming {
  readonly table: Table;
  /** Drizzle 1.0 took over PostgreSQL's own suffixes for constraints. */
  readonly modern: boolean;
}

/** The name of an unnamed index or constraint; undefined where an expression leaves Drizzle without one. */
export function indexName(kind: Kind, { table, modern }: Naming, parts: readonly IndexPart[]): string | undefined {
  const columns: string[] = [];
  for (const { column } of parts) {
    if (column === undefined) return undefined;
    columns.push(column);
  }
  if (kind === 'index') return `${table.dbName}_${columns.join('_')}_index`;
  if (kind === 'primary key') return modern ? `${table.dbName}_pkey` : `${table.dbName}_${columns.join('_')}_pk`;
  return `${table.dbName}_${columns.join('_')}_${modern ? 'key' : 'unique'}`;
}
