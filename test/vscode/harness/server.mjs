// VS Code's server on 127.0.0.1 with a data folder of its own: what `npm start` opens and what the suites run in.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Nothing that pops up, nothing that asks the network. */
const quiet = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off', // the web workbench saves by itself otherwise
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Variables of an outer VS Code or Node that would change this one. */
const leaking = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_V8_COVERAGE$)/;

/**
 * Starts the server and waits until it listens.
 * home: the folders that install() gave. vsix: files to install first. settings: on top of the quiet ones.
 * env: added to the environment of the server and of the extension host. port: 0 for any. testing: needed for
 * extensionTestsPath and extensionDevelopmentPath.
 */
export async function startServer(home, { vsix = [], settings = {}, env = {}, port = 0, testing = false, log = () => {} } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'sb-vscode-')); // short: it holds unix sockets
  const environment = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !leaking.test(name))),
    EXTENSIONS_GALLERY: '{}', // no marketplace
    TMPDIR: data, XDG_RUNTIME_DIR: data, // sockets and scratch files go with the data folder
    ...env,
  };
  const main = [join(home.vscode, 'out', 'server-main.js'), '--server-data-dir', data, '--accept-server-license-terms'];
  let server;
  const stop = async () => {
    if (server) await end(server);
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    for (const scope of ['User', 'Machine']) {
      mkdirSync(join(data, 'data', scope), { recursive: true });
      writeFileSync(join(data, 'data', scope, 'settings.json'), JSON.stringify({ ...quiet, ...settings }));
    }
    for (const file of vsix) {
      const installed = await promisify(execFile)(home.node, [...main, '--install-extension', resolve(file), '--force'], { env: environment });
      log(installed.stdout);
    }
    server = spawn(home.node, [...main,
      '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--telemetry-level', 'off',
      '--disable-telemetry', '--disable-experiments', '--disable-workspace-trust',
      '--force-disable-user-env', // no login shell: the extension host gets the environment given here
      ...(testing ? ['--enable-smoke-test-driver'] : []), // a built VS Code ignores test paths without it
    ], { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true }); // its own process group
    return { port: await listening(server, log), data, environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The workbench's address. dev: folders of extensions under development; tests: a module with run(); open: a file. */
export function address(server, { folder, dev = [], tests, open }) {
  const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${encodeURI(realpathSync(path))}`;
  const payload = [['skipWelcome', 'true'], ...dev.map((path) => ['extensionDevelopmentPath', remote(path)])];
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  if (open) payload.push(['openFile', remote(open)]);
  return `http://127.0.0.1:${server.port}/?${new URLSearchParams({ folder: realpathSync(folder), payload: JSON.stringify(payload) })}`;
}

/** Resolves to the port once the server says that it listens; rejects with what it said when it ends before. */
function listening(server, log) {
  return new Promise((resolve, reject) => {
    let output = '';
    const late = setTimeout(() => reject(new Error(`VS Code's server did not start:\n${output}`)), 60_000);
    const read = (chunk) => {
      log(String(chunk));
      output += chunk;
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(late);
      resolve(Number(port));
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('error', reject);
    server.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`VS Code's server ended with ${code}:\n${output}`));
    });
  });
}

/** Ends the server with its whole process group: extension host and language servers too. */
async function end(server) {
  const signal = (name) => {
    try {
      process.kill(-server.pid, name);
    } catch {
      // The group is gone already.
    }
  };
  if (server.exitCode === null && server.signalCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    signal('SIGTERM');
    const late = setTimeout(signal, 5_000, 'SIGKILL');
    await ended;
    clearTimeout(late);
  }
  signal('SIGKILL');
}
