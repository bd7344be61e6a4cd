// How long the built command line takes over histories, beside squawk over the same files.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyHistory, type History } from './histories';
import { squawkProgram } from './peers';
import { table } from './table';

/** Our largest share of squawk's wall time. */
const GOAL = 4;

interface Way {
  readonly name: string;
  readonly squawk: readonly string[];
  readonly own: readonly string[];
}

/** As people run them, with the places in the source; and for programs, where ours writes out each fix as well. */
const WAYS: readonly Way[] = [
  { name: 'for people', squawk: [], own: [] },
  { name: 'as JSON', squawk: ['--reporter', 'json'], own: ['--format', 'json'] },
];

/** Runs both by turns over copies of the histories and gives a table of the medians. */
export async function times(histories: readonly History[], root: string, repeat: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'schema-bible-compare-'));
  try {
    for (const history of histories) copyHistory(history, join(folder, history.name));
    const files = histories.flatMap(({ name, files }) => files.map((file) => join(name, file)));
    const readable = await readableBySquawk(files, folder);
    const rows = [['', `squawk, ${readable.length} files`, `Schema Bible, ${files.length} files`, 'ratio', `at most ${GOAL}`]];
    for (const way of WAYS) {
      const own: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < repeat; round++) {
        theirs.push(await timed(squawkProgram(), [...way.squawk, ...readable], folder));
        own.push(await timed(process.execPath, [join(root, 'dist/cli.js'), 'check', '--all-migrations', ...way.own, ...histories.map(({ name }) => name)], folder));
      }
      const ratio = median(own) / median(theirs);
      rows.push([way.name, shown(theirs), shown(own), `${ratio.toFixed(1)} ×`, ratio <= GOAL ? 'met' : 'MISSED']);
    }
    return table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const shown = (all: readonly number[]): string => `${Math.round(median(all))} ms (${Math.round(Math.min(...all))})`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function timed(program: string, args: readonly string[], cwd: string): Promise<number> {
  const start = performance.now();
  return new Promise((resolve) => {
    execFile(program, args, { cwd, maxBuffer: 1 << 30 }, () => resolve(performance.now() - start));
  });
}

/** A file on which it breaks down would spare it the work on all others. */
async function readableBySquawk(files: readonly string[], cwd: string): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const answers = await new Promise<boolean>((resolve) => {
    execFile(squawkProgram(), ['--reporter', 'json', ...files], { cwd, maxBuffer: 1 << 30 }, (_error, stdout) => resolve(stdout.startsWith('[')));
  });
  if (answers) return files;
  if (files.length === 1) return [];
  const middle = files.length >> 1;
  return [...(await readableBySquawk(files.slice(0, middle), cwd)), ...(await readableBySquawk(files.slice(middle), cwd))];
}
