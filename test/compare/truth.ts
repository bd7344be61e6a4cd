// What PostgreSQL itself does when it runs a statement of an example: which tables that were there it locks, what it
// reads through or writes again, and whether it fails with rows in them.
import { PGlite } from '@electric-sql/pglite';

export interface Truth {
  /** Locks on tables that were there before the script, by PostgreSQL's names of their modes. */
  readonly locks: readonly { readonly table: string; readonly mode: string }[];
  /** Words of PostgreSQL's own about reading a table through, writing it again or building an index. */
  readonly work: readonly string[];
  /** SQLSTATE, where the statement fails. */
  readonly error?: string;
  /** It can't be run inside of a transaction, so no lock was seen. */
  readonly outside?: true;
}

const WORK = /^(?:rewriting table|verifying table|building index|validating foreign key|attaching)/;
const MOST_STUBS = 12;

export class Oracle {
  #database: PGlite | undefined;

  /**
   * Runs the scripts before, what stands before the statement in its own script, and then the statement. What the example
   * takes for granted is made up. Undefined where that doesn't succeed.
   */
  async judge(earlier: readonly string[], own: readonly string[], statement: string): Promise<Truth | undefined> {
    const stubs: string[] = [];
    for (;;) {
      const { truth, missing } = await this.#attempt(stubs, earlier, own, statement);
      const stub = missing === undefined ? undefined : stubFor(missing, [...earlier, ...own, statement].join(';'));
      if (stub === undefined || stubs.includes(stub) || stubs.length === MOST_STUBS) return truth;
      stubs.push(stub);
    }
  }

  async close(): Promise<void> {
    await this.#database?.close();
  }

  async #attempt(stubs: readonly string[], earlier: readonly string[], own: readonly string[], statement: string): Promise<{ truth?: Truth; missing?: string }> {
    const database = (this.#database ??= await PGlite.create());
    await database.exec('ROLLBACK; RESET ALL; DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    try {
      for (const stub of stubs) await database.exec(stub);
      for (const each of earlier) if (!CONTROL.test(each)) await database.exec(each);
      await fill(database);
      const { rows } = await database.query<{ oid: number }>('SELECT coalesce(max(oid::bigint), 0)::int AS oid FROM pg_class');
      for (const each of own) if (!CONTROL.test(each)) await database.exec(each);
      const { message, ...truth } = await run(database, statement, rows[0]?.oid ?? 0);
      return MISSING.has(truth.error ?? '') && message !== undefined ? { truth, missing: message } : { truth };
    } catch (error) {
      const { code, message } = errorOf(error);
      return MISSING.has(code) ? { missing: message } : {};
    }
  }
}

/** No such table, column, type or index, schema. */
const MISSING: ReadonlySet<string> = new Set(['42P01', '42703', '42704', '3F000']);

/** The oracle runs each statement by itself. */
const CONTROL = /^\s*(?:begin|start\s+transaction|commit|end|rollback)\b/i;

async function run(database: PGlite, statement: string, before: number): Promise<Truth & { message?: string }> {
  const work: string[] = [];
  const onNotice = ({ message }: { message: string | undefined }): void => {
    if (message !== undefined && WORK.test(message)) work.push(message);
  };
  try {
    await database.exec('BEGIN; SET LOCAL client_min_messages = debug1');
    await database.exec(statement, { onNotice });
    const { rows } = await database.query<{ table: string; mode: string }>(
      `SELECT relation::regclass::text AS table, mode FROM pg_locks
       WHERE locktype = 'relation' AND relation <= $1 AND relation >= 16384 AND relation IN (SELECT oid FROM pg_class WHERE relkind IN ('r', 'p', 'm'))`,
      [before],
    );
    return { locks: rows, work };
  } catch (error) {
    const { code, message } = errorOf(error);
    if (code === '25001') return { locks: [], work, outside: true };
    return { locks: [], work, error: code, message };
  } finally {
    await database.exec('ROLLBACK');
  }
}

function errorOf(error: unknown): { code: string; message: string } {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return { code, message: error instanceof Error ? error.message : String(error) };
}

/** A statement that makes what an error says is missing. */
function stubFor(message: string, text: string): string | undefined {
  const column = /column "([^"]+)" of relation "([^"]+)" does not exist/.exec(message) ?? /column "([^"]+)"(?: named in key)? does not exist/.exec(message);
  if (column) {
    const table = column[2] ?? /(?:ON|TABLE|INTO|UPDATE|FROM)\s+(?:ONLY\s+|IF\s+EXISTS\s+)*((?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))?)/i.exec(text)?.[1];
    return table === undefined ? undefined : `ALTER TABLE ${column[2] === undefined ? table : `"${table}"`} ADD COLUMN "${column[1]}" int DEFAULT 1`;
  }
  const schema = /schema "([^"]+)" does not exist/.exec(message)?.[1];
  if (schema !== undefined) return `CREATE SCHEMA "${schema}"`;
  const relation = /(?:relation|table) "([^"]+)" does not exist/.exec(message)?.[1];
  if (relation !== undefined) {
    const name = relation.split('.').map((part) => `"${part}"`).join('.');
    return new RegExp(`INDEX\\s+(?:IF\\s+EXISTS\\s+)?"?${relation.split('.').at(-1)}\\b`, 'i').test(text)
      ? `CREATE TABLE "${relation}_table" (id int PRIMARY KEY); CREATE INDEX ${name} ON "${relation}_table" (id)`
      : `CREATE TABLE ${name} (id int PRIMARY KEY)`;
  }
  const index = /index "([^"]+)" does not exist/.exec(message)?.[1];
  if (index !== undefined) return `CREATE TABLE "${index}_table" (id int PRIMARY KEY); CREATE INDEX "${index}" ON "${index}_table" (id)`;
  const type = /type "([^"]+)" does not exist/.exec(message)?.[1];
  return type === undefined ? undefined : `CREATE DOMAIN "${type}" AS int`;
}

/** A row in each table that takes one: with a value in each column, else in those that ask for one. */
async function fill(database: PGlite): Promise<void> {
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
