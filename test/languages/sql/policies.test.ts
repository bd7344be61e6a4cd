// Row level security and policies at the end of a history.
import assert from 'node:assert/strict';
import { sql } from '../../../server/src/languages/sql';
import { noFacts } from '../../../server/src/model/facts';
import type { Table } from '../../../server/src/model/nodes';
import { applyEdits } from '../../../server/src/text/edit';
import { partOf } from '../../../server/src/text/span';
import { cut, world } from './support';

before(() => sql.prepare());

const POSTS = 'CREATE TABLE posts (id uuid PRIMARY KEY, org_id uuid NOT NULL);\n';

/** Tables with their security, one line each. */
function secured(...texts: readonly string[]): string[] {
  const { schema } = world(Object.fromEntries(texts.map((text, at) => [`/${at + 1}.sql`, text])));
  return schema.tables.map(shown);
}

function shown({ dbSchema, dbName, rowSecurity, policies }: Table): string {
  const name = dbSchema === undefined ? dbName : `${dbSchema}.${dbName}`;
  const state = rowSecurity ? (rowSecurity.forced ? 'forced' : 'on') : 'off';
  return [name, state, ...(policies ?? []).map(({ name: own }) => own)].join(' ');
}

describe('SQL row level security', () => {
  it('is turned on, forced and off again', () => {
    assert.deepEqual(secured(POSTS), ['posts off']);
    assert.deepEqual(secured(`${POSTS}ALTER TABLE posts ENABLE ROW LEVEL SECURITY;`), ['posts on']);
    assert.deepEqual(secured(POSTS, 'ALTER TABLE posts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;'), ['posts forced']);
    assert.deepEqual(secured(POSTS, 'ALTER TABLE posts FORCE ROW LEVEL SECURITY;', 'ALTER TABLE posts ENABLE ROW LEVEL SECURITY;'), ['posts forced']);
    assert.deepEqual(secured(POSTS, 'ALTER TABLE posts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;', 'ALTER TABLE posts NO FORCE ROW LEVEL SECURITY;'), ['posts on']);
    assert.deepEqual(secured(POSTS, 'ALTER TABLE posts ENABLE ROW LEVEL SECURITY;', 'ALTER TABLE posts DISABLE ROW LEVEL SECURITY;'), ['posts off']);
  });

  it('follows names, and goes with its table', () => {
    const on = `${POSTS}ALTER TABLE posts ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON posts USING (true);`;
    assert.deepEqual(secured(on, 'ALTER TABLE posts RENAME TO articles; ALTER POLICY a ON articles RENAME TO b;'), ['articles on b']);
    assert.deepEqual(secured(on, 'DROP TABLE posts;', POSTS), ['posts off']);
    assert.deepEqual(secured(on, 'CREATE POLICY b ON posts USING (true); DROP POLICY IF EXISTS a ON public.posts;'), ['posts on b']);
  });

  it('counts inside DO blocks', () => {
    const block = `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_policies WHERE policyname = 'a') THEN CREATE POLICY a ON posts USING (true); END IF; END $$;`;
    assert.deepEqual(secured(POSTS, block), ['posts off a']);
  });

  it('is known of tables that others create, unless something is only taken away', () => {
    assert.deepEqual(secured("CREATE POLICY a ON storage.objects USING (bucket_id = 'a');"), ['storage.objects off a']);
    assert.deepEqual(secured('DROP POLICY a ON storage.objects; ALTER TABLE storage.objects DISABLE ROW LEVEL SECURITY;'), []);
  });

  it('gives policies with their parts', () => {
    const text = `${POSTS}CREATE POLICY "é own" ON posts AS RESTRICTIVE FOR UPDATE TO web, "App" USING ( org_id = (SELECT x ('with check (')) ) WITH CHECK ((true));`;
    const { files, schema } = world({ '/1.sql': text });
    const [policy] = schema.tables[0]?.policies ?? [];
    assert.ok(policy?.using && policy.withCheck);
    assert.deepEqual([policy.name, policy.command, policy.permissive, policy.roles], ['é own', 'update', false, ['web', 'App']]);
    assert.equal(policy.table, schema.tables[0]);
    assert.deepEqual([policy.using, policy.withCheck].map(({ span }) => cut({ files }, span)), ["org_id = (SELECT x ('with check ('))", '(true)']);
    assert.deepEqual([policy.using.raw, policy.withCheck.raw], ["org_id = (SELECT x ('with check ('))", '(true)']);
    assert.equal(cut({ files }, policy.nameSpan), 'é own');
    assert.equal(cut({ files }, policy.span), text.slice(POSTS.length, -1));
  });

  it('takes what ALTER POLICY says', () => {
    const { files, schema } = world({ '/1.sql': `${POSTS}CREATE POLICY a ON posts TO PUBLIC USING (true);`, '/2.sql': 'ALTER POLICY a ON posts TO web USING (false);' });
    const [policy] = schema.tables[0]?.policies ?? [];
    assert.deepEqual([policy?.command, policy?.permissive, policy?.roles, policy?.using?.raw, policy?.withCheck], ['all', true, ['web'], 'false', undefined]);
    assert.equal(policy?.using && cut({ files }, policy.using.span), 'false');
  });

  it('keeps a table as it is while only others change, and moves its spans', () => {
    const text = `${POSTS}CREATE POLICY a ON posts USING (org_id IS NULL);\n`;
    const before = sql.parse('/1.sql', text);
    const table = sql.lower([before], { facts: noFacts }).tables[0];
    const moved = applyEdits(text, [{ file: '/1.sql', start: 0, end: 0, newText: 'CREATE TABLE tags (id int);\n' }]);
    const after = sql.lower([sql.parse('/1.sql', moved, before)], { facts: noFacts }).tables[1];
    assert.equal(after, table);
    const using = after?.policies?.[0]?.using;
    assert.equal(using && moved.slice(using.span.start, using.span.end), 'org_id IS NULL');
    const kept = table?.policies?.[0]?.using;
    assert.ok(kept);
    const part = partOf(kept.span, 7, 9);
    assert.equal(moved.slice(part.start, part.end), 'IS');
    assert.equal(part.file, '/1.sql');
    const changed = sql.lower([sql.parse('/1.sql', `${moved}ALTER TABLE posts ENABLE ROW LEVEL SECURITY;`, before)], { facts: noFacts }).tables[1];
    assert.notEqual(changed, table);
    assert.equal(changed?.rowSecurity?.forced, false);
  });
});
