// Rows that stay in their table when they are deleted, and only say so.
import { hasName } from './column-roles';
import type { Column, Index, Table } from './nodes';

/** The column that marks rows of a table as deleted. */
export interface SoftDelete {
  readonly column: Column;
  /** What it holds in rows that aren't deleted: nothing, or the value of a flag. */
  readonly live: null | false;
}

const TIMES = new Set([
  'deletedat', 'deletedon', 'deleteddate', 'deletedtime', 'deletedts', 'deletedatutc', 'datedeleted', 'timedeleted', 'deleted',
  'deletiontime', 'deletiondate', 'softdeletedat', 'discardedat',
]); // prettier-ignore

const FLAGS = new Set(['isdeleted', 'deleted', 'issoftdeleted', 'softdeleted', 'deletedflag', 'hasbeendeleted', 'wasdeleted', 'isdiscarded', 'discarded']);

/**
 * How the table marks deleted rows. A time of deletion marks them where it may be missing; one that every row has says
 * when something else was deleted. Archived rows are still there for their users, so `archived_at` marks nothing.
 */
export function softDeleteOf(table: Table): SoftDelete | undefined {
  const time = table.columns.find(isDeletionTime);
  if (time) return { column: time, live: null };
  const flag = table.columns.find((column) => isDeletionFlag(column) && !column.nullable);
  return flag && { column: flag, live: false };
}

/** Whether the column keeps the time at which its row was deleted, and nothing before that. */
export function isDeletionTime(column: Column): boolean {
  const { type, nullable, generated } = column;
  if (!nullable || generated || column.default !== undefined || type.array > 0 || !hasName(column, TIMES)) return false;
  return type.family === 'timestamp' || type.family === 'date' || (type.family === 'integer' && !hasName(column, FLAGS));
}

/** Whether the column says that its row was deleted, and not when. */
export function isDeletionFlag(column: Column): boolean {
  return column.type.family === 'boolean' && column.type.array === 0 && hasName(column, FLAGS);
}

const FROM = new Set(['validfrom', 'effectivefrom', 'versionfrom', 'systemfrom', 'systimefrom', 'validfromat']);
const TO = new Set(['validto', 'validuntil', 'effectiveto', 'effectiveuntil', 'versionto', 'systemto', 'systimeto', 'validtoat']);

/** Whether each change adds a row, with the time from which on and until which it holds: the last of a deleted one tells when. */
export function keepsVersions({ columns }: Table): boolean {
  return columns.some((column) => hasName(column, FROM)) && columns.some((column) => hasName(column, TO));
}

/** Whether the index tells deleted rows from live ones, by its columns or by its predicate. */
export function knowsDeleted(index: Index, { column }: SoftDelete): boolean {
  const named = (text: string | undefined): boolean => {
    const found = new Set(text?.match(/[\p{L}\p{N}_]+/gu));
    return found.has(column.dbName) || found.has(column.name);
  };
  return index.parts.some((part) => part.column === column.dbName || named(part.expression)) || named(index.where?.raw);
}
