// Commands that the server carries out itself.
import type { ExecuteCommandParams } from 'vscode-languageserver/node';
import { asEdits, fixAll, textsBefore } from '../ide/fix-all';
import { fixAllInFile } from './code-actions';
import { toWorkspaceEdit } from './edits';
import type { Session } from './session';

export const FIX_ALL_IN_FILE = 'schemaBible.server.fixAllInFile';
export const FIX_ALL_IN_WORKSPACE = 'schemaBible.server.fixAllInWorkspace';
export const SHOW_PAGE = 'schemaBible.server.showRulePage';
export const COMMANDS = [FIX_ALL_IN_FILE, FIX_ALL_IN_WORKSPACE, SHOW_PAGE];

/** Runs a command; unknown ones and wrong arguments do nothing. */
export async function executeCommand({ command, arguments: args = [] }: ExecuteCommandParams, session: Session): Promise<void> {
  const [first, second]: unknown[] = args;
  switch (command) {
    case FIX_ALL_IN_FILE:
      if (typeof first === 'string') await fixFile(first, typeof second === 'string' ? second : undefined, session);
      return;
    case FIX_ALL_IN_WORKSPACE:
      await fixWorkspace(session);
      return;
    case SHOW_PAGE: {
      const page = typeof first === 'string' ? session.pageLink(first) : undefined;
      if (page !== undefined && session.client.showsDocuments) await session.connection.window.showDocument({ uri: page, takeFocus: true });
      return;
    }
    default:
      session.log(`There is no command ${command}.`);
  }
}

async function fixFile(uri: string, rule: string | undefined, session: Session): Promise<void> {
  const edit = await fixAllInFile(uri, rule, session);
  if (edit) await session.connection.workspace.applyEdit({ label: 'Fix all problems', edit });
}

async function fixWorkspace(session: Session): Promise<void> {
  const scratch = await session.createScratch();
  const paths = new Set([...session.project.files(), ...[...session.openPaths()].map(([, path]) => path)]);
  const { files, applied } = await fixAll(scratch, { paths: [...paths], kinds: ['safe'] });
  const fixes = [...applied.values()].reduce((sum, count) => sum + count, 0);
  const edit = files.length > 0 ? await toWorkspaceEdit(asEdits(files), session, textsBefore(files)) : undefined;
  if (!edit) {
    session.tell('Schema Bible found nothing that it can fix safely by itself.');
    return;
  }
  const { applied: done } = await session.connection.workspace.applyEdit({ label: 'Fix all safe Schema Bible problems', edit });
  const what = `${fixes} ${fixes === 1 ? 'problem' : 'problems'} in ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  session.tell(done ? `Schema Bible fixed ${what}.` : 'The editor refused the edit, so nothing was fixed.');
}
