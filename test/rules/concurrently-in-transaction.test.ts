// PostgreSQL says which statements it refuses inside a transaction; the rule must report those and no others.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { check } from './harness/engine';

const SETUP = `CREATE TABLE t (id int PRIMARY KEY); CREATE INDEX t_i ON t (id); CREATE SCHEMA s;
CREATE TABLE e (at int) PARTITION BY RANGE (at); CREATE TABLE e1 PARTITION OF e FOR VALUES FROM (1) TO (2);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS n; CREATE UNIQUE INDEX ON m (n);`;

const STATEMENTS = [
  'CREATE INDEX CONCURRENTLY x ON t (id)',
  'CREATE INDEX "CONCURRENTLY" ON t (id)',
  'DROP INDEX CONCURRENTLY t_i',
  'DROP INDEX t_i',
  'REINDEX TABLE CONCURRENTLY t',
  'REINDEX (VERBOSE, CONCURRENTLY) INDEX t_i',
  'REINDEX TABLE t',
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
  "ALTER SYSTEM SET work_mem = '4MB'",
  'ALTER SYSTEM RESET ALL',
  'CREATE DATABASE x',
  'DROP DATABASE IF EXISTS x',
  "ALTER DATABASE template1 SET work_mem = '4MB'",
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
  });

  after(() => postgres.close());

  for (const statement of STATEMENTS) {
    it(statement, async () => {
      const said = await reported(statement);
      assert.equal(said, await refused(postgres, statement));
    });
  }
});

async function refused(postgres: PGlite, statement: string): Promise<boolean> {
  await postgres.exec('BEGIN');
  try {
    await postgres.exec(statement);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === '25001';
  } finally {
    await postgres.exec('ROLLBACK');
  }
}

async function reported(statement: string): Promise<boolean> {
  const text = `CREATE TABLE other (id int PRIMARY KEY);\nBEGIN;\n${statement};\nCOMMIT;\n`;
  const { found } = await check(new Map([['migrations/0001_all.sql', text]]), undefined);
  return found.some(({ finding }) => finding.rule === 'concurrently-in-transaction');
}
