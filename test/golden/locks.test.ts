// The table of locks against PostgreSQL: each case is run on tables with rows, inside an open transaction, and what
// pg_locks, the tables' files and the server's own messages say is compared. `npm run test:postgres` runs it on all versions.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql/index';
import type { Change } from '../../server/src/model/changes';
import { noFacts } from '../../server/src/model/facts';
import { lockTable, type LockCase } from '../../server/src/model/lock-table';
import { lockCase, lockOf, type LockFact } from '../../server/src/model/locks';
import { TABLES, samples, type Sample } from './support/lock-samples';
import { openServer, type Connection, type Server } from './support/servers';

/** From weak to strong. */
const MODES = ['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'];
const words = (mode: string): string => mode.replace(/Lock$/, '').replace(/\B[A-Z]/g, ' $&').toUpperCase();

interface Measured {
  /** The strongest lock on each table, view and index that was there before; reading alone is left out. */
  readonly locks: Readonly<Record<string, string>>;
  /** What was there before. */
  readonly names: readonly string[];
  /** Tables whose files are new. */
  readonly files: readonly string[];
  /** Tables that were read from end to end, or counted. */
  readonly read: readonly string[];
  readonly said: string;
}

interface Relation {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly kind: string;
  readonly reads: string;
}

function changeOf({ given = '', sql: statement }: Sample): Change {
  const surroundings = { facts: noFacts, completeHistory: true };
  const earlier = sql.parse('/w/1.sql', `${TABLES}${given}`);
  const schema = sql.lower([earlier, sql.parse('/w/2.sql', `${statement.replace(/;?$/, ';')}`)], surroundings);
  const [change] = schema.migrations[1]?.statements.flatMap(({ changes }) => changes) ?? [];
  assert.ok(change, statement);
  return change;
}

describe('the table of locks', () => {
  let server: Server;
  before(async () => {
    await sql.prepare();
    server = await openServer();
    await server.exec('SET allow_in_place_tablespaces = on');
    await server.exec("CREATE TABLESPACE elsewhere LOCATION ''").catch(() => undefined);
  });
  after(() => server.close());

  async function prepare({ given = '' }: Sample): Promise<void> {
    await server.exec('SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP DATABASE IF EXISTS other_one').catch(() => undefined);
    await server.exec('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public');
    await server.exec(`${TABLES}${given}`);
  }

  async function relations(): Promise<ReadonlyMap<number, Omit<Relation, 'id'>>> {
    const rows = await server.query<Relation>(
      `SELECT oid::int AS id, relname AS name, pg_relation_filenode(oid)::text AS file, relkind AS kind,
        (reltuples + pg_stat_get_xact_numscans(oid))::text AS reads FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
    );
    return new Map(rows.map(({ id, ...rest }) => [id, rest]));
  }

  async function measure(sample: Sample): Promise<Measured> {
    await server.exec('BEGIN; SET LOCAL client_min_messages = debug1');
    try {
      const before = await relations();
      const said = await server.exec(sample.sql);
      await server.exec('SET LOCAL client_min_messages = warning');
      const held = await server.query<{ id: number; mode: string }>('SELECT relation::int AS id, mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation IS NOT NULL');
      const after = await relations();
      const locks: Record<string, string> = {};
      for (const { id, mode } of [...held].sort((a, b) => MODES.indexOf(a.mode) - MODES.indexOf(b.mode))) {
        const relation = before.get(id);
        const counts = relation && (/[rpmv]/.test(relation.kind) || relation.name === sample.other);
        if (counts && mode !== 'AccessShareLock') locks[relation.name] = words(mode);
      }
      const changed = (key: 'file' | 'reads'): string[] => [...before].flatMap(([id, old]) => (after.has(id) && after.get(id)?.[key] !== old[key] ? [old.name] : []));
      return { locks, names: [...before.values()].map(({ name }) => name), files: changed('file'), read: changed('reads'), said };
    } finally {
      await server.exec('ROLLBACK');
    }
  }

  for (const [at, sample] of samples.entries()) {
    it(`${sample.is}: ${sample.given ? `${sample.given.slice(0, 70)} … ` : ''}${sample.sql}`, async function () {
      const change = changeOf(sample);
      assert.equal(lockCase(change), sample.is);
      const fact = lockOf(change, server.version);
      assert.ok(fact);
      if (fact.since !== undefined && server.version < fact.since) {
        await assert.rejects(async () => {
          await prepare(sample);
          await measure(sample);
        }, `PostgreSQL ${server.version} has it, sample ${at}`);
        return;
      }
      await prepare(sample);
      if (fact.outside) return outside(sample, change, fact);
      const measured = await measure(sample);
      const table = change.table?.name ?? 't';
      const expected: Record<string, string> = {};
      if (fact.lock) expected[table] = fact.lock;
      if (fact.otherLock) expected[sample.other ?? '?'] = fact.otherLock;
      assert.deepEqual(measured.locks, expected);
      if (fact.others) assert.deepEqual(fact.others.map(({ name }) => name), [sample.other]);
      const on = fact.workOnOther ? (sample.other ?? '') : table;
      if (fact.work !== 'unknown' && fact.work !== 'rows') assert.equal(workOf(measured, on, sample.is), fact.work, measured.said);
    });
  }

  /** PostgreSQL refuses it in a transaction; with a second session, the lock that it waits for shows. */
  async function outside(sample: Sample, { table }: Change, fact: LockFact): Promise<void> {
    await assert.rejects(measure(sample), { code: '25001' });
    if (!server.connect || !fact.lock) return;
    const name = table?.name ?? 't';
    const [blocker, other] = await Promise.all([server.connect(), server.connect()]);
    try {
      await blocker.exec(`BEGIN; LOCK TABLE ${name} IN SHARE UPDATE EXCLUSIVE MODE`);
      const [own] = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const running = other.exec(sample.sql).catch(() => undefined);
      assert.equal(await waitingFor(own?.pid ?? 0, name, server), fact.lock);
      await server.query(`SELECT pg_terminate_backend(${own?.pid ?? 0})`);
      await running;
    } finally {
      await Promise.all([blocker.close(), other.close()]);
    }
  }

  it('has a sample of each case', () => {
    const cases = Object.keys(lockTable) as LockCase[];
    assert.deepEqual(cases.filter((each) => !samples.some(({ is }) => is === each)), []);
  });
  it('lets an enum value be added in a transaction, and used after it', async () => {
    await prepare({ is: 'add enum value', sql: '' });
    await server.exec('CREATE TABLE e (x mood)');
    await server.exec('BEGIN');
    await server.exec("ALTER TYPE mood ADD VALUE 'c'");
    await assert.rejects(server.exec("INSERT INTO e VALUES ('c')"), { code: '55P04' });
    await server.exec('ROLLBACK');
    await server.exec("ALTER TYPE mood ADD VALUE 'c'");
    await server.exec("INSERT INTO e VALUES ('c')");
    await server.exec("BEGIN; CREATE TYPE fresh AS ENUM ('a'); CREATE TABLE f (x fresh); ALTER TYPE fresh ADD VALUE 'b'");
    const used = server.exec("INSERT INTO f VALUES ('b')");
    await (server.version >= 17 ? used : assert.rejects(used, { code: '55P04' }));
    await server.exec('ROLLBACK');
  });
});

function workOf({ names, files, read, said }: Measured, table: string, is: LockCase): string {
  if (!names.includes(table)) return 'none';
  const says = (pattern: string): boolean => new RegExp(pattern, 'm').test(said);
  // Both put another file in the table's place, which holds nothing or what the view's query gives.
  if (is === 'truncate') return files.includes(table) ? 'none' : 'rewrite';
  if (is === 'refresh view') return files.includes(table) ? 'build' : 'none';
  if (files.includes(table)) return 'rewrite';
  if (says(`^building index ".*" on table "${table}"`)) return 'build';
  if (is === 'refresh view concurrently') return read.includes(table) ? 'build' : 'none';
  return read.includes(table) || says(`^verifying table "${table}"|^validating foreign key constraint`) ? 'scan' : 'none';
}

/** The lock on the table that a session waits for or has. */
async function waitingFor(pid: number, table: string, server: Connection): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    const rows = await server.query<{ mode: string }>(`SELECT mode FROM pg_locks WHERE pid = ${pid} AND NOT granted AND relation = '${table}'::regclass`);
    const [first] = rows;
    if (first) return words(first.mode);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return 'none';
}
