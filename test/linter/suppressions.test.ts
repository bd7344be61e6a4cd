// Suppression comments: what they silence, and what is said of those that silence nothing.
import assert from 'node:assert/strict';
import { applySuppressions, readSuppressions, UNUSED_SUPPRESSION } from '../../server/src/linter/suppressions';
import type { LintFinding } from '../../server/src/linter/run';
import { applyEdits } from '../../server/src/text/edit';
import { LineIndex } from '../../server/src/text/line-index';
import { span } from '../../server/src/text/span';

const FILE = '/schema.prisma';

/** Each `BAD` in the text is a finding of the rule `bad-word`. */
function run(text: string): { kept: LintFinding[]; rules: string[]; cleaned: string } {
  const findings = [...text.matchAll(/BAD/g)].map(
    (match): LintFinding => ({ rule: 'bad-word', category: 'schema', severity: 'warning', at: span(FILE, match.index, match.index + 3), message: 'Bad.' }),
  );
  const comments = [...text.matchAll(/\/\/[^\n]*/g)].map((m) => ({ start: m.index, end: m.index + m[0].length, text: m[0] }));
  const suppressions = readSuppressions(text, comments);
  const kept = applySuppressions(findings, { file: FILE, text, lines: new LineIndex(text), suppressions, unused: 'warning', ran: () => true });
  const edits = kept
    .filter((finding) => finding.rule === UNUSED_SUPPRESSION)
    .flatMap((finding) => {
      const intent = finding.fixes?.[0]?.intent();
      return intent?.do === 'replaceText' ? intent.edits : [];
    });
  return { kept, rules: kept.map((finding) => finding.rule), cleaned: applyEdits(text, edits) };
}

describe('suppressions', () => {
  it('silence the next line, over blank lines and comments', () => {
    assert.deepEqual(run('// schema-bible-disable-next-line bad-word -- legacy\n\n// why\nBAD\nBAD').rules, ['bad-word']);
  });
  it('silence their own line, and only it', () => {
    assert.deepEqual(run('BAD // schema-bible-disable-line bad-word\nBAD').rules, ['bad-word']);
  });
  it('silence the file from anywhere in it', () => {
    assert.deepEqual(run('BAD\nBAD\n// schema-bible-disable bad-word').rules, []);
  });
  it('without a rule silence every rule', () => {
    assert.deepEqual(run('// schema-bible-disable-next-line\nBAD').rules, []);
  });
  it('that silence nothing are reported, and their removal leaves the rest alone', () => {
    const { rules, cleaned } = run('a\n  // schema-bible-disable-next-line bad-word\ngood\n');
    assert.deepEqual(rules, [UNUSED_SUPPRESSION]);
    assert.equal(cleaned, 'a\ngood\n');
  });
  it('lose only the rule that silences nothing', () => {
    const { rules, cleaned } = run('// schema-bible-disable-next-line bad-word, other-rule -- both\nBAD\n');
    assert.deepEqual(rules, [UNUSED_SUPPRESSION]);
    assert.equal(cleaned, '// schema-bible-disable-next-line bad-word -- both\nBAD\n');
  });
  it('that name another rule silence nothing', () => {
    assert.deepEqual(run('BAD // schema-bible-disable-line bad-words').rules.sort(), ['bad-word', UNUSED_SUPPRESSION]);
  });
});
