// What the tests do in VS Code: open, type, wait for findings, ask for actions and hovers.
import * as vscode from 'vscode';

export const root = ((): vscode.Uri => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('The tests need an open folder.');
  return folder.uri;
})();

/** Asks again until there is an answer: findings, providers and file events come when they come. */
export async function until<T>(what: string, probe: () => T | undefined | Thenable<T | undefined>, milliseconds = 20_000): Promise<T> {
  const end = Date.now() + milliseconds;
  let cause: unknown;
  while (Date.now() < end) {
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
    } catch (error) {
      cause = error; // "Canceled": a provider was registered in the meantime
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Timed out waiting for ${what}.`, { cause });
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, path)));
}

/** Types the text one letter after the other, at the end of the line that holds `after`. */
export async function type(editor: vscode.TextEditor, after: string, text: string): Promise<void> {
  const { document } = editor;
  const offset = document.getText().indexOf(after);
  if (offset < 0) throw new Error(`There is no "${after}" in ${document.fileName}.`);
  const { end } = document.lineAt(document.positionAt(offset)).range;
  editor.selection = new vscode.Selection(end, end);
  for (const letter of text) await vscode.commands.executeCommand('type', { text: letter });
}

/** Our findings in a document, by rule. */
export function findings(document: vscode.TextDocument, rule?: string): vscode.Diagnostic[] {
  const own = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Schema Bible');
  return rule === undefined ? own : own.filter((finding) => ruleOf(finding) === rule);
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The findings of a rule, once there are `count` of them. */
export async function squiggles(document: vscode.TextDocument, rule: string, count: number): Promise<vscode.Diagnostic[]> {
  return until(`${count} × ${rule} in ${vscode.workspace.asRelativePath(document.uri)}`, () => {
    const found = findings(document, rule);
    return found.length === count ? found : undefined;
  });
}

export async function actions(document: vscode.TextDocument, range: vscode.Range, kind = vscode.CodeActionKind.QuickFix): Promise<vscode.CodeAction[]> {
  const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, kind.value, 30);
  return offered;
}

/** The action with the title, once it is offered. */
export async function action(document: vscode.TextDocument, range: vscode.Range, title: RegExp, kind?: vscode.CodeActionKind): Promise<vscode.CodeAction> {
  let offered: vscode.CodeAction[] = [];
  try {
    return await until('the action', async () => {
      offered = await actions(document, range, kind);
      return offered.find((each) => title.test(each.title));
    });
  } catch (cause) {
    throw new Error(`${String(title)} isn't offered, only: ${offered.map((each) => each.title).join(' | ')}`, { cause });
  }
}

/** Does what a click on the action does. */
export async function apply(chosen: vscode.CodeAction): Promise<void> {
  if (chosen.edit && !(await vscode.workspace.applyEdit(chosen.edit))) throw new Error(`"${chosen.title}" wasn't applied.`);
  if (chosen.command) await vscode.commands.executeCommand(chosen.command.command, ...(chosen.command.arguments ?? []));
}

/** The text of all hovers at the middle of the first `word`. */
export async function hover(document: vscode.TextDocument, word: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(word) + Math.floor(word.length / 2));
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
}

/** Brings a document back to what is on the disk. */
export async function revert(editor: vscode.TextEditor): Promise<void> {
  await vscode.window.showTextDocument(editor.document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
