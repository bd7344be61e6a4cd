// What PostgreSQL's catalog says of a database, and what our schema says, in the same words.
import type { PGlite } from '@electric-sql/pglite';
import type { Column, ColumnType, Schema } from '../../../server/src/model/nodes';

const RELATIONS = `
  SELECT n.nspname || '.' || c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
    a.attnotnull AS required,
    a.attidentity <> '' OR COALESCE(pg_get_expr(d.adbin, d.adrelid) !~ '^NULL::', false) AS filled
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'
  ORDER BY 1, a.attnum`;
const INDEXES = `
  SELECT n.nspname || '.' || t.relname AS "table", i.relname AS name, x.indisunique AS "unique", x.indisprimary AS "primary",
    x.indpred IS NOT NULL AS partial, x.indnkeyatts AS keys, m.amname AS method,
    ARRAY(SELECT COALESCE(a.attname, '*') FROM unnest(x.indkey::int2[]) WITH ORDINALITY k(num, place)
      LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.num AND k.num > 0 ORDER BY place) AS columns
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_am m ON m.oid = i.relam
  JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE t.relkind IN ('r', 'p') AND NOT x.indisexclusion AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast'`;
const CONSTRAINTS = `
  SELECT n.nspname || '.' || t.relname AS "table", k.conname AS name, k.contype AS kind, k.convalidated AS valid,
    fn.nspname || '.' || f.relname AS target, k.confdeltype AS rule,
    ARRAY(SELECT a.attname FROM unnest(k.conkey) WITH ORDINALITY c(num, place)
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.num ORDER BY place) AS columns
  FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
  WHERE k.contype IN ('f', 'c') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`;

interface RelationRow { table: string; column: string | null; type: string; required: boolean; filled: boolean }
interface IndexRow { table: string; name: string; unique: boolean; primary: boolean; partial: boolean; keys: number; method: string; columns: string[] }
interface ConstraintRow { table: string; name: string; kind: 'f' | 'c'; valid: boolean; target: string | null; rule: string; columns: string[] }

const rules: Readonly<Record<string, string>> = { a: 'no action', r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' };

/** One sorted line for each table, column, index, foreign key and check of the database. */
export async function catalogLines(db: PGlite): Promise<string[]> {
  const lines: string[] = [];
  for (const row of (await db.query<RelationRow>(RELATIONS)).rows) {
    lines.push(`table ${row.table}`);
    if (row.column !== null) lines.push(`column ${row.table}.${row.column} ${row.type.replace(/^public\./, '')}${row.required ? ' required' : ''}${row.filled ? ' filled' : ''}`);
  }
  for (const row of (await db.query<IndexRow>(INDEXES)).rows) {
    const kind = row.primary ? 'primary key' : row.unique ? 'unique' : 'index';
    lines.push(`${kind} ${row.table} ${row.name} ${row.method} (${row.columns.slice(0, row.keys).join(', ')})${row.columns.length > row.keys ? ` include (${row.columns.slice(row.keys).join(', ')})` : ''}${row.partial ? ' partial' : ''}`);
  }
  for (const row of (await db.query<ConstraintRow>(CONSTRAINTS)).rows) {
    lines.push(
      row.kind === 'c'
        ? `check ${row.table} ${row.name}${row.valid ? '' : ' not valid'}`
        : `foreign key ${row.table} ${row.name} (${row.columns.join(', ')}) -> ${row.target ?? ''} ${rules[row.rule] ?? ''}${row.valid ? '' : ' not valid'}`,
    );
  }
  return [...new Set(lines)].sort();
}

/** The same lines from our replayed schema. */
export function schemaLines(schema: Schema): string[] {
  const full = (name: string, within: string | undefined): string => `${within ?? 'public'}.${name}`;
  const lines = schema.tables.filter((table) => table.objectKind === 'table').flatMap((table) => {
    const own = full(table.dbName, table.dbSchema);
    const indexes = [...(table.primaryKey ? [table.primaryKey] : []), ...table.indexes];
    return [
      `table ${own}`,
      ...table.columns.map((column) => `column ${own}.${column.dbName} ${typeName(column.type)}${column.nullable ? '' : ' required'}${isFilled(column) ? ' filled' : ''}`),
      ...indexes.map((index) => {
        const kind = index.constraint === 'primary key' ? 'primary key' : index.unique ? 'unique' : 'index';
        const columns = index.parts.map((part) => part.column ?? '*').join(', ');
        return `${kind} ${own} ${index.name ?? '?'} ${index.method} (${columns})${index.include.length > 0 ? ` include (${index.include.join(', ')})` : ''}${index.where ? ' partial' : ''}`;
      }),
      ...table.foreignKeys.map((key) => `foreign key ${own} ${key.name ?? '?'} (${key.columns.join(', ')}) -> ${full(key.target.name, key.target.schema)} ${key.onDelete?.action ?? 'no action'}${key.validated ? '' : ' not valid'}`),
      ...table.checks.map((check) => `check ${own} ${check.name ?? '?'}${check.validated ? '' : ' not valid'}`),
    ];
  });
  return [...new Set(lines)].sort();
}

// DEFAULT NULL is no default; PostgreSQL keeps it for some types and not for others.
function isFilled({ default: value, generated }: Column): boolean {
  return generated || (value !== undefined && !(value.kind === 'literal' && value.value === null));
}

/** A type as format_type spells it. */
function typeName(type: ColumnType): string {
  return spelled(type) + (type.array > 0 ? '[]' : '');
}

function spelled(type: ColumnType): string {
  const digits = (...numbers: (number | undefined)[]): string => {
    const written = numbers.filter((each) => each !== undefined);
    return written.length > 0 ? `(${written.join(',')})` : '';
  };
  switch (type.family) {
    case 'integer':
      return type.bits === 16 ? 'smallint' : type.bits === 64 ? 'bigint' : 'integer';
    case 'text':
      return type.form === 'text' ? 'text' : `${type.form === 'char' ? 'character' : 'character varying'}${digits(type.length)}`;
    case 'timestamp':
      return `timestamp${digits(type.precision)} ${type.zoned ? 'with' : 'without'} time zone`;
    case 'time':
      return `time ${type.zoned ? 'with' : 'without'} time zone`;
    case 'numeric':
      return `numeric${type.precision === undefined ? '' : digits(type.precision, type.scale ?? 0)}`;
    case 'float':
      return type.bits === 32 ? 'real' : 'double precision';
    case 'json':
      return type.binary ? 'jsonb' : 'json';
    case 'bytes':
      return 'bytea';
    case 'enum':
      return /[A-Z]/.test(type.enumName) ? `"${type.enumName}"` : type.enumName;
    case 'other':
      return type.raw.toLowerCase();
    default:
      return type.family;
  }
}
