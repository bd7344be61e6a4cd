// The whole of a database, its catalog and its rows, as lists of lines that can be compared.
import type { PGlite } from '@electric-sql/pglite';
import { SCHEMAS } from './names';

const SCHEMA_LIST = SCHEMAS.map((name) => `'${name}'`).join(', ');
const WITH = `WITH spaces AS MATERIALIZED (SELECT oid FROM pg_namespace WHERE nspname IN (${SCHEMA_LIST})),
  own AS MATERIALIZED (SELECT c.*, c.relnamespace::regnamespace || '.' || c.relname AS name FROM pg_class c WHERE relnamespace IN (SELECT oid FROM spaces))`;

/** Each gives one line a thing, the order of columns left out. */
const queriesWith = (notNull: string): readonly string[] => [
  `SELECT concat_ws(' ', 'relation', name, relkind, relpersistence, 'security ' || relrowsecurity || relforcerowsecurity, pg_get_expr(relpartbound, oid), obj_description(oid, 'pg_class'),
     (SELECT 'of ' || inhparent::regclass || inhdetachpending FROM pg_inherits WHERE inhrelid = own.oid)) AS line
   FROM own WHERE relkind NOT IN ('i', 'I', 't')`,
  `SELECT concat_ws(' ', 'column', name, attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
     pg_get_expr(adbin, adrelid), attidentity, attgenerated, col_description(attrelid, attnum)) AS line
   FROM own JOIN pg_attribute ON attrelid = own.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
   WHERE attnum > 0 AND NOT attisdropped AND relkind NOT IN ('i', 'I')`,
  `SELECT concat_ws(' ', 'constraint', name, ${notNull}, pg_get_constraintdef(c.oid), convalidated) AS line FROM own JOIN pg_constraint c ON conrelid = own.oid`,
  `SELECT concat_ws(' ', 'constraint', contypid::regtype, conname, pg_get_constraintdef(oid), convalidated) AS line FROM pg_constraint WHERE contypid <> 0 AND connamespace IN (SELECT oid FROM spaces)`,
  `SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid, indisready, indisprimary, (SELECT 'of ' || inhparent::regclass FROM pg_inherits WHERE inhrelid = indexrelid)) AS line
   FROM own JOIN pg_index ON indexrelid = own.oid`,
  `SELECT concat_ws(' ', 'enum', enumtypid::regtype, string_agg(enumlabel, ', ' ORDER BY enumsortorder)) AS line FROM pg_enum GROUP BY enumtypid`,
  `SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid)) AS line FROM own JOIN pg_trigger t ON tgrelid = own.oid WHERE NOT tgisinternal`,
  `SELECT concat_ws(' ', 'function', pg_get_functiondef(oid)) AS line FROM pg_proc WHERE pronamespace IN (SELECT oid FROM spaces)`,
  `SELECT concat_ws(' ', 'view', name, pg_get_viewdef(oid)) AS line FROM own WHERE relkind IN ('v', 'm')`,
];

/** The catalog, sorted. `named`: what PostgreSQL calls each NOT NULL counts as well. */
export async function catalogOf(database: PGlite, named: boolean): Promise<string[]> {
  const queries = queriesWith(named ? 'conname' : `CASE WHEN contype <> 'n' THEN conname END`);
  const { rows } = await database.query<{ line: string }>(`${WITH} ${queries.join('\nUNION ALL\n')}`);
  return rows.map(({ line }) => line.replaceAll(/\s+/g, ' ')).sort();
}

/** The rows of each table, sorted, with the values of the columns that are given left out. */
export async function rowsOf(database: PGlite, without: readonly string[]): Promise<string[]> {
  const { rows: tables } = await database.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = 'r' AND nspname IN (${SCHEMA_LIST}) ORDER BY 1`,
  );
  const minus = without.map((name) => ` - '${name}'`).join('');
  const queries = tables.map(({ name }) => `SELECT '${name.replaceAll("'", "''")} ' || (to_jsonb(t)${minus})::text AS line FROM ${name} t`);
  if (queries.length === 0) return [];
  const { rows } = await database.query<{ line: string }>(queries.join('\nUNION ALL\n'));
  return rows.map(({ line }) => line).sort();
}

/** What one list has and the other hasn't, a few lines of each, as one complaint; none where they are equal. */
export function differences(what: string, reached: readonly string[], wanted: readonly string[]): string[] {
  const [have, want] = [new Set(reached), new Set(wanted)];
  const more = reached.filter((line) => !want.has(line)).slice(0, 4);
  const less = wanted.filter((line) => !have.has(line)).slice(0, 4);
  if (reached.length === wanted.length && more.length === 0 && less.length === 0) return [];
  return [[`${what} differ (${reached.length} and ${wanted.length})`, ...more.map((line) => `  has ${line}`), ...less.map((line) => `  lacks ${line}`)].join('\n')];
}
