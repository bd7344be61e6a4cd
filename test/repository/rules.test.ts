// What the registry promises: a rule, its file, its page, its setting and its documents agree, by name and by content.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { generated } from '../../scripts/generate';
import { categories } from '../../scripts/generate/sources';
import { registry } from '../../server/src/rules/registry.generated';
import { documented } from '../rules/harness/all';
import { root } from './files';

describe('the registry', () => {
  it('knows each rule under the name of its file', () => {
    for (const { rule, category } of registry) {
      assert.ok(existsSync(join(root, `server/src/rules/${category}/${rule.id}.ts`)), `${category}/${rule.id}.ts`);
    }
    assert.equal(new Set(registry.map(({ rule }) => rule.id)).size, registry.length, 'two rules share an id');
  });

  it('names problems, so that an id reads well after "disable"', () => {
    for (const { rule } of registry) {
      assert.match(rule.id, /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
      assert.doesNotMatch(rule.id, /^(no|ban|require|prefer|use|avoid|enforce)-/);
      assert.match(rule.meta.title, /^[A-Z].*\.$/);
      assert.match(rule.meta.bible, /^(\+|(§\d+|L|M\d+|X\d+)( (§\d+|L|M\d+|X\d+))*)$/, rule.id);
    }
  });

  it('holds every rule that lies in a folder, and no page is without its rule', () => {
    const ids = new Set(registry.map(({ rule }) => rule.id));
    for (const category of categories) {
      const folder = join(root, 'server/src/rules', category);
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        const [id = ''] = basename(name).split('.');
        assert.ok(ids.has(id), `${category}/${name} belongs to no rule`);
      }
    }
  });
});

describe('pages', () => {
  for (const { registered, page, cases } of documented) {
    it(`${registered.rule.id} is a page`, () => {
      assert.deepEqual(page.headings[0], registered.rule.id);
      const first = page.text.split('\n')[2] ?? '';
      assert.ok(first.length > 20 && first.length <= 120 && first.endsWith('.'), `the first sentence: ${first}`);
      for (const heading of ['Why', 'Examples', 'When to leave it']) assert.ok(page.headings.includes(heading), `no heading ${heading}`);
      assert.doesNotMatch(page.text, /TODO(?!: write the value)/);
      if (cases) assert.equal(cases.headings[0], registered.rule.id);
      const options = Object.keys(registered.rule.meta.options ?? {});
      for (const option of options) assert.ok(page.text.includes(`\`${option}\``), `the page doesn't name the option ${option}`);
    });
  }
});

describe('generated files', () => {
  it('are up to date', async () => {
    for (const [path, text] of await generated()) {
      const full = join(root, path);
      const now = existsSync(full) ? readFileSync(full, 'utf8') : undefined;
      assert.ok(now === text, `${path} is out of date: run \`npm run generate\``);
    }
  });
});
