// The default of a column as PostgreSQL's DDL spells it.
import type { Column, Default } from '../nodes';
import { stringConstant, type Spelling } from './spelling';

/** What the database itself gives a new row: nothing, an expression, or numbers of a sequence. */
export type SqlDefault =
  | { readonly kind: 'none' }
  | { readonly kind: 'expression'; readonly sql: string }
  /** `GENERATED … AS IDENTITY`. */
  | { readonly kind: 'identity'; readonly sql: string }
  | { readonly kind: 'serial' };

/** The column's default in the database; undefined where the model doesn't know it exactly. */
export function sqlDefault(column: Column, spelling: Spelling): SqlDefault | undefined {
  const { default: value, table } = column;
  if (!value || value.by === 'client') return { kind: 'none' };
  if (table.language === 'sql') return written(value);
  if (value.kind === 'sequence') return sequence(value);
  const sql = declared(column, value, spelling);
  return sql === undefined ? undefined : { kind: 'expression', sql };
}

/** SQL says itself what it means. */
function written({ kind, raw }: Default): SqlDefault {
  if (kind !== 'sequence') return { kind: 'expression', sql: raw };
  const identity = /\bGENERATED\b[\s\S]*/i.exec(raw)?.[0];
  if (identity !== undefined) return { kind: 'identity', sql: identity };
  return /\bnextval\b/i.test(raw) ? { kind: 'expression', sql: raw } : { kind: 'serial' };
}

function sequence({ raw }: Default): SqlDefault | undefined {
  const identity = /^generated(AlwaysAs|ByDefaultAs)Identity\(\s*(\S?)/.exec(raw);
  if (identity) return identity[2] === ')' ? { kind: 'identity', sql: `GENERATED ${identity[1] === 'AlwaysAs' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY` } : undefined;
  if (/^sequence\(/.test(raw)) return undefined;
  const sql = sqlIn(raw);
  return sql === undefined ? { kind: 'serial' } : { kind: 'expression', sql };
}

/** An ORM's declaration. */
function declared(column: Column, value: Default, spelling: Spelling): string | undefined {
  const own = sqlIn(value.raw);
  if (own !== undefined) return own;
  switch (value.kind) {
    case 'uuid':
      return value.version === 4 ? 'gen_random_uuid()' : undefined;
    case 'now':
      return column.table.language === 'prisma' ? 'CURRENT_TIMESTAMP' : 'now()';
    case 'literal':
      return literal(column, value.value, spelling);
    case 'expression':
      return /^\[\s*\]$/.test(value.raw) && column.type.array > 0 ? "'{}'" : undefined;
    case 'sequence':
      return undefined;
  }
}

function literal({ type }: Column, value: string | number | boolean | null, { enums }: Spelling): string | undefined {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return type.family === 'text' ? stringConstant(String(value)) : String(value);
  // What Prisma writes as Base64, PostgreSQL would read as it stands.
  if (type.family === 'bytes' || type.array > 0) return undefined;
  // The value's name in the schema may not be its name in the database.
  const names = type.family === 'enum' ? enums?.find(({ dbName }) => dbName === type.enumName)?.values : undefined;
  return names && !names.includes(value) ? undefined : stringConstant(value);
}

/** SQL that an ORM's schema quotes: `dbgenerated("…")`, or an `sql` template without values in it. */
export function sqlIn(raw: string): string | undefined {
  const generated = /^dbgenerated\(\s*(?:value:\s*)?"((?:[^"\\]|\\.)*)"\s*\)$/.exec(raw)?.[1];
  if (generated !== undefined) return generated.replaceAll(/\\(.)/g, '$1');
  const template = /^sql(?:\s*<[^`]*>)?\s*`([^`]*)`$/.exec(raw)?.[1];
  return template === undefined || template.includes('${') || template.includes('\\') ? undefined : template.trim();
}
