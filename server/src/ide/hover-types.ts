// What a column's type is called in its database.
import type { Column, ColumnType, Dialect } from '../model/nodes';
import { elementTypeName } from '../model/type-names';

/** The type as the database calls it; as written, where that is all that is known. */
export function databaseType({ type, table: { language, dialect } }: Column): string {
  // SQL says it itself; a native type of Prisma's is the database's own name behind a dot.
  if (language === 'sql') return type.raw.replace(/\s+/g, ' ').trim();
  const native = /^@\w+\.(\w+)(\s*\([^)]*\))?/.exec(type.raw);
  const name = dialect === 'postgresql' || dialect === 'cockroachdb' ? postgresType(type, dialect) : otherType(type, dialect);
  const written = native ? `${(native[1] ?? '').toLowerCase()}${native[2] ?? ''}` : undefined;
  const plain = dialect === 'postgresql' && type.family !== 'other' ? name : (written ?? name);
  return `${plain ?? type.raw}${'[]'.repeat(type.array)}`;
}

/** PostgreSQL's name, which CockroachDB understands as well. */
function postgresType(type: ColumnType, dialect: Dialect): string | undefined {
  switch (type.family) {
    case 'integer':
      return type.bits <= 16 ? 'smallint' : type.bits === 64 ? 'bigint' : 'integer';
    case 'text':
      if (type.form === 'text') return type.length === undefined ? 'text' : `varchar(${type.length})`;
      return `${type.form}${type.length === undefined ? '' : `(${type.length})`}`;
    case 'timestamp':
      return `timestamp${type.zoned ? 'tz' : ''}${brackets(type.precision)}`;
    case 'numeric':
      return `numeric${brackets(type.precision, type.scale)}`;
    case 'json':
      return type.binary || dialect === 'cockroachdb' ? 'jsonb' : 'json';
    case 'enum':
      return type.enumName === '' ? undefined : `"${type.enumName}"`;
    case 'other':
      return undefined;
    default:
      return elementTypeName(type);
  }
}

const NAMES: Readonly<Partial<Record<Dialect, Readonly<Partial<Record<ColumnType['family'], string>>>>>> = {
  mysql: { boolean: 'tinyint(1)', float: 'double', json: 'json', bytes: 'longblob', date: 'date', time: 'time' },
  sqlite: { integer: 'integer', text: 'text', boolean: 'boolean', float: 'real', bytes: 'blob', json: 'jsonb', timestamp: 'datetime', numeric: 'decimal' },
  sqlserver: { boolean: 'bit', float: 'float(53)', bytes: 'varbinary(max)', date: 'date', time: 'time' },
  mongodb: { text: 'string', boolean: 'bool', float: 'double', bytes: 'binData', json: 'object', timestamp: 'date' },
};

/** The name in a database whose types are others; Drizzle's builders are called as their types are. */
function otherType(type: ColumnType, dialect: Dialect): string | undefined {
  const builder = /^(?:\w+\s*\.\s*)?([a-z]\w*)\s*\(/.exec(type.raw)?.[1];
  if (builder !== undefined) return builder;
  switch (type.family) {
    case 'integer':
      if (dialect === 'mongodb') return type.bits === 64 ? 'long' : 'int';
      return type.bits === 64 ? 'bigint' : (NAMES[dialect]?.integer ?? 'int');
    case 'text':
      if (type.length === undefined) return NAMES[dialect]?.text ?? (dialect === 'sqlserver' ? 'nvarchar(max)' : 'longtext');
      return `${dialect === 'sqlserver' ? 'nvarchar' : 'varchar'}(${type.length})`;
    case 'timestamp':
      return NAMES[dialect]?.timestamp ?? (dialect === 'sqlserver' ? 'datetime2' : `datetime${brackets(type.precision)}`);
    case 'numeric':
      return NAMES[dialect]?.numeric ?? `decimal${brackets(type.precision, type.scale)}`;
    default:
      return NAMES[dialect]?.[type.family];
  }
}

function brackets(...numbers: readonly (number | undefined)[]): string {
  const known = numbers.filter((number) => number !== undefined);
  return known.length === 0 ? '' : `(${known.join(',')})`;
}
