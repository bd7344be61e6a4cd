// Runs a test module inside VS Code's extension host, in VS Code's server with a headless Chromium.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './browser.mjs';
import { install } from './install.mjs';
import { address, startServer } from './server.mjs';

/**
 * Opens `folder` in VS Code `release` with the extensions installed from `vsix` and loaded from the folders `dev`,
 * and calls run() of the module `tests`. That module prints lines that begin with `[test] ` and writes its results
 * as JSON to $SCHEMA_BIBLE_REPORT. Resolves to { passed, failed, complaint? }: a suite that did not run has failed.
 */
export async function runInVSCode({ release, folder, tests, vsix = [], dev = [], settings, seconds = 180, say = console.log, verbose = false }) {
  const scratch = mkdtempSync(join(tmpdir(), 'sb-run-'));
  const report = join(scratch, 'report.json');
  const complaints = []; // what VS Code itself logs as errors; told when no test ran
  let server, browser, complaint;
  const stop = async () => {
    await browser?.close();
    await server?.stop();
  };
  const forget = onSignal(stop);
  try {
    const home = await install(release, { say });
    if (dev.length === 0) dev = [driverExtension(scratch)];
    const env = { SCHEMA_BIBLE_REPORT: report, SCHEMA_BIBLE_FROM_VSIX: vsix.length > 0 ? '1' : '' };
    server = await startServer(home, { vsix, settings, env, testing: true, log: verbose ? console.error : undefined });
    browser = await openBrowser(home, server);
    const hear = (type, text) => {
      const line = /^\[test\] ?([^]*)$/.exec(text)?.[1];
      if (line !== undefined) say(line);
      else if (type === 'error' && !text.startsWith('Canceled')) complaints.push(text);
      if (verbose && line === undefined) console.error(`[${type}] ${text}`);
    };
    const code = await finished(browser.page, hear, seconds, address(server, { folder, dev, tests }));
    if (code !== 0) complaint = `VS Code ended the run with ${code}`;
  } catch (error) {
    complaint = error.message;
    if (process.env.SCHEMA_BIBLE_FAILURE_SHOT) await browser?.page.screenshot({ path: process.env.SCHEMA_BIBLE_FAILURE_SHOT }).catch(() => {});
  } finally {
    await stop();
    forget();
  }
  const results = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : [];
  rmSync(scratch, { recursive: true, force: true });
  return summary(results, complaint, complaints);
}

/** Only an extension under development puts VS Code into test mode: an installed one is tested beside an empty one. */
function driverExtension(folder) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'driver', publisher: 'schema-bible-tests', version: '0.0.0', engines: { vscode: '*' } }));
  return folder;
}

/** The exit code that the workbench reports through the functions put on its page. */
async function finished(page, hear, seconds, url) {
  let late;
  const result = new Promise((resolve, reject) => {
    page.on('crash', () => reject(new Error("VS Code's page crashed.")));
    late = setTimeout(() => reject(new Error(`VS Code gave no result within ${seconds} seconds.`)), seconds * 1000);
    Promise.all([
      page.exposeFunction('codeAutomationLog', (type, args) => hear(type, args.map(String).join(' '))),
      page.exposeFunction('codeAutomationExit', resolve),
    ]).then(() => page.goto(url)).catch(reject);
  });
  return result.finally(() => clearTimeout(late));
}

function summary(results, complaint, complaints) {
  const count = (state) => results.filter((result) => result.state === state).length;
  const passed = count('passed');
  const failed = results.length - passed; // a skipped test is not a passed one
  if (complaint === undefined && passed > 0) return { passed, failed };
  const reason = [complaint ?? 'No test ran.', ...(results.length === 0 ? complaints : [])].join('\n');
  return { passed, failed: Math.max(failed, 1), complaint: reason };
}

/** Cleans up when the run is interrupted. */
export function onSignal(stop) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const handler = () => void stop().finally(() => process.exit(130));
  for (const signal of signals) process.once(signal, handler);
  return () => signals.forEach((signal) => process.off(signal, handler));
}
