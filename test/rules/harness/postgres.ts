// Runs an example's SQL in a real PostgreSQL, statement by statement, with a row in each table before the next file.
import { PGlite } from '@electric-sql/pglite';
import { noFacts } from '../../../server/src/model/facts';
import { sql } from '../../../server/src/languages/sql/index';
import type { Texts } from './engine';

/** What examples leave out: objects that are there already. */
const stubs: Readonly<Record<string, string>> = {
  posts: 'CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint, title text, slug text, created_at timestamptz)',
  Post: 'CREATE TABLE "Post" (id bigint PRIMARY KEY, "authorId" bigint)',
  users: 'CREATE TABLE users (id bigint PRIMARY KEY DEFAULT 2, name text, "first name" text)',
  events: 'CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz, old boolean)',
  Event: 'CREATE TABLE "Event" (id bigint PRIMARY KEY)',
  orgs: 'CREATE TABLE orgs (id int PRIMARY KEY)',
  tags: 'CREATE TABLE tags (id int PRIMARY KEY)',
  totals: 'CREATE MATERIALIZED VIEW totals AS SELECT 1 AS n; CREATE UNIQUE INDEX ON totals (n)',
  posts_author_idx: 'CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint); CREATE INDEX posts_author_idx ON posts (author_id)',
  a: 'CREATE TABLE ab (x int, y int); CREATE INDEX a ON ab (x); CREATE INDEX b ON ab (y)',
};

let database: Promise<PGlite> | undefined;

export async function closePostgres(): Promise<void> {
  await (await database)?.close();
  database = undefined;
}

/** The error that stops the files, run in the order of their names; undefined when all statements run. */
export async function failureOf(texts: Texts): Promise<{ code: string; message: string } | undefined> {
  const postgres = await (database ??= PGlite.create());
  const missing: string[] = [];
  for (;;) {
    const failure = await attempt(postgres, texts, missing);
    const name = failure && /(?:relation|index) "(?:\w+\.)?(\w+)" does not exist/.exec(failure.message)?.[1];
    const stub = name === undefined ? undefined : stubs[name];
    if (stub === undefined || missing.includes(stub)) return failure;
    missing.push(stub);
  }
}

async function attempt(postgres: PGlite, texts: Texts, missing: readonly string[]): Promise<{ code: string; message: string } | undefined> {
  await postgres.exec('DROP SCHEMA public CASCADE');
  await postgres.exec('DROP SCHEMA IF EXISTS shop CASCADE');
  await postgres.exec('CREATE SCHEMA public');
  for (const stub of missing) await postgres.exec(stub);
  await insertRows(postgres);
  const files = [...texts].filter(([path]) => path.endsWith('.sql')).sort(([a], [b]) => (a < b ? -1 : 1));
  try {
    for (const [path, text] of files) {
      for (const statement of statementsIn(path, text)) await postgres.exec(statement);
      await insertRows(postgres);
    }
    return undefined;
  } catch (error) {
    await postgres.exec('ROLLBACK');
    const { code, message } = error instanceof Error ? { code: '', ...error, message: error.message } : { code: '', message: String(error) };
    return { code, message };
  }
}

/** The forward half, with a value in place of the one that the author is asked for. */
function statementsIn(path: string, text: string): string[] {
  const up = text.split(/^-- migrate:down/m)[0] ?? '';
  const schema = sql.lower([sql.parse(path, up)], { facts: noFacts });
  return schema.migrations.flatMap((each) => each.statements.map((statement) => statement.text.replace(/DEFAULT \/\* TODO[^*]*\*\//, "'1'")));
}

/** One row in each table that takes one, so that what fails on rows fails. */
async function insertRows(postgres: PGlite): Promise<void> {
  const { rows } = await postgres.query<{ name: string; columns: string | null; empty: string }>(`
    SELECT c.oid::regclass::text AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns,
      string_agg(CASE WHEN format_type(a.atttypid, NULL) ~ 'time|date' THEN '''2026-06-01''' ELSE '''1''' END, ', ' ORDER BY a.attnum) AS empty
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace::regnamespace::text IN ('public', 'shop')
    GROUP BY c.oid ORDER BY c.oid`);
  for (const { name, columns, empty } of rows) {
    const values = columns === null ? 'DEFAULT VALUES' : `(${columns}) VALUES (${empty})`;
    await postgres.exec(`INSERT INTO ${name} ${values} ON CONFLICT DO NOTHING`).catch(() => undefined);
  }
}
