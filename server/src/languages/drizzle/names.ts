// The names that Drizzle gives to keys and indexes whose author gave none.
import type { IndexPart, Table } from '../../model/nodes';

type Kind = 'index' | 'unique' | 'primary key';

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
