// Which column type a field has in each database: Prisma's own choice, or the native type that the author wrote.
import type { ColumnType, Dialect } from '../../../model/nodes';
import type { Argument } from '../parse/syntax';

/** A column type without the place where it is written. */
export type TypeFacts = ColumnType extends infer T ? (T extends unknown ? Omit<T, 'span' | 'raw' | 'array'> : never) : never;

/** What Prisma makes of one of its scalar types; undefined for another name. */
export function scalarType(name: string, dialect: Dialect): TypeFacts | undefined {
  switch (name) {
    case 'String':
      if (dialect === 'mysql') return { family: 'text', form: 'varchar', length: 191 };
      if (dialect === 'sqlserver') return { family: 'text', form: 'varchar', length: 1000 };
      return { family: 'text', form: 'text' };
    case 'Boolean':
      return { family: 'boolean' };
    case 'Int':
      return { family: 'integer', bits: 32, serial: false };
    case 'BigInt':
      return { family: 'integer', bits: 64, serial: false };
    case 'Float':
      return { family: 'float', bits: 64 };
    case 'Decimal':
      if (dialect === 'sqlite' || dialect === 'mongodb') return { family: 'numeric' };
      return dialect === 'sqlserver'
        ? { family: 'numeric', precision: 32, scale: 16 }
        : { family: 'numeric', precision: 65, scale: 30 };
    case 'DateTime':
      return dateTime(dialect);
    case 'Json':
      return { family: 'json', binary: dialect !== 'sqlite' && dialect !== 'sqlserver' };
    case 'Bytes':
      return { family: 'bytes' };
    default:
      return undefined;
  }
}

function dateTime(dialect: Dialect): TypeFacts {
  switch (dialect) {
    case 'mongodb':
      return { family: 'timestamp', zoned: true, precision: 3, implied: true };
    case 'sqlite':
    case 'sqlserver':
      return { family: 'timestamp', zoned: false, implied: true };
    default:
      return { family: 'timestamp', zoned: false, precision: 3, implied: true };
  }
}

/** What a native type such as `@db.VarChar(20)` is; `other` for one that this table doesn't know. */
export function nativeType(name: string, args: readonly Argument[], dialect: Dialect): TypeFacts {
  const [first, second] = args.map(({ value }) => (value.kind === 'word' ? Number(value.text) : Number.NaN));
  const size = first !== undefined && Number.isInteger(first) ? first : undefined;
  switch (name) {
    case 'VarChar':
    case 'NVarChar':
      return { family: 'text', form: 'varchar', ...(size !== undefined && { length: size }) };
    case 'Char':
    case 'NChar':
      return { family: 'text', form: 'char', ...(size !== undefined && { length: size }) };
    case 'CatalogSingleChar':
      return { family: 'text', form: 'char', length: 1 };
    case 'String':
      return size === undefined ? { family: 'text', form: 'text' } : { family: 'text', form: 'varchar', length: size };
    case 'Text':
    case 'NText':
    case 'TinyText':
    case 'MediumText':
    case 'LongText':
    case 'Citext':
      return { family: 'text', form: 'text' };
    case 'Decimal':
      return {
        family: 'numeric',
        ...(size !== undefined && { precision: size }),
        ...(second !== undefined && Number.isInteger(second) && { scale: second }),
      };
    default:
      return timeType(name, size, dialect) ?? fixedType(name, size, dialect) ?? { family: 'other' };
  }
}

function timeType(name: string, precision: number | undefined, dialect: Dialect): TypeFacts | undefined {
  const timestamp = (zoned: boolean): TypeFacts => ({
    family: 'timestamp',
    zoned,
    ...(precision !== undefined && { precision }),
    implied: false,
  });
  switch (name) {
    case 'Timestamp':
      // MySQL keeps instants in its TIMESTAMP.
      return timestamp(dialect === 'mysql' || dialect === 'mongodb');
    case 'Timestamptz':
    case 'DateTimeOffset':
      return timestamp(true);
    case 'DateTime':
    case 'DateTime2':
    case 'SmallDateTime':
      return timestamp(false);
    case 'Date':
      return dialect === 'mongodb' ? timestamp(true) : { family: 'date' };
    case 'Time':
      return { family: 'time', zoned: false };
    case 'Timetz':
      return { family: 'time', zoned: true };
    default:
      return undefined;
  }
}

const INTEGERS: Readonly<Record<string, 8 | 16 | 24 | 32 | 64>> = {
  TinyInt: 8,
  UnsignedTinyInt: 8,
  SmallInt: 16,
  UnsignedSmallInt: 16,
  Int2: 16,
  Year: 16,
  MediumInt: 24,
  UnsignedMediumInt: 24,
  Int: 32,
  Integer: 32,
  UnsignedInt: 32,
  Int4: 32,
  Oid: 32,
  BigInt: 64,
  UnsignedBigInt: 64,
  Int8: 64,
  Long: 64,
};

const BYTES = new Set(['ByteA', 'Bytes', 'Binary', 'VarBinary', 'TinyBlob', 'Blob', 'MediumBlob', 'LongBlob', 'Image', 'BinData']);

function fixedType(name: string, size: number | undefined, dialect: Dialect): TypeFacts | undefined {
  const bits = INTEGERS[name];
  if (bits !== undefined) return { family: 'integer', bits, serial: false };
  if (BYTES.has(name)) return { family: 'bytes' };
  switch (name) {
    case 'Uuid':
    case 'UniqueIdentifier':
      return { family: 'uuid' };
    case 'Boolean':
    case 'Bool':
      return { family: 'boolean' };
    case 'Bit':
      return dialect === 'sqlserver' || (dialect === 'mysql' && (size ?? 1) === 1) ? { family: 'boolean' } : { family: 'other' };
    case 'DoublePrecision':
    case 'Double':
    case 'Float8':
      return { family: 'float', bits: 64 };
    case 'Real':
    case 'Float4':
      return { family: 'float', bits: 32 };
    case 'Float':
      return { family: 'float', bits: dialect === 'sqlserver' && (size ?? 53) > 24 ? 64 : 32 };
    case 'Money':
    case 'SmallMoney':
      return { family: 'money' };
    case 'Json':
      return { family: 'json', binary: dialect !== 'postgresql' };
    case 'JsonB':
      return { family: 'json', binary: true };
    default:
      return undefined;
  }
}

/** What is known of a type that Prisma doesn't support, from its name in the database. */
export function unsupportedType(name: string): TypeFacts {
  switch (name.trim().toLowerCase().replace(/\s*\(.*/, '')) {
    case 'tsvector':
      return { family: 'tsvector' };
    case 'interval':
      return { family: 'interval' };
    case 'timestamptz':
    case 'timestamp with time zone':
      return { family: 'timestamp', zoned: true, implied: false };
    default:
      return { family: 'other' };
  }
}
