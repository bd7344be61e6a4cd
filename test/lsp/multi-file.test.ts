// Fixes of more than one place, over several files, open or not: one edit each, and one undo.
import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver/node';
import { applyTo, type Applied } from './apply';
import { Editor } from './client';

const BASE = { '/w/prisma/schema/base.prisma': 'datasource db {\n  provider = "postgresql"\n}\n', '/w/package.json': '{ "prisma": { "schema": "prisma/schema" } }' };
const TEAM = '/w/prisma/schema/team.prisma';
const MEMBER = '/w/prisma/schema/member.prisma';

async function editing(files: Readonly<Record<string, string>>, ...open: readonly string[]): Promise<Editor> {
  const editor = await Editor.start({ files });
  for (const path of open) {
    await editor.open(path);
    await editor.diagnostics(path);
  }
  return editor;
}

/** What the light bulb's action at a place does, when it is chosen. */
async function choose(editor: Editor, path: string, find: string, title: RegExp): Promise<Applied> {
  const actions = await editor.actions(path, find);
  const action = actions.find((each: CodeAction) => title.test(each.title));
  assert.ok(action, `${String(title)} isn't among ${actions.map((each) => each.title).join(' | ')}`);
  return applyTo(editor, action.edit ?? (await editor.resolve(action)).edit);
}

describe('a fix over several files', () => {
  const keyless = {
    ...BASE,
    [TEAM]: 'model Team {\n  id   String @id @default(uuid(7)) @db.Uuid\n  name String\n}\n',
    [MEMBER]: 'model Member {\n  id     String @id @default(uuid(7)) @db.Uuid\n  teamId String @db.Uuid\n  role   String\n}\n',
  };

  it('adds a relation, the other side of it and its index, and takes them back at once', async () => {
    for (const open of [[MEMBER, TEAM], [MEMBER]]) {
      const editor = await editing(keyless, ...open);
      assert.ok((await editor.codes(MEMBER)).includes('missing-foreign-key'));
      const { paths, undo } = await choose(editor, MEMBER, 'teamId', /^Add a foreign key to `Team`, with its index$/);
      assert.deepEqual(paths, [MEMBER, TEAM]);
      assert.match(editor.text(MEMBER) ?? '', /team +Team +@relation\(fields: \[teamId\], references: \[id\], onDelete: \w+\)\n[^]*@@index\(\[teamId\]\)/);
      assert.match(editor.text(TEAM) ?? '', /members +Member\[\]/);
      const left = await editor.codes(MEMBER);
      assert.ok(!left.includes('missing-foreign-key') && !left.includes('unindexed-foreign-key'), left.join());
      await undo();
      assert.equal(editor.text(MEMBER), keyless[MEMBER]);
      assert.equal(editor.text(TEAM), keyless[TEAM]);
      assert.ok((await editor.codes(MEMBER)).includes('missing-foreign-key'));
    }
  });

  it('gives a key and what refers to it one type', async () => {
    const texts = {
      ...BASE,
      [TEAM]: 'model Team {\n  id      String   @id @default(uuid(7))\n  members Member[]\n}\n',
      [MEMBER]:
        'model Member {\n  id     String @id @default(uuid(7)) @db.Uuid\n  teamId String\n  team   Team   @relation(fields: [teamId], references: [id], onDelete: Cascade)\n\n  @@index([teamId])\n}\n',
    };
    const editor = await editing(texts, TEAM, MEMBER);
    const { paths, undo } = await choose(editor, TEAM, 'String   @id', /^Make `id` and what refers to it a uuid$/);
    assert.deepEqual(paths, [MEMBER, TEAM]);
    assert.match(editor.text(TEAM) ?? '', /id +String +@id @default\(uuid\(7\)\) @db\.Uuid/);
    assert.match(editor.text(MEMBER) ?? '', /teamId String +@db\.Uuid/);
    for (const path of [TEAM, MEMBER]) assert.deepEqual((await editor.codes(path)).filter((code) => code === 'uuid-as-text' || code === 'foreign-key-type-mismatch'), []);
    await undo();
    for (const path of [TEAM, MEMBER] as const) assert.equal(editor.text(path), texts[path]);
    assert.ok((await editor.codes(TEAM)).includes('uuid-as-text'));
  });

  it('secures a table in Drizzle and forces it in a new migration', async () => {
    const schema = '/w/src/schema.ts';
    const journal = '/w/drizzle/meta/_journal.json';
    const migration = '/w/drizzle/0001_force_secure_notes.sql';
    const texts = {
      '/w/package.json': '{ "dependencies": { "drizzle-orm": "0.45.4" } }',
      '/w/drizzle.config.ts': "import { defineConfig } from 'drizzle-kit';\nexport default defineConfig({ dialect: 'postgresql', schema: './src/schema.ts', out: './drizzle' });\n",
      [schema]: [
        "import { sql } from 'drizzle-orm';",
        "import { index, pgPolicy, pgTable, uuid } from 'drizzle-orm/pg-core';",
        "export const posts = pgTable('posts', { id: uuid().primaryKey(), tenantId: uuid('tenant_id').notNull() }, (t) => [",
        "  index('posts_tenant_id_idx').on(t.tenantId),",
        "  pgPolicy('tenant_isolation', { using: sql`${t.tenantId} = (SELECT NULLIF(current_setting('app.tenant_id', true), ''))::uuid` }),",
        ']).enableRLS();',
        "export const notes = pgTable('notes', { id: uuid().primaryKey(), tenantId: uuid('tenant_id').notNull() }, (t) => [index('notes_tenant_id_idx').on(t.tenantId)]);\n",
      ].join('\n'),
      [journal]: '{ "version": "7", "dialect": "postgresql", "entries": [{ "idx": 0, "version": "7", "when": 1700000000000, "tag": "0000_init", "breakpoints": true }] }',
      '/w/drizzle/0000_init.sql': [
        'CREATE TABLE "posts" ("id" uuid PRIMARY KEY NOT NULL, "tenant_id" uuid NOT NULL);',
        'ALTER TABLE "posts" ENABLE ROW LEVEL SECURITY;',
        'ALTER TABLE "posts" FORCE ROW LEVEL SECURITY;',
        'CREATE TABLE "notes" ("id" uuid PRIMARY KEY NOT NULL, "tenant_id" uuid NOT NULL);\n',
      ].join('--> statement-breakpoint\n'),
    };
    const editor = await editing(texts, schema);
    const { paths, undo } = await choose(editor, schema, "notes'", /^Enable row level security on `notes`/);
    assert.deepEqual(paths, [migration, journal, schema].sort());
    assert.match(editor.text(schema) ?? '', /const notes [^]*pgPolicy\('tenant_isolation'[^]*\]\)\.enableRLS\(\);\n$/);
    assert.equal(editor.text(migration), 'ALTER TABLE "notes" FORCE ROW LEVEL SECURITY;\n');
    assert.match(editor.text(journal) ?? '', /0001_force_secure_notes/);
    assert.ok(!(await editor.codes(schema)).some((code) => code === 'tenant-without-rls' || code === 'unforced-rls'));
    await undo();
    assert.equal(editor.text(migration), undefined);
    for (const path of [schema, journal] as const) assert.equal(editor.text(path), texts[path]);
    assert.ok((await editor.codes(schema)).includes('tenant-without-rls'));
  });
});
