// Installs packages to compare with, in exact versions, into a cache folder that is no part of the project.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Installs the packages (names to versions) once and gives their folder. Throws what npm says. */
export function installPackages(packages, what) {
  const hash = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12);
  const folder = join(process.env.SCHEMA_BIBLE_CACHE ?? join(homedir(), '.cache'), `schema-bible-bench-${hash}`);
  if (existsSync(folder)) return folder;
  console.error(`Installing ${what} into ${folder} …`);
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, 'package.json'), JSON.stringify({ name: 'schema-bible-bench', private: true, dependencies: packages }));
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    execFileSync(npm, ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: fresh, stdio: ['ignore', 'ignore', 'inherit'] });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}
