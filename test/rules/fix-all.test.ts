// All fixes of all rules at once, on every example: they must not get into each other's way.
import assert from 'node:assert/strict';
import ts from 'typescript';
import { sql } from '../../server/src/languages/sql';
import { fixAll } from '../../server/src/ide/fix-all';
import type { FixKind } from '../../server/src/linter/rule';
import { prismaComplaints } from '../golden/support/oracles';
import { bench } from '../ide/support';
import { documented } from './harness/all';
import { withPrelude } from './harness/engine';
import type { Example } from './harness/page';

/** What the languages' own parsers say against a text; nothing when they accept it. */
function complaints(path: string, text: string): string[] {
  if (path.endsWith('.prisma')) return prismaComplaints(withPrelude(text));
  if (path.endsWith('.sql')) return sql.parse(path, text).problems.map(({ message }) => message);
  if (!path.endsWith('.ts')) return [];
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, fileName: path });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

async function holds({ files, settings, heading, line }: Example, rule: string, kinds: readonly FixKind[]): Promise<number> {
  const texts = Object.fromEntries(files.map(({ path, text }) => [`/w/${path}`, path.endsWith('.prisma') ? withPrelude(text) : text]));
  const project = await bench({ ...texts, '/w/schema-bible.json': JSON.stringify({ profile: 'strict', ...Object(settings) }) });
  const paths = project.project.files();
  const result = await fixAll(project, { paths, kinds });
  assert.deepEqual(project.log, []);
  for (const { path, before = '', after } of result.files) {
    const found = complaints(path, after);
    assert.ok(found.length <= complaints(path, before).length, `${rule}, line ${line}: ${heading}\n${found.join('\n')}\n${after}`);
  }
  // A fix that renames a table in the schema leaves it to the tool's next migration, so others may follow then.
  if (kinds.includes('review')) return result.files.length;
  const again = await bench({ ...texts, '/w/schema-bible.json': JSON.stringify({ profile: 'strict', ...Object(settings) }), ...Object.fromEntries(result.files.map(({ path, after }) => [path, after])) });
  const second = await fixAll(again, { paths: again.project.files(), kinds });
  assert.deepEqual(second.files.map(({ after }) => after), [], `${rule}, line ${line}: a second run changes more`);
  return result.files.length;
}

describe('all fixes together', () => {
  before(() => sql.prepare());

  for (const kinds of [['safe'], ['safe', 'review']] as const) {
    it(`(${kinds.join(' and ')}) give texts that parse, and the safe ones leave nothing to fix`, async () => {
      let changed = 0;
      for (const { registered, page, cases } of documented) {
        for (const example of [...page.examples, ...(cases?.examples ?? [])]) changed += await holds(example, registered.rule.id, kinds);
      }
      assert.ok(changed > 200, `only ${changed} files were changed`);
    }).timeout(300_000);
  }
});
