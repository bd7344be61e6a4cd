// Runs the editor suite in real VS Code releases, with the packaged extension.
//   node test/vscode/main.mjs [--release 1.139.1] [--vsix FILE | --dev] [--verbose]
import { build } from 'esbuild';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { releases } from './harness/parts.mjs';
import { runInVSCode } from './harness/run.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const { values } = parseArgs({
  options: { release: { type: 'string', multiple: true }, vsix: { type: 'string' }, dev: { type: 'boolean' }, verbose: { type: 'boolean' } },
});

/** The suite as one file that VS Code can load; mocha stays where it is installed. */
export async function bundleSuite() {
  const outfile = join(here, 'dist/suite.js');
  await build({
    absWorkingDir: root, entryPoints: [join(here, 'suite/index.ts')], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs',
    external: ['vscode', 'mocha'], logLevel: 'warning',
  });
  return outfile;
}

/** Where `npm run package` writes to. */
export function packaged() {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(root, `${name}-${version}.vsix`);
}

/** A copy of the folder that the suite opens: the tests save files. */
export function copyOf(folder) {
  const scratch = mkdtempSync(join(tmpdir(), 'sb-folder-'));
  cpSync(folder, scratch, { recursive: true });
  return scratch;
}

async function main() {
  const tests = await bundleSuite();
  const installed = values.dev ? {} : { vsix: [resolve(values.vsix ?? packaged())] };
  const total = { passed: 0, failed: 0 };
  for (const release of values.release ?? releases) {
    // Alone, then beside an extension that owns Prisma's language id, too.
    for (const beside of [[], [join(here, 'prisma-like')]]) {
      const folder = copyOf(join(here, 'workspace'));
      const dev = [...(values.dev ? [root] : []), ...beside];
      const { passed, failed, complaint } = await runInVSCode({ release, folder, tests, dev, ...installed, verbose: values.verbose ?? false });
      rmSync(folder, { recursive: true, force: true });
      if (complaint !== undefined) console.error(`VS Code ${release}: ${complaint}`);
      total.passed += passed;
      total.failed += failed;
    }
  }
  console.log(`VS Code: ${total.passed} passed, ${total.failed} failed`);
  if (process.env.SCHEMA_BIBLE_RESULTS) writeFileSync(process.env.SCHEMA_BIBLE_RESULTS, JSON.stringify(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
