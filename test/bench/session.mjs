// A language server in a process of its own, spoken to over stdio. It notes when each message had arrived, before
// decoding it, so that the client's own work is not counted as the server's.
import { spawn } from 'node:child_process';

/** What an editor says it can do. Diagnostics may be pulled or pushed, as the server likes. */
const CAPABILITIES = {
  general: { positionEncodings: ['utf-16'] },
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { didSave: true },
    publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    diagnostic: { relatedDocumentSupport: false, dynamicRegistration: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'source.fixAll'] } } },
    hover: { contentFormat: ['markdown'] },
  },
};

export class Session {
  /** Diagnostics pushed so far: `{ uri, version, items, at }`. */
  pushed = [];
  /** Methods that the server registered after its start. */
  registered = new Set();
  stderr = '';
  /** The exit code or signal, once the process has ended. */
  ended;
  #child;
  #parts = [];
  #held = 0;
  #wanted;
  #answers = new Map();
  #lastId = 0;
  #settings;
  #wake = () => {};

  /** `settings(section)` answers what the server asks of the editor's configuration. */
  constructor(command, { folder, settings = () => ({}) }) {
    this.#settings = settings;
    this.startedAt = performance.now();
    this.#child = spawn(command[0], command.slice(1), { cwd: folder, stdio: 'pipe' });
    this.#child.stdout.on('data', (bytes) => this.#take(bytes));
    this.#child.stderr.on('data', (bytes) => (this.stderr = (this.stderr + bytes).slice(-4000)));
    this.#child.stdin.on('error', () => {});
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('exit', (code, signal) => this.#end(signal ?? code));
  }

  get pid() {
    return this.#child.pid;
  }

  async initialize(folderUri) {
    const { result } = await this.request('initialize', {
      processId: process.pid,
      rootUri: folderUri,
      rootPath: new URL(folderUri).pathname,
      workspaceFolders: [{ uri: folderUri, name: 'bench' }],
      capabilities: CAPABILITIES,
      initializationOptions: {},
    });
    this.notify('initialized', {});
    return result.capabilities;
  }

  /** The answer as `{ result, error, at }`; rejects when the server ends or `limit` milliseconds pass. */
  request(method, params, limit = 60_000) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id, undefined, new Error(`no answer to ${method} in ${limit} ms`)), limit);
      this.#answers.set(id, { resolve, reject, timer });
      this.send({ id, method, params });
    });
  }

  notify(method, params) {
    this.send({ method, params });
  }

  send(message) {
    if (this.ended === undefined) this.#child.stdin.write(frame(message));
  }

  /** Bytes made by `frame` beforehand. */
  write(bytes) {
    if (this.ended === undefined) this.#child.stdin.write(bytes);
  }

  /** The first pushed diagnostics from place `from` on that `wanted` accepts; undefined after `limit` milliseconds. */
  async nextPushed(from, wanted, limit) {
    const until = performance.now() + limit;
    for (let next = from; ; ) {
      for (; next < this.pushed.length; next++) if (wanted(this.pushed[next])) return this.pushed[next];
      const left = until - performance.now();
      if (left <= 0 || this.ended !== undefined) return undefined;
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 250));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async close() {
    if (this.ended !== undefined) return;
    await this.request('shutdown', undefined, 3000).catch(() => {});
    this.notify('exit');
    for (let i = 0; i < 40 && this.ended === undefined; i++) await new Promise((resolve) => setTimeout(resolve, 25));
    if (this.ended === undefined) this.#child.kill('SIGKILL');
  }

  #take(bytes) {
    const at = performance.now();
    this.#parts.push(bytes);
    this.#held += bytes.length;
    for (;;) {
      if (this.#wanted === undefined) {
        const held = this.#joined();
        const end = held.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = /^content-length: *(\d+)/im.exec(held.toString('latin1', 0, end));
        this.#wanted = Number(length?.[1] ?? 0);
        this.#keep(held.subarray(end + 4));
      }
      if (this.#held < this.#wanted) return;
      const held = this.#joined();
      const body = held.subarray(0, this.#wanted);
      this.#keep(held.subarray(this.#wanted));
      this.#wanted = undefined;
      this.#receive(JSON.parse(body.toString('utf8')), at);
    }
  }

  #joined() {
    if (this.#parts.length !== 1) this.#parts = [Buffer.concat(this.#parts)];
    return this.#parts[0];
  }

  #keep(rest) {
    this.#parts = [rest];
    this.#held = rest.length;
  }

  #receive(message, at) {
    if (message.method === undefined) return this.#settle(message.id, { result: message.result, error: message.error, at });
    if (message.id !== undefined) return this.send({ id: message.id, result: this.#answer(message.method, message.params) });
    if (message.method !== 'textDocument/publishDiagnostics') return;
    const { uri, version, diagnostics } = message.params;
    this.pushed.push({ uri: decodeURIComponent(uri), version, items: diagnostics, at });
    this.#wake();
  }

  #answer(method, params) {
    if (method === 'workspace/configuration') return params.items.map(({ section }) => this.#settings(section));
    if (method === 'client/registerCapability') for (const { method: name } of params.registrations) this.registered.add(name);
    return null;
  }

  #settle(id, answer, error) {
    const waiting = this.#answers.get(id);
    if (!waiting) return;
    this.#answers.delete(id);
    clearTimeout(waiting.timer);
    if (error) waiting.reject(error);
    else waiting.resolve(answer);
  }

  #end(why) {
    this.ended = why;
    for (const id of [...this.#answers.keys()]) this.#settle(id, undefined, new Error(`the server ended (${why}): ${this.stderr.slice(-500)}`));
    this.#wake();
  }
}

/** A message as it goes over the wire. */
export function frame(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}
