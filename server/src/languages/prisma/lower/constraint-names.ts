// The names that Prisma gives to keys and indexes where the author writes none.
import { longestName, truncated } from '../../../model/identifiers';
import type { Dialect } from '../../../model/nodes';

export type Suffix = '_pkey' | '_key' | '_idx' | '_fkey';

/** Table, columns and suffix joined by `_`, shortened as the database demands; undefined where the database names it. */
export function constraintName(table: string, columns: readonly string[], suffix: Suffix, dialect: Dialect): string | undefined {
  // MySQL calls every primary key PRIMARY, and SQLite's and MongoDB's have no name.
  if (suffix === '_pkey' && (dialect === 'mysql' || dialect === 'sqlite' || dialect === 'mongodb')) return undefined;
  const joined = suffix === '_pkey' ? table : [table, ...columns].join('_');
  return `${truncated(joined, longestName(dialect) - suffix.length)}${suffix}`;
}
