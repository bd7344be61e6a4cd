// A folder for each test of the command line, and the program run in it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../server/src/cli/command-line';
import type { Io } from '../../server/src/cli/io';
import { frontEnds, pages, registry } from '../../server/src/lsp/defaults';
import { NodeWorkspace } from '../../server/src/node/workspace';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly errors: readonly string[];
}

let current = '';

/** The folder of the test. */
export const folder = (): string => current;

export function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(current, path)), { recursive: true });
    writeFileSync(join(current, path), text);
  }
}

export const get = (path: string): string => readFileSync(join(current, path), 'utf8');

/** Runs the program with arguments, or with words between single blanks. */
export async function run(argv: string | readonly string[], io: Partial<Io> = {}, workspace = new NodeWorkspace()): Promise<Outcome> {
  let out = '';
  const errors: string[] = [];
  const parts = { workspace, frontEnds, registry, pages, version: '1.2.3' };
  const code = await main(typeof argv === 'string' ? argv.split(' ').filter((word) => word !== '') : argv, parts, {
    cwd: current,
    env: {},
    terminal: false,
    out: (text) => (out += text),
    complain: (message) => errors.push(message),
    ...io,
  });
  return { code, out, errors };
}

/** Gives each test of the suite an empty folder. */
export function useFolder(): void {
  beforeEach(() => {
    current = mkdtempSync(join(tmpdir(), 'schema-bible-'));
  });
  afterEach(() => rmSync(current, { recursive: true, force: true }));
}
