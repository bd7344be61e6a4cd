// `npm run test:postgres`: compares the table of locks with real servers.
//   npm run test:postgres -- [--versions 12,18]     the versions from npm, all of them by default (linux-x64)
//   POSTGRES_URL=postgres://… npm run test:postgres     one server of your own, whose schema `public` is dropped
import { Failure, installDependencies, node, optionsOf, sentence, title } from './lib/steps.mjs';
import { releases, startServer } from './lib/postgres.mjs';

// Without .mocharc.json, which names all suites.
const MOCHA = ['--no-config', '--node-option', 'import=tsx', '--node-option', 'import=./test/esm-only.mjs', '--timeout', '60000', '--exit', '--reporter', 'dot', 'test/golden/locks.test.ts'];

async function compare(name, url) {
  title(name);
  const { code } = await node('node_modules/mocha/bin/mocha.js', MOCHA, { env: { POSTGRES_URL: url } });
  return code === 0;
}

async function all() {
  const { versions } = optionsOf({ versions: { type: 'string', default: Object.keys(releases).join() } });
  await installDependencies();
  const own = process.env.POSTGRES_URL;
  if (own) return (await compare('PostgreSQL at POSTGRES_URL', own)) ? [] : ['POSTGRES_URL'];
  const failed = [];
  for (const major of versions.split(',')) {
    const server = await startServer(major);
    try {
      if (!(await compare(`PostgreSQL ${major} (${releases[major]})`, server.url))) failed.push(major);
    } finally {
      server.stop();
    }
  }
  return failed;
}

try {
  const failed = await all();
  console.log(failed.length > 0 ? `\n✖ The table of locks differs on PostgreSQL ${failed.join(', ')}.` : '\n✔ The table of locks is that of PostgreSQL.');
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  console.error(`\n✖ ${error instanceof Failure ? error.message : sentence(error)}`);
  process.exitCode = 1;
}
