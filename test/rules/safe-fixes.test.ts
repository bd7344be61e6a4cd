// What a safe fix of a Prisma or Drizzle schema makes of a database that holds rows: the migration that the ORM's own
// tool would write between the text before and the text after drops nothing, changes no type, and runs.
import assert from 'node:assert/strict';
import { closePostgres, migrationOfDrizzle, migrationOfPrisma } from '../golden/support/oracles';
import { documented } from './harness/all';
import { check, fixAll, withPrelude, type Texts } from './harness/engine';
import { textsOf } from './harness/laws';
import type { Example } from './harness/page';
import { closePostgres as closeRows, failureOf } from './harness/postgres';

interface Step {
  readonly name: string;
  readonly before: Texts;
  readonly after: Texts;
  /** The text after, with what else the rule finds in it fixed as well. */
  whole(): Promise<Texts>;
}

/** Each safe fix of each finding in the examples of one language, by itself, in a package whose schema is in use already or isn't. */
async function safeSteps(extension: '.prisma' | '.ts', inUse: boolean): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { registered, page, cases } of documented) {
    const rule = registered.rule.id;
    for (const own of [page, cases]) {
      for (const example of own?.examples ?? []) {
        if (!example.files.some(({ path }) => path.endsWith(extension)) || !isPostgres(example)) continue;
        const before = inUse ? pushed(textsOf(example)) : textsOf(example);
        const outcome = await check(before, example.settings);
        for (const placed of outcome.found.filter(({ finding }) => finding.rule === rule)) {
          for (const { fix, edits } of outcome.offers(placed)) {
            if (fix.kind !== 'safe' || edits.some(({ file }) => !file.endsWith(extension))) continue;
            const after = outcome.apply(edits);
            const whole = async (): Promise<Texts> => (await fixAll(after, example.settings, rule, undefined)).texts;
            steps.push({ name: `${rule}, line ${example.line}: ${fix.title}`, before, after, whole });
          }
        }
      }
    }
  }
  return steps;
}

/** The same package with a script that writes the schema into a database: its tables may hold rows. */
function pushed(texts: Texts): Texts {
  const manifest: Record<string, unknown> = JSON.parse(texts.get('package.json') ?? '{}');
  return new Map([...texts, ['package.json', JSON.stringify({ ...manifest, scripts: { sync: 'prisma db push && drizzle-kit push' } })]]);
}

/** The engines here speak PostgreSQL only. */
function isPostgres({ files }: Example): boolean {
  return files.every(({ text }) => !/provider\s*=\s*"(?:mysql|sqlite|sqlserver|cockroachdb|mongodb)"|\/(?:mysql|sqlite|singlestore|gel|mssql|cockroach)-core|relationMode/.test(text));
}

const CHANGES_DATA = /\bDROP\s+(?:COLUMN|TABLE|TYPE)\b|\bSET\s+DATA\s+TYPE\b|\bALTER\s+COLUMN\s+"?\w+"?\s+TYPE\b|\bTRUNCATE\b|\bDELETE\s+FROM\b|\bUPDATE\s+"/i;

/** The SQL that the tool writes from one schema, or an empty database, to another. Rejects for a schema that it refuses. */
type Migrate = (before: Texts | undefined, after: Texts) => Promise<string>;

/** The migration between both keeps the data, and runs on tables with rows in them. */
async function keepsData(step: Step, migrate: Migrate): Promise<void> {
  const { name, before, after } = step;
  const first = await migrate(undefined, before).catch(() => undefined);
  // What the tool or the database refuses has never been there.
  if (first === undefined || (await failureOf(new Map([['1.sql', first]])))) return creates(step, migrate);
  const next = await migrate(before, after);
  assert.doesNotMatch(next, CHANGES_DATA, `${name}\n${next}`);
  const failure = await failureOf(new Map([['1.sql', first], ['2.sql', next]]));
  assert.equal(failure?.message, undefined, `${name}\n${first}\n${next}`);
}

/** The first migration of the fixed text runs. */
async function creates({ name, whole }: Step, migrate: Migrate): Promise<void> {
  const first = await migrate(undefined, await whole());
  assert.equal((await failureOf(new Map([['1.sql', first]])))?.message, undefined, `${name}\n${first}`);
}

function prismaText(texts: Texts): string {
  return withPrelude([...texts].filter(([path]) => path.endsWith('.prisma')).map(([, text]) => text).join('\n'));
}

const prisma: Migrate = (before, after) => migrationOfPrisma(before && prismaText(before), prismaText(after));

for (const [tool, extension, migrate] of [['Prisma', '.prisma', prisma], ['drizzle-kit', '.ts', migrationOfDrizzle]] as const) {
  describe(`safe fixes, as ${tool} migrates them`, () => {
    after(closePostgres);
    after(closeRows);

    it('drop nothing, change no type and run where the schema is in use', async () => {
      const steps = await safeSteps(extension, true);
      for (const step of steps) await keepsData(step, migrate);
      assert.ok(steps.length > 15, `only ${steps.length} fixes were judged`);
    }).timeout(300_000);

    it('give a first migration that runs', async () => {
      const steps = await safeSteps(extension, false);
      for (const step of steps) await creates(step, migrate);
      assert.ok(steps.length > 15, `only ${steps.length} fixes were judged`);
    }).timeout(300_000);
  });
}
