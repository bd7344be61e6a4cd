// What a user sees, in a real VS Code: the packaged extension, its server, this folder.
import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { action, actions, apply, findings, hover, open, revert, root, ruleOf, squiggles, type, until } from './editor';

const other = vscode.extensions.getExtension('schema-bible-tests.prisma-like');

describe(`VS Code ${vscode.version}${other ? " beside Prisma's language" : ''}`, () => {
  let opened: vscode.TextEditor[] = [];
  const show = async (file: string): Promise<vscode.TextEditor> => {
    const editor = await open(file);
    opened.push(editor);
    return editor;
  };

  afterEach(async () => {
    for (const editor of opened) await revert(editor);
    opened = [];
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('runs the installed package', async () => {
    const extension = vscode.extensions.getExtension('schema-bible.schema-bible');
    assert.ok(extension);
    if (process.env['SCHEMA_BIBLE_FROM_VSIX']) assert.match(path.basename(extension.extensionPath), /^schema-bible\.schema-bible-\d/);
    await show('prisma/schema/user.prisma');
    await until('activation', () => extension.isActive || undefined);
    assert.equal(vscode.workspace.isTrusted, true);
  });

  it('knows Prisma files, with or without another extension that does', async () => {
    const { document } = await show('prisma/schema/event.prisma');
    assert.equal(document.languageId, 'prisma');
    await squiggles(document, 'naive-timestamp', 2);
    const sources = new Set(vscode.languages.getDiagnostics(document.uri).map(({ source }) => source));
    assert.deepEqual(sources, new Set(other ? ['Prisma', 'Schema Bible'] : ['Schema Bible']));
    if (other) await until('the hovers of both', async () => {
      const text = await hover(document, 'DateTime');
      return (text.includes('the other extension') && text.includes('naive-timestamp')) || undefined;
    });
  });

  it('shows a squiggle while a field is typed, and keeps the others through a half-typed line', async () => {
    const editor = await show('prisma/schema/event.prisma');
    await squiggles(editor.document, 'naive-timestamp', 2);
    await type(editor, 'endsAt', '\npublishedAt Da');
    await squiggles(editor.document, 'naive-timestamp', 2);
    await type(editor, 'publishedAt', 'teTime?');
    const found = await squiggles(editor.document, 'naive-timestamp', 3);
    assert.deepEqual(found.map(({ range }) => editor.document.getText(range)).filter((text) => text.startsWith('DateTime')).length, 3);
    // A table is warned of once; the others are hints.
    const { Hint, Warning } = vscode.DiagnosticSeverity;
    assert.deepEqual(found.toSorted((a, b) => a.range.start.compareTo(b.range.start)).map(({ severity }) => severity), [Warning, Hint, Hint]);
  });

  it('applies a quick fix', async () => {
    const { document } = await show('prisma/schema/event.prisma');
    const [first] = await squiggles(document, 'naive-timestamp', 2);
    assert.ok(first);
    const fix = await action(document, first.range, /Make `startsAt` a timestamp with time zone/);
    assert.equal((await actions(document, first.range)).filter(({ isPreferred }) => isPreferred).length <= 1, true);
    await apply(fix);
    await squiggles(document, 'naive-timestamp', 1);
    assert.match(document.getText(), /startsAt +DateTime +@db\.Timestamptz\(3\)/);
  });

  it('fixes everything that is safe when the file is saved', async () => {
    const editor = await show('prisma/schema/post.prisma');
    const before = editor.document.getText();
    await squiggles(editor.document, 'unindexed-foreign-key', 1);
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update('codeActionsOnSave', { 'source.fixAll.schemaBible': 'explicit' }, vscode.ConfigurationTarget.Workspace);
    try {
      await type(editor, '@@map', ' ');
      await until('the fix on saving', async () => {
        await editor.document.save();
        return editor.document.getText().includes('@@index([authorId])') || undefined;
      });
      await squiggles(editor.document, 'unindexed-foreign-key', 0);
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
      await vscode.workspace.fs.writeFile(editor.document.uri, new TextEncoder().encode(before));
    }
  });

  it('finds a missing index across the files of a schema and points at the other table', async () => {
    const { document } = await show('prisma/schema/post.prisma');
    const [finding] = await until('the finding', () => {
      const found = findings(document, 'unindexed-foreign-key');
      return found.length === 1 ? found : undefined;
    });
    assert.ok(finding);
    assert.match(finding.message, /`Post`/);
    assert.ok(finding.relatedInformation?.some(({ location }) => location.uri.path.endsWith('user.prisma')), 'related information in user.prisma');
    await apply(await action(document, finding.range, /index/i));
    await squiggles(document, 'unindexed-foreign-key', 0);
    assert.match(document.getText(), /\n\n? {2}@@index\(\[authorId\]\)\n/);
  });

  it('hovers', async () => {
    const { document } = await show('prisma/schema/event.prisma');
    await squiggles(document, 'naive-timestamp', 2);
    await until('the hover', async () => ((await hover(document, 'DateTime')).includes('naive-timestamp') ? true : undefined));
    const migration = await show('db/migrations/20260102000000_accounts_name_index.sql');
    await until('the hover of a statement', async () => (/SHARE/.test(await hover(migration.document, 'CREATE INDEX')) ? true : undefined));
  });

  it('is silenced by a comment, by hand and by the light bulb', async () => {
    const editor = await show('prisma/schema/event.prisma');
    const [first] = await squiggles(editor.document, 'naive-timestamp', 2);
    assert.ok(first);
    await apply(await action(editor.document, first.range, /Disable `naive-timestamp` for this line/));
    await squiggles(editor.document, 'naive-timestamp', 1);
    assert.match(editor.document.getText(), /schema-bible-disable-next-line naive-timestamp\n {2}startsAt/);
    await type(editor, 'endsAt', ' // schema-bible-disable-line naive-timestamp');
    await squiggles(editor.document, 'naive-timestamp', 0);
  });

  it('follows the settings', async () => {
    const { document } = await show('prisma/schema/event.prisma');
    await squiggles(document, 'naive-timestamp', 2);
    const settings = vscode.workspace.getConfiguration('schemaBible');
    try {
      await settings.update('rules', { 'naive-timestamp': 'off', 'limited-varchar': 'error' }, vscode.ConfigurationTarget.Workspace);
      await squiggles(document, 'naive-timestamp', 0);
      await until('the new severity', () => findings(document, 'limited-varchar')[0]?.severity === vscode.DiagnosticSeverity.Error || undefined);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await squiggles(document, 'naive-timestamp', 2);
  });

  it('shows locks at the ends of statements where the setting asks for it', async () => {
    const { document } = await show('db/migrations/20260102000000_accounts_name_index.sql');
    const hints = async (): Promise<readonly string[]> => {
      const range = new vscode.Range(0, 0, document.lineCount, 0);
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, range);
      return found.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    };
    assert.deepEqual(await hints(), []);
    const settings = vscode.workspace.getConfiguration('schemaBible');
    try {
      await settings.update('inlayHints.locks', true, vscode.ConfigurationTarget.Workspace);
      await until('the hint', async () => ((await hints()).includes('SHARE · build') ? true : undefined));
    } finally {
      await settings.update('inlayHints.locks', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until('no hint', async () => ((await hints()).length === 0 ? true : undefined));
  });

  it('reports a mistake in schema-bible.json where it stands', async () => {
    const file = vscode.Uri.joinPath(root, 'drizzle/schema-bible.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('{ "rules": { "no-such-rule": "error" } }\n'));
    try {
      const { document } = await show('drizzle/schema-bible.json');
      const found = await until('a finding of ours', () => findings(document)[0]);
      assert.match(document.getText(found.range), /no-such-rule/);
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });

  it('reads Drizzle and writes the index in its form', async () => {
    const { document } = await show('drizzle/src/schema.ts');
    const [finding] = await squiggles(document, 'unindexed-foreign-key', 1);
    assert.ok(finding);
    await apply(await action(document, finding.range, /index/i));
    await squiggles(document, 'unindexed-foreign-key', 0);
    assert.match(document.getText(), /index\('[^']+'\)\.on\((\w+)\.customerId\)/);
  });

  it('knows from the history that the table of a new index exists', async () => {
    const { document } = await show('db/migrations/20260102000000_accounts_name_index.sql');
    const found = await until('findings', () => (findings(document).length > 0 ? findings(document) : undefined));
    assert.deepEqual(found.map(ruleOf), ['blocking-index', 'missing-lock-timeout']);
  });

  it("shows a rule's page", async () => {
    await vscode.commands.executeCommand('schemaBible.showRulePage', 'naive-timestamp');
    await until('the page', () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ label }) => label.includes('naive-timestamp')) || undefined);
  });

  it('finds the same after a restart of the server', async () => {
    const { document } = await show('prisma/schema/event.prisma');
    await squiggles(document, 'naive-timestamp', 2);
    await vscode.commands.executeCommand('schemaBible.restart');
    await squiggles(document, 'naive-timestamp', 2);
    await vscode.commands.executeCommand('schemaBible.showOutput');
  });

  it('fixes everything that is safe in the whole folder', async () => {
    const editor = await show('prisma/schema/post.prisma');
    await squiggles(editor.document, 'unindexed-foreign-key', 1);
    await vscode.commands.executeCommand('schemaBible.fixAllInWorkspace');
    await until('the index', () => editor.document.getText().includes('@@index([authorId])') || undefined);
    await squiggles(editor.document, 'unindexed-foreign-key', 0);
  });
});
