// The SQL that pages and helps advise, run by PostgreSQL on tables that hold rows: it works, and what they hold stays.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sql } from '../../server/src/languages/sql';
import { lint } from '../../server/src/linter/run';
import { resolveSettings } from '../../server/src/linter/settings';
import { noFacts } from '../../server/src/model/facts';
import { registry } from '../../server/src/rules/registry.generated';
import { closePostgres, inPostgres } from './support/oracles';

/** The tables before the advice, and a query with what it gives afterwards. */
interface Trial {
  readonly before: string;
  readonly ask: string;
  readonly gives: unknown;
}

const KEYS = `CREATE TABLE users (id text PRIMARY KEY); CREATE TABLE posts (id int, author_id text CONSTRAINT posts_author_id_fkey REFERENCES users (id));
  INSERT INTO users SELECT gen_random_uuid()::text; INSERT INTO posts SELECT 1, id FROM users;`;
const ID = (last: number): string => `'00000000-0000-4000-8000-00000000000${last}'`;
/** An array that names one row twice, and one that is gone. */
const TAGGED = (type: string, array: string): string => `CREATE TABLE tags (id uuid PRIMARY KEY); CREATE TABLE posts (id uuid PRIMARY KEY, tag_ids ${type});
  CREATE TABLE post_tags (post_id uuid REFERENCES posts, tag_id uuid REFERENCES tags, PRIMARY KEY (post_id, tag_id));
  INSERT INTO tags VALUES (${ID(1)}), (${ID(2)}); INSERT INTO posts VALUES (${ID(5)}, ${array});`;
const IDS = `ARRAY[${ID(1)}, ${ID(1)}, ${ID(2)}, ${ID(3)}]`;

const trials: Readonly<Record<string, Trial>> = {
  'boolean-soft-delete': {
    before: 'CREATE TABLE posts (is_deleted boolean); INSERT INTO posts VALUES (true), (false);',
    ask: 'SELECT count(*) FROM posts WHERE is_deleted = (deleted_at IS NOT NULL)',
    gives: 2,
  },
  'free-text-enum': {
    before: "CREATE TABLE posts (status text NOT NULL DEFAULT 'draft'); INSERT INTO posts VALUES ('published');",
    ask: "INSERT INTO posts DEFAULT VALUES RETURNING status || ' ' || (SELECT min(status) FROM posts)",
    gives: 'draft published',
  },
  'id-array': { before: TAGGED('uuid[]', `${IDS}::uuid[]`), ask: 'SELECT count(*) FROM post_tags', gives: 2 },
  'inexact-money': { before: 'CREATE TABLE products (price float8); INSERT INTO products VALUES (0.1), (10.005);', ask: 'SELECT sum(price)::text FROM products', gives: '10.11' },
  'naive-timestamp': {
    before: "SET LOCAL timezone = 'America/New_York'; CREATE TABLE posts (created_at timestamp(3)); INSERT INTO posts VALUES ('2026-01-01 09:00');",
    ask: "SELECT (created_at AT TIME ZONE 'UTC')::text FROM posts",
    gives: '2026-01-01 09:00:00',
  },
  'plain-json': { before: `CREATE TABLE events (payload json DEFAULT '{}'); INSERT INTO events VALUES ('{"a": 1}');`, ask: 'SELECT payload @> \'{"a": 1}\' FROM events', gives: true },
  'single-precision': { before: 'CREATE TABLE readings (value real); INSERT INTO readings VALUES (0.1);', ask: 'SELECT value FROM readings', gives: 0.1 },
  'small-integer-key': {
    before: 'CREATE TABLE events (id serial PRIMARY KEY); INSERT INTO events DEFAULT VALUES;',
    ask: "INSERT INTO events SELECT setval('events_id_seq', 3000000000) RETURNING id",
    gives: 3000000000,
  },
  'unmapped-name': { before: 'CREATE TABLE posts ("deletedAt" int); INSERT INTO posts VALUES (7);', ask: 'SELECT deleted_at FROM posts', gives: 7 },
  'uuid-as-text': { before: KEYS, ask: 'SELECT count(*) FROM posts JOIN users ON users.id = author_id', gives: 1 },
  'foreign-key-type-mismatch': {
    before: `CREATE TABLE posts (author_id text); INSERT INTO posts VALUES (${ID(4)});`,
    ask: `SELECT author_id = ${ID(4)}::uuid FROM posts`,
    gives: true,
  },
  'keyless-junction': {
    before: 'CREATE TABLE post_tags (post_id int, tag_id int); INSERT INTO post_tags VALUES (1, 1), (1, 1), (1, 1), (1, 2);',
    ask: 'SELECT count(*) FROM post_tags',
    gives: 2,
  },
};

/** The SQL between "Why" and "Examples" of a rule's page. */
function adviceOf(rule: string, category: string): string {
  const page = readFileSync(`server/src/rules/${category}/${rule}.md`, 'utf8');
  const why = page.slice(0, page.indexOf('\n## Examples\n'));
  return [...why.matchAll(/^```sql[^\n]*\n([\s\S]*?)^```$/gm)].map(([, text]) => text ?? '').join('\n');
}

async function passes(advice: string, { before, ask, gives }: Trial): Promise<void> {
  const row = await inPostgres(`${before}\n${advice}`, async (database) => (await database.query<Record<string, unknown>>(ask)).rows[0]);
  assert.deepEqual(Object.values(row ?? {}), [gives]);
}

describe('advised SQL', () => {
  after(closePostgres);

  for (const { rule, category } of registry) {
    if (category === 'migration') continue;
    const advice = adviceOf(rule.id, category);
    const trial = trials[rule.id];
    if (advice === '' && !trial) continue;
    it(`of ${rule.id} keeps what the tables hold`, async () => {
      assert.ok(advice !== '' && trial, 'the page and its trial go together');
      await passes(advice, trial);
    });
  }

  const arrays = { 'uuid[]': `${IDS}::uuid[]`, 'text[]': IDS, jsonb: `to_jsonb(${IDS})`, json: `to_json(${IDS})` };
  for (const [type, array] of Object.entries(arrays)) {
    it(`of id-array's help copies ids out of ${type}`, async () => {
      await sql.prepare();
      const schema = sql.lower([sql.parse('/a.sql', `CREATE TABLE tags (id uuid PRIMARY KEY); CREATE TABLE posts (id uuid PRIMARY KEY, tag_ids ${type});`)], { facts: noFacts });
      const found = lint(schema, { registry, settings: resolveSettings(registry), facts: noFacts, onError: (rule, error) => assert.fail(`${rule}: ${String(error)}`) });
      const help = found.find(({ rule }) => rule === 'id-array')?.help ?? '';
      const advice = /`(INSERT INTO … .*)`/.exec(help)?.[1]?.replace('…', 'post_tags') ?? '';
      await passes(advice, { before: TAGGED(type, array), ask: 'SELECT count(*) FROM post_tags', gives: 2 });
    });
  }
});
