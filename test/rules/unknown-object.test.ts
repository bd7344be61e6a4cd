// PostgreSQL says which statements ask for what isn't there; the rule must report those, and none that run.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { attempt } from './harness/attempt';
import { check } from './harness/engine';

const SETUP = `CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE "Size" AS ENUM ('s', 'm');
CREATE TYPE point3 AS (x int, y int, z int);
CREATE DOMAIN short AS varchar(10);
CREATE TABLE people (id int PRIMARY KEY, mood mood, note text, CONSTRAINT people_note CHECK (note <> ''));
CREATE TABLE "Pet" ("id" serial PRIMARY KEY, "ownerId" int REFERENCES people (id), size "Size", UNIQUE ("ownerId", size));
CREATE INDEX people_mood ON people (mood);
CREATE UNIQUE INDEX people_unique ON people (note);
CREATE VIEW glad AS SELECT id FROM people WHERE mood = 'ok';
CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS n FROM people;
CREATE POLICY own ON people USING (id = 1);
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id int PRIMARY KEY, at date, EXCLUDE (at WITH =));
CREATE TABLE old (id int, gone int);
ALTER TABLE old DROP COLUMN gone;
ALTER TABLE old RENAME TO former;
CREATE TABLE days (day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE days_1 PARTITION OF days DEFAULT;
CREATE INDEX days_day ON days (day);
CREATE TABLE taken AS SELECT 1 AS a;
CREATE TABLE likes (LIKE people INCLUDING ALL);
CREATE SEQUENCE numbers;
`;

const STATEMENTS = [
  'ALTER TABLE peple ADD COLUMN a int',
  'ALTER TABLE IF EXISTS peple ADD COLUMN a int',
  'ALTER TABLE Pet ADD COLUMN a int',
  'ALTER TABLE "Pet" ADD COLUMN a int',
  'ALTER TABLE public."Pet" ADD COLUMN a int',
  'ALTER TABLE "People" ADD COLUMN a int',
  'ALTER TABLE old ADD COLUMN a int',
  'ALTER TABLE former ADD COLUMN a int',
  'ALTER TABLE former DROP COLUMN gone',
  'ALTER TABLE former DROP COLUMN IF EXISTS gone',
  'ALTER TABLE shop.orders ADD COLUMN a int',
  'ALTER TABLE people DROP COLUMN moods',
  'ALTER TABLE people DROP COLUMN "Mood"',
  'ALTER TABLE people DROP COLUMN mood CASCADE',
  'ALTER TABLE people ALTER COLUMN nte SET DEFAULT 0',
  'ALTER TABLE people ALTER note SET NOT NULL',
  'ALTER TABLE "Pet" ALTER COLUMN ownerId SET NOT NULL',
  'ALTER TABLE "Pet" RENAME COLUMN ownerid TO owner_id',
  'ALTER TABLE "Pet" RENAME COLUMN "ownerId" TO owner_id',
  'ALTER TABLE people ADD UNIQUE (a), ADD COLUMN a int',
  'ALTER TABLE people ADD COLUMN a int, ALTER COLUMN a SET NOT NULL',
  'ALTER TABLE people ADD UNIQUE (nte)',
  'ALTER TABLE people ADD FOREIGN KEY (id) REFERENCES "Pet" (id)',
  'ALTER TABLE people ADD FOREIGN KEY (id) REFERENCES "Pet" (number)',
  'ALTER TABLE people ADD FOREIGN KEY (idd) REFERENCES "Pet" (id)',
  'ALTER TABLE people ADD FOREIGN KEY (id) REFERENCES pets (id)',
  'ALTER TABLE people ADD CONSTRAINT people_u UNIQUE USING INDEX people_unique',
  'ALTER TABLE people ADD CONSTRAINT people_u UNIQUE USING INDEX people_uniq',
  'ALTER TABLE people DROP CONSTRAINT people_note',
  'ALTER TABLE people DROP CONSTRAINT people_notes',
  'ALTER TABLE people DROP CONSTRAINT people_pkey CASCADE',
  'ALTER TABLE people RENAME CONSTRAINT people_pkey TO people_key',
  'ALTER TABLE people RENAME CONSTRAINT people_key TO people_pkey',
  'ALTER TABLE people VALIDATE CONSTRAINT people_not',
  'ALTER TABLE "Pet" DROP CONSTRAINT "Pet_ownerId_fkey"',
  'ALTER TABLE "Pet" DROP CONSTRAINT "Pet_ownerId_size_key"',
  'ALTER TABLE "Pet" DROP CONSTRAINT Pet_ownerId_fkey',
  'ALTER TABLE shop.orders DROP CONSTRAINT orders_at_excl',
  'ALTER TABLE likes DROP CONSTRAINT likes_pkey',
  'ALTER TABLE taken DROP COLUMN a',
  'ALTER TABLE numbers OWNER TO CURRENT_USER',
  'ALTER TABLE "Pet_id_seq" OWNER TO CURRENT_USER',
  'ALTER TABLE glad OWNER TO CURRENT_USER',
  'ALTER TABLE people_mood OWNER TO CURRENT_USER',
  'DROP TABLE peple',
  'DROP TABLE IF EXISTS peple',
  'DROP TABLE likes, nothing',
  'DROP TABLE shop.orders',
  'DROP INDEX people_mood',
  'DROP INDEX people_moods',
  'DROP INDEX IF EXISTS people_moods',
  'DROP INDEX days_1_day_idx',
  'DROP INDEX nothing, people_mood',
  'ALTER INDEX people_mood RENAME TO mood_people',
  'ALTER INDEX people_moods RENAME TO mood_people',
  'REINDEX INDEX people_mood',
  'REINDEX INDEX people_moods',
  'REINDEX TABLE peoples',
  'DROP VIEW glad',
  'DROP VIEW sad',
  'REFRESH MATERIALIZED VIEW counts',
  'REFRESH MATERIALIZED VIEW count',
  'DROP MATERIALIZED VIEW counts',
  'DROP POLICY own ON people',
  'DROP POLICY others ON people',
  'DROP POLICY own ON "Pet"',
  'ALTER POLICY owns ON people USING (true)',
  'DROP TYPE mod',
  'DROP TYPE mood CASCADE',
  'DROP TYPE point3',
  'DROP TYPE short',
  'ALTER TYPE Size ADD VALUE \'l\'',
  'ALTER TYPE "Size" ADD VALUE \'l\'',
  'ALTER TYPE moods RENAME TO humours',
  'ALTER TABLE people ADD COLUMN size Size',
  'ALTER TABLE people ADD COLUMN size "Size"',
  'ALTER TABLE people ADD COLUMN at point3',
  'ALTER TABLE people ADD COLUMN other people',
  'CREATE TABLE plants (id int PRIMARY KEY, owner int REFERENCES people, other int REFERENCES peple (id))',
  'CREATE TABLE plants (id int PRIMARY KEY, owner int REFERENCES people, parent int REFERENCES plants (id))',
  'CREATE TABLE plants (id int, PRIMARY KEY (ids))',
  'CREATE TABLE plants (id int, size size)',
  'CREATE TABLE plants (LIKE peple)',
  'CREATE TABLE days_2 PARTITION OF day FOR VALUES IN (1)',
  'CREATE TABLE IF NOT EXISTS people (id int REFERENCES nothing)',
  'CREATE INDEX ON peoples (id)',
  'CREATE INDEX ON people (ids)',
  'CREATE INDEX ON people (lower(note)) INCLUDE (id)',
  'CREATE INDEX ON people (note) INCLUDE (idd)',
  'CREATE INDEX ON counts (n)',
  'CREATE INDEX IF NOT EXISTS x ON people (nothing)',
  'UPDATE peple SET note = \'\'',
  'UPDATE glad SET id = 2',
  'DELETE FROM pet',
  'INSERT INTO "pet" (id) VALUES (1)',
  'TRUNCATE people, nothing',
  'UPDATE people SET nte = 1',
  "UPDATE people p SET note = '', mood = 'ok' WHERE id = 1",
  'UPDATE people SET (id, nte) = (1, 2)',
  'INSERT INTO people (id, moods) VALUES (1, NULL)',
  'INSERT INTO "Pet" ("id", "ownerId") SELECT 1, NULL',
  'INSERT INTO "Pet" (id, ownerId) SELECT 1, NULL',
  'WITH nte AS (SELECT 1) UPDATE people SET nte = 1',
  'CREATE TRIGGER t BEFORE UPDATE ON peple FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
  'CREATE POLICY p ON "Pets" USING (true)',
  'COMMENT ON COLUMN people.note IS \'x\'',
  'SELECT 1 FROM pg_class',
  'DELETE FROM pg_catalog.pg_description WHERE objoid = 0',
];

/** Undefined tables, columns and other objects; and keys of columns that aren't there. */
const UNDEFINED = ['42P01', '42703', '42704'];

describe('unknown-object and PostgreSQL', () => {
  let postgres: PGlite;

  before(async () => {
    postgres = await PGlite.create();
    await postgres.exec(SETUP);
  });

  after(() => postgres.close());

  for (const statement of STATEMENTS) {
    it(statement, async () => {
      assert.equal(await reported(statement), UNDEFINED.includes((await attempt(postgres, statement)) ?? ''));
    });
  }
});

async function reported(statement: string): Promise<boolean> {
  const up = (text: string): string => `-- migrate:up\n${text}\n-- migrate:down\n`;
  const { found } = await check(
    new Map([
      ['db/migrations/20260101000000_init.sql', up(SETUP)],
      ['db/migrations/20260102000000_next.sql', up(`${statement};`)],
    ]),
    undefined,
  );
  return found.some(({ finding }) => finding.rule === 'unknown-object');
}
