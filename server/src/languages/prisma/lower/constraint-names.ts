// The names that Prisma gives to keys and indexes where the author writes none.
import type { Dialect } from '../../../model/nodes';

export type Suffix = '_pkey' | '_key' | '_idx';

/** Table, columns and suffix joined by `_`, shortened as the database demands; undefined where the database names it. */
export function constraintName(table: string, columns: readonly string[], suffix: Suffix, dialect: Dialect): string | undefined {
  // MySQL calls every primary key PRIMARY, and SQLite's and MongoDB's have no name.
  if (suffix === '_pkey' && (dialect === 'mysql' || dialect === 'sqlite' || dialect === 'mongodb')) return undefined;
  const joined = suffix === '_pkey' ? table : [table, ...columns].join('_');
  return `${cut(joined, longest(dialect) - suffix.length)}${suffix}`;
}

/** Bytes of UTF-8 that a name may have. */
function longest(dialect: Dialect): number {
  switch (dialect) {
    case 'mysql':
      return 64;
    case 'sqlserver':
      return 128;
    case 'mongodb':
      return 127;
    case 'sqlite':
      return 10_000;
    default:
      return 63;
  }
}

/** The longest beginning that takes at most so many bytes. */
function cut(name: string, bytes: number): string {
  let used = 0;
  let kept = '';
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    used += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (used > bytes) return kept;
    kept += character;
  }
  return name;
}
