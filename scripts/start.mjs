// `npm start`: installs, builds and packages the extension, prints the findings of the sample, opens it in an editor.
//   npm start -- [--no-editor] [--port 0]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { install, supported } from '../test/vscode/harness/install.mjs';
import { releases } from '../test/vscode/harness/parts.mjs';
import { address, startServer } from '../test/vscode/harness/server.mjs';
import { Failure, installDependencies, main, must, node, onPath, optionsOf, root, run, title, windows } from './lib/steps.mjs';

const shop = join(root, 'examples/shop');
const shown = join(shop, 'prisma/schema/order.prisma');

await main(async () => {
  const values = optionsOf({ 'no-editor': { type: 'boolean', default: false }, port: { type: 'string', default: '0' } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Failure(`--port takes a number up to 65535, not ${values.port}.`);
  await installDependencies();
  title('Building the extension');
  await must(node('node_modules/typescript/bin/tsc', ['-b']), 'The type check failed, see above.');
  await must(node('scripts/package.mjs'), 'The extension could not be packaged, see above.');
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const vsix = join(root, `${name}-${version}.vsix`);
  title('Checking the sample, examples/shop');
  const { code } = await node('dist/cli.js', ['check', 'examples/shop']);
  if (code > 1) throw new Failure('The sample could not be checked, see above.');
  if (values['no-editor']) return;
  const editor = onPath('code', 'codium', 'cursor');
  if (editor) await openInEditor(editor, vsix);
  else await serveWorkbench(vsix, port);
});

/** Installs the extension into the user's own editor and opens the sample there. */
async function openInEditor({ name, path }, vsix) {
  title(`Opening the sample in ${name}`);
  await must(run(path, ['--install-extension', vsix, '--force']), `${name} could not install ${vsix}.`);
  await must(run(path, [shop, '--goto', shown]), `${name} could not open ${shop}.`);
}

/** VS Code's own server with its web workbench, until Ctrl-C. */
async function serveWorkbench(vsix, port) {
  if (!supported) {
    throw new Failure(
      `There is no code, codium or cursor on the PATH, and VS Code's web workbench runs on linux-x64 only (this is ${process.platform}-${process.arch}): install one of these editors, or open ${vsix} in yours.`,
    );
  }
  title("Starting VS Code's server and web workbench");
  if (port !== 0) await checkFree(port);
  const home = await install(releases[0], { browser: false, say: (text) => console.log(`  ${text}`) });
  const server = await startServer(home, { vsix: [vsix], port });
  const url = address(server, { folder: shop, open: shown });
  console.log(`\n  ${url}\n\n  Ctrl-C ends it.`);
  const browser = onPath(windows ? 'explorer' : process.platform === 'darwin' ? 'open' : 'xdg-open');
  if (browser) spawn(browser.path, [url], { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
  await interrupted();
  console.log('\n  Ending VS Code.');
  await server.stop();
}

/** Rejects when something listens on the port already: VS Code's server would only end with a trace. */
function checkFree(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', ({ code }) =>
      reject(new Failure(code === 'EACCES' ? `There is no permission to listen on port ${port}: choose another one with --port.` : `Port ${port} of 127.0.0.1 is in use: choose another one with --port.`)),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(resolve));
  });
}

function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
}
