// Runs what a fix of several steps writes, statement by statement, while somebody else writes to the table.
import type { PGlite } from '@electric-sql/pglite';
import { sql } from '../../../server/src/languages/sql/index';
import { noFacts } from '../../../server/src/model/facts';
import { check, chosen } from '../../rules/harness/engine';

/** A history, a change of it, and what goes on meanwhile. */
export interface Case {
  readonly title: string;
  readonly before: string;
  readonly change: string;
  readonly table: string;
  /** What somebody writes after each step, in words that both types understand. */
  readonly write: string;
  /** Rows that are there before. */
  readonly rows: string;
  readonly file?: string;
}

/** Empties the database, and runs the script in it. */
export async function begin(database: PGlite, script: string): Promise<void> {
  await database.exec('RESET ALL; DROP SCHEMA IF EXISTS app CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
  await database.exec(`CREATE TABLE kinds (name text PRIMARY KEY); ${script}`);
}

/** The files after the preferred fix of each finding, in the runner's order. */
export async function fixed({ before: script, change, file = 'migrations/0002_change.sql' }: Case, rule: string): Promise<[string, string][]> {
  const first = file.replace(/[^/]+$/, file.startsWith('db') ? '20240101000000_init.sql' : '0001_init.sql');
  let texts = new Map([[first, file.startsWith('db') ? `-- migrate:up\n${script}\n-- migrate:down\n` : script], [file, change]]);
  for (;;) {
    const outcome = await check(texts, {});
    const offer = outcome.found.filter(({ finding }) => finding.rule === rule).map((placed) => chosen(outcome.offers(placed), undefined)).find((each) => each);
    if (!offer) break;
    texts = outcome.apply(offer.edits);
  }
  return [...texts].filter(([path]) => path !== first).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Runs each statement, and what somebody else writes whenever no transaction is open. */
export async function run(database: PGlite, texts: readonly [string, string][], write: string): Promise<void> {
  for (const [path, text] of texts) {
    const up = text.split('-- migrate:down')[0] ?? '';
    const { migrations } = sql.lower([sql.parse(path, up)], { facts: noFacts });
    const wrapped = path.startsWith('db') && !up.includes('transaction:false');
    let open = wrapped;
    if (wrapped) await database.exec('BEGIN');
    for (const { text: own } of migrations.flatMap(({ statements }) => statements)) {
      await database.exec(own);
      if (/^(BEGIN|COMMIT)/.test(own)) open = own.startsWith('BEGIN');
      if (!open) await database.exec(write);
    }
    if (wrapped) await database.exec('COMMIT');
  }
}

/** All that the catalogs say of the table, columns by name, and its rows without the values of one column. */
export async function described(database: PGlite, table: string, except?: string): Promise<unknown> {
  const query = async (text: string): Promise<unknown[]> => (await database.query(text)).rows;
  const id = `'${table}'::regclass`;
  const columns = await database.query<{ attname: string }>(`SELECT attname, format_type(atttypid, atttypmod) AS type, attcollation, attnotnull, attidentity, attgenerated, regexp_replace(pg_get_expr(adbin, adrelid), '::(text|character varying)', '') AS value
    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = ${id} AND attnum > 0 AND NOT attisdropped ORDER BY attname`);
  const list = columns.rows.filter(({ attname }) => attname !== except).map(({ attname }) => `"${attname}"`).join(', ');
  return {
    columns: columns.rows,
    constraints: await query(`SELECT conname, pg_get_constraintdef(oid) AS text, convalidated, condeferrable, condeferred FROM pg_constraint WHERE conrelid = ${id} ORDER BY conname`),
    indexes: await query(`SELECT pg_get_indexdef(indexrelid) AS text, indisvalid, reloptions FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = ${id} ORDER BY 1`),
    triggers: await query(`SELECT tgname FROM pg_trigger WHERE tgrelid = ${id} AND NOT tgisinternal`),
    functions: await query("SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text IN ('public', 'app')"),
    sequences: await query(`SELECT s.seqrelid::regclass::text AS name, seqtypid::regtype::text AS type, seqcache, refobjsubid > 0 AS owned, deptype FROM pg_sequence s LEFT JOIN pg_depend d
      ON d.objid = s.seqrelid AND d.classid = 'pg_class'::regclass AND d.refobjid = ${id} ORDER BY 1`),
    rows: await query(`SELECT ${list} FROM ${table} ORDER BY ${list}`),
  };
}
