// Fixes over several files in a real VS Code: applied by its own command, and taken back by one undo.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, open, root, until } from './editor';

/** Puts the cursor on a rule's first finding and has VS Code apply its preferred fix. */
async function autoFix(editor: vscode.TextEditor, rule: string): Promise<void> {
  const { document } = editor;
  const finding = await until(`${rule} in ${vscode.workspace.asRelativePath(document.uri)}`, () => findings(document, rule)[0]);
  const { version } = document;
  await until(`the fix of ${rule}`, async () => {
    await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
    await vscode.commands.executeCommand('editor.action.autoFix');
    // The command ends before its edit does, and asks in vain while other extensions start.
    await until('the edit', () => document.version !== version || undefined, 1000);
    return true;
  });
}

/** What a file holds for its reader: its document, where it is open, or what is on the disk. */
async function text(path: string): Promise<string | undefined> {
  const uri = vscode.Uri.joinPath(root, path);
  const document = vscode.workspace.textDocuments.find((each) => each.uri.path === uri.path);
  if (document) return document.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** Fixes the finding, waits for what the files have to hold then, and takes it back from all of them at once. */
async function fixAndUndo(path: string, rule: string, expected: Readonly<Record<string, RegExp>>): Promise<void> {
  const editor = await open(path);
  const before = new Map<string, string | undefined>();
  for (const file of Object.keys(expected)) before.set(file, await text(file));
  const hold = async (as: (file: string, now: string | undefined) => boolean): Promise<true | undefined> => {
    for (const file of Object.keys(expected)) if (!as(file, await text(file))) return undefined;
    return true;
  };
  const dirty = (): vscode.TextDocument[] =>
    vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && before.has(vscode.workspace.asRelativePath(uri)));
  await autoFix(editor, rule);
  await until('all files', () => hold((file, now) => now !== undefined && expected[file]?.test(now) === true));
  await until('the silence of the rule', () => findings(editor.document, rule).length === 0 || undefined);
  // VS Code saves by itself what it changes in several files; only then it is done.
  await until('the files to be saved', () => dirty().length === 0 || undefined);
  await vscode.window.showTextDocument(editor.document);
  await vscode.commands.executeCommand('undo');
  await until('the texts of before', () => hold((file, now) => now === before.get(file)));
  await until('the finding again', () => findings(editor.document, rule)[0]);
  // What it took back isn't.
  assert.ok(dirty().length > 0);
  for (const document of dirty()) await document.save();
}

describe('one undo', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('takes back a relation, the other side of it and its index', () =>
    fixAndUndo('prisma/schema/seat.prisma', 'missing-foreign-key', {
      'prisma/schema/seat.prisma': /user +User +@relation\(fields: \[userId\][^]*@@index\(\[userId\]\)/,
      'prisma/schema/user.prisma': /seats +Seat\[\]/,
    }));

  it('takes back the type of a key and of what refers to it', () =>
    fixAndUndo('prisma/schema/team.prisma', 'uuid-as-text', {
      'prisma/schema/team.prisma': /id .*@db\.Uuid/,
      'prisma/schema/seat.prisma': /teamId .*@db\.Uuid/,
    }));

  it('takes back the security of a table, and deletes the migration that forces it', () =>
    fixAndUndo('tenants/src/schema.ts', 'tenant-without-rls', {
      'tenants/src/schema.ts': /const notes [^]*\.enableRLS\(\);\n$/,
      'tenants/drizzle/0001_force_secure_notes.sql': /ALTER TABLE "notes" FORCE ROW LEVEL SECURITY;/,
      'tenants/drizzle/meta/_journal.json': /0001_force_secure_notes/,
    }));
});
