// What PostgreSQL's own catalog says about the tables of a database, in the words in which our findings are compared.
import type { PGlite } from '@electric-sql/pglite';

/**
 * Table and columns of every foreign key that no index serves: partial ones, other methods and expressions don't. One
 * that leads with a single column of the key does where the column that it refers to is unique by itself.
 */
export async function unindexedForeignKeys(database: PGlite): Promise<string[]> {
  return signatures(
    database,
    `SELECT t.relname AS table_name, ARRAY(${namesOf('c.conrelid', 'c.conkey')}) AS columns
     FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
     WHERE c.contype = 'f' AND NOT EXISTS (
       SELECT FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_am m ON m.oid = ic.relam
       CROSS JOIN LATERAL (SELECT (i.indkey::int2[])[0:cardinality(c.conkey) - 1] AS leading) l
       WHERE i.indrelid = c.conrelid AND i.indpred IS NULL AND i.indisvalid AND m.amname IN ('btree', 'hash')
         AND cardinality(c.conkey) <= i.indnkeyatts AND l.leading @> c.conkey AND l.leading <@ c.conkey)
     AND NOT EXISTS (
       SELECT FROM unnest(c.conkey, c.confkey) AS pair (own, referenced)
       JOIN pg_index i ON i.indrelid = c.conrelid AND i.indkey[0] = pair.own AND i.indpred IS NULL AND i.indisvalid
       JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_am m ON m.oid = ic.relam AND m.amname IN ('btree', 'hash')
       JOIN pg_index u ON u.indrelid = c.confrelid AND u.indisunique AND u.indpred IS NULL AND u.indnkeyatts = 1 AND u.indkey[0] = pair.referenced)`,
  );
}

/** Table and columns of every timestamp without time zone. */
export async function naiveTimestamps(database: PGlite): Promise<string[]> {
  return columnsOf(database, `format_type(a.atttypid, NULL) IN ('timestamp without time zone', 'timestamp without time zone[]')`);
}

export async function limitedTexts(database: PGlite): Promise<string[]> {
  return columnsOf(database, `a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod > 0`);
}

/** Columns of `json`, which keeps its text and takes no index. */
export async function plainJson(database: PGlite): Promise<string[]> {
  return columnsOf(database, `a.atttypid = 'json'::regtype`);
}

/** Foreign keys that would clear columns on delete of which one can't be null. */
export async function impossibleSetNull(database: PGlite): Promise<string[]> {
  return foreignKeysWhere(database, `c.confdeltype = 'n' AND EXISTS (${keyColumns('c')} AND a.attnotnull)`);
}

/** Foreign keys that would set columns to a default on delete of which one has none. */
export async function missingSetDefault(database: PGlite): Promise<string[]> {
  return foreignKeysWhere(database, `c.confdeltype = 'd' AND EXISTS (${keyColumns('c')} AND NOT a.atthasdef)`);
}

/** Foreign keys of which a column has another type than the one that it refers to. */
export async function mismatchedKeys(database: PGlite): Promise<string[]> {
  return foreignKeysWhere(
    database,
    `EXISTS (SELECT FROM generate_subscripts(c.conkey, 1) AS k
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[k]
       JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[k] WHERE a.atttypid <> b.atttypid)`,
  );
}

/** Tables without a primary key. */
export async function keylessTables(database: PGlite): Promise<string[]> {
  return tablesWhere(database, `NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)`);
}

export async function unforcedRowSecurity(database: PGlite): Promise<string[]> {
  return tablesWhere(database, `c.relrowsecurity AND NOT c.relforcerowsecurity`);
}

export async function ineffectivePolicies(database: PGlite): Promise<string[]> {
  return tablesWhere(database, `NOT c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)`);
}

export async function closedTables(database: PGlite): Promise<string[]> {
  return tablesWhere(database, `c.relrowsecurity AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)`);
}

/** Names of B-tree indexes that have a document, an array or a text search vector among their columns. */
export async function documentIndexes(database: PGlite): Promise<string[]> {
  return indexesWhere(
    database,
    `m.amname = 'btree' AND NOT i.indisunique AND EXISTS (SELECT FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
       WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND (y.typname IN ('jsonb', 'tsvector') OR y.typcategory = 'A'))`,
  );
}

/** Names of full indexes on one column, which is a boolean. */
export async function booleanIndexes(database: PGlite): Promise<string[]> {
  return indexesWhere(
    database,
    `i.indnatts = 1 AND i.indpred IS NULL AND NOT i.indisunique
     AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0] AND a.atttypid = 'bool'::regtype)`,
  );
}

/** Primary keys that the database fills with a random UUID. */
export async function randomKeys(database: PGlite): Promise<string[]> {
  return columnsOf(
    database,
    `EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
     AND EXISTS (SELECT FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum
                 AND pg_get_expr(d.adbin, d.adrelid) = 'gen_random_uuid()')`,
  );
}

/** Foreign keys whose delete rule is PostgreSQL's default, as it is when nobody chose one. */
export async function defaultDeleteRules(database: PGlite): Promise<string[]> {
  return foreignKeysWhere(database, `c.confdeltype = 'a'`);
}

export interface CatalogIndex {
  readonly name: string;
  readonly table: string;
  readonly redundant: boolean;
  /** What it is made of: equal for two indexes of which either could go. */
  readonly made: string;
}

/**
 * Every index, and whether another one makes it needless: the same access method and predicate, and its keys (column
 * or expression, operator class, collation, order) are the first keys of the other; a unique one only gives way to
 * one with equal keys. Of equal ones the primary key stays, then a constraint, then a unique one, then the oldest.
 */
export async function indexes(database: PGlite): Promise<CatalogIndex[]> {
  const { rows } = await database.query<CatalogIndex>(`
    WITH part AS (
      SELECT i.indexrelid AS id, k, pg_get_indexdef(i.indexrelid, k, false) || ' ' || (i.indclass::oid[])[k - 1] || ' '
        || (i.indcollation::oid[])[k - 1] AS what, (i.indoption::int2[])[k - 1] AS sort
      FROM pg_index i CROSS JOIN generate_series(1, i.indnkeyatts) AS k
    ), described AS (
      SELECT i.indexrelid AS id, i.indrelid AS table_id, c.relname AS name, t.relname AS "table", m.amname AS method,
        i.indisunique AS "unique", i.indisprimary AS "primary", i.indnullsnotdistinct AS strict, i.indnkeyatts AS length,
        coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS predicate,
        CASE WHEN i.indisprimary THEN 0 WHEN con.oid IS NOT NULL THEN 1 WHEN i.indisunique THEN 2 ELSE 3 END AS rank,
        ARRAY(SELECT what || ' ' || sort FROM part WHERE id = i.indexrelid ORDER BY k) AS keys,
        -- Read from its other end, an index of one column is in the opposite order.
        ARRAY(SELECT what || ' ' || (3 - sort) FROM part WHERE id = i.indexrelid ORDER BY k) AS backwards
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_am m ON m.oid = c.relam
      LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
      WHERE n.nspname = 'public'
    )
    SELECT a.name, a."table",
      a.method || ' ' || a."unique" || ' ' || a.predicate || ' '
        || CASE WHEN a.length = 1 THEN least(a.keys, a.backwards) ELSE a.keys END::text AS made,
      NOT a."primary" AND EXISTS (
        SELECT FROM described b
        WHERE b.table_id = a.table_id AND b.id <> a.id AND b.method = a.method AND b.predicate = a.predicate
          AND (b.keys[1:a.length] = a.keys
               OR a.length = 1 AND a.method = 'btree' AND b.keys[1:1] = a.backwards)
          AND (a.method = 'btree' OR b.length = a.length)
          AND (NOT a."unique" OR b."unique" AND b.length = a.length AND b.strict = a.strict)
          AND (b.length > a.length OR (b.rank, b.id) < (a.rank, a.id))
      ) AS redundant
    FROM described a ORDER BY a.name`);
  return rows;
}

/** Tables, without the junction tables that Prisma makes by itself. */
export async function tablesWithout(database: PGlite, column: string): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname NOT LIKE '\\_%'
       AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = $1)`,
    [column],
  );
  return rows.map(({ name }) => name).sort();
}

async function foreignKeysWhere(database: PGlite, condition: string): Promise<string[]> {
  return signatures(
    database,
    `SELECT t.relname AS table_name, ARRAY(${namesOf('c.conrelid', 'c.conkey')}) AS columns
     FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype = 'f' AND ${condition}`,
  );
}

function keyColumns(constraint: string): string {
  return `SELECT FROM pg_attribute a WHERE a.attrelid = ${constraint}.conrelid AND a.attnum = ANY (${constraint}.conkey)`;
}

async function tablesWhere(database: PGlite, condition: string): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND ${condition}`,
  );
  return rows.map(({ name }) => name).sort();
}

async function indexesWhere(database: PGlite, condition: string): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT ic.relname AS name FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_am m ON m.oid = ic.relam
     JOIN pg_namespace n ON n.oid = ic.relnamespace WHERE n.nspname = 'public' AND ${condition}`,
  );
  return rows.map(({ name }) => name).sort();
}

function namesOf(table: string, numbers: string): string {
  return `SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY AS u(n, at)
          JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = u.n ORDER BY u.at`;
}

async function columnsOf(database: PGlite, condition: string): Promise<string[]> {
  return signatures(
    database,
    `SELECT c.relname AS table_name, ARRAY[a.attname::text] AS columns
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND ${condition}`,
  );
}

async function signatures(database: PGlite, query: string): Promise<string[]> {
  const { rows } = await database.query<{ table_name: string; columns: string[] }>(query);
  return rows.map(({ table_name, columns }) => signature(table_name, columns)).sort();
}

/** How tables and columns are written where both sides are compared. */
export function signature(table: string, columns: readonly string[]): string {
  return `${table}(${columns.join(', ')})`;
}
