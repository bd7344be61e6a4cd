// What a safe fix of a Prisma or Drizzle schema makes of a database that holds rows: the migration that the ORM's own
// tool would write between the text before and the text after drops nothing, changes no type, and runs.
import assert from 'node:assert/strict';
import { closePostgres, migrationOfDrizzle, migrationOfPrisma } from '../golden/support/oracles';
import { documented } from './harness/all';
import { check, withPrelude, type Texts } from './harness/engine';
import { textsOf } from './harness/laws';
import type { Example } from './harness/page';
import { closePostgres as closeRows, failureOf } from './harness/postgres';

interface Step {
  readonly name: string;
  readonly before: Texts;
  readonly after: Texts;
}

/** Each safe fix of each finding in the examples of one language, by itself. */
async function safeSteps(extension: '.prisma' | '.ts'): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { registered, page, cases } of documented) {
    const rule = registered.rule.id;
    for (const own of [page, cases]) {
      for (const example of own?.examples ?? []) {
        if (!example.files.some(({ path }) => path.endsWith(extension)) || !isPostgres(example)) continue;
        const before = textsOf(example);
        const outcome = await check(before, example.settings);
        for (const placed of outcome.found.filter(({ finding }) => finding.rule === rule)) {
          for (const { fix, edits } of outcome.offers(placed)) {
            if (fix.kind !== 'safe' || edits.some(({ file }) => !file.endsWith(extension))) continue;
            steps.push({ name: `${rule}, line ${example.line}: ${fix.title}`, before, after: outcome.apply(edits) });
          }
        }
      }
    }
  }
  return steps;
}

/** The engines here speak PostgreSQL only. */
function isPostgres({ files }: Example): boolean {
  return files.every(({ text }) => !/provider\s*=\s*"(?:mysql|sqlite|sqlserver|cockroachdb|mongodb)"|\/(?:mysql|sqlite|singlestore|gel|mssql|cockroach)-core|relationMode/.test(text));
}

const CHANGES_DATA = /\bDROP\s+(?:COLUMN|TABLE|TYPE)\b|\bSET\s+DATA\s+TYPE\b|\bALTER\s+COLUMN\s+"?\w+"?\s+TYPE\b|\bTRUNCATE\b|\bDELETE\s+FROM\b|\bUPDATE\s+"/i;

/** A rule whose safe fix changes a type says itself that it does so only while there is no migration, hence no row. */
const BEFORE_THE_FIRST_MIGRATION = new Set(['naive-timestamp']);

async function judge(step: Step, migration: (before: Texts, after: Texts) => Promise<Migration>): Promise<void> {
  const { first, next } = await migration(step.before, step.after);
  const early = BEFORE_THE_FIRST_MIGRATION.has(step.name.split(',')[0] ?? '');
  if (!early) assert.doesNotMatch(next, CHANGES_DATA, `${step.name}\n${next}`);
  const failure = await failureOf(new Map([['1.sql', first], ['2.sql', next]]));
  assert.equal(failure?.message, undefined, `${step.name}\n${first}\n${next}`);
}

interface Migration {
  /** Creates what the text before describes. */
  readonly first: string;
  readonly next: string;
}

function prismaText(texts: Texts): string {
  return withPrelude([...texts].filter(([path]) => path.endsWith('.prisma')).map(([, text]) => text).join('\n'));
}

describe('safe fixes leave data alone', () => {
  after(closePostgres);
  after(closeRows);

  it('in what Prisma would migrate', async () => {
    const steps = await safeSteps('.prisma');
    for (const step of steps) {
      await judge(step, async (before, after) => ({
        first: await migrationOfPrisma(undefined, prismaText(before)),
        next: await migrationOfPrisma(prismaText(before), prismaText(after)),
      }));
    }
    assert.ok(steps.length > 15, `only ${steps.length} fixes were judged`);
  });

  it('in what drizzle-kit would migrate', async () => {
    const steps = await safeSteps('.ts');
    for (const step of steps) {
      await judge(step, async (before, after) => ({
        first: await migrationOfDrizzle(undefined, before),
        next: await migrationOfDrizzle(before, after),
      }));
    }
    assert.ok(steps.length > 15, `only ${steps.length} fixes were judged`);
  });
});
