// A statement for each case of the table of locks, run on tables with rows. The lock is that on the table, or view, of
// the change; `other` names the relation of `otherLock` where it isn't what the statement references.
import type { LockCase } from '../../../server/src/model/lock-table';

export interface Sample {
  readonly is: LockCase;
  /** Run before, each in a transaction of its own. */
  readonly given?: string;
  readonly sql: string;
  readonly other?: string;
}

export const TABLES = `CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE);
INSERT INTO p VALUES (1, 'a'), (2, 'b');
CREATE TABLE t (id int PRIMARY KEY, b int, c text, v varchar(10), p_id int);
INSERT INTO t VALUES (1, 1, 'a', 'a', 1);
CREATE TABLE q (id int, r int) PARTITION BY RANGE (id);
CREATE TABLE q1 PARTITION OF q FOR VALUES FROM (0) TO (10);
INSERT INTO q VALUES (1, 1);
CREATE TABLE q2 (id int, r int);
INSERT INTO q2 VALUES (11, 1);
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE DOMAIN d AS int;
CREATE TABLE du (id int, x d);
INSERT INTO du VALUES (1, 1);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS n;
CREATE UNIQUE INDEX m_n ON m (n);
CREATE VIEW w AS SELECT 1 AS n;
`;
const REFERENCE = 'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (p_id) REFERENCES p;';
const TRIGGER = "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();";

const of = (is: LockCase, ...statements: readonly (string | readonly [given: string, sql: string, other?: string])[]): Sample[] =>
  statements.map((each) => (typeof each === 'string' ? { is, sql: each } : { is, given: each[0], sql: each[1], ...(each[2] !== undefined && { other: each[2] }) }));

export const samples: readonly Sample[] = [
  ...of('create table', 'CREATE TABLE n (id int)', 'CREATE TABLE n (LIKE t)'),
  ...of('create partition', ['', 'CREATE TABLE q3 PARTITION OF q FOR VALUES FROM (20) TO (30)', 'q']),
  ...of('create inheriting table', ['', 'CREATE TABLE n () INHERITS (t)', 't']),
  ...of('create table with foreign key', ['', 'CREATE TABLE n (id int REFERENCES p)', 'p'], ['', 'CREATE TABLE n (id int PRIMARY KEY, up int REFERENCES n)']),
  ...of('drop table', 'DROP TABLE t', [REFERENCE, 'DROP TABLE t', 'p']),
  ...of('drop partition', ['', 'DROP TABLE q1', 'q']),
  ...of('truncate', 'TRUNCATE t'),
  ...of('rename', 'ALTER TABLE t RENAME TO u', 'ALTER TABLE t RENAME COLUMN b TO bb', 'ALTER MATERIALIZED VIEW m RENAME TO mm', 'ALTER VIEW w RENAME TO ww'),
  ...of('rename constraint', 'ALTER TABLE t RENAME CONSTRAINT t_pkey TO tp'),
  ...of('rename index', ['', 'ALTER INDEX t_pkey RENAME TO tp', 't_pkey']),
  ...of('change of the table', 'ALTER TABLE t SET SCHEMA information_schema', 'ALTER TABLE t OWNER TO CURRENT_USER', 'ALTER TABLE t REPLICA IDENTITY FULL', 'ALTER TABLE t SET (user_catalog_table = true)'),
  ...of('write', 'INSERT INTO t VALUES (2)', 'UPDATE t SET b = 2', 'DELETE FROM t'),
  ...of('lock table', 'LOCK TABLE t'),

  ...of('add column', 'ALTER TABLE t ADD COLUMN x int', 'ALTER TABLE t ADD COLUMN x int NOT NULL DEFAULT 1', 'ALTER TABLE t ADD COLUMN x timestamptz DEFAULT now()'),
  ...of('add column of own type', 'ALTER TABLE t ADD COLUMN x mood', "ALTER TABLE t ADD COLUMN x mood DEFAULT 'a'", 'ALTER TABLE t ADD COLUMN x d'),
  ...of('add column with unknown default', ["CREATE FUNCTION own() RETURNS int VOLATILE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'", 'ALTER TABLE t ADD COLUMN x int DEFAULT own()'], ["CREATE FUNCTION own() RETURNS int STABLE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'", 'ALTER TABLE t ADD COLUMN x int DEFAULT own()']),
  ...of('add column with volatile default', 'ALTER TABLE t ADD COLUMN x float DEFAULT random()', 'ALTER TABLE t ADD COLUMN x bigserial', 'ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS IDENTITY'),
  ...of('add stored column', 'ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (b * 2) STORED'),
  ...of('add virtual column', 'ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (b * 2) VIRTUAL', 'ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (b * 2)'),
  ...of('add unique column', 'ALTER TABLE t ADD COLUMN x int UNIQUE'),
  ...of('add checked column', 'ALTER TABLE t ADD COLUMN x int DEFAULT 1 CHECK (x > 0)', 'ALTER TABLE t ADD COLUMN x int CHECK (x > 0)'),
  ...of('add referencing column', ['', 'ALTER TABLE t ADD COLUMN x int REFERENCES p', 'p']),
  ...of('add referencing column with default', ['', 'ALTER TABLE t ADD COLUMN x int DEFAULT 1 REFERENCES p', 'p'], ['', 'ALTER TABLE t ADD COLUMN x int DEFAULT NULL REFERENCES p', 'p']),
  ...of('drop column', 'ALTER TABLE t DROP COLUMN b', [REFERENCE, 'ALTER TABLE t DROP COLUMN p_id', 'p'], [REFERENCE, 'ALTER TABLE t DROP COLUMN b']),
  ...of(
    'set not null',
    'ALTER TABLE t ALTER COLUMN b SET NOT NULL',
    ['ALTER TABLE t ADD CHECK (b IS NOT NULL) NOT VALID;', 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'],
    ['ALTER TABLE t ADD CHECK (b > 0);', 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'],
    ['ALTER TABLE t ADD CHECK (b IS NOT NULL OR c IS NOT NULL);', 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'],
  ),
  ...of(
    'set not null, proven',
    'ALTER TABLE t ALTER COLUMN id SET NOT NULL',
    ['ALTER TABLE t ADD CONSTRAINT b_set CHECK (b IS NOT NULL);', 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'],
    ['ALTER TABLE t ADD CONSTRAINT b_set CHECK ("b" IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT b_set;', 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'],
    ['ALTER TABLE t ADD CHECK ((b IS NOT NULL) AND (b > 0));', 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'],
    ['ALTER TABLE t ADD CHECK (NOT (b IS NULL));', 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'],
  ),
  ...of('alter column', 'ALTER TABLE t ALTER COLUMN b SET DEFAULT 1', 'ALTER TABLE t ALTER COLUMN b DROP DEFAULT', 'ALTER TABLE t ALTER b DROP NOT NULL', 'ALTER TABLE t ALTER COLUMN c SET STORAGE EXTERNAL', 'ALTER TABLE t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY'),
  ...of('set type', 'ALTER TABLE t ALTER COLUMN b TYPE bigint', 'ALTER TABLE t ALTER COLUMN c TYPE varchar(20)', [REFERENCE, 'ALTER TABLE t ALTER COLUMN p_id TYPE bigint', 'p']),
  ...of('set type, same bytes', 'ALTER TABLE t ALTER COLUMN v TYPE varchar(20)', ['CREATE INDEX i ON t (v);', 'ALTER TABLE t ALTER COLUMN v TYPE text'], ['CREATE TABLE pp (x varchar(5) PRIMARY KEY); ALTER TABLE t ADD COLUMN x varchar(5) REFERENCES pp;', 'ALTER TABLE t ALTER COLUMN x TYPE varchar(10)', 'pp']),
  ...of('set type, check', ["ALTER TABLE t ADD CHECK (v <> '');", 'ALTER TABLE t ALTER COLUMN v TYPE varchar(20)']),
  ...of('set type, index', ['CREATE INDEX i ON t (lower(v));', 'ALTER TABLE t ALTER COLUMN v TYPE varchar(20)']),
  ...of('set type, unknown', 'ALTER TABLE du ALTER COLUMN x TYPE int'),
  ...of('set expression', ['ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (b) STORED;', 'ALTER TABLE t ALTER COLUMN x SET EXPRESSION AS (b * 3)']),
  ...of('drop expression', ['ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (b) STORED;', 'ALTER TABLE t ALTER COLUMN x DROP EXPRESSION']),
  ...of('column statistics', 'ALTER TABLE t ALTER COLUMN b SET STATISTICS 100', 'ALTER TABLE t ALTER COLUMN b SET (n_distinct = 5)', 'ALTER TABLE t ALTER "b" RESET (n_distinct)'),

  ...of('create index', 'CREATE INDEX i ON t (b)', 'CREATE UNIQUE INDEX ON t USING btree (b)'),
  ...of('create index concurrently', 'CREATE INDEX CONCURRENTLY i ON t (b)'),
  ...of('drop index', ['CREATE INDEX i ON t (b);', 'DROP INDEX i', 'i']),
  ...of('drop index concurrently', ['CREATE INDEX i ON t (b);', 'DROP INDEX CONCURRENTLY i', 'i']),
  ...of('reindex', ['', 'REINDEX TABLE t', 't_pkey'], ['', 'REINDEX INDEX t_pkey', 't_pkey']),
  ...of('reindex concurrently', 'REINDEX TABLE CONCURRENTLY t'),
  ...of('reindex database', 'REINDEX SCHEMA public'),
  ...of('refresh view', 'REFRESH MATERIALIZED VIEW m'),
  ...of('refresh view concurrently', 'REFRESH MATERIALIZED VIEW CONCURRENTLY m'),

  ...of('add foreign key', ['', REFERENCE, 'p']),
  ...of('add foreign key not valid', ['', REFERENCE.replace(';', ' NOT VALID'), 'p']),
  ...of('add check', 'ALTER TABLE t ADD CONSTRAINT k CHECK (b > 0)'),
  ...of('add check not valid', 'ALTER TABLE t ADD CONSTRAINT k CHECK (b > 0) NOT VALID'),
  ...of('add not null', 'ALTER TABLE t ADD CONSTRAINT n NOT NULL b'),
  ...of('add not null not valid', 'ALTER TABLE t ADD CONSTRAINT n NOT NULL b NOT VALID'),
  ...of('add key', 'ALTER TABLE t ADD CONSTRAINT k UNIQUE (b)', ['ALTER TABLE t DROP CONSTRAINT t_pkey;', 'ALTER TABLE t ADD PRIMARY KEY (id)'], 'ALTER TABLE t ADD EXCLUDE (b WITH =)'),
  ...of(
    'add key using index',
    ['CREATE UNIQUE INDEX i ON t (b);', 'ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i'],
    ['ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ALTER b SET NOT NULL; CREATE UNIQUE INDEX i ON t (b);', 'ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX i'],
    ['ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ADD CHECK (b IS NOT NULL); CREATE UNIQUE INDEX i ON t (b);', 'ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX i'],
  ),
  ...of('add primary key using index', ['ALTER TABLE t DROP CONSTRAINT t_pkey; CREATE UNIQUE INDEX i ON t (b);', 'ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX i']),
  ...of('drop foreign key', [REFERENCE, 'ALTER TABLE t DROP CONSTRAINT f', 'p']),
  ...of('drop constraint', 'ALTER TABLE t DROP CONSTRAINT t_pkey', ['ALTER TABLE t ADD CONSTRAINT k CHECK (b > 0);', 'ALTER TABLE t DROP CONSTRAINT k']),
  ...of('validate foreign key', [REFERENCE.replace(';', ' NOT VALID;'), 'ALTER TABLE t VALIDATE CONSTRAINT f', 'p']),
  ...of('validate constraint', ['ALTER TABLE t ADD CONSTRAINT k CHECK (b > 0) NOT VALID;', 'ALTER TABLE t VALIDATE CONSTRAINT k']),

  ...of('type without tables', "CREATE TYPE other AS ENUM ('a')", 'DROP TYPE mood', "ALTER TYPE mood RENAME VALUE 'a' TO 'z'", 'ALTER DOMAIN d ADD CONSTRAINT k CHECK (value > 0) NOT VALID', 'ALTER DOMAIN d SET DEFAULT 1'),
  ...of('add enum value', "ALTER TYPE mood ADD VALUE 'c'"),
  ...of('add domain constraint', ['', 'ALTER DOMAIN d ADD CHECK (value > 0)', 'du'], ['ALTER DOMAIN d ADD CONSTRAINT k CHECK (value > 0) NOT VALID;', 'ALTER DOMAIN d VALIDATE CONSTRAINT k', 'du'], ['', 'ALTER DOMAIN d SET NOT NULL', 'du']),
  ...of('row security', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY', 'ALTER TABLE t FORCE ROW LEVEL SECURITY', 'ALTER TABLE t NO FORCE ROW LEVEL SECURITY', 'ALTER TABLE t DISABLE ROW LEVEL SECURITY'),
  ...of('policy', 'CREATE POLICY y ON t USING (true)', ['CREATE POLICY y ON t USING (true);', 'ALTER POLICY y ON t USING (false)'], ['CREATE POLICY y ON t USING (true);', 'DROP POLICY y ON t']),
  ...of('create trigger', [TRIGGER, 'CREATE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g()']),
  ...of('drop trigger', [TRIGGER, 'DROP TRIGGER tr ON t'], [TRIGGER, 'ALTER TRIGGER tr ON t RENAME TO trr']),
  ...of('switch trigger', [TRIGGER, 'ALTER TABLE t DISABLE TRIGGER tr'], [TRIGGER, 'ALTER TABLE t ENABLE ALWAYS TRIGGER tr']),
  ...of('rule', 'CREATE RULE ru AS ON INSERT TO t DO ALSO NOTHING', ['CREATE RULE ru AS ON INSERT TO t DO ALSO NOTHING;', 'ALTER TABLE t DISABLE RULE ru']),
  ...of('create view', 'CREATE VIEW n AS SELECT * FROM t', 'CREATE MATERIALIZED VIEW n AS SELECT * FROM t'),
  ...of('replace or drop view', 'CREATE OR REPLACE VIEW w AS SELECT 1 AS n', 'DROP VIEW w', 'DROP MATERIALIZED VIEW m'),
  ...of('attach partition', ['', 'ALTER TABLE q ATTACH PARTITION q2 FOR VALUES FROM (10) TO (20)', 'q2']),
  ...of('detach partition', ['', 'ALTER TABLE q DETACH PARTITION q1', 'q1']),
  ...of('detach partition concurrently', ['', 'ALTER TABLE q DETACH PARTITION q1 CONCURRENTLY', 'q1']),
  ...of('inherit', ['CREATE TABLE ch (LIKE t);', 'ALTER TABLE ch INHERIT t', 't']),
  ...of('stop inheriting', ['CREATE TABLE ch () INHERITS (t);', 'ALTER TABLE ch NO INHERIT t']),
  ...of('set logged', 'ALTER TABLE t SET UNLOGGED', ['CREATE UNLOGGED TABLE ul (id int);', 'ALTER TABLE ul SET LOGGED']),
  ...of('move table', 'ALTER TABLE t SET TABLESPACE elsewhere'),
  ...of('table settings', 'ALTER TABLE t SET (fillfactor = 50)', 'ALTER TABLE t RESET (fillfactor)', 'ALTER TABLE t CLUSTER ON t_pkey', 'ALTER TABLE t SET WITHOUT CLUSTER'),
  ...of('vacuum full', 'VACUUM FULL t'),
  ...of('cluster', 'CLUSTER t USING t_pkey'),
  ...of('vacuum', 'VACUUM t'),
  ...of('analyze', 'ANALYZE t'),
  ...of('comment', "COMMENT ON TABLE t IS 'a'", "COMMENT ON COLUMN t.b IS 'a'"),
  ...of('create statistics', 'CREATE STATISTICS st ON b, c FROM t', ['CREATE STATISTICS st ON b, c FROM t;', 'DROP STATISTICS st']),
  ...of('publish', 'CREATE PUBLICATION pu FOR TABLE t'),
  ...of('server', 'CREATE DATABASE other_one'),
];
