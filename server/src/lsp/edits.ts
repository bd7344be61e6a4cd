// Plain edits to the protocol's workspace edits, one undoable step each.
import type { CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { LineIndex } from '../text/line-index';
import type { Edit } from '../text/edit';
import { toRange } from './convert';
import type { Session } from './session';

/**
 * The edits of one action; undefined where this client can't carry them out, or where an open document isn't any more as
 * they were made for. `madeFor` has the texts, by path, that they were made for; those of now count where it has none.
 */
export async function toWorkspaceEdit(
  edits: readonly Edit[],
  session: Session,
  madeFor: ReadonlyMap<string, string> = new Map(),
): Promise<WorkspaceEdit | undefined> {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  const creates = edits.some((edit) => edit.create);
  const { client } = session;
  if (creates && !(client.documentChanges && client.createsFiles)) return undefined;
  const files: { readonly uri: string; readonly create: boolean; readonly text: string; readonly edits: TextEdit[] }[] = [];
  for (const [path, own] of byFile) {
    const create = own.some((edit) => edit.create);
    const text = create ? '' : (madeFor.get(path) ?? (await session.text(path)));
    if (text === undefined) return undefined;
    const lines = new LineIndex(text);
    files.push({ uri: session.uri(path), create, text, edits: own.map((edit) => ({ range: toRange(lines, edit), newText: edit.newText })) });
  }
  if (files.some(({ uri, create, text }) => !create && (session.documents.get(uri)?.getText() ?? text) !== text)) return undefined;
  if (!client.documentChanges) return { changes: Object.fromEntries(files.map(({ uri, edits }) => [uri, edits])) };
  const documentChanges = files.flatMap(({ uri, create, edits }): (CreateFile | TextDocumentEdit)[] => {
    const version = session.documents.get(uri)?.version ?? null;
    const change: TextDocumentEdit = { textDocument: { uri, version }, edits };
    return create ? [{ kind: 'create', uri }, change] : [change];
  });
  return { documentChanges };
}
