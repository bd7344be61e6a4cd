// The light bulb and the pointer, as an editor sees them.
import assert from 'node:assert/strict';
import { Editor, uri } from './client';

const PATH = '/w/prisma/schema.prisma';
const SCHEMA = `datasource db {
  provider = "postgresql"
}

model User {
  id        String   @id @default(uuid(7)) @db.Uuid
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
  posts     Post[]
}

model Post {
  id       String @id @default(uuid(7)) @db.Uuid
  authorId String @db.Uuid
  author   User   @relation(fields: [authorId], references: [id], onDelete: Cascade)
  seenAt   DateTime
}
`;
const files = { [PATH]: SCHEMA };

async function opened(setup: Parameters<typeof Editor.start>[0] = {}): Promise<Editor> {
  const editor = await Editor.start({ files, ...setup });
  await editor.open(PATH);
  await editor.diagnostics(PATH);
  return editor;
}

describe('code actions', () => {
  it('offer each fix with its edit, one of them preferred', async () => {
    const editor = await opened();
    const actions = await editor.actions(PATH, 'author   User', { diagnostics: [...(await editor.diagnostics(PATH))] });
    const [fix] = actions;
    assert.equal(fix?.kind, 'quickfix');
    assert.equal(fix.isPreferred, true);
    assert.equal(fix.diagnostics?.[0]?.code, 'unindexed-foreign-key');
    assert.match(editor.after(fix.edit, PATH), /@@index\(\[authorId\]\)/);
    assert.equal(actions.filter((action) => action.isPreferred).length, 1);
  });

  it('disable a rule for the line and for the file, and the finding is gone', async () => {
    for (const scope of ['line', 'file']) {
      const editor = await opened();
      const actions = await editor.actions(PATH, 'author   User');
      const action = actions.find(({ title }) => title === `Disable \`unindexed-foreign-key\` for this ${scope}`);
      const after = editor.after(action?.edit, PATH);
      await editor.edit(PATH, SCHEMA, after);
      assert.ok(!(await editor.codes(PATH)).includes('unindexed-foreign-key'), after);
      assert.ok(!(await editor.codes(PATH)).includes('unused-suppression'), after);
    }
  });

  it('fix all of a rule in the file, with the edit made when it is chosen', async () => {
    const editor = await opened();
    const actions = await editor.actions(PATH, 'seenAt   DateTime');
    const action = actions.find(({ title }) => title === 'Fix all `naive-timestamp` problems in this file');
    assert.ok(action);
    assert.equal(action.edit, undefined);
    const after = editor.after((await editor.resolve(action)).edit, PATH);
    assert.equal(after.match(/@db\.Timestamptz\(3\)/g)?.length, 3);
    assert.ok(!after.includes('@@index'));
  });

  it('fix everything safe on saving', async () => {
    const editor = await opened();
    const [action, ...more] = await editor.actions(PATH, 'model Post', { only: ['source.fixAll'] });
    assert.equal(action?.kind, 'source.fixAll.schemaBible');
    assert.deepEqual(more, []);
    await editor.edit(PATH, SCHEMA, editor.after((await editor.resolve(action)).edit, PATH));
    const left = await editor.codes(PATH);
    assert.ok(!left.includes('naive-timestamp') && !left.includes('unindexed-foreign-key'), left.join());
    assert.deepEqual(await editor.actions(PATH, 'model Post', { only: ['source.organizeImports'] }), []);
    assert.deepEqual(await editor.actions(PATH, 'model Post', { only: ['source.fixAll.schemaBible'] }), []);
  });

  it('are never made for a text that is gone', async () => {
    const editor = await opened();
    const [action] = await editor.actions(PATH, 'model Post', { only: ['source.fixAll'] });
    assert.ok(action);
    const list = editor.disk.list.bind(editor.disk);
    const slow = new Promise((resolve) => setTimeout(resolve, 50));
    editor.disk.list = (path) => slow.then(() => list(path));
    const resolved = editor.resolve(action);
    await editor.edit(PATH, 'datasource', '// one line more\ndatasource');
    assert.equal((await resolved).edit, undefined);
    const again = await editor.resolve(action);
    assert.match(editor.after(again.edit, PATH), /^\/\/ one line more\n[^]*seenAt {3}DateTime @db\.Timestamptz\(3\)\n/);
  });

  it('serve a client that resolves nothing with commands', async () => {
    const editor = await opened({ capabilities: { workspace: { applyEdit: true, workspaceEdit: { documentChanges: true } } } });
    const capable = await editor.actions(PATH, 'seenAt   DateTime');
    assert.ok(capable.every((action) => action.edit ?? action.command ?? action.data));
    await editor.connection.sendRequest('workspace/executeCommand', { command: 'schemaBible.server.fixAllInFile', arguments: [uri(PATH), 'naive-timestamp'] });
    assert.match(editor.after(editor.applied[0], PATH), /seenAt {3}DateTime @db\.Timestamptz\(3\)/);
  });

  it('fix all in the workspace, open or not', async () => {
    const other = '/w/db/prisma/schema.prisma';
    const editor = await opened({ files: { ...files, [other]: SCHEMA, '/w/db/package.json': '{}' } });
    await editor.connection.sendRequest('workspace/executeCommand', { command: 'schemaBible.server.fixAllInWorkspace', arguments: [] });
    const [edit] = editor.applied;
    for (const path of [PATH, other]) assert.match(editor.after(edit, path), /@@index\(\[authorId\]\)/);
    await editor.until(() => editor.messages.some((message) => /^Schema Bible fixed \d+ problems in 2 files\.$/.test(message)));
  });

  it('show the page of a rule through the client\'s own command', async () => {
    const editor = await opened({ initializationOptions: { showRulePage: 'client.showPage' } });
    const actions = await editor.actions(PATH, 'author   User');
    const action = actions.find(({ title }) => title === 'Show the page of `unindexed-foreign-key`');
    assert.deepEqual(action?.command?.command, 'client.showPage');
    assert.deepEqual(action.command.arguments, ['unindexed-foreign-key']);
  });

  it('create the next migration, for clients that can', async () => {
    const first = '/w/prisma/migrations/20240101000000_init/migration.sql';
    const second = '/w/prisma/migrations/20240202000000_slug/migration.sql';
    const migrations = {
      [first]: 'CREATE TABLE "User" ("id" UUID NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));\n',
      [second]: 'SET LOCAL lock_timeout = \'5s\';\nALTER TABLE "User" ADD COLUMN "slug" TEXT NOT NULL;\n',
      '/w/prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    };
    const creating = (actions: Awaited<ReturnType<Editor['actions']>>): number =>
      actions.filter(({ edit }) => edit?.documentChanges?.some((change) => 'kind' in change && change.kind === 'create')).length;
    const editor = await Editor.start({ files: { ...files, ...migrations } });
    await editor.open(second);
    assert.deepEqual(await editor.codes(second), ['missing-rollback', 'not-null-without-default']);
    assert.ok(creating(await editor.actions(second, '"slug"')) > 0);
    const plain = await Editor.start({ files: { ...files, ...migrations }, capabilities: { workspace: {} } });
    await plain.open(second);
    await plain.diagnostics(second);
    const offered = await plain.actions(second, '"slug"');
    assert.equal(creating(offered), 0);
    assert.ok(offered.some(({ edit }) => edit));
  });
});

describe('hovers', () => {
  const value = async (editor: Editor, path: string, find: string): Promise<string> => {
    const hover = await editor.hover(path, find);
    return hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
  };

  it('explain a finding, its relation and its delete rule', async () => {
    const editor = await opened();
    const text = await value(editor, PATH, 'author   User');
    assert.match(text, /`unindexed-foreign-key`/);
    assert.match(text, /\(file:\/\/\/extension\/docs\/rules\/unindexed-foreign-key\.md\)/);
    assert.match(text, /\*\*On delete: CASCADE\*\*\. Deleting a row of `User` deletes its rows of `Post` too\./);
    assert.match(text, /\*\*Index:\*\* none/);
    assert.match(await value(editor, PATH, 'Cascade)'), /\| \*\*CASCADE\*\* \|/);
  });

  it('explain the rule that a comment disables', async () => {
    const editor = await opened();
    await editor.edit(PATH, '  author   User', '  // schema-bible-disable-next-line unindexed-foreign-key\n  author   User');
    assert.match(await value(editor, PATH, 'unindexed-foreign-key'), /`unindexed-foreign-key`/);
    assert.equal(await editor.hover(PATH, 'datasource'), null);
  });

  it('explain columns, and the choice of a database in a schema and in a configuration', async () => {
    const config = '/w/drizzle.config.ts';
    const editor = await Editor.start({ files: { ...files, [config]: "export default { dialect: 'sqlite' };\n" } });
    await editor.open(PATH);
    await editor.open(config);
    assert.match(await value(editor, PATH, 'provider'), /\| \*\*PostgreSQL\*\* \|/);
    assert.match(await value(editor, PATH, 'authorId '), /\*\*Column\*\* `authorId` of `Post`: `/);
    assert.match(await value(editor, config, 'sqlite'), /\*\*sqlite\*\*: one file/);
    assert.equal(await editor.hover(config, 'export'), null);
  });

  it('tell what a statement of a migration locks', async () => {
    const path = '/w/migrations/0002_index.sql';
    const editor = await Editor.start({ files: { '/w/migrations/0001_init.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);\n', [path]: 'CREATE INDEX a_id ON a (id);\n' } });
    await editor.open(path);
    await editor.diagnostics(path);
    const text = await value(editor, path, 'CREATE');
    assert.match(text, /\*\*Lock:\*\* SHARE, which blocks all writes/);
    assert.match(text, /\*\*Runs:\*\*/);
  });
});
