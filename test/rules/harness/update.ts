// Rewrites squiggles and `fixed` fences to what the rules say now: `UPDATE_PAGES=1`. Read the difference before you keep it.
import { writeFileSync } from 'node:fs';
import { check, fixAll } from './engine';
import { ofRule, textsOf } from './laws';
import { writeSquiggles, type Lines, type Page } from './page';

export async function updatePage(page: Page, rule: string): Promise<void> {
  const lines = page.text.split('\n');
  const replaced: { readonly at: Lines; readonly lines: readonly string[] }[] = [];
  for (const example of page.examples) {
    const outcome = await check(textsOf(example), example.settings);
    for (const file of example.files) {
      if (file.path.endsWith('.json')) continue;
      const own = ofRule(outcome, rule).filter((placed) => placed.path === file.path);
      replaced.push({ at: file.lines, lines: writeSquiggles(file.text, own) });
    }
    for (const group of example.fixed) {
      const { texts } = await fixAll(textsOf(example), example.settings, rule, group.choice);
      for (const file of group.files) {
        replaced.push({ at: file.lines, lines: (texts.get(file.path) ?? 'no such file\n').replace(/\n$/, '').split('\n') });
      }
    }
  }
  for (const { at, lines: own } of replaced.sort((a, b) => b.at.start - a.at.start)) lines.splice(at.start, at.end - at.start, ...own);
  writeFileSync(page.path, lines.join('\n'));
}
