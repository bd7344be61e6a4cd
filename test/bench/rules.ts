// What each rule costs of a keystroke's time with all rules on, in the bench's own inputs:
//   npm run bench:rules -- [--edits 60]
// A rule that takes more than a twentieth is marked. Shares of one run, so that the machine doesn't matter.
import { parseArgs } from 'node:util';
import { Analysis } from '../../server/src/ide/analysis';
import { drizzle } from '../../server/src/languages/drizzle';
import { prisma } from '../../server/src/languages/prisma';
import { sql } from '../../server/src/languages/sql';
import type { AnyRule, RegisteredRule } from '../../server/src/linter/rule';
import { Project } from '../../server/src/project/project';
import { MemoryWorkspace } from '../../server/src/project/workspace';
import { registry } from '../../server/src/rules/registry.generated';
import { KINDS } from './inputs.mjs';

const { values } = parseArgs({ options: { edits: { type: 'string', default: '60' } } });

const spent = new Map<string, number>();

type Visitor = (...args: unknown[]) => Iterable<unknown>;

/** The rule with a clock around all that its visitors do. */
function clocked({ rule, category }: RegisteredRule): RegisteredRule {
  const visit = Object.fromEntries(
    Object.entries(rule.visit).map(([kind, visitor]) => [
      kind,
      (...args: unknown[]) => {
        const start = performance.now();
        const own: Iterable<unknown> = Reflect.apply(visitor as Visitor, undefined, args);
        const found = [...own];
        spent.set(rule.id, (spent.get(rule.id) ?? 0) + performance.now() - start);
        return found;
      },
    ]),
  );
  return { rule: { ...rule, visit } satisfies AnyRule, category };
}

interface Input {
  readonly name: string;
  readonly path: string;
  /** The other files of its history. */
  readonly around: Readonly<Record<string, string>>;
  /** The text, and the text after the keystroke. */
  readonly texts: readonly [string, string];
}

function inputOf(name: string, { text: generate, file, around, find, put }: (typeof KINDS)[keyof typeof KINDS], size: number): Input {
  const text = generate(size);
  const behind = text.indexOf(find, text.length >> 1);
  const at = behind < 0 ? text.indexOf(find) : behind;
  if (at < 0) throw new Error(`${name} holds nothing to type at`);
  const others = Object.fromEntries(Object.entries(around?.(size) ?? {}).map(([path, own]) => [`/w/${path}`, own]));
  return { name, path: `/w/${typeof file === 'string' ? file : file(size)}`, around: others, texts: [text, text.slice(0, at) + put + text.slice(at + find.length)] };
}

const INPUTS: readonly Input[] = [
  inputOf('1,000 models', KINDS.prisma, 1000),
  inputOf('1,000 statements', KINDS.sql, 1000),
  inputOf('1,000 migrations, the last', KINDS.last, 1000),
  inputOf('100 tables', KINDS.drizzle, 100),
];

async function run({ name, path, around, texts: [text, typed] }: Input): Promise<void> {
  spent.clear();
  const rules = registry.map(clocked);
  const log = (message: string): void => {
    throw new Error(message);
  };
  const project = new Project({ workspace: new MemoryWorkspace({ ...around, [path]: text }), frontEnds: [prisma, drizzle, sql], registry: rules, log });
  await project.setRoots(['/w']);
  const analysis = new Analysis({ project, registry: rules, log });
  project.setBuffer(path, text);
  await analysis.report(path);
  const edits = Number(values.edits);
  // The first keystrokes warm the compiler of JavaScript up.
  for (let n = -10; n < edits; n++) {
    if (n === 0) spent.clear();
    project.setBuffer(path, n % 2 === 0 ? typed : text);
    await analysis.report(path);
  }
  const total = [...spent.values()].reduce((sum, one) => sum + one, 0);
  console.log(`\n${name}: ${(total / edits).toFixed(2)} ms of rules a keystroke`);
  for (const [rule, ms] of [...spent].sort((a, b) => b[1] - a[1])) {
    const share = ms / total;
    if (share >= 0.01) console.log(`  ${share > 0.05 ? '*' : ' '} ${(100 * share).toFixed(0).padStart(3)} %  ${(ms / edits).toFixed(3)} ms  ${rule}`);
  }
}

async function main(): Promise<void> {
  for (const input of INPUTS) await run(input);
}

void main();
