// SQL files that another tool's configuration explains: sqlc's queries and mirrors, Cloudflare's databases.
import assert from 'node:assert/strict';
import { open, short } from './helper';

const table = 'CREATE TABLE a (id integer PRIMARY KEY);\n';

async function served(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { project } = await open(files);
  return project.files().map(short).filter((path) => path.endsWith('.sql'));
}

describe('what sqlc names', () => {
  const files = { 'db/migrations/001_a.sql': table, 'db/migrations/002_b.sql': table, 'db/q/x.sql': table, 'db/mirror.sql': table, 'db/own.sql': table };
  const rest = ['db/migrations/001_a.sql', 'db/migrations/002_b.sql', 'db/own.sql'];

  it('is left alone outside of migrations, in YAML', async () => {
    const yaml = 'version: "2"\nsql:\n  - engine: postgresql\n    queries: "./db/q/*.sql" # all\n    schema:\n      - db/migrations\n      - "db/mirror.sql"\n';
    assert.deepEqual(await served({ ...files, 'sqlc.yaml': yaml }), rest);
    assert.deepEqual(await served({ ...files, 'db/sqlc.yml': 'sql:\n- schema: [migrations, "mirror.sql"]\n  queries: q\n' }), rest);
  });

  it('is left alone in JSON, also on one line', async () => {
    const json = { version: '2', sql: [{ schema: ['db/migrations', 'db/mirror.sql'], queries: 'db/q', engine: 'postgresql' }] };
    assert.deepEqual(await served({ ...files, 'sqlc.json': JSON.stringify(json) }), rest);
    assert.deepEqual(await served({ ...files, 'sqlc.json': JSON.stringify(json, null, 2) }), rest);
  });

  it('costs nothing when the configuration is broken or names nothing', async () => {
    for (const text of ['', 'sql: [', '{"sql": [{"schema": ', 'queries:\nschema:\n']) {
      assert.equal((await served({ ...files, 'sqlc.yaml': text })).length, 5);
    }
  });
});

describe("what lies below a configuration of Cloudflare's D1", () => {
  const d1 = { 'api/wrangler.toml': '[[d1_databases]]\nbinding = "DB"\n' };

  it('is SQLite where no word is PostgreSQL\'s own', async () => {
    assert.deepEqual(await served({ ...d1, 'api/migrations/0001_a.sql': table, 'api/migrations/0002_b.sql': table, 'api/schema.sql': table, 'web/schema.sql': table }), ['web/schema.sql']);
  });

  it('is PostgreSQL where one is', async () => {
    const postgres = 'CREATE TABLE a (id uuid PRIMARY KEY, at timestamptz);\n';
    const files = { 'api/migrations/0001_a.sql': postgres, 'api/migrations/0002_b.sql': table };
    assert.deepEqual(await served({ ...d1, ...files }), Object.keys(files));
  });

  it('is no matter of a configuration without such a database', async () => {
    assert.deepEqual(await served({ 'api/wrangler.toml': 'name = "x"\n', 'api/schema.sql': table }), ['api/schema.sql']);
  });
});
