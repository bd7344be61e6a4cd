// `npm test`: installs, builds and runs everything. The last line is `N passed, N failed`; the exit status is true.
//   npm test -- [--node-only]      leaves out the suites in VS Code
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, supported } from '../test/vscode/harness/install.mjs';
import { releases } from '../test/vscode/harness/parts.mjs';
import { Failure, explain, installDependencies, node, optionsOf, root, sentence, title } from './lib/steps.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'sb-test-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const total = { passed: 0, failed: 0 };

/** Runs a suite that writes { passed, failed } to $SCHEMA_BIBLE_RESULTS. One that wrote nothing has failed. */
async function suite(name, script, args, env = {}) {
  title(name);
  const started = Date.now();
  const file = join(scratch, `${name.replaceAll(' ', '-')}.json`);
  const { code } = await node(script, args, { env: { ...env, SCHEMA_BIBLE_RESULTS: file } });
  const { passed, failed } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1 };
  total.passed += passed;
  total.failed += code !== 0 && failed === 0 ? 1 : failed;
  console.log(`  ${name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`);
}

/** A step that either succeeds or not counts like one test; what can still run after it does. */
async function check(name, script, args) {
  title(name);
  const { code } = await node(script, args);
  if (code === 0) total.passed++;
  else total.failed++;
  console.log(code === 0 ? '  ✔' : `  ✖ ${name} failed`);
}

/** Fetches VS Code in the background; a failure is told when the suites need it. */
function fetchEditors() {
  const fetched = (async () => {
    for (const release of releases) await install(release, { say: (text) => console.log(`  VS Code: ${text}`) });
  })();
  fetched.catch(() => {});
  return fetched;
}

async function all() {
  const values = optionsOf({ 'node-only': { type: 'boolean', default: false } });
  const inEditor = !values['node-only'];
  if (inEditor && !supported) throw new Failure('The suites in VS Code need linux-x64: use `npm test -- --node-only` or `npm run test:electron` here.');
  await installDependencies();
  const editors = inEditor ? fetchEditors() : undefined;
  await check('Type check', 'node_modules/typescript/bin/tsc', ['-b']);
  await check('Bundles and package', 'scripts/package.mjs', []);
  await check('Generated files', 'node_modules/tsx/dist/cli.mjs', ['scripts/generate.ts', '--check']);
  await suite('Node suites', 'node_modules/mocha/bin/mocha.js', ['--reporter', join(root, 'scripts/lib/reporter.cjs')]);
  if (!editors) return;
  await editors;
  await suite('Editor suite', 'test/vscode/main.mjs', []);
  await suite('Editor walk', 'test/vscode/walk.mjs', ['--out', join(scratch, 'shots')]);
}

try {
  await all();
} catch (error) {
  total.failed++;
  console.error(`\n✖ ${error instanceof Failure ? error.message : (explain(String(error?.stack ?? error)) ?? sentence(error))}`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
