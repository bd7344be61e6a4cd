// The names that tables and their indexes take, counted over a whole schema; after an edit only what changed is counted.
import type { Index, Table } from '../../model/nodes';

export interface Keys {
  readonly own: string;
  readonly indexes: readonly (readonly [string, Index])[];
}

/** A table stays the same object for as long as nothing in it changes. */
const known = new WeakMap<Table, Keys>();

/** The name of a table and those of its indexes, each with its schema. */
export function keysOf(table: Table): Keys {
  let keys = known.get(table);
  if (!keys) known.set(table, (keys = { own: key(table, table.dbName), indexes: namedIndexes(table).map((index) => [key(table, index.name ?? ''), index]) }));
  return keys;
}

/** Of a temporary table nobody knows when it is there, and of a half-read one how much is missing. */
export function isWhole({ temporary, partial }: Table): boolean {
  return !temporary && !partial;
}

/** Whether any name is taken twice. */
export function holdsClashes(tables: readonly Table[]): boolean {
  const [first] = tables;
  if (!first) return false;
  const before = censuses.get(first);
  const census = before?.tables.length === tables.length ? updated(before, tables) : updated({ tables: [], counts: new Map(), clashes: 0 }, tables);
  censuses.set(first, census);
  return census.clashes > 0;
}

interface Census {
  readonly tables: readonly Table[];
  readonly counts: Map<string, number>;
  /** How many names have more than one holder. */
  readonly clashes: number;
}

/** The last census of each schema, by its first table. */
const censuses = new WeakMap<Table, Census>();

function updated({ tables: before, counts, clashes: old }: Census, tables: readonly Table[]): Census {
  let clashes = old;
  const count = (table: Table | undefined, by: 1 | -1): void => {
    if (!table || !isWhole(table)) return;
    const { own, indexes } = keysOf(table);
    for (const name of [own, ...indexes.map(([each]) => each)]) {
      const had = counts.get(name) ?? 0;
      counts.set(name, had + by);
      if (had === 1 && by === 1) clashes++;
      else if (had === 2 && by === -1) clashes--;
    }
  };
  for (const [at, table] of tables.entries()) {
    if (before[at] === table) continue;
    count(before[at], -1);
    count(table, 1);
  }
  return { tables, counts, clashes };
}

/** SQLite keeps no names of constraints, and PostgreSQL finds a free one for a key that is written without. */
function namedIndexes({ dialect, indexes, primaryKey }: Table): readonly Index[] {
  const all = primaryKey && dialect === 'postgresql' && !primaryKey.inline ? [...indexes, primaryKey] : indexes;
  return all.filter(({ name }) => name !== undefined && name !== '');
}

function key({ dbSchema, dialect }: Table, name: string): string {
  // SQLite doesn't tell capitals from small letters.
  return `${dbSchema ?? 'public'}.${dialect === 'sqlite' ? name.toLowerCase() : name}`;
}
