// Runs what a runner sends, and tells of each statement that works on rows under a lock that keeps others from a table.
import type { PGlite } from '@electric-sql/pglite';
import type { Sent } from './plan';

/** The locks that reads wait for, and those that writes wait for. */
const BLOCKS_READS = ['AccessExclusiveLock'];
const BLOCKS_WRITES = [...BLOCKS_READS, 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock'];

interface State {
  readonly name: string;
  readonly file: string;
  /** Readings of the whole table, and rows changed or taken away, in this transaction. */
  readonly reads: number;
  readonly writes: number;
  /** The blocking locks on it that are held. */
  readonly locks: string | null;
}

type States = ReadonlyMap<number, State>;

/** Rows that may change under a lock without anybody noticing. */
const FEW = 10;

export class Run {
  /** What is wrong, in words. */
  readonly complaints: string[] = [];
  #tables: readonly number[] = [];
  #open = false;
  /** How the tables are at this point of a transaction. */
  #known: States | undefined;

  constructor(
    private readonly database: PGlite,
    /** It can't be helped that writes wait, so only what reads wait for is told. */
    private readonly writesWait: boolean,
  ) {}

  /** Executes it all, unless something fails, which is a complaint. */
  async all(sent: readonly Sent[]): Promise<readonly string[]> {
    this.#tables = await this.#filled();
    await this.database.exec('SET client_min_messages = debug1');
    for (const each of sent) {
      const failure = await this.#send(each);
      if (failure === undefined) continue;
      this.complaints.push(`${failure}\n  at: ${each.do === 'send' ? each.text : each.do}`);
      break;
    }
    await this.database.exec('ROLLBACK');
    await this.database.exec('RESET ALL');
    return this.complaints;
  }

  async #send(each: Sent): Promise<string | undefined> {
    switch (each.do) {
      case 'begin':
        return this.#try('BEGIN');
      case 'commit':
        // A runner's own COMMIT behind one of the file's does nothing.
        return this.#try('COMMIT');
      case 'send':
        return each.statements ? this.#together(each.text, each.statements) : this.#one(each.text);
    }
  }

  /** Several statements in one query: first step by step, to look at each, then as they are sent. */
  async #together(text: string, statements: readonly string[]): Promise<string | undefined> {
    await this.#try('BEGIN');
    let failure: string | undefined;
    for (const each of statements) failure ??= await this.#one(each);
    // What it commits itself is done.
    if (statements.some(isControl)) return failure ?? this.#try('COMMIT');
    await this.#try('ROLLBACK');
    return failure ?? this.#try(text);
  }

  async #one(text: string): Promise<string | undefined> {
    if (isControl(text)) return this.#try(text);
    if (this.#open) return this.#watched(text);
    if (/\bCONCURRENTLY\b/i.test(text)) return this.#try(text);
    // What it locks shows inside a transaction only; then it is run as it is sent.
    await this.#try('BEGIN');
    const failure = await this.#watched(text.replace(/^\s*COMMIT;$/gim, ''));
    await this.#try('ROLLBACK');
    return failure ?? this.#try(text);
  }

  async #watched(text: string): Promise<string | undefined> {
    const before = this.#known ?? (await this.#states());
    const said: string[] = [];
    const failure = await this.#try(text, said);
    if (failure !== undefined) return failure;
    const after = (this.#known = await this.#states());
    const works = worked(before, after, said);
    const held = [...after.values()].flatMap(({ name, locks }) => (locks === null ? [] : [`${locks} on ${name}`]));
    if (works.length > 0 && held.length > 0) this.complaints.push(`${works.join(', ')}, with ${held.join(', ')}\n  at: ${text}`);
    return undefined;
  }

  /** The error in words. */
  async #try(text: string, said: string[] = []): Promise<string | undefined> {
    try {
      await this.database.exec(text, { onNotice: ({ message }) => void said.push(message ?? '') });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      if (isControl(text)) this.#known = undefined;
      this.#open = /^\s*(?:BEGIN|START\s+TRANSACTION)\s*;?\s*$/i.test(text) || (this.#open && !/^\s*(?:COMMIT|ROLLBACK|END)\s*;?\s*$/i.test(text));
    }
  }

  /** Tables that hold rows, and those that are split. */
  async #filled(): Promise<number[]> {
    const { rows } = await this.database.query<{ id: number }>(
      `SELECT c.oid::int AS id FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema') AND (relkind = 'p' OR pg_relation_size(c.oid) > 0)`,
    );
    return rows.map(({ id }) => id);
  }

  async #states(): Promise<States> {
    const modes = (this.writesWait ? BLOCKS_READS : BLOCKS_WRITES).map((mode) => `'${mode}'`).join();
    const [result] = await this.database.exec(
      `SELECT c.oid::int AS id, relname AS name, pg_relation_filenode(c.oid)::text AS file, pg_stat_get_xact_numscans(c.oid)::int AS reads,
         (pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid))::int AS writes,
         (SELECT string_agg(DISTINCT mode, ' and ') FROM pg_locks l WHERE l.relation = c.oid AND l.pid = pg_backend_pid() AND mode IN (${modes})) AS locks
       FROM pg_class c WHERE c.oid = ANY ('{${this.#tables.join()}}')`,
    );
    const rows = (result?.rows ?? []) as (State & { id: number })[];
    return new Map(rows.map(({ id, ...state }) => [id, state]));
  }
}

/** Whether the statement begins or ends a transaction. */
export function isControl(text: string): boolean {
  return /^(?:BEGIN|COMMIT|ROLLBACK|END|START\s+TRANSACTION)\s*;?$/i.test(text);
}

/** What a statement has done with whole tables, in words. */
function worked(before: States, after: States, said: readonly string[]): string[] {
  const names = new Set([...before.values()].map(({ name }) => name));
  const told = said.filter((each) => {
    const [, index, other] = /^building index "([^"]*)" on table "([^"]*)"|^(?:verifying|rewriting) table "/.exec(each) ?? [];
    if (index !== undefined) return names.has(other ?? '');
    return /^(?:verifying|rewriting) table|^validating foreign key/.test(each);
  });
  const seen = [...after].flatMap(([id, now]) => {
    const old = before.get(id);
    if (!old) return [];
    if (old.file !== now.file) return [`writing ${now.name} again`];
    return [...(now.reads > old.reads ? [`reading ${now.name}`] : []), ...(now.writes > old.writes + FEW ? [`writing rows of ${now.name}`] : [])];
  });
  return [...told, ...seen];
}
