// Every rule's page and cases, run as tests, with the laws that hold for all of them.
import assert from 'node:assert/strict';
import { documented, servedLanguages, type Documented } from './harness/all';
import * as laws from './harness/laws';
import { updatePage } from './harness/update';
import type { Example } from './harness/page';

const update = process.env.UPDATE_PAGES !== undefined;

for (const each of documented) {
  const { page, cases, registered } = each;
  const { id } = registered.rule;
  describe(id, () => {
    if (update) {
      it('is brought up to date', async () => {
        for (const own of [page, cases]) if (own) await updatePage(own, id);
      });
      return;
    }
    for (const own of [page, cases]) {
      if (!own) continue;
      const name = own === page ? 'page' : 'cases';
      for (const example of own.examples) describe(`${name}, line ${example.line}: ${example.heading}`, () => exampleTests(example, id));
    }
    ruleTests(each);
  });
}

function exampleTests(example: Example, rule: string): void {
  it('reports what the squiggles say', () => laws.squigglesMatch(example, rule));
  it('is fixed as the fences say', () => laws.fixedFencesMatch(example, rule));
  it('is silent and whole after each fix', async () => {
    for (const choice of await laws.choicesOf(example, rule)) await laws.fixHolds(example, rule, choice);
  });
  it('can be suppressed', () => laws.suppressionHolds(example, rule));
  it('is found at the same place under CRLF and behind é😀', () => laws.placesHold(example, rule));
  it('survives being cut anywhere', () => laws.cutsHold(example));
}

function ruleTests({ registered, page, cases }: Documented): void {
  const { rule } = registered;
  it('says the truth about its fix', async () => {
    const kinds = new Set<string>();
    for (const example of [...page.examples, ...(cases?.examples ?? [])]) {
      for (const kind of await laws.kindsOffered(example, rule.id)) kinds.add(kind);
    }
    assert.equal(kinds.has('safe') ? 'safe' : kinds.has('review') ? 'review' : 'none', rule.meta.fix);
  });
  it('shows a bad and a good example, and its fix, in every language that it serves', () => {
    for (const language of servedLanguages(registered)) {
      const own = page.examples.filter((example) => example.language === language);
      const bad = own.filter((example) => example.files.some((file) => file.expected.length > 0));
      assert.ok(bad.length > 0, `no bad example in ${language}`);
      assert.ok(bad.length < own.length, `no good example in ${language}`);
      if (rule.meta.fix !== 'none') assert.ok(bad.some((example) => example.fixed.length > 0), `no fixed example in ${language}`);
    }
  });
}
