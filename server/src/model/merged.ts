// What a database keeps of key constraints that are declared together.
import type { Index } from './nodes';

type Key = Pick<Index, 'constraint' | 'parts' | 'include' | 'nullsNotDistinct' | 'name'>;

/**
 * The indexes that one CREATE TABLE makes. PostgreSQL and SQLite make one for equal key constraints: the primary key,
 * else the first, which takes another's name where it has none of its own.
 */
export function mergedConstraints<K extends Key>(indexes: readonly K[]): K[] {
  const kept: K[] = [];
  const keyFirst = [...indexes].sort((a, b) => Number(b.constraint === 'primary key') - Number(a.constraint === 'primary key'));
  for (const index of keyFirst) {
    const at = kept.findIndex((other) => equal(other, index));
    const other = kept[at];
    if (!other) kept.push(index);
    else if (other.name === undefined && index.name !== undefined) kept[at] = { ...other, name: index.name };
  }
  return kept;
}

function equal(a: Key, b: Key): boolean {
  if (!a.constraint || !b.constraint || a.nullsNotDistinct !== b.nullsNotDistinct) return false;
  return columnsOf(a) === columnsOf(b) && a.include.join() === b.include.join();
}

function columnsOf({ parts }: Key): string {
  return JSON.stringify(parts.map(({ column }) => column));
}
