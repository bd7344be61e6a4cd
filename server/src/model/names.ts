// When two names mean one thing, and which table a name means.
import type { Table, TableName } from './nodes';

/** Whether two table names can mean the same table: an unwritten schema matches any, and `public` is the default. */
export function sameTable(
  a: { readonly name: string; readonly schema?: string | undefined },
  b: { readonly name: string; readonly schema?: string | undefined },
): boolean {
  return a.name === b.name && (a.schema === undefined || b.schema === undefined || a.schema === b.schema);
}

/** The name by which a table is looked up. */
export function nameOf({ dbName, dbSchema }: Pick<Table, 'dbName' | 'dbSchema'>): TableName {
  return { name: dbName, ...(dbSchema !== undefined && { schema: dbSchema }) };
}

/** Looks tables of a list up by name, the first of those that a name can mean; for many look-ups in one list. */
export function finderOf(tables: readonly Table[]): (name: TableName) => Table | undefined {
  const byName = new Map<string, Table[]>();
  for (const table of tables) {
    const same = byName.get(table.dbName);
    if (same) same.push(table);
    else byName.set(table.dbName, [table]);
  }
  return (name) => byName.get(name.name)?.find((table) => sameTable(name, nameOf(table)));
}
