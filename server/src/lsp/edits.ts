// Plain edits to the protocol's workspace edits, one undoable step each.
import type { CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { LineIndex } from '../text/line-index';
import type { Edit } from '../text/edit';
import { toRange } from './convert';
import type { Session } from './session';

/** The edits of one action; undefined where this client can't carry them out. */
export async function toWorkspaceEdit(edits: readonly Edit[], session: Session): Promise<WorkspaceEdit | undefined> {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  const creates = edits.some((edit) => edit.create);
  const { client } = session;
  if (creates && !(client.documentChanges && client.createsFiles)) return undefined;
  const files: { readonly uri: string; readonly create: boolean; readonly edits: TextEdit[] }[] = [];
  for (const [path, own] of byFile) {
    const create = own.some((edit) => edit.create);
    const text = create ? '' : await session.text(path);
    if (text === undefined) return undefined;
    const lines = new LineIndex(text);
    files.push({ uri: session.uri(path), create, edits: own.map((edit) => ({ range: toRange(lines, edit), newText: edit.newText })) });
  }
  if (!client.documentChanges) return { changes: Object.fromEntries(files.map(({ uri, edits }) => [uri, edits])) };
  const documentChanges = files.flatMap(({ uri, create, edits }): (CreateFile | TextDocumentEdit)[] => {
    const version = session.documents.get(uri)?.version ?? null;
    const change: TextDocumentEdit = { textDocument: { uri, version }, edits };
    return create ? [{ kind: 'create', uri }, change] : [change];
  });
  return { documentChanges };
}
