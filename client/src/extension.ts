// The only code that knows VS Code: starts the language server, shows its count and offers the commands.
import * as vscode from 'vscode';
import { LanguageClient, TransportKind, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';

/** What the server counts over the open documents, sent as `schemaBible/status`. */
interface Status {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
}

const languages = ['prisma', 'sql', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'];
const selector = ['file', 'untitled'].flatMap((scheme) => [
  ...languages.map((language) => ({ scheme, language })),
  { scheme, pattern: '**/*.sql' }, // other extensions have language ids of their own for SQL
  { scheme, pattern: '**/schema-bible.json' },
]);

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.js');
  const server: ServerOptions = {
    run: { module, transport: TransportKind.stdio },
    debug: { module, transport: TransportKind.stdio, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: selector,
    diagnosticCollectionName: 'schema-bible',
    // The server puts the page of a rule behind this command where it would link to it otherwise.
    initializationOptions: {
      showRulePage: 'schemaBible.showRulePage',
      besidePrisma: vscode.extensions.getExtension('Prisma.prisma') !== undefined,
    },
  };
  const started = (client = new LanguageClient('schemaBible', 'Schema Bible', server, options));
  context.subscriptions.push(
    statusItem(started),
    vscode.commands.registerCommand('schemaBible.restart', () => started.restart()),
    vscode.commands.registerCommand('schemaBible.showOutput', () => started.outputChannel.show()),
    vscode.commands.registerCommand('schemaBible.showRulePage', (rule?: unknown) => showRulePage(context.extensionUri, rule)),
    vscode.commands.registerCommand('schemaBible.fixAllInWorkspace', () =>
      started.sendRequest('workspace/executeCommand', { command: 'schemaBible.server.fixAllInWorkspace', arguments: [] }),
    ),
  );
  await started.start();
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

/** The count behind the `{}` of the status bar; it names the worst that was found. */
function statusItem(client: LanguageClient): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('schemaBible.status', selector);
  item.name = 'Schema Bible';
  item.text = 'Schema Bible';
  item.busy = true;
  item.command = { title: 'Show Problems', command: 'workbench.actions.view.problems' };
  const listener = client.onNotification('schemaBible/status', ({ files, errors, warnings, infos, hints }: Status) => {
    item.busy = false;
    item.severity = errors > 0 ? vscode.LanguageStatusSeverity.Error : warnings > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    const total = errors + warnings + infos + hints;
    item.text = total === 0 ? 'Nothing to report' : `${count(total, 'finding')} in ${count(files, 'file')}`;
    item.detail = total === 0 ? `${count(files, 'file')} looked at` : [count(errors, 'error'), count(warnings, 'warning'), count(infos, 'suggestion'), count(hints, 'hint')].join(', ');
  });
  return vscode.Disposable.from(item, listener);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Opens the packaged page of a rule; asks which one when called without an id. */
async function showRulePage(extension: vscode.Uri, rule: unknown): Promise<void> {
  const folder = vscode.Uri.joinPath(extension, 'docs', 'rules');
  const pages = await vscode.workspace.fs.readDirectory(folder);
  const ids = pages.flatMap(([name]) => (name.endsWith('.md') && name !== 'README.md' ? [name.slice(0, -'.md'.length)] : []));
  const id = typeof rule === 'string' ? rule : await vscode.window.showQuickPick(ids, { title: 'Schema Bible: Show a Rule\'s Page' });
  if (id === undefined) return;
  if (ids.includes(id)) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder, `${id}.md`));
  else await vscode.window.showErrorMessage(`Schema Bible has no rule named "${id}".`);
}
