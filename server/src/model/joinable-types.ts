// Between which column types a database accepts a foreign key.
import type { ColumnType, Dialect } from './nodes';
import { isUnsigned } from './type-names';

/**
 * Whether the database refuses a foreign key from a column of the one type to a column of the other. Types that
 * couldn't be read are never refused.
 */
export function refusesReference(from: ColumnType, to: ColumnType, dialect: Dialect): boolean {
  if (from.array > 0 || to.array > 0) return false;
  if (from.family === 'other' || to.family === 'other') return false;
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb':
      return !acceptedByPostgres(from, to);
    case 'mysql':
    case 'sqlserver':
      return !sameStorage(from, to, dialect);
    // SQLite compares values of any types; of the others nothing is known, or they have no foreign keys.
    case 'sqlite':
    case 'mongodb':
    case 'singlestore':
    case 'gel':
    case 'clickhouse':
    case 'unknown':
      return false;
  }
}

/** PostgreSQL wants an equality operator between the two that the target's index can serve. */
function acceptedByPostgres(from: ColumnType, to: ColumnType): boolean {
  const number = NUMBERS.indexOf(from.family);
  if (number >= 0) return number <= NUMBERS.indexOf(to.family);
  if (from.family === 'date' || from.family === 'timestamp') return to.family === 'date' || to.family === 'timestamp';
  if (from.family === 'time' && to.family === 'time') return !from.zoned || to.zoned;
  if (from.family === 'time' && to.family === 'interval') return !from.zoned;
  if (from.family === 'enum' && to.family === 'enum') return from.enumName === to.enumName;
  if (from.family === 'json' && to.family === 'json') return from.binary === to.binary;
  return from.family === to.family;
}

/** In the order in which PostgreSQL widens them by itself. */
const NUMBERS: readonly ColumnType['family'][] = ['integer', 'numeric', 'float'];

/** MySQL and SQL Server want the same type and, of integers, the same size. */
function sameStorage(from: ColumnType, to: ColumnType, dialect: Dialect): boolean {
  const [a, b] = [bitsOf(from), bitsOf(to)];
  if (a !== undefined || b !== undefined) return a === b && isUnsigned(from, dialect) === isUnsigned(to, dialect);
  const times: readonly ColumnType['family'][] = ['date', 'timestamp'];
  return from.family === to.family || (times.includes(from.family) && times.includes(to.family));
}

function bitsOf(type: ColumnType): number | undefined {
  if (type.family === 'boolean') return 8;
  return type.family === 'integer' ? type.bits : undefined;
}
