// The type of a column as PostgreSQL's DDL spells it.
import type { Column, ColumnType } from '../nodes';
import { elementTypeName } from '../type-names';
import { qualified, type Spelling } from './spelling';

/** The type without its default; undefined where the model doesn't know it exactly. Serial types come as plain integers. */
export function sqlType({ type, table }: Column, spelling: Spelling): string | undefined {
  if (type.family === 'enum') return enumType(type, spelling) + '[]'.repeat(type.array);
  if (table.language === 'sql') return type.family === 'integer' && type.serial ? elementTypeName(type) : type.raw;
  const element = declaredType(type);
  return element === undefined ? undefined : element + '[]'.repeat(type.array);
}

function enumType(type: ColumnType & { readonly family: 'enum' }, spelling: Spelling): string {
  const known = spelling.enums?.find(({ dbName, dbSchema }) => dbName === type.enumName && (type.enumSchema === undefined || dbSchema === type.enumSchema));
  const schema = type.enumSchema ?? known?.dbSchema;
  return qualified({ name: type.enumName, ...(schema !== undefined && { schema }) }, spelling);
}

/** What an ORM's declaration of a type is in the database. */
function declaredType(type: ColumnType): string | undefined {
  const { raw } = type;
  switch (type.family) {
    case 'integer':
      if (/oid/i.test(raw)) return 'oid';
      return type.bits === 16 || type.bits === 32 || type.bits === 64 ? elementTypeName(type) : undefined;
    case 'text':
      return /citext/i.test(raw) ? 'citext' : elementTypeName(type);
    case 'timestamp':
      return `${type.zoned ? 'timestamptz' : 'timestamp'}${type.precision === undefined ? '' : `(${type.precision})`}`;
    case 'time': {
      const digits = /(?:Time(?:tz)?\s*\(|precision:)\s*(\d)/.exec(raw)?.[1];
      return `${type.zoned ? 'timetz' : 'time'}${digits === undefined ? '' : `(${digits})`}`;
    }
    case 'interval':
      return /fields|precision/.test(raw) ? undefined : 'interval';
    case 'other':
      return otherType(raw);
    case 'enum':
      return undefined;
    default:
      return elementTypeName(type);
  }
}

/** Types that both ORMs call as PostgreSQL does. */
const PLAIN = new Set(['inet', 'cidr', 'macaddr', 'macaddr8', 'xml', 'point', 'bit', 'varbit', 'line']);

/** `@db.Inet`, `inet("ip")`, `Unsupported("geometry")`. */
function otherType(raw: string): string | undefined {
  const unsupported = /^Unsupported\(\s*"((?:[^"\\]|\\.)*)"\s*\)/.exec(raw)?.[1];
  if (unsupported !== undefined) return unsupported.replaceAll(/\\(.)/g, '$1');
  const [, name = '', size] = /^(?:@db\.)?(\w+)(?:\(\s*(\d+)\s*\))?/.exec(raw) ?? [];
  const word = name.toLowerCase();
  if (!PLAIN.has(word)) return undefined;
  // What stands between Drizzle's parentheses may be the column's name or options.
  if (!raw.startsWith('@db.')) return word === 'bit' || word === 'varbit' || word === 'line' || /\{/.test(raw) ? undefined : word;
  return size === undefined ? word : `${word}(${size})`;
}

/** The name of the serial type of that many bits. */
export function serialName({ type }: Column): string | undefined {
  if (type.family !== 'integer') return undefined;
  return type.bits === 64 ? 'bigserial' : type.bits === 32 ? 'serial' : type.bits === 16 ? 'smallserial' : undefined;
}
