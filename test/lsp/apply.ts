// Carries a workspace edit out over open documents and the files on the disk, as an editor does: all of it or nothing.
import assert from 'node:assert/strict';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import type { Editor } from './client';

export interface Applied {
  /** The files that it touched, sorted. */
  readonly paths: readonly string[];
  /** One undo for all of them. */
  undo(): Promise<void>;
}

export async function applyTo(editor: Editor, edit: WorkspaceEdit | undefined): Promise<Applied> {
  const changes = edit?.documentChanges ?? [];
  assert.ok(changes.length > 0, 'an edit by documents');
  const created = new Set<string>();
  const after = new Map<string, string>();
  for (const change of changes) {
    if (!('textDocument' in change)) {
      assert.equal(change.kind, 'create');
      const path = new URL(change.uri).pathname;
      assert.equal(editor.text(path), undefined, `${path} is there already`);
      created.add(path);
      continue;
    }
    const path = new URL(change.textDocument.uri).pathname;
    assert.ok(!after.has(path), `${path} is changed twice, which takes two undos`);
    assert.ok(created.has(path) || editor.text(path) !== undefined, `${path} isn't there`);
    assert.equal(change.textDocument.version, editor.version(path));
    after.set(path, editor.after(edit, path));
  }
  const paths = [...after.keys()].sort();
  const before = new Map(paths.map((path) => [path, editor.text(path)]));
  await write(editor, after);
  return { paths, undo: () => write(editor, before) };
}

async function write(editor: Editor, texts: ReadonlyMap<string, string | undefined>): Promise<void> {
  for (const [path, text] of texts) {
    if (text === undefined) editor.disk.files.delete(path);
    else if (editor.version(path) === null) editor.disk.files.set(path, text);
    else await editor.edit(path, editor.text(path) ?? '', text);
  }
  await editor.changeFiles(...[...texts.keys()].filter((path) => editor.version(path) === null));
}
