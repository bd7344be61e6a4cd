// A whole session with the language server, as an editor sees it.
import assert from 'node:assert/strict';
import { Editor, uri } from './client';

const SCHEMA = `datasource db {
  provider = "postgresql"
}

model User {
  id        String   @id @default(uuid(7)) @db.Uuid
  createdAt DateTime @default(now()) @db.Timestamptz(3)
  updatedAt DateTime @updatedAt @db.Timestamptz(3)
  posts     Post[]
}

model Post {
  id        String   @id @default(uuid(7)) @db.Uuid
  authorId  String   @db.Uuid
  author    User     @relation(fields: [authorId], references: [id], onDelete: Cascade)
  createdAt DateTime @default(now()) @db.Timestamptz(3)
  updatedAt DateTime @updatedAt @db.Timestamptz(3)
}
`;
const PATH = '/w/prisma/schema.prisma';
const files = { [PATH]: SCHEMA };

describe('language server', () => {
  it('says what it can do', async () => {
    const { capabilities, serverInfo } = (await Editor.start()).initialized;
    assert.equal(serverInfo?.version, '1.2.3');
    assert.equal(capabilities.diagnosticProvider, undefined);
    assert.ok(capabilities.hoverProvider);
    const pulled = (await Editor.start({ pull: true })).initialized.capabilities.diagnosticProvider;
    assert.ok(pulled?.interFileDependencies);
  });

  it('pushes findings when a document is opened and after each change', async () => {
    const editor = await Editor.start({ files });
    await editor.open(PATH);
    assert.deepEqual(await editor.codes(PATH), ['unindexed-foreign-key']);
    await editor.edit(PATH, '@default(now()) @db.Timestamptz(3)\n  updatedAt', '@default(now())\n  updatedAt');
    assert.deepEqual(await editor.codes(PATH), ['naive-timestamp', 'unindexed-foreign-key']);
    await editor.edit(PATH, 'onDelete: Cascade)', 'onDelete: Cascade)\n  @@index([authorId])');
    assert.deepEqual(await editor.codes(PATH), ['naive-timestamp']);
  });

  it('gives each diagnostic its rule, its page, its place and what is related', async () => {
    const editor = await Editor.start({ files });
    await editor.open(PATH);
    const [diagnostic] = await editor.diagnostics(PATH);
    assert.equal(diagnostic?.source, 'Schema Bible');
    assert.equal(diagnostic.codeDescription?.href, 'file:///extension/docs/rules/unindexed-foreign-key.md');
    assert.equal(diagnostic.severity, 2);
    assert.deepEqual(diagnostic.range.start.line, editor.range(PATH, 'author    User').start.line);
    assert.equal(diagnostic.relatedInformation?.[0]?.location.uri, uri(PATH));
  });

  it('answers a burst of changes once, with the last text', async () => {
    const editor = await Editor.start({ files });
    await editor.open(PATH);
    await editor.diagnostics(PATH);
    const before = editor.publishes;
    for (let i = 0; i < 9; i++) void editor.edit(PATH, 'onDelete: Cascade)', `onDelete: Cascade) `);
    await editor.edit(PATH, '@default(now())', '@default(now()) ');
    await editor.diagnostics(PATH);
    assert.ok(editor.publishes - before <= 2, `${editor.publishes - before} publishes`);
  });

  it('clears the findings of a closed document', async () => {
    const editor = await Editor.start({ files });
    await editor.open(PATH);
    await editor.diagnostics(PATH);
    await editor.close(PATH);
    await editor.until(() => editor.published.get(uri(PATH))?.diagnostics.length === 0);
    await editor.until(() => editor.status?.files === 0);
  });

  it('counts for the status item', async () => {
    const editor = await Editor.start({ files });
    await editor.open(PATH);
    await editor.until(() => editor.status?.warnings === 1);
    assert.deepEqual(editor.status, { files: 1, errors: 0, warnings: 1, infos: 0, hints: 0 });
  });

  it('answers pulls, and says when nothing has changed', async () => {
    const editor = await Editor.start({ files, pull: true });
    await editor.open(PATH);
    const first = await editor.pull(PATH);
    assert.ok(first.kind === 'full');
    assert.deepEqual(first.items.map(({ code }) => code), ['unindexed-foreign-key']);
    const second = await editor.pull(PATH, first.resultId);
    assert.equal(second.kind, 'unchanged');
    await editor.edit(PATH, '@default(now()) @db.Timestamptz(3)', '@default(now())');
    const third = await editor.pull(PATH, first.resultId);
    assert.ok(third.kind === 'full');
    assert.equal(third.items.length, 2);
    assert.equal(editor.publishes, 0);
  });

  it('gives up on a pull whose text is outdated', async () => {
    const editor = await Editor.start({ files, pull: true });
    await editor.open(PATH);
    await editor.pull(PATH);
    void editor.edit(PATH, '@default(now()) @db.Timestamptz(3)', '@default(now())');
    const outdated = assert.rejects(editor.pull(PATH), (error: { code?: number; data?: { retriggerRequest?: boolean } }) => {
      assert.equal(error.code, -32802);
      return error.data?.retriggerRequest === true;
    });
    void editor.edit(PATH, 'model Post', 'model  Post');
    await outdated;
    const report = await editor.pull(PATH);
    assert.ok(report.kind === 'full' && report.items.length === 2);
  });

  it('sends the findings of other open files along when they changed', async () => {
    const [users, posts] = ['/w/prisma/schema/user.prisma', '/w/prisma/schema/post.prisma'];
    const [head = '', post = ''] = SCHEMA.split('model Post');
    const editor = await Editor.start({ pull: true, files: { [users]: head, [posts]: `model Post${post}` } });
    await editor.open(users);
    await editor.open(posts);
    await editor.pull(users);
    const report = await editor.pull(posts);
    assert.ok(report.kind === 'full' && report.items.length === 1);
    await editor.edit(users, 'provider = "postgresql"', 'provider = "mysql"');
    const related = (await editor.pull(users)).relatedDocuments?.[uri(posts)];
    assert.ok(related?.kind === 'full');
    assert.deepEqual(related.items, []);
  });

  it('sees a file that changed on the disk', async () => {
    const path = '/w/migrations/0001_init.sql';
    const editor = await Editor.start({ files: { [path]: 'CREATE TABLE a (id bigint PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz);\n' } });
    const next = '/w/migrations/0002_index.sql';
    editor.disk.files.set(next, "SET lock_timeout = '5s';\nCREATE INDEX a_created ON a (created_at);\n");
    await editor.open(next);
    assert.deepEqual(await editor.codes(next), ['blocking-index']);
    // Now the table is created by the same file, and nobody waits for it.
    editor.disk.files.delete(path);
    await editor.changeFiles(path);
    await editor.edit(next, 'CREATE INDEX', 'CREATE TABLE a (id bigint PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz);\nCREATE INDEX');
    assert.deepEqual(await editor.codes(next), []);
  });

  it('asks a pulling client to pull again when files or settings change', async () => {
    const editor = await Editor.start({ files, pull: true });
    await editor.until(() => editor.refreshes > 0);
    const before = editor.refreshes;
    await editor.changeFiles(PATH);
    await editor.until(() => editor.refreshes > before);
    assert.deepEqual(editor.registered.sort(), ['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles', 'workspace/didChangeWorkspaceFolders']);
  });

  it('follows the settings', async () => {
    const editor = await Editor.start({ files, settings: { rules: { 'unindexed-foreign-key': 'error' } } });
    await editor.open(PATH);
    await editor.until(() => editor.published.get(uri(PATH))?.diagnostics[0]?.severity === 1);
    editor.settings = { rules: { 'unindexed-foreign-key': 'off' } };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await editor.until(() => editor.published.get(uri(PATH))?.diagnostics.length === 0);
    editor.settings = { enable: 'yes', rules: 7, postgresVersion: {}, migrations: [] };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await editor.until(() => editor.published.get(uri(PATH))?.diagnostics.length === 1);
    editor.settings = { ignore: [7, '**/*.prisma'] };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await editor.until(() => editor.published.get(uri(PATH))?.diagnostics.length === 0);
    editor.settings = { rules: { 'missing-timestamps': { options: { ignoreTables: [7] } } } };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await editor.until(() => editor.published.get(uri(PATH))?.diagnostics.length === 1);
    assert.deepEqual(editor.messages.filter((message) => message.includes('failed')), []);
    editor.settings = { enable: false };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await editor.until(() => editor.published.get(uri(PATH))?.diagnostics.length === 0);
  });

  it('reports a mistake in a configuration file there, and takes it back', async () => {
    const config = '/w/schema-bible.json';
    const editor = await Editor.start({ files: { ...files, [config]: '{ "rules": { "unindexd-foreign-key": "off" } }' } });
    await editor.until(() => (editor.published.get(uri(config))?.diagnostics.length ?? 0) > 0);
    await editor.open(PATH);
    assert.equal((await editor.codes(PATH)).length, 1);
    editor.disk.files.set(config, '{ "rules": { "unindexed-foreign-key": "off" } }');
    await editor.changeFiles(config);
    await editor.until(() => editor.published.get(uri(config))?.diagnostics.length === 0);
    await editor.until(() => editor.published.get(uri(PATH))?.diagnostics.length === 0);
  });

  it('counts an unsaved file for the others until it is closed', async () => {
    const [table, index] = ['/w/migrations/1_a.sql', '/w/migrations/2_b.sql'];
    const text = 'CREATE TABLE a (id bigint PRIMARY KEY, a_id bigint REFERENCES a (id) ON DELETE CASCADE, created_at timestamptz DEFAULT now(), updated_at timestamptz);\n';
    const editor = await Editor.start({ files: { [table]: text } });
    await editor.open(table);
    assert.deepEqual(await editor.codes(table), ['unindexed-foreign-key']);
    await editor.open(index, 'CREATE INDEX a_a_id ON a (a_id);\n');
    await editor.until(() => editor.published.get(uri(table))?.diagnostics.length === 0);
    await editor.close(index);
    await editor.until(() => editor.published.get(uri(table))?.diagnostics.length === 1);
  });

  it('logs what it leaves alone', async () => {
    const editor = await Editor.start({ files: { ...files, '/w/migrations/1_dump.sql': `SELECT 1;${' '.repeat(5_000_001)}` } });
    await editor.open(PATH);
    await editor.until(() => editor.messages.some((message) => message.includes('1_dump.sql is left alone: it is larger than 5 MB.')));
  });

  it('serves several folders, and those added later', async () => {
    const other = '/other/prisma/schema.prisma';
    const editor = await Editor.start({ files: { ...files, [other]: SCHEMA, '/other/schema-bible.json': '{ "rules": { "unindexed-foreign-key": "error" } }' } });
    await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: uri('/other'), name: 'other' }], removed: [] } });
    await editor.open(PATH);
    await editor.open(other);
    await editor.until(() => editor.published.get(uri(other))?.diagnostics[0]?.severity === 1);
    assert.equal((await editor.diagnostics(PATH))[0]?.severity, 2);
  });

  it('serves a file outside every folder, and an unsaved one, alone', async () => {
    const editor = await Editor.start({ folders: [] });
    await editor.open('/elsewhere/schema.prisma', SCHEMA);
    assert.deepEqual(await editor.codes('/elsewhere/schema.prisma'), ['unindexed-foreign-key']);
    await editor.open('Untitled-1.sql', 'CREATE TABLE t (id bigint PRIMARY KEY, at timestamp);', 'untitled:Untitled-1');
    await editor.until(() => (editor.published.get('untitled:Untitled-1')?.diagnostics.length ?? 0) > 0);
  });

  it('leaves to Prisma\'s own extension what that reports', async () => {
    const emulated = SCHEMA.replace('provider = "postgresql"', 'provider = "postgresql"\n  relationMode = "prisma"');
    assert.notEqual(emulated, SCHEMA);
    for (const besidePrisma of [false, true]) {
      const editor = await Editor.start({ files: { [PATH]: emulated }, initializationOptions: { besidePrisma } });
      await editor.open(PATH);
      assert.equal((await editor.codes(PATH)).includes('unindexed-foreign-key'), !besidePrisma);
    }
  });

  it('leaves TypeScript without Drizzle alone', async () => {
    const editor = await Editor.start({ files: { '/w/a.ts': 'export const a = 1;\n' } });
    await editor.open('/w/a.ts');
    assert.deepEqual(await editor.codes('/w/a.ts'), []);
  });

  it('survives malformed input', async () => {
    const editor = await Editor.start({ files });
    await editor.open(PATH);
    await editor.diagnostics(PATH);
    await editor.connection.sendNotification('textDocument/didChange', { textDocument: { uri: uri('/w/never-opened.prisma'), version: 2 }, contentChanges: [{ text: 'model' }] });
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: '%%%', type: 9 }] });
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: 7 });
    await editor.connection.sendNotification('no/such/notification', { a: 1 });
    await assert.rejects(editor.connection.sendRequest('no/such/request', {}));
    assert.equal(await editor.connection.sendRequest('textDocument/hover', { textDocument: { uri: uri(PATH) }, position: { line: 99999, character: -4 } }), null);
    assert.deepEqual(await editor.connection.sendRequest('textDocument/codeAction', { textDocument: { uri: 'file:///none' }, range: editor.range(PATH, 'model'), context: { diagnostics: [] } }), []);
    await editor.connection.sendRequest('workspace/executeCommand', { command: 'schemaBible.server.fixAllInFile', arguments: [{}] });
    await editor.edit(PATH, SCHEMA, 'model {{{ @@ "é😀');
    assert.deepEqual(await editor.codes(PATH), []);
    await editor.edit(PATH, 'model {{{ @@ "é😀', SCHEMA);
    assert.deepEqual(await editor.codes(PATH), ['unindexed-foreign-key']);
  });
});
