// What `npm start` and `npm test` share: running programs with their progress shown, installing, clear words on failures.
// Only Node's own modules: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const windows = process.platform === 'win32';

/** A failure that one sentence explains; no stack is shown for it. */
export class Failure extends Error {}

/** The values of the command's options; one that it doesn't know gives one sentence. */
export function optionsOf(options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const known = Object.entries(options).map(([name, { type }]) => `--${name}${type === 'string' ? ' VALUE' : ''}`);
    throw new Failure(`${String(error.message).split(/[.\n]/)[0]}: the options are ${known.join(' and ')}.`);
  }
}

export function title(text) {
  console.log(`\n▸ ${text}`);
}

/**
 * Runs a program with its output shown. Gives its exit status. `hint` turns what it wrote to stderr into a sentence
 * for the user when it fails, or into undefined.
 */
export function run(command, args, { env = {}, cwd = root, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'pipe'], shell: windows && command !== process.execPath });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
      if (!quiet) process.stderr.write(chunk);
    });
    child.on('error', (error) => reject(new Failure(`${command} can't be started: ${sentence(error)}`)));
    child.on('close', (code, signal) => resolve({ code: code ?? 1, signal, errors }));
  });
}

/** Runs a script of this repository with this Node. */
export function node(script, args = [], options) {
  return run(process.execPath, [join(root, script), ...args], options);
}

/** Stops with the sentence unless the program ended well. */
export async function must(running, otherwise) {
  const result = await running;
  if (result.code !== 0) throw new Failure(explain(result.errors) ?? otherwise);
  return result;
}

/** Installs what package-lock.json says, unless it is there already. */
export async function installDependencies() {
  checkNode();
  if (installed()) return;
  title('Installing dependencies');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=http'];
  await must(progress('npm', args), 'The dependencies could not be installed: npm ci failed, see above.');
}

/** Mocha and vsce load ES modules through require, which Node does since 20.19. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Failure(`Node 20.19 or later is needed; this is ${process.version}.`);
}

/** Whether node_modules holds the locked version of every package that this platform needs. */
function installed() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const there = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || there[path]?.version === version || (optional && there[path] === undefined),
  );
}

/** npm says nothing while it works; its log of requests becomes one line that counts, or a word on what it waits for. */
function progress(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'pipe'], shell: windows });
    let errors = '';
    let fetched = 0;
    let waits = false;
    let rest = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!/^npm (http|verb|sill|info|timing)/.test(line)) errors += `${line}\n`;
        else if (/ attempt \d+ failed with /.test(line)) {
          if (!waits) console.log('  The npm registry does not answer; npm tries again, which can take a minute.');
          waits = true;
        } else if (/ (GET|POST) /.test(line)) show(++fetched);
      }
    });
    child.on('error', (error) => reject(new Failure(`npm can't be started: ${sentence(error)}`)));
    child.on('close', (code) => {
      if (process.stdout.isTTY && fetched > 0) process.stdout.write('\n');
      if (code !== 0 && explain(errors) === undefined) process.stderr.write(errors);
      resolve({ code: code ?? 1, errors });
    });
  });
}

function show(fetched) {
  if (process.stdout.isTTY) process.stdout.write(`\r  ${fetched} packages fetched`);
  else if (fetched % 100 === 0) console.log(`  ${fetched} packages fetched`);
}

/** One sentence for the failures that a user can do something about. */
export function explain(text) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|network/i.test(text) && !/EADDRINUSE/.test(text)) {
    return "The npm registry can't be reached: check the network connection, or npm's proxy settings.";
  }
  const denied = /(?:EACCES|EPERM)[^\n]*?'([^']+)'/.exec(text)?.[1] ?? /npm (?:error|ERR!) path ([^\n]+)/.exec(/EACCES|EPERM/.test(text) ? text : '')?.[1];
  if (denied !== undefined) return `There is no permission to write ${denied}.`;
  if (/EACCES|EPERM/.test(text)) return 'A file or folder could not be written: permission denied.';
  const port = /EADDRINUSE[^\n]*?:(\d+)/.exec(text)?.[1];
  if (port !== undefined) return `Port ${port} of 127.0.0.1 is in use: choose another one with --port.`;
  if (/ENOSPC/.test(text)) return 'The disk is full.';
  return undefined;
}

/** The message of an error as a sentence. */
export function sentence(error) {
  const text = String(error?.message ?? error).trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Runs the whole thing: one sentence and exit status 1 for a failure. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    const text = error instanceof Failure ? error.message : (explain(String(error?.stack ?? error)) ?? sentence(error));
    console.error(`\n✖ ${text}`);
    process.exit(1);
  }
}

/** The first of the programs that is on the PATH, with its full path. */
export function onPath(...names) {
  const endings = windows ? ['.cmd', '.exe', '.bat'] : [''];
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      for (const ending of endings) if (folder && existsSync(join(folder, name + ending))) return { name, path: join(folder, name + ending) };
    }
  }
  return undefined;
}
