// A repository of its own in a temporary folder, made by git itself.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ENVIRONMENT = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

export class TestRepository {
  readonly root: string;

  /** `options` are those of `git init`; undefined where this git doesn't know them. */
  constructor(root?: string, ...options: readonly string[]) {
    this.root = root ?? realpathSync(mkdtempSync(join(tmpdir(), 'history-')));
    if (root === undefined) this.git('init', '-q', '-b', 'main', ...options);
  }

  git(...args: string[]): string {
    return execFileSync('git', ['-C', this.root, '-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: ENVIRONMENT,
    });
  }

  write(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, name)), { recursive: true });
    writeFileSync(join(this.root, name), text);
  }

  /** Writes the files and commits everything. */
  commit(files: Readonly<Record<string, string | Uint8Array>>): string {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', 'x');
    return this.git('rev-parse', 'HEAD').trim();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
