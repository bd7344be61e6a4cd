// How long the built command line takes over histories, beside squawk over the same files.
import { execFile, spawn } from 'node:child_process';
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

/** One run: until its end by the clock, and what its processors worked in all threads, where the system tells. In ms. */
interface Run {
  readonly wall: number;
  readonly work: number;
}

/** Runs both by turns over copies of the histories and gives a table of the medians. */
export async function times(histories: readonly History[], root: string, repeat: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'schema-bible-compare-'));
  try {
    for (const history of histories) copyHistory(history, join(folder, history.name));
    const files = histories.flatMap(({ name, files }) => files.map((file) => join(name, file)));
    const readable = await readableBySquawk(files, folder);
    const rows = [['', `squawk, ${readable.length} files`, `Schema Bible, ${files.length} files`, 'ratio', `at most ${GOAL}`]];
    for (const way of WAYS) {
      const own: Run[] = [];
      const theirs: Run[] = [];
      for (let round = 0; round < repeat; round++) {
        theirs.push(await timed(squawkProgram(), [...way.squawk, ...readable], folder));
        own.push(await timed(process.execPath, [join(root, 'dist/cli.js'), 'check', '--all-migrations', ...way.own, ...histories.map(({ name }) => name)], folder));
      }
      // A machine with other work slows both alike at one moment, so each round has a ratio of its own.
      const ratio = median(own.map(({ wall }, round) => wall / (theirs[round]?.wall ?? NaN)));
      rows.push([`${way.name}, by the clock`, ...[theirs, own].map((runs) => shown(runs.map(({ wall }) => wall))), `${ratio.toFixed(1)} ×`, ratio <= GOAL ? 'met' : 'MISSED']);
      const work = [theirs, own].map((runs) => runs.map(({ work }) => work));
      const worked = median(own.map((run, round) => run.work / (theirs[round]?.work ?? NaN)));
      if (!Number.isNaN(worked)) rows.push([`${way.name}, work of all threads`, ...work.map(shown), `${worked.toFixed(1)} ×`, '']);
    }
    return `${table(rows)}\n\nMedians of ${repeat} rounds in milliseconds, the fastest in brackets; the ratio is the median of each round's.`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const shown = (all: readonly number[]): string => `${Math.round(median(all))} ms (${Math.round(Math.min(...all))})`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function timed(program: string, args: readonly string[], cwd: string): Promise<Run> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    // The shell tells what its children worked; there is none on Windows.
    const shell = process.platform === 'win32' ? undefined : ['-c', '"$@"; times >&3', 'sh', program, ...args];
    const child = spawn(shell ? '/bin/sh' : program, shell ?? args, { cwd, stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
    let told = '';
    child.stdout?.resume();
    child.stdio[3]?.on('data', (part: Buffer) => (told += part.toString()));
    child.on('error', reject);
    child.on('close', () => resolve({ wall: performance.now() - start, work: workIn(told) }));
  });
}

/** User and system time in the second line of the shell's `times`, such as `0m1.250000s 0m0.310000s`. */
function workIn(told: string): number {
  const parts = [...(told.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.length === 2 ? parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60000 + Number(seconds) * 1000, 0) : NaN;
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
