// PostgreSQL says which statements use a value that isn't committed yet; the rule must report those and no others.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { attempt } from './harness/attempt';
import { check } from './harness/engine';

const SETUP = `CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE "Size" AS ENUM ('s', 'm');
CREATE TABLE people (id int PRIMARY KEY, mood mood, moods mood[], size "Size", note text);
CREATE TABLE pets (id int PRIMARY KEY, owner int, mood mood NOT NULL DEFAULT 'ok');
`;

const STATEMENTS = [
  "ALTER TABLE people ALTER COLUMN mood SET DEFAULT 'happy'",
  "ALTER TABLE people ALTER mood SET DEFAULT ('happy')",
  "ALTER TABLE people ALTER COLUMN note SET DEFAULT 'happy'",
  "ALTER TABLE people ALTER COLUMN moods SET DEFAULT '{sad,happy}'",
  "ALTER TABLE people ALTER COLUMN moods SET DEFAULT ARRAY['sad', 'happy']::mood[]",
  "ALTER TABLE people ADD COLUMN IF NOT EXISTS other public.mood NOT NULL DEFAULT 'happy'",
  "ALTER TABLE people ADD COLUMN other text DEFAULT 'happy', ADD COLUMN third mood DEFAULT 'ok'",
  "ALTER TABLE people ADD CONSTRAINT c CHECK (mood <> 'happy' OR note IS NULL)",
  "ALTER TABLE people ADD CONSTRAINT c CHECK (mood NOT IN ('sad', 'happy')) NOT VALID",
  "ALTER TABLE people ADD CONSTRAINT c CHECK (note NOT IN ('sad', 'happy'))",
  "ALTER TABLE people ALTER COLUMN note TYPE mood USING 'happy'::mood",
  "ALTER TABLE people ALTER COLUMN note TYPE mood USING note::mood",
  "CREATE INDEX ON people (id) WHERE mood = 'happy'",
  "CREATE INDEX ON people (id) WHERE people.mood = ANY (ARRAY['sad', 'happy'])",
  "CREATE INDEX ON people (id) WHERE note = 'happy'",
  "CREATE INDEX ON people (id) WHERE mood IS DISTINCT FROM 'happy'",
  "CREATE VIEW glad AS SELECT p.id FROM people p JOIN pets ON pets.owner = p.id WHERE 'happy' = pets.mood",
  "CREATE VIEW glad AS SELECT id, 'happy' AS said FROM people",
  "CREATE POLICY glad ON people USING (mood = 'happy')",
  "CREATE TABLE plants (id int, mood mood DEFAULT 'happy')",
  "CREATE TABLE plants (id int, note text DEFAULT 'happy', mood mood)",
  "CREATE TABLE plants (id int, mood mood NOT NULL CHECK (mood <> 'happy'))",
  "UPDATE people SET note = 'happy' WHERE mood = 'sad'",
  "UPDATE people SET mood = 'happy' WHERE false",
  "UPDATE people SET note = '', mood = 'happy'::mood",
  "UPDATE people SET note = '' WHERE mood::text = 'happy'",
  "UPDATE people SET note = '' FROM pets WHERE pets.owner = people.id AND pets.mood != 'happy'",
  "DELETE FROM people WHERE mood IN ('happy')",
  "INSERT INTO people (id, note, mood) VALUES (1, 'happy', 'sad')",
  "INSERT INTO people (id, note, mood) VALUES (1, 'sad', 'sad'), (2, 'sad', 'happy')",
  "INSERT INTO people VALUES (1, 'happy')",
  "INSERT INTO people VALUES (1, 'sad', NULL, NULL, 'happy')",
  "INSERT INTO people AS p (id, mood) SELECT id, 'happy' FROM pets",
  "INSERT INTO people (id, note) SELECT id, 'happy' FROM pets",
  "SELECT CAST('happy' AS mood)",
  "SELECT 'happy'::\"public\".\"mood\"",
  "SELECT 'happy'::text",
  "COMMENT ON TYPE mood IS 'happy'",
  "ALTER TYPE mood ADD VALUE 'glad' AFTER 'happy'",
  "ALTER TYPE \"Size\" ADD VALUE 'happy'",
  "UPDATE people SET size = 's' WHERE note = 'happy'",
  "DO $$ BEGIN IF false THEN UPDATE people SET mood = 'happy'; END IF; END $$",
  "CREATE FUNCTION cheer() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE people SET mood = 'happy'; END $$",
];

describe('unsafe-enum-change and PostgreSQL', () => {
  let postgres: PGlite;

  before(async () => {
    postgres = await PGlite.create();
    await postgres.exec(SETUP);
  });

  after(() => postgres.close());

  for (const statement of STATEMENTS) {
    it(statement, async () => {
      assert.equal(await reported(statement), (await failure(postgres, statement)) === '55P04');
    });
  }

  it('knows a type of the same transaction', async () => {
    const own = "CREATE TYPE own AS ENUM ('a'); ALTER TYPE own ADD VALUE 'b'";
    assert.equal(await failure(postgres, own, "SELECT 'b'::own"), undefined);
    assert.equal(await failure(postgres, own, 'COMMIT', "BEGIN; ALTER TYPE own ADD VALUE 'c'", "SELECT 'c'::own"), '55P04');
  });
});

/** The value is added before, in the same transaction. */
const failure = (postgres: PGlite, ...statements: readonly string[]): Promise<string | undefined> => attempt(postgres, "ALTER TYPE mood ADD VALUE 'happy'", ...statements);

async function reported(statement: string): Promise<boolean> {
  const change = `BEGIN;\nALTER TYPE mood ADD VALUE 'happy';\n${statement};\nCOMMIT;\n`;
  const { found } = await check(new Map([['migrations/0001_all.sql', SETUP], ['migrations/0002_happy.sql', change]]), undefined);
  return found.some(({ finding }) => finding.rule === 'unsafe-enum-change' && finding.severity === 'error');
}
