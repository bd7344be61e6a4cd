// Names that are taken when an index gets them: what the replay reports is what PostgreSQL rejects.
import { strict as assert } from 'node:assert';
import { sql } from '../../../server/src/languages/sql/index';
import { noFacts } from '../../../server/src/model/facts';
import { closePostgres, inPostgres } from '../../golden/support/oracles';

before(() => sql.prepare());
after(closePostgres);

/** `name by table` for each name that is taken, with `?` where the statement only does nothing. */
function clashes(...files: string[]): string[] {
  const schema = sql.lower(files.map((text, at) => sql.parse(`${at}.sql`, text)), { facts: noFacts });
  return schema.migrations.flatMap(({ statements }) =>
    statements.flatMap(({ changes }) =>
      changes.flatMap((change) =>
        (change.clashes ?? []).map(({ name, taken, by, ifNotExists }) => `${name} ${taken} ${by.schema ? `${by.schema}.` : ''}${by.name}${ifNotExists ? '?' : ''}`),
      ),
    ),
  );
}

const TABLES = 'CREATE TABLE a (id int, b int); CREATE TABLE b (id int, b int); CREATE SCHEMA s; CREATE TABLE s.c (id int);';

/** Statements after which PostgreSQL finds a name taken, with what is reported. */
const failing: Record<string, readonly string[]> = {
  'CREATE INDEX x ON a (b); CREATE INDEX x ON b (b);': ['x index a'],
  'CREATE INDEX x ON a (b); CREATE INDEX x ON a (id);': ['x index a'],
  'CREATE INDEX x ON a (b); CREATE INDEX x ON a (b);': ['x index a'],
  'CREATE INDEX b ON a (b);': ['b table b'],
  'CREATE INDEX x ON a (b); ALTER TABLE b ADD CONSTRAINT x UNIQUE (b);': ['x index a'],
  'CREATE INDEX x ON a (b); CREATE TABLE d (id int CONSTRAINT x PRIMARY KEY);': ['x index a'],
  'CREATE INDEX x ON a (b); ALTER TABLE b ADD COLUMN c int CONSTRAINT x UNIQUE;': ['x index a'],
  'CREATE UNIQUE INDEX a_b_key ON b (b); ALTER TABLE a ADD CONSTRAINT a_b_key UNIQUE (b);': ['a_b_key index b'],
};

/** Statements that succeed, with the names that PostgreSQL passes over. */
const passing: Record<string, readonly string[]> = {
  'CREATE INDEX x ON a (b); DROP INDEX x; CREATE INDEX x ON b (b);': [],
  'CREATE INDEX x ON a (b); ALTER INDEX x RENAME TO y; CREATE INDEX x ON b (b);': [],
  'CREATE INDEX x ON a (b); DROP TABLE a; CREATE INDEX x ON b (b);': [],
  'CREATE INDEX x ON a (b); ALTER TABLE a SET SCHEMA s; CREATE INDEX x ON b (b);': [],
  'CREATE INDEX x ON a (b); CREATE INDEX x ON s.c (id);': [],
  'CREATE INDEX x ON a (b); ALTER TABLE a DROP COLUMN b; CREATE INDEX x ON b (b);': [],
  'CREATE INDEX x ON a (b); CREATE INDEX IF NOT EXISTS x ON a (b);': [],
  'CREATE INDEX x ON a (b); CREATE INDEX IF NOT EXISTS x ON a (id);': ['x index a?'],
  'CREATE INDEX x ON a (b); CREATE INDEX IF NOT EXISTS x ON b (b);': ['x index a?'],
  'CREATE INDEX ON a (b); CREATE INDEX ON a (b);': [],
  'CREATE UNIQUE INDEX x ON a (b); ALTER TABLE a ADD CONSTRAINT x UNIQUE USING INDEX x;': [],
  'CREATE TABLE IF NOT EXISTS a (id int, CONSTRAINT x PRIMARY KEY (id)); CREATE INDEX x ON b (b);': [],
  'CREATE INDEX x ON a (b); CREATE TEMP TABLE t (id int); CREATE INDEX x ON t (id);': [],
  "CREATE INDEX x ON a (b); DO $$ BEGIN IF false THEN CREATE INDEX x ON b (b); END IF; END $$;": [],
  'CREATE VIEW v AS SELECT id FROM a; CREATE MATERIALIZED VIEW m AS SELECT id FROM v; CREATE INDEX x ON m (id); DROP VIEW v CASCADE; CREATE INDEX x ON b (b);': [],
  'ALTER TABLE a ADD CONSTRAINT x UNIQUE (b); ALTER TABLE a DROP CONSTRAINT x, ADD CONSTRAINT x UNIQUE (id);': [],
};

describe('names of indexes that are taken', () => {
  for (const [text, expected] of Object.entries(failing)) {
    it(text, async () => {
      assert.deepEqual(clashes(TABLES, text), expected);
      await assert.rejects(inPostgres(`${TABLES}\n${text}`, () => Promise.resolve()), /already exists/);
    });
  }
  for (const [text, expected] of Object.entries(passing)) {
    it(text, async () => {
      assert.deepEqual(clashes(TABLES, text), expected);
      await inPostgres(`${TABLES}\n${text}`, () => Promise.resolve());
    });
  }

  it('are told anew when an earlier file changes', () => {
    const second = sql.parse('1.sql', 'CREATE INDEX x ON b (b);');
    const count = (first: string): number => {
      const schema = sql.lower([sql.parse('0.sql', first), second], { facts: noFacts });
      return schema.migrations[1]?.statements[0]?.changes[0]?.clashes?.length ?? 0;
    };
    assert.deepEqual([`${TABLES} CREATE INDEX x ON a (b);`, TABLES, `${TABLES} CREATE INDEX x ON a (id);`].map(count), [1, 0, 1]);
  });
});
