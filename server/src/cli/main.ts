// The bundled command line.
import { frontEnds, pages, registry } from '../lsp/defaults';
import { findInstallation } from '../lsp/installation';
import { serve } from '../lsp/start';
import { NodeWorkspace } from '../node/workspace';
import { main } from './command-line';
import type { Io } from './io';

const installation = findInstallation();
const argv = process.argv.slice(2);

const io: Io = {
  cwd: process.platform === 'win32' ? process.cwd().replaceAll('\\', '/') : process.cwd(),
  env: process.env,
  terminal: process.stdout.isTTY === true,
  ...(process.stdout.columns > 0 && { columns: process.stdout.columns }),
  out: (text) => void process.stdout.write(text),
  complain: (message) => void process.stderr.write(`${message}\n`),
};

// A reader that has seen enough (`| head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

if (argv[0] === 'lsp' && !argv.includes('--help') && !argv.includes('-h')) serve(installation);
else {
  const parts = { workspace: new NodeWorkspace(), frontEnds, registry, pages, version: installation.version };
  void main(argv, parts, io).then((code) => {
    // Not process.exit: what is still on its way through a pipe must arrive.
    process.exitCode = code;
  });
}
