// Our findings in migrations beside those of other linters, all with their own defaults:
//   npm run compare:migrations -- [<folder of a repository>…] [--examples <folder>…] [--peer <name>=<folder>…]
//     [--only histories,lost,time,examples] [--repeat 5] [--list 20] [--all]
// Repositories give counts of findings and times; `--examples` takes folders of the linters' own examples (.sql files, or
// Rust tests with SQL in raw strings). Nothing is fetched but the peers; `--peer` names one that is installed already.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareExamples } from './examples';
import { copyHistory, readHistory, type History } from './histories';
import { lostIn } from './lost';
import { installAll, type Peer, type PeerRun } from './peers';
import { table } from './table';
import { times } from './times';

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    examples: { type: 'string', multiple: true, default: [] },
    peer: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', default: 'histories,lost,time,examples' },
    repeat: { type: 'string', default: '5' },
    list: { type: 'string', default: '20' },
    all: { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
const complain = (message: string): void => console.error(message);

/** Ours must find no more than one in so many of squawk's. */
const FEWER = 5;

/** What a peer says of each history, run over a copy of its files. */
async function runPeer(peer: Peer, histories: readonly History[]): Promise<Map<History, PeerRun>> {
  const runs = new Map<History, PeerRun>();
  const folder = mkdtempSync(join(tmpdir(), 'schema-bible-compare-'));
  try {
    for (const history of histories) {
      copyHistory(history, join(folder, history.name));
      runs.set(history, await peer.run(history.files, join(folder, history.name)));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return runs;
}

interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

function count(all: readonly { readonly severity: string }[]): Counts {
  const of = (severity: string): number => all.filter((each) => each.severity === severity).length;
  return { error: of('error'), warning: of('warning'), info: of('info') };
}

/** All findings, and how many of each severity. */
function shown(all: readonly { readonly severity: string }[], files: number): string {
  const { error, warning, info } = count(all);
  const sum = error + warning + info;
  return `${sum} (${error}/${warning}/${info}) ${files > 0 ? (sum / files).toFixed(2) : ''}`;
}

async function compareHistories(histories: readonly History[], peers: readonly Peer[]): Promise<ReadonlyMap<Peer, Map<History, PeerRun>>> {
  const runs = new Map<Peer, Map<History, PeerRun>>();
  for (const peer of peers) runs.set(peer, await runPeer(peer, histories));
  const ours = (history: History) => history.findings.filter(({ severity }) => severity !== 'hint');
  const hints = (all: readonly History[]): string => `${all.flatMap(({ findings }) => findings).length - all.flatMap(ours).length}`;
  const files = histories.reduce((sum, history) => sum + history.files.length, 0);
  const rows = histories.map((history) => [
    history.name,
    `${history.files.length}`,
    shown(ours(history), history.files.length),
    hints([history]),
    ...peers.map((peer) => {
      const run = runs.get(peer)?.get(history);
      return `${shown(run?.reports ?? [], history.files.length)}${run && run.failed.length > 0 ? ` −${run.failed.length}` : ''}`;
    }),
  ]);
  const all = (peer: Peer) => histories.flatMap((history) => runs.get(peer)?.get(history)?.reports ?? []);
  const total = ['together', `${files}`, shown(histories.flatMap(ours), files), hints(histories), ...peers.map((peer) => shown(all(peer), files))];
  console.log('\nFindings: all (errors/warnings/information), and how many a file; −n: files that a peer broke down on. Hints are what we say');
  console.log('of repetitions and doubtful cases: editors draw no line under them, and they are in no other count. The peers have none.\n');
  console.log(table([['', 'files', 'Schema Bible', 'hints', ...peers.map(({ name, version }) => `${name} ${version}`)], ...rows, total]));
  printRules(histories);
  const squawk = peers.find(({ name }) => name === 'squawk-cli');
  if (!squawk) return runs;
  const [own, theirs] = [histories.flatMap(ours).length, all(squawk).length];
  const withHints = histories.flatMap(({ findings }) => findings).length;
  console.log(`\n${own} of ours, ${theirs} of squawk's: 1/${(theirs / own).toFixed(1)}, at most 1/${FEWER} wanted: ${own * FEWER <= theirs ? 'met' : 'MISSED'}; 1/${(theirs / withHints).toFixed(1)} when our ${withHints - own} hints are counted as well`);
  return runs;
}

function printRules(histories: readonly History[]): void {
  const counts = new Map<string, number>();
  for (const { rule, severity } of histories.flatMap(({ findings }) => findings)) counts.set(`${rule} ${severity}`, (counts.get(`${rule} ${severity}`) ?? 0) + 1);
  console.log('\nOurs by rule (hints are not among the counts above)\n');
  console.log(table([...counts].sort(([, a], [, b]) => b - a).map(([rule, found]) => [rule, `${found}`])));
}

async function main(): Promise<void> {
  const wanted = new Set(values.only.split(','));
  if (folders.length === 0 && values.examples.length === 0) throw new Error('Name folders of repositories, or folders of examples with --examples.');
  const placed = Object.fromEntries(values.peer.map((each) => each.split('=', 2) as [string, string]));
  const histories: History[] = [];
  for (const folder of folders) {
    const history = await readHistory(resolve(folder), complain);
    if (history.files.length > 0) histories.push(history);
    else complain(`${folder} holds no migrations for PostgreSQL.`);
  }
  const peers = wanted.has('histories') || wanted.has('examples') ? installAll(placed, complain) : [];
  if (wanted.has('histories') && histories.length > 0) {
    const runs = await compareHistories(histories, peers);
    if (wanted.has('lost')) console.log(await lostIn(histories, new Map([...runs].map(([{ name }, run]) => [name, run])), Number(values.list)));
  }
  if (wanted.has('time') && histories.length > 0) console.log(`\nTime for all of them in one run\n\n${await times(histories, root, Number(values.repeat))}`);
  if (wanted.has('examples')) for (const folder of values.examples) console.log(await compareExamples(resolve(folder), peers, Number(values.list), values.all));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
