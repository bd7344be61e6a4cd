// PostgreSQL itself decides: the replayed schema equals the catalog after the same statements have run.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { sql } from '../../../server/src/languages/sql';
import { noFacts } from '../../../server/src/model/facts';
import { catalogLines, schemaLines } from './catalog';
import { randomHistory } from './random-ddl';

const scripts: Readonly<Record<string, string>> = {
  'every column type': `
    CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE "Role" AS ENUM ('ADMIN');
    CREATE TABLE t (a smallint, b int, c bigint, d serial, e bigserial, f smallserial, g text, h varchar, i varchar(20), j char, k char(3),
      l character varying(5), m character(4), n timestamp, o timestamp(3), p timestamptz, q timestamp(6) with time zone,
      r timestamp (3) without time zone, s date, t time, u timetz, v interval, w uuid, x boolean, y numeric, z numeric(10, 2),
      aa decimal(5), ab real, ac double precision, ad float, ae float(4), af json, ag jsonb, ah bytea, ai money, aj mood, ak "Role"[] DEFAULT '{}',
      al text[], am int[3], an text ARRAY, ao inet, ap tsvector, aq int4, ar int8 NOT NULL DEFAULT 1, "As" bool DEFAULT true);`,
  'names that PostgreSQL gives': `
    CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, age int CHECK (age > 0), org int, UNIQUE (org, email), CHECK (age < org));
    CREATE TABLE posts (id int GENERATED ALWAYS AS IDENTITY, author bigint REFERENCES users, editor bigint REFERENCES users (id) ON DELETE SET NULL,
      PRIMARY KEY (id), FOREIGN KEY (author) REFERENCES users ON DELETE CASCADE, CONSTRAINT short CHECK (author <> editor));
    CREATE INDEX ON posts (author); CREATE INDEX ON posts (author); CREATE INDEX ON posts (lower(author::text), editor); CREATE UNIQUE INDEX ON posts (editor) INCLUDE (author);
    ALTER TABLE posts ADD UNIQUE (author, editor), ADD CHECK (author > 0), ADD FOREIGN KEY (editor) REFERENCES users;`,
  'names longer than 63 bytes': `
    CREATE TABLE a_table_whose_name_is_really_very_long_indeed_for_a_table (a_column_whose_name_is_long_as_well_to_force_a_cut int PRIMARY KEY, "é" int UNIQUE);
    CREATE INDEX ON a_table_whose_name_is_really_very_long_indeed_for_a_table (a_column_whose_name_is_long_as_well_to_force_a_cut, "é");`,
  'columns come, change and go': `
    CREATE TABLE t (id int, a varchar(10), b int DEFAULT 1, c int NOT NULL, d timestamp);
    ALTER TABLE t ADD COLUMN e uuid NOT NULL DEFAULT gen_random_uuid(), ADD f text, ADD COLUMN IF NOT EXISTS f int, DROP COLUMN b;
    ALTER TABLE t ALTER a TYPE text, ALTER COLUMN a SET DEFAULT 'x', ALTER a SET NOT NULL, ALTER c DROP NOT NULL, ALTER e DROP DEFAULT;
    ALTER TABLE t ALTER COLUMN d SET DATA TYPE timestamptz(3) USING d AT TIME ZONE 'UTC', ADD PRIMARY KEY (id);
    ALTER TABLE t RENAME f TO g; ALTER TABLE t RENAME COLUMN c TO "C c";`,
  'dropping takes along what hangs on it': `
    CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE); CREATE TABLE c (id int, p_id int REFERENCES p (id), code text REFERENCES p (code), n int);
    CREATE INDEX c_p ON c (p_id, n); CREATE INDEX c_n ON c (n) WHERE p_id > 0; CREATE INDEX c_i ON c (id) INCLUDE (p_id); CREATE INDEX c_id ON c (id);
    ALTER TABLE c DROP COLUMN p_id; ALTER TABLE p DROP COLUMN code CASCADE;
    CREATE TABLE gone (id int PRIMARY KEY); ALTER TABLE c ADD gone int REFERENCES gone; DROP TABLE gone CASCADE;
    CREATE SCHEMA s; CREATE TABLE s.x (id int PRIMARY KEY); ALTER TABLE c ADD x int REFERENCES s.x; DROP SCHEMA s CASCADE;`,
  'renaming and moving': `
    CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE posts (user_id int REFERENCES users (id)); CREATE INDEX posts_user ON posts (user_id);
    ALTER TABLE users RENAME TO people; ALTER TABLE people RENAME id TO key; ALTER INDEX posts_user RENAME TO posts_person;
    ALTER TABLE posts RENAME CONSTRAINT posts_user_id_fkey TO posts_person_fkey; ALTER TABLE people RENAME CONSTRAINT people_pkey TO k;
    CREATE SCHEMA app; ALTER TABLE people SET SCHEMA app; ALTER TABLE app.people RENAME key TO id; CREATE TABLE people (id text); DROP INDEX posts_person; CREATE INDEX posts_person ON posts (user_id);`
    .replace('people_pkey', 'users_pkey'),
  'constraints come and go': `
    CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int NOT NULL, p int, q int);
    ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (p) REFERENCES p ON DELETE RESTRICT NOT VALID, ADD CONSTRAINT ck CHECK (q > 0) NOT VALID;
    ALTER TABLE t VALIDATE CONSTRAINT fk; CREATE UNIQUE INDEX t_id ON t (id); ALTER TABLE t ADD CONSTRAINT t_key PRIMARY KEY USING INDEX t_id;
    CREATE UNIQUE INDEX t_q ON t (q); ALTER TABLE t ADD CONSTRAINT t_uq UNIQUE USING INDEX t_q; ALTER TABLE t DROP CONSTRAINT t_uq;
    ALTER TABLE t ADD CONSTRAINT t_pq UNIQUE (p, q); ALTER TABLE t DROP CONSTRAINT t_pq, DROP CONSTRAINT IF EXISTS nothing;
    ALTER TABLE t ADD CONSTRAINT nn NOT NULL q NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT nn;`,
  'tables from tables': `
    CREATE TABLE base (id serial PRIMARY KEY, name text NOT NULL DEFAULT 'x' CHECK (name <> ''), at timestamptz);
    CREATE INDEX ON base (name); CREATE TABLE plain (LIKE base); CREATE TABLE full_copy (LIKE base INCLUDING ALL, extra int);
    CREATE TABLE child (more int) INHERITS (base); ALTER TABLE base ADD late int; ALTER TABLE base RENAME at TO "when"; ALTER TABLE base DROP COLUMN name;`
    .replace(' CHECK (name <> \'\')', ''),
  'partitions': `
    CREATE TABLE events (id int, at date NOT NULL, kind text) PARTITION BY RANGE (at);
    CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
    CREATE TABLE events_2 (id int, at date NOT NULL, kind text); ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
    ALTER TABLE events ADD extra int; ALTER TABLE events ALTER kind SET NOT NULL;`,
  'IF NOT EXISTS': `
    CREATE TABLE t (a int); CREATE TABLE IF NOT EXISTS t (b int); CREATE INDEX IF NOT EXISTS i ON t (a); CREATE INDEX IF NOT EXISTS i ON t (a, a);
    DROP TABLE IF EXISTS nothing; DROP INDEX IF EXISTS nothing; CREATE SCHEMA IF NOT EXISTS z; CREATE TABLE z.t (a int PRIMARY KEY); ALTER TABLE z.t ADD b int;`,
  'enums are recreated': `
    CREATE TYPE role AS ENUM ('a'); CREATE TABLE t (r role DEFAULT 'a'); CREATE TYPE role_new AS ENUM ('a', 'b');
    ALTER TABLE t ALTER r DROP DEFAULT; ALTER TABLE t ALTER r TYPE role_new USING (r::text::role_new); ALTER TYPE role RENAME TO role_old;
    ALTER TYPE role_new RENAME TO role; DROP TYPE role_old; ALTER TABLE t ALTER r SET DEFAULT 'b';`,
  'DO blocks as ORMs write them': `
    CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int);
    DO $$ BEGIN ALTER TABLE "b" ADD CONSTRAINT "b_a" FOREIGN KEY ("a_id") REFERENCES "a"("id") ON DELETE cascade; EXCEPTION WHEN duplicate_object THEN null; END $$;
    DO $$ BEGIN CREATE TYPE "kind" AS ENUM('x'); EXCEPTION WHEN duplicate_object THEN null; END $$; ALTER TABLE b ADD k kind;`,
};

describe('sql: the replayed schema and PostgreSQL\'s catalog', () => {
  let db: PGlite;
  before(async () => {
    await sql.prepare();
    db = await PGlite.create();
  });
  after(() => db.close());

  const compare = async (text: string): Promise<void> => {
    await db.exec(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS app CASCADE; DROP SCHEMA IF EXISTS z CASCADE;`);
    await db.exec(text);
    const parsed = sql.parse('/m/1.sql', text);
    assert.deepEqual(parsed.problems, []);
    const ours = sql.lower([parsed], { facts: noFacts });
    assert.deepEqual(schemaLines(ours), await catalogLines(db));
  };

  for (const [title, text] of Object.entries(scripts)) it(title, () => compare(text));

  for (let seed = 1; seed <= 40; seed++) {
    it(`random history ${seed}`, async () => {
      const text = await randomHistory(seed, db);
      await compare(text);
    });
  }
});
