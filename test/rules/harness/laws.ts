// What holds for every example of every rule, so that no author has to write it.
import assert from 'node:assert/strict';
import type { FixKind } from '../../../server/src/linter/rule';
import type { LintFinding } from '../../../server/src/linter/run';
import { check, chosen, fixAll, type Outcome, type Placed, type Texts } from './engine';
import { writeSquiggles, type Example } from './page';

export function textsOf(example: Example): Map<string, string> {
  return new Map(example.files.map((file) => [file.path, file.text]));
}

export function ofRule(outcome: Outcome, rule: string): Placed[] {
  return outcome.found.filter((placed) => placed.finding.rule === rule);
}

/** Squiggles and messages are exactly those of the page. */
export async function squigglesMatch(example: Example, rule: string): Promise<void> {
  const outcome = await check(textsOf(example), example.settings);
  for (const file of example.files) {
    if (!file.path.endsWith('.json')) assert.equal(outcome.served.has(file.path), !file.unserved, `${file.path} must be ${file.unserved ? 'un' : ''}served`);
    const own = ofRule(outcome, rule).filter((placed) => placed.path === file.path);
    assert.equal(writeSquiggles(file.text, own).join('\n'), writeSquiggles(file.text, file.expected).join('\n'), file.path);
  }
  for (const placed of ofRule(outcome, rule)) assertMessage(placed);
}

/** One sentence with a full stop, something named in it, and an imperative as help. */
function assertMessage({ finding: { message, help, fixes } }: Placed): void {
  assert.match(message, /^[A-Z`].*[^.]\.$/, message);
  assert.doesNotMatch(message, /\.\s+[A-Z]/, `More than one sentence: ${message}`);
  if (help !== undefined) assert.match(help, /^[A-Z].*\.$/, help);
  for (const { title } of fixes ?? []) assert.match(title, /^[A-Z].*[^.]$/, title);
  assert.ok((fixes ?? []).filter((fix) => fix.preferred).length <= 1, 'At most one fix is preferred.');
}

/** The choices of fixes that an example's findings offer: the preferred one and each by number. */
export async function choicesOf(example: Example, rule: string): Promise<(string | undefined)[]> {
  const outcome = await check(textsOf(example), example.settings);
  const most = Math.max(0, ...ofRule(outcome, rule).map((placed) => outcome.offers(placed).length));
  return most === 0 ? [] : [undefined, ...Array.from({ length: most }, (_, at) => `${at + 1}`)];
}

/** After the fix the rule is silent, nothing new is reported, the text parses as before, and a second run changes nothing. */
export async function fixHolds(example: Example, rule: string, choice: string | undefined): Promise<void> {
  const before = await check(textsOf(example), example.settings);
  const fixed = await fixAll(textsOf(example), example.settings, rule, choice);
  if (fixed.applied === 0) return;
  const unfixable = ofRule(before, rule).filter((placed) => chosen(before.offers(placed), choice) === undefined);
  assert.deepEqual(messages(ofRule(fixed.outcome, rule)), messages(unfixable), 'the rule still reports what it fixed');
  const others = (outcome: Outcome) => outcome.found.filter(({ finding }) => finding.rule !== rule && !isConsequence(finding, rule));
  assert.deepEqual(without(messages(others(fixed.outcome)), messages(before.found)), [], `the fix brings new findings:\n${print(fixed.texts)}`);
  assert.ok(fixed.outcome.problems.length <= before.problems.length, `the fixed text doesn't parse:\n${print(fixed.texts)}`);
  const again = await fixAll(fixed.texts, example.settings, rule, choice);
  assert.deepEqual([...again.texts], [...fixed.texts], 'a second application changes the text again');
}

/**
 * What a fix may bring to light: that the ORM's tool has to write the other half, what its steps lock for a moment, told as
 * information, and whatever there is to say of a statement that can only be read now.
 */
function isConsequence({ rule, category, severity }: LintFinding, fixed: string): boolean {
  if (rule === 'schema-drift') return true;
  return category === 'migration' && (fixed === 'sql-syntax' || severity === 'info' || severity === 'hint');
}

/** The `fixed` fences hold what the fix gives, and nothing else changed. */
export async function fixedFencesMatch(example: Example, rule: string): Promise<void> {
  for (const group of example.fixed) {
    const { texts } = await fixAll(textsOf(example), example.settings, rule, group.choice);
    for (const file of group.files) assert.equal(texts.get(file.path), file.text, `${file.path} fixed ${group.choice ?? ''}`);
    for (const [path, text] of texts) {
      if (group.files.some((file) => file.path === path)) continue;
      assert.equal(text, textsOf(example).get(path), `${path} is changed by the fix, so it needs a fixed fence`);
    }
  }
}

/** A suppression silences the findings of its line, and no other. */
export async function suppressionHolds(example: Example, rule: string): Promise<void> {
  const before = await check(textsOf(example), example.settings);
  for (const placed of ofRule(before, rule)) {
    const edit = before.suppress(placed);
    assert.ok(edit, 'no suppression is offered');
    const after = await check(before.apply([edit]), example.settings);
    const stay = before.found.filter((each) => !(each.finding.rule === rule && each.path === placed.path && each.line === placed.line));
    assert.deepEqual(messages(after.found).sort(), messages(stay).sort(), `suppressing ${placed.message}`);
  }
}

/** The same findings, at the same places, with CRLF and behind a comment of other alphabets. */
export async function placesHold(example: Example, rule: string): Promise<void> {
  const plain = ofRule(await check(textsOf(example), example.settings), rule);
  const windows = mapTexts(textsOf(example), (text) => text.replaceAll('\n', '\r\n'));
  assert.deepEqual(places(ofRule(await check(windows, example.settings), rule)), places(plain), 'under CRLF');
  const strange = mapTexts(textsOf(example), (text, path) => `${path.endsWith('.sql') ? '--' : '//'} é😀\n${text}`);
  const moved = ofRule(await check(strange, example.settings), rule).map((placed) => ({ ...placed, line: placed.line - 1 }));
  assert.deepEqual(places(moved), places(plain), 'behind é😀');
}

const MOST_CUTS = 40;

/** A text cut at any token throws nothing; the fixes of what is then found can be asked for, and made. */
export async function cutsHold(example: Example): Promise<void> {
  for (const file of example.files) {
    if (file.path.endsWith('.json')) continue;
    const ends = [...file.text.matchAll(/\w+|[^\w\s]/g)].map((match) => match.index + match[0].length);
    const step = Math.max(1, Math.ceil(ends.length / MOST_CUTS));
    for (let at = 0; at < ends.length; at += step) {
      const texts = new Map(textsOf(example)).set(file.path, file.text.slice(0, ends[at]));
      const outcome = await check(texts, example.settings);
      for (const placed of outcome.found) for (const { edits } of outcome.offers(placed)) outcome.apply(edits);
    }
  }
}

/** The kinds of the fixes that the example offers. */
export async function kindsOffered(example: Example, rule: string): Promise<FixKind[]> {
  const outcome = await check(textsOf(example), example.settings);
  return ofRule(outcome, rule).flatMap((placed) => outcome.offers(placed).map((offer) => offer.fix.kind));
}

function mapTexts(texts: Texts, change: (text: string, path: string) => string): Map<string, string> {
  return new Map([...texts].map(([path, text]) => [path, path.endsWith('.json') ? text : change(text, path)]));
}

function places(found: readonly Placed[]): string[] {
  return found.map((each) => `${each.path}:${each.line}:${each.character}-${each.endCharacter} ${each.message}`).sort();
}

function messages(found: readonly Placed[]): string[] {
  return found.map((placed) => `${placed.finding.rule}: ${placed.message}`);
}

function without(all: readonly string[], some: readonly string[]): string[] {
  const rest = [...some];
  return all.filter((each) => {
    const at = rest.indexOf(each);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function print(texts: Texts): string {
  return [...texts].map(([path, text]) => `--- ${path}\n${text}`).join('\n');
}
