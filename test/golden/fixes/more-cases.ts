// More of what is fixed: indexes, partitions, and writes of whole tables.
import { alter, ofTables, tables, type Case } from './cases';
import type { Names } from './names';

const indexed = (n: Names): readonly string[] => [...tables.history(n), `CREATE INDEX ${n.own('user_post', 'title', 'idx')} ON ${n.table('user_post')} (${n.column('title')})`];
const index = (n: Names): string => `${n.schema === undefined ? '' : `${n.schema}.`}${n.own('user_post', 'title', 'idx')}`;
const create = (n: Names, how = ''): string => `CREATE INDEX${how} ${n.own('user_post', 'author_id', 'idx')} ON ${n.table('user_post')} (${n.column('author_id')})`;

const indexes: readonly Case[] = [
  { title: 'index', rule: 'blocking-index', ...tables, unsafe: (n) => [create(n)] },
  { title: 'dropped index', rule: 'blocking-index', history: indexed, rows: tables.rows, unsafe: (n) => [`DROP INDEX ${index(n)}`] },
  { title: 'rebuilt index', rule: 'blocking-index', history: indexed, rows: tables.rows, unsafe: (n) => [`REINDEX INDEX ${index(n)}`] },
  { title: 'index CONCURRENTLY', rule: 'concurrently-in-transaction', ...tables, unsafe: (n) => [create(n, ' CONCURRENTLY')] },
  { title: 'dropped index CONCURRENTLY', rule: 'concurrently-in-transaction', history: indexed, rows: tables.rows, unsafe: (n) => [`DROP INDEX CONCURRENTLY ${index(n)}`] },
  { title: 'rebuilt index CONCURRENTLY', rule: 'concurrently-in-transaction', history: indexed, rows: tables.rows, unsafe: (n) => [`REINDEX INDEX CONCURRENTLY ${index(n)}`] },
];

const measured = (n: Names): string => `${n.table('measured')}`;
const part = (n: Names, year: number): string => n.table(`measured_${year}`);
const partitioned = {
  history: (n: Names): readonly string[] => [
    ...tables.history(n),
    `CREATE TABLE ${measured(n)} (${n.column('day')} date NOT NULL, ${n.column('value')} int) PARTITION BY RANGE (${n.column('day')})`,
    ...[2024, 2025].map((year) => `CREATE TABLE ${part(n, year)} PARTITION OF ${measured(n)} FOR VALUES FROM ('${year}-01-01') TO ('${year + 1}-01-01')`),
    `CREATE TABLE ${part(n, 2026)} (${n.column('day')} date NOT NULL, ${n.column('value')} int)`,
  ],
  rows: (n: Names): readonly string[] => [
    ...tables.rows(n),
    `INSERT INTO ${measured(n)} SELECT date '2024-01-01' + i, i FROM generate_series(1, 500) i`,
    `INSERT INTO ${part(n, 2026)} SELECT date '2026-01-01' + i, i FROM generate_series(1, 300) i`,
  ],
};

const partitions: readonly Case[] = [
  {
    title: 'index on partitions',
    rule: 'partitioned-index',
    ...partitioned,
    unsafe: (n) => [`CREATE INDEX CONCURRENTLY ${n.own('measured', 'value', 'idx')} ON ${measured(n)} (${n.column('value')})`],
    reference: (n) => [`CREATE INDEX ${n.own('measured', 'value', 'idx')} ON ${measured(n)} (${n.column('value')})`],
  },
  {
    title: 'attached partition',
    rule: 'scanning-partition',
    ...partitioned,
    unsafe: (n) => [`ALTER TABLE ${measured(n)} ATTACH PARTITION ${part(n, 2026)} FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`],
  },
  {
    title: 'attached partition with an index',
    rule: 'scanning-partition',
    history: (n) => [
      ...tables.history(n),
      `CREATE TABLE ${n.table('shop')} (${n.column('id')} int, ${n.column('in_region')} text, UNIQUE (${n.column('id')}, ${n.column('in_region')})) PARTITION BY LIST (${n.column('in_region')})`,
      `CREATE INDEX ON ${n.table('shop')} (${n.column('id')} DESC)`,
      `CREATE TABLE ${n.table('shop_west')} (${n.column('id')} int, ${n.column('in_region')} text, UNIQUE (${n.column('id')}, ${n.column('in_region')}))`,
      `CREATE INDEX ON ${n.table('shop_west')} (${n.column('id')} DESC)`,
    ],
    rows: (n) => [...tables.rows(n), `INSERT INTO ${n.table('shop_west')} SELECT i, 'fr' FROM generate_series(1, 300) i`],
    unsafe: (n) => [`ALTER TABLE ${n.table('shop')} ATTACH PARTITION ${n.table('shop_west')} FOR VALUES IN ('fr', 'es')`],
  },
  {
    title: 'detached partition',
    rule: 'scanning-partition',
    ...partitioned,
    unsafe: (n) => [`ALTER TABLE ${measured(n)} DETACH PARTITION ${part(n, 2024)}`],
    last: (n) => [`ALTER TABLE ${part(n, 2024)} DROP CONSTRAINT ${n.own('measured_2024', 'day', 'check')}`],
  },
];

const writes: readonly Case[] = [
  { title: 'update of all rows', rule: 'unbatched-backfill', ...tables, unsafe: (n) => [`UPDATE ${n.table('user_post')} SET ${n.column('title')} = upper(${n.column('title')})`] },
  {
    title: 'update of a table without a key',
    rule: 'unbatched-backfill',
    ...partitioned,
    unsafe: (n) => [`UPDATE ${part(n, 2026)} SET ${n.column('value')} = 0`],
  },
  { title: 'delete of all rows', rule: 'unbatched-backfill', ...tables, unsafe: (n) => [`DELETE FROM ${n.table('user_post')}`] },
  {
    title: 'update behind a lock',
    rule: 'backfill-under-lock',
    ...tables,
    unsafe: (n) => [`${alter(n)} ADD COLUMN ${n.column('title_length')} int`, `UPDATE ${n.table('user_post')} SET ${n.column('title_length')} = length(${n.column('title')})`],
  },
];

const checked = (n: Names): readonly string[] => [...tables.history(n), `${alter(n)} ADD CONSTRAINT ${n.own('user_post', 'count')} CHECK (${n.column('word_count')} >= 0) NOT VALID`];
const moods = (n: Names): readonly string[] => [
  ...tables.history(n),
  `CREATE TYPE ${n.table('post_mood')} AS ENUM ('sad', 'ok')`,
  `${alter(n)} ADD COLUMN ${n.column('mood')} ${n.table('post_mood')} NOT NULL DEFAULT 'ok'`,
];

const together: readonly Case[] = [
  {
    title: 'new value of an enum',
    rule: 'unsafe-enum-change',
    version: 16,
    history: moods,
    rows: tables.rows,
    unsafe: (n) => [`ALTER TYPE ${n.table('post_mood')} ADD VALUE 'happy'`, `${alter(n)} ALTER COLUMN ${n.column('mood')} SET DEFAULT 'happy'`],
  },
  {
    title: 'constraint that is validated at once',
    rule: 'unfinished-validation',
    ...tables,
    unsafe: (n) => [
      `${alter(n)} ADD CONSTRAINT ${n.own('user_post', 'count')} CHECK (${n.column('word_count')} >= 0) NOT VALID`,
      `${alter(n)} VALIDATE CONSTRAINT ${n.own('user_post', 'count')}`,
    ],
  },
  {
    title: 'reading behind a lock',
    rule: 'work-under-lock',
    history: checked,
    rows: tables.rows,
    unsafe: (n) => [`${alter(n)} ADD COLUMN ${n.column('extra')} text`, `${alter(n)} VALIDATE CONSTRAINT ${n.own('user_post', 'count')}`],
  },
];

export const cases: readonly Case[] = [...ofTables, ...together, ...indexes, ...partitions, ...writes];
