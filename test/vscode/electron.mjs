// Runs the editor suite in a desktop VS Code that is downloaded first: for those with a display and the network.
//   npm run test:electron -- [--release 1.139.1] [--executable /path/to/code]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { releases } from './harness/parts.mjs';
import { bundleSuite, copyOf, here, root } from './prepare.mjs';

const { values } = parseArgs({ options: { release: { type: 'string', multiple: true }, executable: { type: 'string' } } });
const scratch = mkdtempSync(join(tmpdir(), 'sb-electron-'));
const report = join(scratch, 'report.json');
let failed = false;
try {
  const tests = await bundleSuite();
  for (const version of values.executable ? ['given'] : (values.release ?? releases)) {
    const { copy, parent } = copyOf(join(here, 'workspace'));
    try {
      await runTests({
        ...(values.executable ? { vscodeExecutablePath: values.executable } : { version }),
        extensionDevelopmentPath: root,
        extensionTestsPath: tests,
        extensionTestsEnv: { SCHEMA_BIBLE_REPORT: report },
        launchArgs: [copy, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', join(scratch, 'data')],
      });
    } finally {
      rmSync(parent, { recursive: true, force: true });
    }
    const passed = JSON.parse(readFileSync(report, 'utf8')).filter(({ state }) => state === 'passed').length;
    if (passed === 0) throw new Error('No test ran.');
    console.log(`VS Code ${version}: ${passed} passed`);
  }
} catch (error) {
  failed = true;
  console.error(`✖ The suite in the desktop VS Code failed: ${error.message}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
