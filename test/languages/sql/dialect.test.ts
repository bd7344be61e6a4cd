// Telling PostgreSQL's files from others, by the signs that real repositories show.
import assert from 'node:assert/strict';
import { sqlDialect, sqlKind } from '../../../server/src/languages/sql';

describe('sql: dialects', () => {
  const cases: readonly (readonly [path: string, text: string, dialect: string])[] = [
    ['/a/1.sql', 'CREATE TABLE t (id int);', 'postgresql'],
    ['/a/1.sql', 'CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY);', 'postgresql'],
    ['/a/1.sql', 'CREATE TABLE t (`id` int, at timestamptz, j jsonb);', 'postgresql'],
    ['/a/1.sql', 'CREATE TABLE `t` (`id` int NOT NULL AUTO_INCREMENT, `name` varchar(255)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;', 'mysql'],
    ['/a/1.sql', 'CREATE TABLE `t` (\n\t`id` serial AUTO_INCREMENT NOT NULL,\n\t`name` varchar(255),\n\tCONSTRAINT `t_id` PRIMARY KEY(`id`)\n);', 'mysql'],
    ['/a/1.sql', 'CREATE TABLE `t` (\n\t`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n\t`name` text\n);', 'sqlite'],
    ['/a/1.sql', 'CREATE TABLE `t` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`name` text\n);\n--> statement-breakpoint\nCREATE UNIQUE INDEX `i` ON `t` (`name`);', 'sqlite'],
    ['/a/1.sql', '-- RedefineTables\nPRAGMA foreign_keys=OFF;\nCREATE TABLE "new_t" ("id" TEXT NOT NULL PRIMARY KEY, "at" DATETIME NOT NULL);', 'sqlite'],
    ['/x/clickhouse/migrations/clustered/0001_a.up.sql', 'CREATE TABLE t ON CLUSTER default (id String) ENGINE = ReplicatedMergeTree ORDER BY id;', 'clickhouse'],
    ['/x/migrations/0001_a.up.sql', 'CREATE TABLE t (id String, d DateTime64(3)) ENGINE = MergeTree() ORDER BY id;', 'clickhouse'],
    ['/a/1.sql', 'ALTER TABLE events DELETE WHERE id = 1;', 'clickhouse'],
    ['/a/1.sql', 'ALTER TABLE db.events ON CLUSTER main UPDATE seen = 1 WHERE id = 1;', 'clickhouse'],
    ['/cloudflare/schema.sql', 'CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);', 'sqlite'],
    ['/wrangler/schema.sql', 'CREATE TABLE t (id uuid PRIMARY KEY, at timestamptz);', 'postgresql'],
    ['/a/1.sql', 'CREATE TABLE [dbo].[t] ([id] int IDENTITY(1,1), n NVARCHAR(20))\nGO\n', 'sqlserver'],
    ['/db/migration_mysql/V1__a.sql', 'CREATE TABLE t (id int);', 'mysql'],
    ['/mysql-persistence/src/db/migration/V1__a.sql', 'CREATE TABLE t (id int);', 'mysql'],
    ['/db/migration_postgres/V1__a.sql', 'CREATE TABLE t (`id` int) ENGINE=InnoDB DEFAULT CHARSET=utf8;', 'postgresql'],
    ['/m/20200101000001000000_a.mysql.up.sql', 'ALTER TABLE t ADD a int;', 'mysql'],
    ['/m/20200101000001000000_a.cockroach.up.sql', 'ALTER TABLE t ADD a int;', 'cockroachdb'],
    ['/m/20240101000000_add_mysql_source/migration.sql', 'ALTER TABLE "t" ADD "a" int;', 'postgresql'],
    ['/mysql/supabase/1.sql', 'CREATE TABLE t (id uuid, at timestamptz); CREATE POLICY p ON t USING (true);', 'postgresql'],
    ['/a/1.sql', '-- ENGINE=InnoDB DEFAULT CHARSET=utf8\nCREATE TABLE t (id int);', 'postgresql'],
  ];
  for (const [path, text, dialect] of cases) {
    it(`${dialect}: ${path} ${text.slice(0, 40).replaceAll(/\s+/g, ' ')}`, () => assert.equal(sqlDialect(path, text), dialect));
  }
});

describe('sql: what files are for', () => {
  const cases: readonly (readonly [path: string, text: string, kind: string])[] = [
    ['/db/queries/users.sql', '-- name: GetUser :one\nSELECT * FROM users WHERE id = $1;', 'query'],
    ['/db/queries/users.sql', 'SELECT * FROM users WHERE id = $1;', 'query'],
    ['/prisma/sql/getUsers.sql', 'SELECT * FROM "User"', 'query'],
    ['/sql/get.sql', '-- @param {Int} $1:id\nSELECT $1', 'query'],
    ['/supabase/tests/rls.sql', 'BEGIN;\nSELECT plan(3);\nCREATE TABLE t (id int);\nSELECT * FROM finish();', 'test'],
    ['/supabase/tests/00.test.sql', 'SELECT tests.rls_enabled(\'public\');', 'test'],
    ['/supabase/seed.sql', 'INSERT INTO t VALUES (1);', 'seed'],
    ['/db/seeds/01_users.sql', 'CREATE TABLE t (id int);', 'seed'],
    ['/scripts/report.sql', 'SELECT count(*) FROM t;', 'data'],
    ['/scripts/create_indexes.sql', 'CREATE INDEX i ON t (a);', 'schema'],
    ['/drizzle/0001_x.sql', 'ALTER TABLE t ADD a int;', 'schema'],
    ['/supabase/migrations/20240101000000_seedling.sql', 'ALTER TABLE seeds ADD a int;', 'schema'],
    ['/m/1.sql', '', 'schema'],
  ];
  for (const [path, text, kind] of cases) it(`${kind}: ${path}`, () => assert.equal(sqlKind(path, text), kind));
});
