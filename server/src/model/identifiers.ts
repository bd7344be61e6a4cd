// How long a name may be, and what a database makes of one that is longer.
import type { Dialect, Schema } from './nodes';

/** Bytes of UTF-8 that PostgreSQL keeps of a name. */
export const LONGEST = 63;

/** How many bytes of UTF-8 a name takes. */
export function byteLength(name: string): number {
  let bytes = 0;
  for (const character of name) bytes += bytesOf(character);
  return bytes;
}

/** The longest beginning of a name that takes at most so many bytes: what PostgreSQL makes of a longer one. */
export function truncated(name: string, bytes = LONGEST): string {
  let used = 0;
  let kept = '';
  for (const character of name) {
    used += bytesOf(character);
    if (used > bytes) return kept;
    kept += character;
  }
  return name;
}

/** The beginning of a name that takes at most so many bytes, cut between two words where that leaves enough of it. */
export function shortened(name: string, bytes = LONGEST): string {
  const kept = truncated(name, bytes);
  const whole = kept === name || name.charAt(kept.length) === '_' ? kept : kept.replace(/(?<=^.{20,})_[^_]*$/su, '');
  return whole.replace(/_+$/, '');
}

/**
 * A name for an index or constraint that says as much as fits: table and columns, cut between two words, and a suffix
 * such as `idx`. `taken` names are passed over.
 */
export function shortName(table: string, columns: readonly string[], suffix: string, taken: (name: string) => boolean = () => false): string {
  const full = [table, ...columns].join('_');
  for (let count = 1; ; count++) {
    const end = `${count === 1 ? '' : `_${count}`}_${suffix}`;
    const name = shortened(full, LONGEST - byteLength(end)) + end;
    if (!taken(name)) return name;
  }
}

/** Bytes of UTF-8 that a name may have in a dialect. */
export function longestName(dialect: Dialect): number {
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
      return LONGEST;
  }
}

/**
 * Whether the schema's own validator refuses names of keys and indexes that are too long, or that two of them have.
 * Prisma's does; it lets tables and columns have any name.
 */
export function keyNamesAreChecked({ language }: Pick<Schema, 'language'>): boolean {
  return language === 'prisma';
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
