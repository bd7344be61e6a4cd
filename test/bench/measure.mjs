// One server, one document: how long from a keystroke to the findings of the text after it.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Session, frame } from './session.mjs';

const PAUSE = 25; // between keystrokes, so that one's late work isn't counted as the next one's
const WARM_UP = 6;
const SETTLED = 500; // silence after which pushed diagnostics are taken for final

/**
 * Times `edits` keystrokes that switch the document between two states, in milliseconds from writing `didChange` to
 * the arrival of the findings. Gives `{ first, edit, worst, findings, mode }`: start of the process to first findings,
 * median and largest keystroke, the counts of findings in the two states, and how the server sends them.
 */
export async function measure(server, input, edits) {
  const session = new Session(server.command, { folder: input.folder, settings: (section) => server.settings?.(section, input.folder) ?? {} });
  try {
    const capabilities = await session.initialize(pathToFileURL(input.folder).href);
    const document = await open(session, capabilities, input);
    const first = document.seen.at - session.startedAt;
    const counts = [document.seen.items.length];
    const times = [];
    for (let i = 0; i < WARM_UP + edits; i++) {
      const took = await keystroke(session, document, input, (i + 1) % 2);
      if (i >= WARM_UP) times.push(took);
      counts[(i + 1) % 2] = document.seen.items.length;
      await pause(PAUSE);
    }
    return { first, edit: median(times), worst: Math.max(...times), findings: counts, mode: document.pull ? 'pull' : 'push', memory: memory(session.pid) };
  } finally {
    await session.close();
  }
}

async function open(session, capabilities, input) {
  const uri = pathToFileURL(input.path).href;
  const document = { uri, version: 1, pull: Boolean(capabilities.diagnosticProvider), incremental: syncKind(capabilities) === 2, seen: undefined };
  session.notify('textDocument/didOpen', { textDocument: { uri, languageId: input.languageId, version: 1, text: input.text } });
  if (document.pull) {
    document.seen = await pulled(session, uri);
    return document;
  }
  const first = await session.nextPushed(0, ({ uri: of }) => of === uri, 120_000);
  if (!first) throw new Error(`no findings after opening ${input.path}: ${session.stderr.slice(-500)}`);
  for (let count = -1; count !== session.pushed.length; ) {
    count = session.pushed.length;
    await pause(SETTLED);
  }
  // Some servers publish an empty list first; the start counts until the findings that stay.
  const last = session.pushed.findLast(({ uri: of }) => of === uri);
  const same = session.pushed.find((each) => each.uri === uri && digest(each.items) === digest(last.items));
  document.seen = same;
  return document;
}

async function keystroke(session, document, input, state) {
  const before = digest(document.seen.items);
  document.version++;
  const change = document.incremental ? input.changes[state] : { text: input.texts[state] };
  const bytes = frame({
    method: 'textDocument/didChange',
    params: { textDocument: { uri: document.uri, version: document.version }, contentChanges: [change] },
  });
  const from = session.pushed.length;
  const start = performance.now();
  session.write(bytes);
  const seen = document.pull
    ? await pulled(session, document.uri)
    : await session.nextPushed(from, (each) => isAnswer(each, document, before), 120_000);
  if (!seen) throw new Error(`no findings after a keystroke in ${input.path}`);
  if (digest(seen.items) === before) throw new Error(`the keystroke in ${input.path} changed no finding`);
  document.seen = seen;
  return seen.at - start;
}

/** Where a server gives no versions, findings unlike those before are the answer: every keystroke changes some. */
function isAnswer(pushed, document, before) {
  if (pushed.uri !== document.uri) return false;
  return typeof pushed.version === 'number' ? pushed.version === document.version : digest(pushed.items) !== before;
}

async function pulled(session, uri) {
  const { result, error, at } = await session.request('textDocument/diagnostic', { textDocument: { uri } }, 120_000);
  if (!result?.items) throw new Error(`no diagnostics: ${JSON.stringify(error ?? result)}`);
  return { items: result.items, at };
}

function syncKind({ textDocumentSync: sync }) {
  return typeof sync === 'object' ? sync.change : sync;
}

/** Resident memory in MiB at its highest, where the system tells. */
function memory(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

const digest = (items) => JSON.stringify(items.map(({ range, message, code }) => [range, message, code]));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The middle value; undefined of nothing. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : sorted.length === 0 ? undefined : (sorted[middle - 1] + sorted[middle]) / 2;
}
