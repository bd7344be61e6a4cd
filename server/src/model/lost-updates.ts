// Writes that undo what somebody else wrote meanwhile: a row is read, a new value is computed from it, and written back.
import type { Query, Write } from './queries';
import type { Column, Table } from './nodes';
import { folded } from './words';

export interface LostUpdate {
  readonly query: Query;
  readonly write: Write;
  /** Where the new value is computed from the old one. */
  readonly from: Write['computedFrom'][number];
}

/** Those among the queries of one table that nothing guards against a write in between. */
export function lostUpdates(queries: readonly Query[]): LostUpdate[] {
  return queries.flatMap((query): LostUpdate[] => {
    if (query.verb !== 'update' && query.verb !== 'upsert') return [];
    return query.writes.flatMap((write) => {
      const from = write.computedFrom.find((read) => read.column === write.column && isSameTable(read.query, query) && !isGuarded(read.query, query, write));
      return from ? [{ query, write, from }] : [];
    });
  });
}

function isSameTable(read: Query, write: Query): boolean {
  return read.table.name === write.table.name && read.verb === 'find';
}

/** The row is locked, the database refuses the second writer, or the write only finds the row as it was read. */
function isGuarded(read: Query, query: Query, { column }: Write): boolean {
  if (read.locks || !query.filtersKnown) return true;
  if (query.filters.some((filter) => filter.column === column || isVersionName(filter.column))) return true;
  const { transaction } = query.place;
  if (!transaction || transaction !== read.place.transaction) return false;
  return /serializable|repeatable read|snapshot/.test(transaction.isolation ?? '') || transaction.sql.some(({ text }) => /\bfor\s+(?:no\s+key\s+)?update\b|\badvisory|\block\s+table\b/i.test(text));
}

const VERSION = new Set(['version', 'lockversion', 'rowversion', 'versionnumber', 'optlock', 'revision', 'rev', 'etag', 'xmin']);

/** The column that tells a writer whether somebody wrote the row meanwhile. */
export function versionColumn(table: Table): Column | undefined {
  return table.columns.find(({ name, dbName }) => isVersionName(name) || isVersionName(dbName));
}

function isVersionName(name: string): boolean {
  return VERSION.has(folded(name));
}
