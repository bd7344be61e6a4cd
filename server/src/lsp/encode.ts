// Messages as text. A file of a thousand tables has thousands of diagnostics, which are sent whole after each keystroke
// though few of them differ: one that was sent before isn't turned into text again.
import type { ContentTypeEncoder, Diagnostic, Message } from 'vscode-languageserver/node';

/** For the writer of a connection. */
export const encoder: ContentTypeEncoder = {
  name: 'application/json',
  encode: (message, { charset }) => Promise.resolve(Buffer.from(encode(message), charset)),
};

/** Fewer diagnostics aren't worth the trouble. */
const MANY = 50;
/** Stands for the list while the rest of the message is written; too long to be met by chance. */
const MARK = '\u0001schema-bible: the diagnostics stand here\u0001';
const QUOTED_MARK = JSON.stringify(MARK);

const texts = new WeakMap<Diagnostic, string>();

/** The message as JSON: the same text as JSON.stringify gives. */
export function encode(message: Message): string {
  const list = diagnosticsOf(message);
  if (!list || list.items.length < MANY) return JSON.stringify(message);
  const [head = '', tail = ''] = JSON.stringify(list.around(MARK)).split(QUOTED_MARK);
  return `${head}[${list.items.map(textOf).join(',')}]${tail}`;
}

function textOf(diagnostic: Diagnostic): string {
  let text = texts.get(diagnostic);
  if (text === undefined) texts.set(diagnostic, (text = JSON.stringify(diagnostic)));
  return text;
}

interface DiagnosticList {
  readonly items: readonly Diagnostic[];
  /** The message with something else in the list's place. */
  around(placeholder: string): unknown;
}

/** The diagnostics of a message that carries them: the answer to a pull, or a push. */
function diagnosticsOf(message: Message): DiagnosticList | undefined {
  if ('result' in message && isFullReport(message.result)) {
    const report = message.result;
    return { items: report.items, around: (placeholder) => ({ ...message, result: { ...report, items: placeholder } }) };
  }
  if ('method' in message && message.method === 'textDocument/publishDiagnostics' && 'params' in message && isPublished(message.params)) {
    const { params } = message;
    return { items: params.diagnostics, around: (placeholder) => ({ ...message, params: { ...params, diagnostics: placeholder } }) };
  }
  return undefined;
}

function isFullReport(result: unknown): result is { readonly items: readonly Diagnostic[] } {
  return typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'full' && 'items' in result && Array.isArray(result.items);
}

function isPublished(params: unknown): params is { readonly diagnostics: readonly Diagnostic[] } {
  return typeof params === 'object' && params !== null && 'diagnostics' in params && Array.isArray(params.diagnostics);
}
