// The light bulb in the protocol's terms. Edits that cost a run of their own are made when the client asks for them.
import { type CodeAction, type CodeActionParams, type Command } from 'vscode-languageserver/node';
import { actionsAt, FIX_ALL_KIND, type Action } from '../ide/actions';
import type { FileReport } from '../ide/analysis';
import { asEdits, fixAll, textsBefore } from '../ide/fix-all';
import { isSame } from './convert';
import { toWorkspaceEdit } from './edits';
import { FIX_ALL_IN_FILE, SHOW_PAGE } from './commands';
import type { Session } from './session';

/** What comes back with an action that is to be resolved. */
interface ActionData {
  readonly uri: string;
  readonly rule?: string;
}

export async function codeActions(params: CodeActionParams, session: Session): Promise<CodeAction[]> {
  const path = session.pathOf(params.textDocument.uri);
  if (path === undefined || !session.settings.enable) return [];
  const report = await session.analysis.report(path);
  if (!report) return [];
  const { range, context } = params;
  const start = report.lines.offsetAt(range.start);
  const end = report.lines.offsetAt(range.end);
  const asked = { start, end, ...(context.only && { only: context.only }) };
  const offered = actionsAt(session.analysis, report, asked);
  // A fix that depends on application code is written again once that has been read.
  const actions = (await session.project.readWantedCode()) ? actionsAt(session.analysis, report, asked) : offered;
  const converted: CodeAction[] = [];
  for (const action of actions) {
    const own = await toCodeAction(action, report, params, session);
    if (own) converted.push(own);
  }
  return converted;
}

/** Makes the edit of an action that was offered without one. */
export async function resolveCodeAction(action: CodeAction, session: Session): Promise<CodeAction> {
  const data = readData(action.data);
  if (!data) return action;
  const edit = await fixAllInFile(data.uri, data.rule, session);
  return edit ? { ...action, edit } : action;
}

/** The edit that fixes everything safe of one rule, or of all rules, in a file. */
export async function fixAllInFile(uri: string, rule: string | undefined, session: Session): Promise<CodeAction['edit']> {
  const path = session.pathOf(uri);
  if (path === undefined) return undefined;
  const scratch = await session.createScratch();
  const { files } = await fixAll(scratch, { paths: [path], kinds: ['safe'], ...(rule !== undefined && { rule }) });
  return files.length > 0 ? toWorkspaceEdit(asEdits(files), session, textsBefore(files)) : undefined;
}

async function toCodeAction(action: Action, report: FileReport, params: CodeActionParams, session: Session): Promise<CodeAction | undefined> {
  const { uri } = params.textDocument;
  const diagnostics = params.context.diagnostics.filter((own) => action.findings.some((finding) => isSame(own, finding, report.lines)));
  const base: CodeAction = {
    title: action.title,
    kind: action.kind,
    ...(diagnostics.length > 0 && { diagnostics }),
    ...(action.preferred && { isPreferred: true }),
  };
  switch (action.does) {
    case 'edit': {
      const edit = await toWorkspaceEdit(action.edits, session, new Map([[report.path, report.text]]));
      return edit && { ...base, edit };
    }
    case 'showPage': {
      const command = showPageCommand(action.rule, session);
      return command && { ...base, command };
    }
    case 'fixAll': {
      const { rule } = action;
      const data: ActionData = { uri, ...(rule !== undefined && { rule }) };
      if (session.client.resolvesEdits) return { ...base, data };
      if (action.kind !== FIX_ALL_KIND) {
        return session.client.appliesEdits ? { ...base, command: { title: action.title, command: FIX_ALL_IN_FILE, arguments: [uri, rule] } } : undefined;
      }
      // Without resolving, the edit is only worth its cost when exactly this was asked for.
      const edit = params.context.only ? await fixAllInFile(uri, rule, session) : undefined;
      return edit && { ...base, edit };
    }
  }
}

function showPageCommand(rule: string, session: Session): Command | undefined {
  const { client } = session;
  if (session.pageLink(rule) === undefined || !(client.showRulePage ?? client.showsDocuments)) return undefined;
  return { title: 'Show the page', command: client.showRulePage ?? SHOW_PAGE, arguments: [rule] };
}

function readData(data: unknown): ActionData | undefined {
  if (typeof data !== 'object' || data === null || !('uri' in data) || typeof data.uri !== 'string') return undefined;
  const rule = 'rule' in data && typeof data.rule === 'string' ? data.rule : undefined;
  return { uri: data.uri, ...(rule !== undefined && { rule }) };
}
