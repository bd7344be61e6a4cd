// What the rules' fixes write is accepted by those who have the last word: Prisma's validator, the TypeScript compiler
// with drizzle-orm's types, and PostgreSQL with rows in its tables.
import assert from 'node:assert/strict';
import { mayQuery } from '../../server/src/languages/code/claims';
import { claimsDrizzle } from '../../server/src/languages/drizzle/claims';
import { prismaComplaints } from '../golden/support/oracles';
import { documented } from './harness/all';
import { check, fixAll, withPrelude, type Texts } from './harness/engine';
import { choicesOf, ofRule, textsOf } from './harness/laws';
import type { Example } from './harness/page';
import { closePostgres, failureOf } from './harness/postgres';
import { complaints } from './harness/typescript';

interface Case {
  readonly rule: string;
  readonly name: string;
  readonly example: Example;
}

const cases: readonly Case[] = documented.flatMap(({ registered, page, cases: more }) =>
  [page, more].flatMap((own) =>
    (own?.examples ?? []).map((example) => ({
      rule: registered.rule.id,
      name: `${registered.rule.id} (${own === page ? 'page' : 'cases'}, line ${example.line})`,
      example,
    })),
  ),
);

/** The texts after each fix that the example offers, by the fix's place in the list. */
async function fixedTexts({ rule, example }: Case): Promise<Texts[]> {
  const choices = await choicesOf(example, rule);
  return Promise.all(choices.map(async (choice) => (await fixAll(textsOf(example), example.settings, rule, choice)).texts));
}

const of = (language: Example['language']): Case[] => cases.filter(({ example }) => example.files.some((file) => file.path.endsWith(`.${language}`)));

/** Text that another tool fills in before PostgreSQL sees it. */
const isTemplate = ({ example }: Case): boolean => example.files.some((file) => /\$\{|\{\{|\{%/.test(file.text));

/** Application code is no part of what is compiled: its clients are declared elsewhere. */
const isSchema = (path: string, text: string): boolean => path.endsWith('.ts') && (claimsDrizzle(path, text) || !mayQuery(text));

/** What PostgreSQL has against each fix of the example. */
async function judge(each: Case): Promise<{ readonly tried: number; readonly complaints: readonly string[] }> {
  const found: string[] = [];
  let tried = 0;
  // What the author's own steps refuse of these rows (class 23), the fixed ones may refuse as well.
  const own = await failureOf(textsOf(each.example));
  for (const texts of await fixedTexts(each)) {
    const failure = await failureOf(texts);
    if (failure?.code.startsWith('23') && own?.code.startsWith('23')) continue;
    // What only makes a statement readable promises no more than that, and may leave others that nobody can mend.
    const unread = each.rule === 'sql-syntax' && (failure?.code !== '42601' || ofRule(await check(texts, each.example.settings), each.rule).length > 0);
    if (failure && unread) continue;
    if (failure) found.push(`${each.name}: ${failure.message}\n${[...texts.values()].join('\n---\n')}`);
    tried++;
  }
  return { tried, complaints: found };
}

describe('fixes before their judges', () => {
  after(closePostgres);

  it("pass Prisma's validator", async () => {
    let judged = 0;
    for (const each of of('prisma')) {
      for (const texts of await fixedTexts(each)) {
        // The files of one schema are one text to Prisma.
        const text = [...texts].flatMap(([path, own]) => (path.endsWith('.prisma') ? [own] : [])).join('\n');
        assert.deepEqual(prismaComplaints(withPrelude(text)), [], `${each.name}\n${text}`);
        judged++;
      }
    }
    assert.ok(judged > 20, `only ${judged} schemas were judged`);
  });

  it('pass the TypeScript compiler', async () => {
    const all = new Map<string, Texts>();
    for (const each of of('ts')) {
      for (const [at, texts] of [textsOf(each.example), ...(await fixedTexts(each))].entries()) {
        all.set(`${each.name}, fix ${at}`, new Map([...texts].filter(([path, text]) => isSchema(path, text))));
      }
    }
    assert.deepEqual(Object.fromEntries(complaints(all)), {});
    assert.ok(all.size > 40, `only ${all.size} schemas were judged`);
  });

  describe('run in PostgreSQL on tables that hold rows', () => {
    const histories = of('sql').filter((each) => !isTemplate(each));
    let judged = 0;
    for (const rule of new Set(histories.map((each) => each.rule))) {
      it(rule, async () => {
        const refused: string[] = [];
        for (const each of histories.filter((own) => own.rule === rule)) {
          const { tried, complaints: found } = await judge(each);
          judged += tried;
          refused.push(...found);
        }
        assert.deepEqual(refused, []);
      });
    }
    it('are many', () => assert.ok(judged > 40, `only ${judged} histories were judged`));
  });

  it('mend what PostgreSQL really rejects', async () => {
    for (const each of of('sql')) {
      if (each.rule !== 'not-null-without-default' && each.rule !== 'sql-syntax') continue;
      // PostgreSQL sees neither what another database runs nor a template that isn't filled in.
      if (isTemplate(each) || each.example.files.some((file) => file.unserved)) continue;
      const bad = each.example.files.some((file) => file.expected.length > 0);
      const failure = await failureOf(textsOf(each.example));
      if (bad) assert.ok(failure, `${each.name} runs, though it is reported`);
      else if (each.rule === 'sql-syntax') assert.notEqual(failure?.code, '42601', `${each.name} is rejected, though it isn't reported`);
    }
  });
});
