// Whether PostgreSQL itself looks a reference up through a partial index: its planner is the judge of `covers`.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { covers } from '../../server/src/model/covering';
import { sql } from '../../server/src/languages/sql';
import { noFacts } from '../../server/src/model/facts';

describe('a partial index on a foreign key', () => {
  it('serves it exactly where PostgreSQL plans with it', async () => {
    await sql.prepare();
    const predicates = [
      'a IS NOT NULL', '(a IS NOT NULL)', 'a IS NOT NULL AND b IS NOT NULL', 'b IS NOT NULL', 'a > 0', 'a IS NULL', 'b = 1', 'a IS NOT NULL AND b = 1',
    ]; // prettier-ignore
    const database = await PGlite.create();
    try {
      for (const predicate of predicates) {
        const script = `CREATE TABLE child (a int, b int); CREATE INDEX child_a ON child (a, b) WHERE ${predicate};`;
        await database.exec(`${script} SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; PREPARE look (int) AS SELECT 1 FROM child WHERE a = $1;`);
        const plan = await database.query<{ 'QUERY PLAN': string }>('EXPLAIN EXECUTE look(1)');
        const used = plan.rows.some((row) => row['QUERY PLAN'].includes('child_a'));
        const schema = sql.lower([sql.parse('/a.sql', script)], { facts: noFacts });
        const index = schema.tables[0]?.indexes[0];
        assert.ok(index);
        assert.equal(covers(index, ['a']), used, predicate);
        await database.exec('DEALLOCATE look; DROP TABLE child;');
      }
    } finally {
      await database.close();
    }
  });
});
