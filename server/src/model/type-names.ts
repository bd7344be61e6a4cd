// What a database calls the type of a column, for messages and for SQL that goes with them.
import type { ColumnType, Dialect } from './nodes';

/** The name of the type in SQL, as PostgreSQL and most others spell it; the author's own spelling where it is another. */
export function typeName(type: ColumnType, dialect: Dialect = 'postgresql'): string {
  return elementTypeName(type, dialect) + '[]'.repeat(type.array);
}

/** The same of a single value of the type, be it an array's. */
export function elementTypeName(type: ColumnType, dialect: Dialect = 'postgresql'): string {
  switch (type.family) {
    case 'integer':
      return integerName(type.bits) + (isUnsigned(type, dialect) ? ' unsigned' : '');
    case 'text':
      return type.form === 'text' ? 'text' : `${type.form}${type.length === undefined ? '' : `(${type.length})`}`;
    case 'timestamp':
      return zonedName(type.zoned, dialect);
    case 'numeric':
      return type.precision === undefined ? 'numeric' : `numeric(${[type.precision, type.scale ?? 0].join(', ')})`;
    case 'float':
      return type.bits === 32 ? 'real' : 'double precision';
    case 'json':
      return type.binary ? 'jsonb' : 'json';
    case 'time':
      return type.zoned ? 'timetz' : 'time';
    case 'enum':
      return type.enumName === '' ? 'enum' : type.enumName;
    case 'bytes':
      return 'bytea';
    case 'uuid':
      return dialect === 'sqlserver' ? 'uniqueidentifier' : 'uuid';
    case 'boolean':
    case 'date':
    case 'interval':
    case 'money':
    case 'tsvector':
      return type.family;
    case 'other':
      return type.raw;
  }
}

function integerName(bits: number): string {
  if (bits === 64) return 'bigint';
  if (bits === 32) return 'integer';
  if (bits === 24) return 'mediumint';
  return bits === 16 ? 'smallint' : 'tinyint';
}

function zonedName(zoned: boolean, dialect: Dialect): string {
  if (dialect === 'mysql' || dialect === 'singlestore') return zoned ? 'timestamp' : 'datetime';
  return zoned ? 'timestamptz' : 'timestamp';
}

/** Whether the type holds no negative numbers: its spelling says so in each language, and MySQL's serial has none. */
export function isUnsigned({ raw }: ColumnType, dialect: Dialect): boolean {
  return /unsigned/i.test(raw) || (dialect === 'mysql' && /^serial\b/i.test(raw));
}
