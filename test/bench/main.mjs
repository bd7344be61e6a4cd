// Keystroke to findings: the built server beside @prisma/language-server, squawk's and ESLint's, in one run.
//   npm run bench -- [--sizes 10,100,1000] [--repeat 3] [--edits 40] [--only prisma,sql,drizzle,last,middle]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepare } from './inputs.mjs';
import { measure, median } from './measure.mjs';
import { installPeers, peers } from './peers.mjs';

const KINDS = { prisma: 'models', sql: 'statements', drizzle: 'tables', last: 'migrations, the last', middle: 'migrations, a middle one' };

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,100,1000' },
    repeat: { type: 'string', default: '3' },
    edits: { type: 'string', default: '40' },
    only: { type: 'string', default: Object.keys(KINDS).join(',') },
  },
});
const sizes = values.sizes.split(',').map(Number);
const kinds = values.only.split(',');
const repeat = Number(values.repeat);
const edits = Number(values.edits);
for (const kind of kinds) if (!(kind in KINDS)) throw new Error(`--only takes ${Object.keys(KINDS).join(', ')}, not ${kind}`);
if (![...sizes, repeat, edits].every((n) => Number.isInteger(n) && n > 0)) throw new Error('--sizes, --repeat and --edits take positive whole numbers');

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = join(root, 'dist/server.js');
if (!existsSync(entry)) throw new Error('dist/server.js is missing: npm run build makes it');
const cache = installPeers();
const others = peers(cache);
const ours = { name: 'Schema Bible', command: [process.execPath, entry, '--stdio'] };

const runs = new Map();
// Repeats go around the outside, and each size's servers run one after the other, so that a busy minute of the
// machine falls on all of them.
for (let round = 1; round <= repeat; round++) {
  for (const kind of kinds) {
    for (const size of sizes) {
      const input = prepare(kind, size, join(cache, 'inputs'), others[kind].files);
      for (const server of [others[kind], ours]) {
        const result = await measure(server, input, edits);
        const key = `${kind} ${size} ${server.name}`;
        runs.set(key, [...(runs.get(key) ?? []), result]);
        console.error(`${round}/${repeat} ${key}: ${milliseconds(result.edit)} (worst ${milliseconds(result.worst)}), first ${milliseconds(result.first)}, ${result.mode}, findings ${result.findings.join('/')}`);
      }
    }
  }
}

const head = ['input', 'peer', 'peer: keystroke', 'ours: keystroke', 'ours / peer', 'goal', 'peer: start', 'ours: start', 'ours: memory'];
const rows = kinds.flatMap((kind) => sizes.map((size) => row(kind, size)));
console.log(`\nMedians of ${repeat} × ${edits} keystrokes; start is from the process to the first findings.\n`);
print([head, ...rows]);
if (kinds.some((kind) => others[kind].alone)) console.log('\nOf migrations a peer looks at the edited file alone, we at the history around it as well.');

function row(kind, size) {
  const peer = others[kind];
  const of = (name, key) => median(runs.get(`${kind} ${size} ${name}`).map((run) => run[key]));
  const ratio = of(ours.name, 'edit') / of(peer.name, 'edit');
  const goal = peer.goal?.size === size ? `≤ 1/${1 / peer.goal.share} ${ratio <= peer.goal.share ? 'met' : 'MISSED'}` : '';
  return [
    `${size} ${KINDS[kind]}`,
    peer.name,
    milliseconds(of(peer.name, 'edit')),
    milliseconds(of(ours.name, 'edit')),
    ratio < 1 ? `1/${(1 / ratio).toFixed(1)}` : `${ratio.toFixed(1)}×`,
    goal,
    milliseconds(of(peer.name, 'first')),
    milliseconds(of(ours.name, 'first')),
    `${Math.round(of(ours.name, 'memory') ?? NaN)} MiB`,
  ];
}

function milliseconds(value) {
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)} ms`;
}

function print(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((cells) => cells[i].length)));
  for (const [n, cells] of rows.entries()) {
    console.log(`| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`);
    if (n === 0) console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  }
}
