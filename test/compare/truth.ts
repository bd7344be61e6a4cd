// What PostgreSQL itself does when it runs a statement of an example: which tables that were there it locks, what it
// reads through or writes again, and whether it refuses the statement with rows in them.
import { PGlite } from '@electric-sql/pglite';
import { fill, MISSING, stubFor } from './stubs';

interface Lock {
  readonly table: string;
  /** PostgreSQL's name of it. */
  readonly mode: string;
}

export interface Truth {
  /** Locks that the statement takes on tables that were there before the script. */
  readonly locks: readonly Lock[];
  /** Those that its transaction has already. */
  readonly held: readonly Lock[];
  /** Words of PostgreSQL's own about reading a table through, writing it again or building an index. */
  readonly work: readonly string[];
  /** SQLSTATE, where it fails. */
  readonly error?: string;
  /** SQLSTATE, where it runs and fails when it's run once more. */
  readonly again?: string;
  /** It can't be run inside of a transaction, so no lock was seen. */
  readonly outside?: true;
  /** It writes rows without asking for anything of them. */
  readonly everyRow?: true;
}

export const WORK = /^(?:rewriting table|verifying table|building index (?!"pg_toast_)|validating foreign key|attaching|scanning)/;
const MOST_STUBS = 16;
const BEGIN = /^\s*(?:begin|start\s+transaction)\b/i;
/** Statements that begin or end a transaction. */
export const CONTROL = /^\s*(?:begin|start\s+transaction|commit|end|rollback|abort)\b/i;
const CLEAN = 'ROLLBACK; RESET ALL; DROP SCHEMA public CASCADE; CREATE SCHEMA public';

export class Oracle {
  #database: PGlite | undefined;

  /**
   * Runs the scripts before, what stands before the statement in its own script, and then the statement, in the
   * transaction that the script has opened. What the example takes for granted is made up. Undefined where that fails.
   */
  async judge(earlier: readonly string[], own: readonly string[], statement: string): Promise<Truth | undefined> {
    return (await this.#withStubs([...earlier, ...own, statement], earlier, (database) => judged(database, own, statement, true)))
      ?? (await this.#withStubs([...earlier, ...own, statement], earlier, (database) => judged(database, own, statement, false)));
  }

  /** What psql is told of transactions: warnings at the statement, and whether one is left open at the script's end. */
  async transactions(script: readonly string[], at: number): Promise<{ warned: boolean; open: boolean }> {
    const database = await this.#clean();
    let warned = false;
    for (const [n, text] of script.entries()) {
      if (!CONTROL.test(text)) continue;
      const onNotice = ({ code }: { code: string | undefined }): void => void (warned ||= n === at && (code === '25001' || code === '25P01'));
      await database.exec(text, { onNotice }).catch(() => undefined);
    }
    let open = true;
    await database.exec('COMMIT', { onNotice: ({ code }) => void (open &&= code !== '25P01') });
    return { warned, open };
  }

  /** Whether a statement of the script creates a table that has no primary key in the end; undefined where it creates none. */
  async keyless(earlier: readonly string[], script: readonly string[], at: number): Promise<boolean | undefined> {
    const database = await this.#clean();
    let made: readonly number[] = [];
    for (const [n, text] of [...earlier, ...script].entries()) {
      if (CONTROL.test(text)) continue;
      const before = await tablesOf(database);
      await database.exec(text).catch(() => undefined);
      if (n === earlier.length + at) made = (await tablesOf(database)).filter((oid) => !before.includes(oid));
    }
    if (made.length === 0) return undefined;
    const { rows } = await database.query<{ oid: number }>("SELECT conrelid::int AS oid FROM pg_constraint WHERE contype = 'p'");
    return made.some((oid) => !rows.some((row) => row.oid === oid));
  }

  async close(): Promise<void> {
    await this.#database?.close();
  }

  async #clean(): Promise<PGlite> {
    const database = (this.#database ??= await PGlite.create());
    await database.exec(CLEAN);
    return database;
  }

  async #withStubs(texts: readonly string[], earlier: readonly string[], run: (database: PGlite) => Promise<Outcome>): Promise<Truth | undefined> {
    const stubs: string[] = [];
    for (;;) {
      const { truth, missing } = await this.#attempt(stubs, earlier, run);
      const stub = missing === undefined ? undefined : stubFor(missing, texts.join(';'));
      if (stub === undefined || stubs.includes(stub) || stubs.length === MOST_STUBS) return truth;
      stubs.push(stub);
    }
  }

  async #attempt(stubs: readonly string[], earlier: readonly string[], run: (database: PGlite) => Promise<Outcome>): Promise<Outcome> {
    const database = await this.#clean();
    try {
      for (const stub of stubs) await database.exec(stub);
      for (const each of earlier) if (!CONTROL.test(each)) await database.exec(each);
      await fill(database);
      return await run(database);
    } catch (error) {
      const { code, message } = errorOf(error);
      return MISSING.has(code) ? { missing: message } : {};
    }
  }
}

interface Outcome {
  readonly truth?: Truth;
  /** PostgreSQL's message about what isn't there. */
  readonly missing?: string;
}

async function judged(database: PGlite, own: readonly string[], statement: string, transactions: boolean): Promise<Outcome> {
  const { rows } = await database.query<{ oid: number }>('SELECT coalesce(max(oid::bigint), 0)::int AS oid FROM pg_class');
  const before = rows[0]?.oid ?? 0;
  let open = false;
  for (const each of own) {
    const control = CONTROL.test(each);
    if (control && transactions) open = BEGIN.test(each);
    if (!control || transactions) await database.exec(each);
  }
  if (!open) await database.exec('BEGIN');
  const work: string[] = [];
  const held = await locksOn(database, before);
  const files = await filesOf(database, before);
  const everyRow = await writesEveryRow(database, statement);
  try {
    await database.exec('SET LOCAL client_min_messages = debug1');
    await database.exec(statement, { onNotice: ({ message }) => void (message !== undefined && WORK.test(message) && work.push(message)) });
    for (const [table, file] of await filesOf(database, before)) if ((files.get(table) ?? file) !== file) work.push(`rewriting table "${table}"`);
    const locks = (await locksOn(database, before)).filter(({ table, mode }) => !held.some((each) => each.table === table && each.mode === mode));
    return { truth: { locks, held, work: await onOldTables(database, before, work), ...(everyRow && { everyRow }), ...(await again(database, statement)) } };
  } catch (error) {
    const { code, message } = errorOf(error);
    if (code === '25001') return { truth: { locks: [], held, work, outside: true } };
    return { truth: { locks: [], held, work, error: code }, ...(MISSING.has(code) && { missing: message }) };
  } finally {
    await database.exec('ROLLBACK');
  }
}

export async function locksOn(database: PGlite, before: number): Promise<Lock[]> {
  const { rows } = await database.query<Lock>(
    `SELECT relation::regclass::text AS table, mode FROM pg_locks
     WHERE locktype = 'relation' AND relation <= $1 AND relation >= 16384 AND relation IN (SELECT oid FROM pg_class WHERE relkind IN ('r', 'p', 'm'))`,
    [before],
  );
  return rows;
}

/** The words about tables that were there: a foreign key of a new table has no row to check. */
export async function onOldTables(database: PGlite, before: number, words: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>('SELECT conname AS name FROM pg_constraint WHERE conrelid > $1', [before]);
  return words.filter((each) => !rows.some(({ name }) => each === `validating foreign key constraint "${name}"`));
}

async function tablesOf(database: PGlite): Promise<number[]> {
  const { rows } = await database.query<{ oid: number }>("SELECT oid::int AS oid FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'p')");
  return rows.map(({ oid }) => oid);
}

/** The file of each table: it gets another when it is written again. */
export async function filesOf(database: PGlite, before: number): Promise<Map<string, number>> {
  const { rows } = await database.query<{ table: string; file: number }>(
    `SELECT oid::regclass::text AS table, pg_relation_filenode(oid)::int AS file FROM pg_class WHERE oid <= $1 AND oid >= 16384 AND relkind IN ('r', 'm')`,
    [before],
  );
  return new Map(rows.map(({ table, file }) => [table, file]));
}

async function again(database: PGlite, statement: string): Promise<{ again?: string }> {
  try {
    await database.exec(statement);
    return {};
  } catch (error) {
    return { again: errorOf(error).code };
  }
}

/** By the plan: it reads a table of rows through and asks for nothing. */
async function writesEveryRow(database: PGlite, statement: string): Promise<true | undefined> {
  if (!/^\s*(?:update|delete|with)\b/i.test(statement)) return undefined;
  try {
    const { rows } = await database.query<Readonly<Record<string, string>>>(`EXPLAIN (COSTS OFF) ${statement}`);
    const plan = rows.map((row) => row['QUERY PLAN'] ?? '').join('\n');
    return /^(?:Update|Delete) on/m.test(plan) && !/Filter|Cond|Join|Nested Loop|Limit/.test(plan) ? true : undefined;
  } catch {
    // What is wrong with it shows when it is run; a failed statement ends the transaction, though.
    await database.exec('ROLLBACK; BEGIN');
    return undefined;
  }
}

export function errorOf(error: unknown): { code: string; message: string } {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return { code, message: error instanceof Error ? error.message : String(error) };
}
