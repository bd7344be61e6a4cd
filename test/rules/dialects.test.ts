// Which rules speak in which database, about one schema in the words of each; what they say of it and what they write.
import assert from 'node:assert/strict';
import { prismaComplaints } from '../golden/support/oracles';
import { cores, drizzleSchema } from './dialects/drizzle';
import { prismaSchema, providers } from './dialects/prisma';
import { check, type Outcome, type Texts } from './harness/engine';
import { complaints } from './harness/typescript';

const STRICT = { profile: 'strict' };

/** The schemas by the word for their database that stands in the tables below. */
const prisma = new Map<string, Texts>([
  ...providers.map((provider) => [provider, files('schema.prisma', prismaSchema(provider, false))] as const),
  ['emulated', files('schema.prisma', prismaSchema('mysql', true))],
]);
const drizzle = new Map<string, Texts>(cores.map((core) => [core, files('schema.ts', drizzleSchema(core))]));

function files(path: string, text: string): Texts {
  return new Map([[path, text], ['package.json', '{ "dependencies": { "prisma": "7.4.0", "drizzle-orm": "0.45.4", "uuidv7": "1.0.0" } }']]); // prettier-ignore
}

const PRISMA: Readonly<Record<string, string>> = {
  'boolean-index': 'postgresql cockroachdb mysql sqlite sqlserver emulated',
  'created-at-without-default': 'postgresql cockroachdb mysql sqlite sqlserver mongodb emulated',
  'free-text-enum': 'postgresql cockroachdb mysql sqlite emulated',
  'hard-delete-only': 'postgresql cockroachdb mysql sqlite sqlserver mongodb emulated',
  'id-array': 'postgresql cockroachdb mysql sqlite emulated',
  'implicit-delete-rule': 'postgresql cockroachdb mysql sqlite sqlserver emulated',
  'index-includes-deleted': 'postgresql cockroachdb sqlite sqlserver',
  'index-without-tenant': 'postgresql cockroachdb mysql sqlite sqlserver emulated',
  'inexact-money': 'postgresql cockroachdb mysql sqlserver emulated',
  'limited-varchar': 'postgresql',
  'missing-foreign-key': 'postgresql cockroachdb mysql sqlite sqlserver emulated',
  'missing-timestamps': 'postgresql cockroachdb mysql sqlite sqlserver emulated',
  'naive-timestamp': 'postgresql cockroachdb',
  'over-normalized': 'postgresql cockroachdb mysql sqlite sqlserver emulated',
  'random-uuid-key': 'postgresql mysql sqlite emulated',
  'range-before-equality': 'postgresql cockroachdb mysql sqlite sqlserver mongodb emulated',
  'redundant-index': 'postgresql cockroachdb mysql sqlite sqlserver mongodb emulated',
  'sequential-key': 'postgresql',
  'small-integer-key': 'cockroachdb mysql sqlserver emulated',
  'stale-updated-at': 'postgresql cockroachdb mysql sqlite sqlserver mongodb emulated',
  'unindexed-foreign-key': 'postgresql cockroachdb sqlite sqlserver emulated',
  'unique-ignores-soft-delete': 'postgresql cockroachdb sqlite sqlserver',
  'uuid-as-text': 'postgresql cockroachdb',
};

const DRIZZLE: Readonly<Record<string, string>> = {
  'boolean-index': 'pg cockroach mysql sqlite mssql',
  'created-at-without-default': 'pg cockroach mysql sqlite mssql singlestore',
  'free-text-enum': 'pg cockroach mysql sqlite',
  'hard-delete-only': 'pg cockroach mysql sqlite mssql',
  'id-array': 'pg cockroach mysql sqlite',
  'implicit-delete-rule': 'pg cockroach mysql sqlite mssql',
  'index-includes-deleted': 'pg cockroach sqlite mssql',
  'index-without-tenant': 'pg cockroach mysql sqlite mssql',
  'inexact-money': 'pg cockroach mysql mssql',
  'keyless-junction': 'pg cockroach mysql sqlite mssql',
  'limited-varchar': 'pg',
  'missing-foreign-key': 'pg cockroach mysql sqlite mssql',
  'missing-primary-key': 'pg cockroach mysql sqlite mssql singlestore',
  'missing-timestamps': 'pg cockroach mysql sqlite mssql singlestore',
  'naive-timestamp': 'pg cockroach',
  'plain-json': 'pg',
  'random-uuid-key': 'pg mysql sqlite',
  'range-before-equality': 'pg cockroach mysql sqlite mssql',
  'redundant-index': 'pg cockroach mysql sqlite mssql',
  'sequential-key': 'pg',
  'set-default-without-default': 'pg cockroach sqlite mssql',
  'set-null-on-required': 'pg cockroach mysql sqlite mssql',
  'small-integer-key': 'cockroach mysql mssql',
  'stale-updated-at': 'pg cockroach mysql sqlite mssql singlestore',
  'unindexed-foreign-key': 'pg cockroach sqlite mssql',
  'unique-ignores-soft-delete': 'pg cockroach sqlite mssql',
};

/** The databases in which each rule speaks. */
function speaking(outcomes: ReadonlyMap<string, Outcome>): Record<string, string> {
  const rules = [...new Set([...outcomes.values()].flatMap(({ found }) => found.map(({ finding }) => finding.rule)))].sort();
  const where = (rule: string): string[] => [...outcomes].flatMap(([name, { found }]) => (found.some(({ finding }) => finding.rule === rule) ? [name] : []));
  return Object.fromEntries(rules.map((rule) => [rule, where(rule).join(' ')]));
}

async function outcomesOf(schemas: ReadonlyMap<string, Texts>): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const [name, texts] of schemas) outcomes.set(name, await check(texts, STRICT));
  return outcomes;
}

/** The texts that the fixes of each rule's first finding give, by what was fixed. */
function fixed({ found, offers, apply }: Outcome): Map<string, Texts> {
  const texts = new Map<string, Texts>();
  const first = found.filter(({ finding }, at) => found.findIndex((other) => other.finding.rule === finding.rule) === at);
  for (const placed of first) {
    for (const { fix, edits } of offers(placed)) texts.set(`${placed.finding.rule}, line ${placed.line + 1}: ${fix.title}`, apply(edits));
  }
  return texts;
}

/** Words that only PostgreSQL and CockroachDB understand. */
const THEIRS = /postgres|\busing\b|\bgin\b|jsonb|timestamptz|\btype bigint\b|sequence|not valid|concurrently|row level security/i;

function assertOwnWords(name: string, { found }: Outcome): void {
  for (const { finding } of found) {
    const said = [finding.message, finding.help ?? '', ...(finding.fixes ?? []).map(({ title }) => title)].join(' ');
    assert.doesNotMatch(said, THEIRS, `${finding.rule} in ${name}`);
  }
}

describe('dialects', () => {
  let prismaOutcomes: Map<string, Outcome>;
  let drizzleOutcomes: Map<string, Outcome>;

  before(async () => {
    prismaOutcomes = await outcomesOf(prisma);
    drizzleOutcomes = await outcomesOf(drizzle);
  });

  it('each have the rules that hold there', () => {
    assert.deepEqual(speaking(prismaOutcomes), PRISMA);
    assert.deepEqual(speaking(drizzleOutcomes), DRIZZLE);
  });

  it("are told nothing of PostgreSQL's", () => {
    const theirs = ['postgresql', 'cockroachdb', 'pg', 'cockroach'];
    for (const [name, outcome] of [...prismaOutcomes, ...drizzleOutcomes]) if (!theirs.includes(name)) assertOwnWords(name, outcome);
  });

  it("get fixes that Prisma's validator takes", () => {
    for (const [name, outcome] of prismaOutcomes) {
      const texts = [...fixed(outcome)];
      assert.ok(texts.length > 3, name);
      for (const [what, after] of [['as it is', prisma.get(name) ?? new Map<string, string>()], ...texts] as const) {
        assert.deepEqual(prismaComplaints(after.get('schema.prisma') ?? ''), [], `${name}, ${what}`);
      }
    }
  });

  it('get fixes that the TypeScript compiler takes', () => {
    const groups = new Map<string, Texts>();
    for (const [name, outcome] of drizzleOutcomes) {
      // The pages have PostgreSQL's compiled, and two of the others came with 1.0.
      if (name === 'pg' || name === 'mssql' || name === 'cockroach') continue;
      for (const [what, texts] of [['as it is', drizzle.get(name) ?? new Map<string, string>()], ...fixed(outcome)] as const) {
        groups.set(`${name}, ${what}`, new Map([...texts].filter(([path]) => path.endsWith('.ts'))));
      }
    }
    assert.deepEqual(Object.fromEntries(complaints(groups)), {});
  });
});
