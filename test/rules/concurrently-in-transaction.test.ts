// PostgreSQL says which statements it refuses inside a transaction; the rule must report those and no others.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { attempt } from './harness/attempt';
import { check } from './harness/engine';

const SETUP = `CREATE TABLE t (id int PRIMARY KEY); CREATE INDEX t_i ON t (id); CREATE SCHEMA s;
CREATE TABLE e (at int) PARTITION BY RANGE (at); CREATE TABLE e1 PARTITION OF e FOR VALUES FROM (1) TO (2);
CREATE INDEX e_i ON e (at); CREATE INDEX e1_i ON e1 (at);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS n; CREATE UNIQUE INDEX ON m (n);`;

/** Subscriptions can't be made without another server, but PostgreSQL takes them from its catalog. */
const SUBSCRIPTIONS = [['ours', true, '"ours"'], ['paused', false, '"paused"'], ['parted', true, 'null']]
  .map(
    ([name, enabled, slot], at) => `INSERT INTO pg_subscription SELECT * FROM jsonb_populate_record(NULL::pg_subscription, jsonb_build_object('subdbid', (SELECT oid FROM pg_database WHERE datname = current_database())) || '{
  "oid": ${90001 + at}, "subname": "${String(name)}", "subenabled": ${String(enabled)}, "subslotname": ${String(slot)}, "subskiplsn": "0/0", "subowner": 10, "subbinary": false, "substream": "f", "subtwophasestate": "d",
  "subdisableonerr": false, "subpasswordrequired": false, "subrunasowner": false, "subfailover": false, "subconninfo": "host=x", "subsynccommit": "off", "subpublications": ["p"], "suborigin": "any"}');`,
  )
  .join('\n');

const STATEMENTS = [
  'CREATE INDEX CONCURRENTLY x ON t (id)',
  'CREATE INDEX "CONCURRENTLY" ON t (id)',
  'DROP INDEX CONCURRENTLY t_i',
  'DROP INDEX t_i',
  'REINDEX TABLE CONCURRENTLY t',
  'REINDEX (VERBOSE, CONCURRENTLY) INDEX t_i',
  'REINDEX TABLE t',
  'REINDEX TABLE e',
  'REINDEX (VERBOSE) TABLE public.e',
  'REINDEX TABLE e1',
  'REINDEX INDEX e_i',
  'REINDEX INDEX e1_i',
  'REINDEX (VERBOSE) SCHEMA s',
  'REINDEX DATABASE',
  'REINDEX SYSTEM',
  'ALTER TABLE e DETACH PARTITION e1 CONCURRENTLY',
  'ALTER TABLE e DETACH PARTITION e1',
  'REFRESH MATERIALIZED VIEW CONCURRENTLY m',
  'VACUUM',
  'VACUUM (ANALYZE) t',
  'ANALYZE t',
  'CLUSTER',
  'CLUSTER t USING t_i',
  'CLUSTER e USING e_i',
  'CLUSTER VERBOSE public.e USING e_i',
  'CLUSTER e1 USING e1_i',
  "ALTER SYSTEM SET work_mem = '4MB'",
  'ALTER SYSTEM RESET ALL',
  'CREATE DATABASE x',
  'DROP DATABASE IF EXISTS x',
  "ALTER DATABASE template1 SET work_mem = '4MB'",
  'ALTER DATABASE template1 SET TABLESPACE pg_default',
  'ALTER DATABASE template1 CONNECTION LIMIT 5',
  "CREATE SUBSCRIPTION n CONNECTION 'host=x' PUBLICATION p",
  "CREATE SUBSCRIPTION n CONNECTION 'host=x' PUBLICATION p WITH (copy_data = false, create_slot)",
  "CREATE SUBSCRIPTION n CONNECTION 'host=x' PUBLICATION p WITH (create_slot = false)",
  "CREATE SUBSCRIPTION n CONNECTION 'host=x' PUBLICATION p WITH (connect = 'false')",
  'DROP SUBSCRIPTION ours',
  'DROP SUBSCRIPTION IF EXISTS missing',
  'ALTER SUBSCRIPTION paused SET (slot_name = NONE); DROP SUBSCRIPTION paused',
  'ALTER SUBSCRIPTION ours REFRESH PUBLICATION',
  'ALTER SUBSCRIPTION ours ADD PUBLICATION q',
  'ALTER SUBSCRIPTION ours ADD PUBLICATION q WITH (copy_data = false, refresh = off)',
  'ALTER SUBSCRIPTION paused SET (failover = true)',
  'ALTER SUBSCRIPTION paused SET (synchronous_commit = off)',
  'ALTER SUBSCRIPTION ours DISABLE',
  "CREATE TABLESPACE x LOCATION '/tmp/x'",
  'DROP TABLESPACE IF EXISTS x',
  'DISCARD ALL',
  'DISCARD PLANS',
];

describe('concurrently-in-transaction and PostgreSQL', () => {
  let postgres: PGlite;

  before(async () => {
    postgres = await PGlite.create();
    await postgres.exec(SETUP);
    await postgres.exec(`SET allow_system_table_mods = on; ${SUBSCRIPTIONS}`);
  });

  after(() => postgres.close());

  for (const statement of STATEMENTS) {
    it(statement, async () => {
      assert.equal(await reported(statement), (await attempt(postgres, statement)) === '25001');
    });
  }
});

async function reported(statement: string): Promise<boolean> {
  const { found } = await check(new Map([['migrations/0001_init.sql', SETUP], ['migrations/0002_all.sql', `BEGIN;\n${statement};\nCOMMIT;\n`]]), undefined);
  return found.some(({ finding }) => finding.rule === 'concurrently-in-transaction');
}
