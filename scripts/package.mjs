// Writes schema-bible-<version>.vsix to the root: builds first unless --no-build is given. Fails on any warning.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const limit = 5 * 1024 * 1024;
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const file = `${name}-${version}.vsix`;

if (!process.argv.includes('--no-build')) execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
// No public repository is known yet, so links in the README stay relative and vsce must not ask for one.
const vsce = spawnSync(
  process.execPath,
  [join(root, 'node_modules/@vscode/vsce/vsce'), 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file],
  { cwd: root, encoding: 'utf8' },
);
const output = `${vsce.stdout}${vsce.stderr}`;
if (vsce.status !== 0 || /warning/i.test(output)) {
  console.error(output.trim());
  console.error(`npm run package: vsce ${vsce.status === 0 ? 'warned' : 'failed'}.`);
  process.exit(1);
}
const { size } = statSync(join(root, file));
console.log(`${file}: ${(size / 1024 / 1024).toFixed(2)} MB`);
if (size > limit) {
  console.error(`npm run package: ${file} is larger than 5 MB.`);
  process.exit(1);
}
