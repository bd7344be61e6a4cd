// What the suites in VS Code need before they start: the bundled tests, the package, folders that may be written to.
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, '../..');

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

/** A copy of a folder, under its own name in a new folder: the tests save files. Give `parent` to rmSync. */
export function copyOf(folder) {
  const parent = mkdtempSync(join(tmpdir(), 'sb-folder-'));
  const copy = join(parent, basename(folder));
  cpSync(folder, copy, { recursive: true });
  return { copy, parent };
}
