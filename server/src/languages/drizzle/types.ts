// What a column builder means in the database: the family and facts of its type.
import type { ColumnType, Dialect } from '../../model/nodes';
import type { Span } from '../../text/span';

/** Reads the options object of a builder; what can't be read is `undefined`, and `unknown` tells that it is there. */
export interface BuilderOptions {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  /** The option is written, or a spread that couldn't be followed may hold it. */
  mayHave(name: string): boolean;
}

interface Place {
  readonly span: Span;
  readonly raw: string;
  readonly array: number;
}

/** The type that `builder` of a dialect gives a column. */
export function columnType(dialect: Dialect, builder: string, options: BuilderOptions, place: Place): ColumnType {
  if (dialect === 'sqlite') return sqliteType(builder, options, place);
  switch (builder) {
    case 'varchar':
    case 'nvarchar':
      return { ...place, family: 'text', form: 'varchar', ...limit(options) };
    case 'char':
    case 'nchar':
      return { ...place, family: 'text', form: 'char', ...limit(options) };
    case 'text':
    case 'string':
    case 'tinytext':
    case 'mediumtext':
    case 'longtext':
    case 'ntext':
      return { ...place, family: 'text', form: 'text', ...limit(options) };
    case 'timestamp':
    case 'timestamptz':
    case 'datetime':
    case 'datetime2':
    case 'datetimeoffset':
      return timestampType(dialect, builder, options, place);
    case 'time':
    case 'localTime':
      return { ...place, family: 'time', zoned: options.flag('withTimezone') === true };
    case 'numeric':
    case 'decimal':
      return { ...place, family: 'numeric', ...digits(options) };
    case 'date':
    case 'localDate':
      return { ...place, family: 'date' };
    default:
      return integerType(dialect, builder, place) ?? plainType(dialect, builder, place);
  }
}

function limit(options: BuilderOptions): { length?: number } {
  const length = options.number('length');
  return length === undefined ? {} : { length };
}

function digits(options: BuilderOptions): { precision?: number; scale?: number } {
  const precision = options.number('precision');
  const scale = options.number('scale');
  return { ...(precision !== undefined && { precision }), ...(scale !== undefined && { scale }) };
}

function timestampType(dialect: Dialect, builder: string, options: BuilderOptions, place: Place): ColumnType {
  const precision = options.number('precision') ?? options.number('fsp');
  const hidden = options.mayHave('withTimezone') && options.flag('withTimezone') === undefined;
  // MySQL's TIMESTAMP keeps an instant; what an unread option says can't be held against the author.
  const zoned =
    builder === 'timestamptz' ||
    builder === 'datetimeoffset' ||
    (builder === 'timestamp' && (dialect === 'mysql' || dialect === 'singlestore')) ||
    options.flag('withTimezone') === true ||
    hidden;
  return { ...place, family: 'timestamp', zoned, implied: false, ...(precision !== undefined && { precision }) };
}

function integerType(dialect: Dialect, builder: string, place: Place): ColumnType | undefined {
  const integer = (bits: 8 | 16 | 24 | 32 | 64, serial = false): ColumnType => ({ ...place, family: 'integer', bits, serial });
  switch (builder) {
    case 'tinyint':
      return integer(8);
    case 'smallint':
    case 'int2':
      return integer(16);
    case 'mediumint':
      return integer(24);
    case 'integer':
    case 'int':
    case 'int4':
      return integer(dialect === 'cockroachdb' && builder === 'integer' ? 64 : 32);
    case 'bigint':
    case 'bigintT':
    case 'int8':
      return integer(64);
    case 'smallserial':
      return integer(16, true);
    case 'serial':
      return integer(dialect === 'postgresql' ? 32 : 64, true);
    case 'bigserial':
      return integer(64, true);
    default:
      return undefined;
  }
}

function plainType(dialect: Dialect, builder: string, place: Place): ColumnType {
  switch (builder) {
    case 'json':
      return { ...place, family: 'json', binary: false };
    case 'jsonb':
      return { ...place, family: 'json', binary: true };
    case 'real':
      return { ...place, family: 'float', bits: dialect === 'mysql' || dialect === 'singlestore' ? 64 : 32 };
    case 'float':
      return { ...place, family: 'float', bits: dialect === 'sqlserver' || dialect === 'cockroachdb' ? 64 : 32 };
    case 'float4':
      return { ...place, family: 'float', bits: 32 };
    case 'double':
    case 'doublePrecision':
    case 'float8':
      return { ...place, family: 'float', bits: 64 };
    case 'uuid':
      return { ...place, family: 'uuid' };
    case 'boolean':
    case 'bool':
      return { ...place, family: 'boolean' };
    case 'bit':
      return { ...place, family: dialect === 'sqlserver' ? 'boolean' : 'other' };
    case 'interval':
    case 'duration':
    case 'relDuration':
    case 'dateDuration':
      return { ...place, family: 'interval' };
    case 'bytea':
    case 'bytes':
    case 'blob':
    case 'binary':
    case 'varbinary':
    case 'tinyblob':
    case 'mediumblob':
    case 'longblob':
      return { ...place, family: 'bytes' };
    case 'mysqlEnum':
    case 'singlestoreEnum':
      return { ...place, family: 'enum', enumName: '' };
    case 'tsvector':
      return { ...place, family: 'tsvector' };
    default:
      return { ...place, family: 'other' };
  }
}

/** SQLite has five storage classes; Drizzle's modes say what the author keeps in them. */
function sqliteType(builder: string, options: BuilderOptions, place: Place): ColumnType {
  const mode = options.text('mode');
  switch (builder) {
    case 'integer':
    case 'int':
      if (mode === 'timestamp' || mode === 'timestamp_ms') return { ...place, family: 'timestamp', zoned: true, implied: false };
      if (mode === 'boolean') return { ...place, family: 'boolean' };
      return { ...place, family: 'integer', bits: 64, serial: false };
    case 'text':
      if (mode === 'json') return { ...place, family: 'json', binary: false };
      return { ...place, family: 'text', form: 'text', ...limit(options) };
    case 'blob':
      if (mode === 'json') return { ...place, family: 'json', binary: false };
      return { ...place, family: 'bytes' };
    case 'real':
      return { ...place, family: 'float', bits: 64 };
    case 'numeric':
      return { ...place, family: 'numeric' };
    default:
      return { ...place, family: 'other' };
  }
}
