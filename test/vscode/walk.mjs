// Walks through the sample like a user, in VS Code with the packaged extension: squiggle, hover, light bulb, fix.
// Each step is checked and photographed; the pictures of docs/images are made so.
//   node test/vscode/walk.mjs --out DIR [--release 1.139.1] [--vsix FILE]
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from './harness/browser.mjs';
import { install } from './harness/install.mjs';
import { releases } from './harness/parts.mjs';
import { onSignal } from './harness/run.mjs';
import { address, startServer } from './harness/server.mjs';
import { copyOf, packaged, root } from './prepare.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' }, release: { type: 'string', default: releases[0] }, vsix: { type: 'string' } } });
const out = resolve(values.out ?? '.');
const file = 'prisma/schema/order.prisma';

const look = {
  'editor.cursorBlinking': 'solid',
  'editor.fontFamily': 'DejaVu Sans Mono',
  'editor.fontSize': 14,
  'editor.lightbulb.enabled': 'on',
  'editor.minimap.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
};

/** A point in the name of the field that has the finding. */
async function onTheField({ page }) {
  const { x, y, height } = await page.locator('.view-line', { hasText: 'onDelete: Restrict' }).first().boundingBox();
  return [x + 40, y + height / 2];
}

/** Steps in their order; each does something, waits until it shows, and asserts. */
const steps = {
  async squiggles({ page }) {
    await page.locator('.squiggly-info').first().waitFor({ state: 'attached' });
    await page.locator('.squiggly-warning').nth(2).waitFor({ state: 'attached' });
  },
  async hover(walk) {
    await walk.page.mouse.move(...(await onTheField(walk)));
    const hover = walk.page.locator('.monaco-hover:visible', { hasText: 'unindexed-foreign-key' });
    await hover.waitFor();
    assert.match(await hover.innerText(), /no index leads with/);
  },
  async 'quick-fix'(walk) {
    const { page } = walk;
    await page.keyboard.press('Escape');
    await page.mouse.click(...(await onTheField(walk)));
    const bulb = page.locator('.lightBulbWidget:visible, .codicon-gutter-lightbulb:visible, .codicon-gutter-lightbulb-auto-fix:visible').first();
    await bulb.click();
    await page.locator('.action-widget').getByText('Add an index on').waitFor();
  },
  async fixed({ page, folder }) {
    await page.locator('.action-widget').getByText('Add an index on').click();
    await page.locator('.tab.dirty').waitFor();
    await page.keyboard.press('Control+s');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    const model = /model OrderLine \{[^]*?\n\}/.exec(readFileSync(join(folder, file), 'utf8'))?.[0] ?? '';
    assert.match(model, /\n {2}@@index\(\[productId\]\)\n/);
  },
};

async function main() {
  const results = { passed: 0, failed: 0 };
  const { copy: folder, parent } = copyOf(join(root, 'examples/shop'));
  mkdirSync(out, { recursive: true });
  let server, browser;
  const stop = async () => {
    await browser?.close();
    await server?.stop();
    rmSync(parent, { recursive: true, force: true });
  };
  onSignal(stop);
  try {
    const home = await install(values.release, { say: console.log });
    server = await startServer(home, { vsix: [resolve(values.vsix ?? packaged())], settings: look });
    browser = await openBrowser(home, server);
    const { page } = browser;
    page.setDefaultTimeout(30_000);
    await page.goto(address(server, { folder, open: join(folder, file) }));
    for (const [name, step] of Object.entries(steps)) {
      await step({ page, folder });
      await page.waitForTimeout(400); // animations
      await page.screenshot({ path: join(out, `${name}.png`) });
      console.log(`  ✔ ${name}`);
      results.passed++;
    }
  } catch (error) {
    results.failed++;
    await browser?.page.screenshot({ path: join(out, 'failure.png') }).catch(() => {});
    console.error(`  ✖ ${error.stack ?? error}`);
  } finally {
    await stop();
  }
  if (process.env.SCHEMA_BIBLE_RESULTS) writeFileSync(process.env.SCHEMA_BIBLE_RESULTS, JSON.stringify(results));
  process.exit(results.failed === 0 ? 0 : 1);
}

await main();
