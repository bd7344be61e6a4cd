// What is fixed: for each multi-step fix a history with rows, and a migration that is unsafe on it.
import type { Names } from './names';

export interface Case {
  readonly title: string;
  readonly rule: string;
  readonly version?: number;
  /** Statements without their semicolons. */
  history(n: Names): readonly string[];
  /** Rows for the tables of the history. */
  rows(n: Names): readonly string[];
  /** The migration. Its fix is looked at alone and between other statements, unless it is of several itself. */
  unsafe(n: Names): readonly string[];
  /** What gives the schema that the migration means, where PostgreSQL refuses it as it is. */
  reference?(n: Names): readonly string[];
  /** What gives the rows that it means, where it fails on rows. */
  filled?(n: Names): readonly string[];
  /** The fixed file leaves the last step for a later deploy, in a comment or as given here. */
  last?: 'in a comment' | ((n: Names) => readonly string[]);
  /** Columns, as written, whose values come from chance. */
  random?(n: Names): readonly string[];
  /** What PostgreSQL calls a NOT NULL may differ. */
  readonly anyNames?: true;
  /** There is no way that lets writes go on while rows are read; reads must. */
  readonly writesWait?: true;
}

export const alter = (n: Names): string => `ALTER TABLE ${n.table('user_post')}`;

/** Two tables, the second of which refers to the first in no constraint as yet. */
export const tables = {
  history: (n: Names): readonly string[] => [
    ...(n.schema === undefined ? [] : [`CREATE SCHEMA ${n.schema}`]),
    `CREATE TABLE ${n.table('author')} (${n.column('id')} int PRIMARY KEY, ${n.column('name')} text)`,
    `CREATE TABLE ${n.table('user_post')} (${n.column('id')} int PRIMARY KEY, ${n.column('author_id')} int, ${n.column('title')} text, ${n.column('word_count')} int DEFAULT 0)`,
  ],
  rows: (n: Names): readonly string[] => [
    `INSERT INTO ${n.table('author')} SELECT i, 'a' || i FROM generate_series(1, 50) i`,
    `INSERT INTO ${n.table('user_post')} SELECT i, 1 + i % 50, 'title ' || i, i FROM generate_series(1, 300) i`,
  ],
};

/** A table without a key. */
const logs = (n: Names): readonly string[] => [...tables.history(n), `CREATE TABLE ${n.table('log_line')} (${n.column('line_id')} int, ${n.column('note')} text)`];
const logRows = (n: Names): readonly string[] => [...tables.rows(n), `INSERT INTO ${n.table('log_line')} SELECT i, 'x' FROM generate_series(1, 300) i`];

const columns: readonly Case[] = [
  {
    title: 'required column without a value',
    rule: 'not-null-without-default',
    ...tables,
    unsafe: (n) => [`${alter(n)} ADD COLUMN ${n.column('net_score')} int NOT NULL`],
    filled: (n) => [`${alter(n)} ADD COLUMN ${n.column('net_score')} int NOT NULL DEFAULT 7`, `${alter(n)} ALTER COLUMN ${n.column('net_score')} DROP DEFAULT`],
  },
  {
    title: 'checked SET NOT NULL',
    rule: 'scanning-not-null',
    version: 16,
    ...tables,
    unsafe: (n) => [`${alter(n)} ALTER COLUMN ${n.column('author_id')} SET NOT NULL`],
  },
  {
    title: 'SET NOT NULL of PostgreSQL 18',
    rule: 'scanning-not-null',
    version: 18,
    ...tables,
    unsafe: (n) => [`${alter(n)} ALTER COLUMN ${n.column('author_id')} SET NOT NULL`],
  },
  {
    title: 'volatile default',
    rule: 'rewriting-new-column',
    ...tables,
    unsafe: (n) => [`${alter(n)} ADD COLUMN ${n.column('public_id')} uuid NOT NULL DEFAULT gen_random_uuid()`],
    random: (n) => [n.column('public_id')],
  },
  {
    title: 'required column of a table without a key',
    rule: 'not-null-without-default',
    history: logs,
    rows: logRows,
    unsafe: (n) => [`ALTER TABLE ${n.table('log_line')} ADD COLUMN ${n.column('log_level')} int NOT NULL`],
    filled: (n) => [`ALTER TABLE ${n.table('log_line')} ADD COLUMN ${n.column('log_level')} int NOT NULL DEFAULT 7`, `ALTER TABLE ${n.table('log_line')} ALTER COLUMN ${n.column('log_level')} DROP DEFAULT`],
  },
  {
    title: 'type of a column',
    rule: 'rewriting-type-change',
    history: (n) => [...tables.history(n), `CREATE INDEX ${n.own('user_post', 'word_count', 'idx')} ON ${n.table('user_post')} (${n.column('word_count')})`],
    rows: tables.rows,
    unsafe: (n) => [`${alter(n)} ALTER COLUMN ${n.column('word_count')} TYPE bigint`],
    last: 'in a comment',
  },
  {
    title: 'rename of a column',
    rule: 'rename-column',
    ...tables,
    unsafe: (n) => [`${alter(n)} RENAME COLUMN ${n.column('word_count')} TO ${n.column('net_length')}`],
    last: 'in a comment',
  },
  {
    title: 'rename of a required column',
    rule: 'rename-column',
    history: (n) => [...tables.history(n), `${alter(n)} ADD COLUMN ${n.column('state')} varchar(9) NOT NULL DEFAULT 'new'`],
    rows: tables.rows,
    unsafe: (n) => [`${alter(n)} RENAME COLUMN ${n.column('state')} TO ${n.column('post_state')}`],
    last: 'in a comment',
    anyNames: true,
  },
  {
    title: 'rename of a table',
    rule: 'rename-table',
    ...tables,
    unsafe: (n) => [`${alter(n)} RENAME TO ${n.own('post')}`],
    last: (n) => [`DROP VIEW ${n.table('user_post')}`],
  },
];

const constraints: readonly Case[] = [
  {
    title: 'foreign key',
    rule: 'validating-foreign-key',
    ...tables,
    unsafe: (n) => [`${alter(n)} ADD CONSTRAINT ${n.own('user_post', 'author_id', 'fkey')} FOREIGN KEY (${n.column('author_id')}) REFERENCES ${n.table('author')} (${n.column('id')}) ON DELETE CASCADE`],
  },
  {
    title: 'CHECK',
    rule: 'validating-check',
    ...tables,
    unsafe: (n) => [`${alter(n)} ADD CONSTRAINT ${n.own('user_post', 'word_count', 'check')} CHECK (${n.column('word_count')} >= 0)`],
  },
  {
    title: 'CHECK without a name',
    rule: 'validating-check',
    ...tables,
    unsafe: (n) => [`${alter(n)} ADD CHECK (${n.column('word_count')} >= 0)`],
  },
  {
    title: 'UNIQUE',
    rule: 'blocking-unique',
    ...tables,
    unsafe: (n) => [`${alter(n)} ADD CONSTRAINT ${n.own('user_post', 'title', 'key')} UNIQUE (${n.column('title')})`],
  },
  {
    title: 'UNIQUE without a name',
    rule: 'blocking-unique',
    ...tables,
    unsafe: (n) => [`${alter(n)} ADD UNIQUE (${n.column('title')}, ${n.column('author_id')})`],
  },
  {
    title: 'PRIMARY KEY',
    rule: 'blocking-unique',
    history: logs,
    rows: logRows,
    unsafe: (n) => [`ALTER TABLE ${n.table('log_line')} ADD CONSTRAINT ${n.own('log_line', 'pkey')} PRIMARY KEY (${n.column('line_id')})`],
  },
  {
    title: 'PRIMARY KEY in place of another',
    rule: 'blocking-unique',
    history: (n) => [...tables.history(n), `${alter(n)} ADD COLUMN ${n.column('public_id')} int`],
    rows: (n) => [...tables.rows(n), `UPDATE ${n.table('user_post')} SET ${n.column('public_id')} = ${n.column('id')} + 1000`],
    unsafe: (n) => [`${alter(n)} DROP CONSTRAINT ${n.own('user_post', 'pkey')}, ADD CONSTRAINT ${n.own('user_post', 'pkey')} PRIMARY KEY (${n.column('public_id')})`],
  },
  {
    title: 'PRIMARY KEY over an index',
    rule: 'blocking-unique',
    history: (n) => [...logs(n), `CREATE UNIQUE INDEX ${n.own('log_line', 'line')} ON ${n.table('log_line')} (${n.column('line_id')})`],
    rows: logRows,
    unsafe: (n) => [`ALTER TABLE ${n.table('log_line')} ADD CONSTRAINT ${n.own('log_line', 'pkey')} PRIMARY KEY USING INDEX ${n.own('log_line', 'line')}`],
  },
  {
    title: 'exclusion constraint',
    rule: 'exclusion-constraint',
    ...tables,
    unsafe: (n) => [`${alter(n)} ADD CONSTRAINT ${n.own('user_post', 'excl')} EXCLUDE (${n.column('title')} WITH =)`],
  },
  {
    title: 'domain constraint',
    rule: 'domain-constraint',
    history: (n) => [...tables.history(n), `CREATE DOMAIN ${n.table('short_text')} AS text`, `CREATE TABLE ${n.table('tagged')} (${n.column('id')} int PRIMARY KEY, ${n.column('word')} ${n.table('short_text')})`],
    rows: (n) => [`INSERT INTO ${n.table('tagged')} SELECT i, 'w' || i FROM generate_series(1, 300) i`],
    unsafe: (n) => [`ALTER DOMAIN ${n.table('short_text')} ADD CONSTRAINT ${n.own('short_text', 'check')} CHECK (length(VALUE) < 20)`],
    writesWait: true,
  },
];

export const ofTables: readonly Case[] = [...columns, ...constraints];
