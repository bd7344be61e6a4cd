// Runs the editor suite in real VS Code releases, with the packaged extension.
//   node test/vscode/main.mjs [--release 1.139.1] [--vsix FILE | --dev] [--verbose]
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { releases } from './harness/parts.mjs';
import { runInVSCode } from './harness/run.mjs';
import { bundleSuite, copyOf, here, packaged, root } from './prepare.mjs';

const { values } = parseArgs({
  options: { release: { type: 'string', multiple: true }, vsix: { type: 'string' }, dev: { type: 'boolean' }, verbose: { type: 'boolean' } },
});

async function main() {
  const tests = await bundleSuite();
  const installed = values.dev ? {} : { vsix: [resolve(values.vsix ?? packaged())] };
  const total = { passed: 0, failed: 0 };
  for (const release of values.release ?? releases) {
    // Alone, then beside an extension that owns Prisma's language id, too.
    for (const beside of [[], [join(here, 'prisma-like')]]) {
      const { copy: folder, parent } = copyOf(join(here, 'workspace'));
      const dev = [...(values.dev ? [root] : []), ...beside];
      const { passed, failed, complaint } = await runInVSCode({ release, folder, tests, dev, ...installed, verbose: values.verbose ?? false });
      rmSync(parent, { recursive: true, force: true });
      if (complaint !== undefined) console.error(`VS Code ${release}: ${complaint}`);
      total.passed += passed;
      total.failed += failed;
    }
  }
  console.log(`VS Code: ${total.passed} passed, ${total.failed} failed`);
  if (process.env.SCHEMA_BIBLE_RESULTS) writeFileSync(process.env.SCHEMA_BIBLE_RESULTS, JSON.stringify(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

await main();
