// What examples take for granted, made up: the tables, columns, types and functions that PostgreSQL says are missing.
import type { PGlite } from '@electric-sql/pglite';
import { steadyFunctions, volatileFunctions } from '../../server/src/model/postgres-catalog.generated';

/** No such table, column, type or index, schema, function. */
export const MISSING: ReadonlySet<string> = new Set(['42P01', '42703', '42704', '3F000', '42883']);

const NAME = String.raw`(?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))?`;

/** A statement that makes what an error says is missing. `text` is the whole example: it tells what an object belongs to. */
export function stubFor(message: string, text: string): string | undefined {
  const name = (pattern: RegExp): string | undefined => pattern.exec(message)?.[1];
  const named = /constraint "([^"]+)" of relation "([^"]+)" does not exist/.exec(message);
  if (named) return `ALTER TABLE "${named[2]}" ADD CONSTRAINT "${named[1]}" CHECK (true)`;
  const column = /column "([^"]+)" of relation "([^"]+)" does not exist/.exec(message) ?? /column "([^"]+)"(?: named in key| referenced in foreign key constraint)? does not exist/.exec(message);
  if (column) return stubColumn(column[1] ?? '', column[2], text);
  const schema = name(/schema "([^"]+)" does not exist/);
  if (schema !== undefined) return `CREATE SCHEMA "${schema}"`;
  const relation = name(/(?:relation|table) "([^"]+)" does not exist/);
  if (relation !== undefined) return stubRelation(relation, text);
  const index = name(/index "([^"]+)" does not exist/);
  if (index !== undefined) return stubIndex(index, `"${index}"`);
  const called = /function (\w+\([^)]*\)) does not exist/.exec(message)?.[1];
  if (called !== undefined) return stubFunction(called, text);
  const type = name(/type "([^"]+)" does not exist/);
  return type === undefined ? undefined : `CREATE DOMAIN "${type}" AS int`;
}

function stubColumn(column: string, relation: string | undefined, text: string): string | undefined {
  const table = relation === undefined ? new RegExp(String.raw`(?:ON|TABLE|INTO|UPDATE|FROM)\s+(?:ONLY\s+|IF\s+EXISTS\s+)*(${NAME})`, 'i').exec(text)?.[1] : `"${relation}"`;
  // The columns of a key that is replaced have had to be there all along.
  const required = /DROP\s+CONSTRAINT\s+\w+_pkey\b[^;]*PRIMARY\s+KEY\s+USING\s+INDEX/i.test(text) ? ' NOT NULL' : '';
  return table === undefined ? undefined : `ALTER TABLE ${table} ADD COLUMN "${column}" int${required} DEFAULT 1`;
}

function stubRelation(relation: string, text: string): string {
  const name = relation.split('.').map((part) => `"${part}"`).join('.');
  const last = relation.split('.').at(-1) ?? relation;
  if (new RegExp(String.raw`(?:INDEX|INDEX\s+CONCURRENTLY)\s+(?:IF\s+EXISTS\s+)?(?:\w+\.)?"?${last}\b`, 'i').test(text)) return stubIndex(relation, name);
  if (new RegExp(String.raw`MATERIALIZED\s+VIEW\s+(?:CONCURRENTLY\s+|IF\s+EXISTS\s+)*(?:\w+\.)?"?${last}\b`, 'i').test(text)) return `CREATE MATERIALIZED VIEW ${name} AS SELECT 1 AS id`;
  return `CREATE TABLE ${name} (id int PRIMARY KEY)`;
}

const stubIndex = (index: string, name: string): string => `CREATE TABLE "${index}_table" (id int PRIMARY KEY); CREATE INDEX ${name} ON "${index}_table" (id)`;

/** A function of the type of the column whose default it is; volatile, as functions are by default. */
function stubFunction(called: string, text: string): string | undefined {
  const name = called.split('(', 1)[0] ?? '';
  // One of PostgreSQL's own with other arguments is a mistake of the example.
  if (steadyFunctions.has(name) || volatileFunctions.has(name)) return undefined;
  const type = new RegExp(String.raw`\s(${NAME})\s+(?:NOT\s+NULL\s+)?DEFAULT\s+${name}\s*\(`, 'i').exec(text)?.[1];
  return type === undefined ? undefined : `CREATE FUNCTION ${called} RETURNS ${type} LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`;
}

/** A row in each table that takes one: with a value in each column, else in those that ask for one. */
export async function fill(database: PGlite): Promise<void> {
  const values = (condition: string): string =>
    `string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE ${condition}) AS columns,
     string_agg(CASE WHEN format_type(a.atttypid, NULL) ~ 'time|date' THEN '''2026-06-01''' ELSE '''1''' END, ', ' ORDER BY a.attnum) FILTER (WHERE ${condition}) AS values`;
  for (const condition of ["a.attidentity = '' AND a.attgenerated = ''", "a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''"]) {
    const { rows } = await database.query<{ name: string; columns: string | null; values: string | null }>(`
      SELECT c.oid::regclass::text AS name, ${values(condition)}
      FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace::regnamespace::text !~ '^pg_|information_schema'
      GROUP BY c.oid ORDER BY c.oid`);
    for (const { name, columns, values: row } of rows) {
      await database.exec(`INSERT INTO ${name} ${columns === null ? 'DEFAULT VALUES' : `(${columns}) VALUES (${row})`} ON CONFLICT DO NOTHING`).catch(() => undefined);
    }
  }
}
