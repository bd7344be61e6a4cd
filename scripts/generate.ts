// Writes everything that follows from the rules and their pages: `npm run generate`. With --check it only compares.
import { existsSync, mkdirSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RegisteredRule } from '../server/src/linter/rule';
import { configurationSchema, editorSettings } from './generate/settings';
import { readmeTable, rulePage, rulesIndex } from './generate/docs';
import { pagesModule, registryModule, ruleFiles, type RuleFile } from './generate/sources';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What the generated files must hold, by path from the root; `undefined` for a page without a rule. */
export async function generated(): Promise<Map<string, string | undefined>> {
  const files = ruleFiles(join(root, 'server/src/rules'));
  const rules = await load(files);
  const pages = new Map(files.map(({ id, category }) => [id, read(`server/src/rules/${category}/${id}.md`) ?? '']));
  const outputs = new Map<string, string | undefined>();
  outputs.set('server/src/rules/registry.generated.ts', registryModule(files));
  outputs.set('server/src/rules/pages.generated.ts', pagesModule(pages));
  outputs.set('schemas/schema-bible.schema.json', json(configurationSchema(rules)));
  outputs.set('docs/rules/README.md', rulesIndex(rules));
  for (const each of rules) outputs.set(`docs/rules/${each.rule.id}.md`, rulePage(each, pages.get(each.rule.id) ?? ''));
  for (const name of existsSync(join(root, 'docs/rules')) ? readdirSync(join(root, 'docs/rules')) : []) {
    if (!outputs.has(`docs/rules/${name}`)) outputs.set(`docs/rules/${name}`, undefined);
  }
  const readme = read('README.md');
  if (readme?.includes('<!-- rules -->')) outputs.set('README.md', withTable(readme, readmeTable(rules)));
  outputs.set('package.json', withSettings(read('package.json') ?? '{}', rules));
  return outputs;
}

/** Brings the files up to date, or lists the stale ones with `check`. */
export async function generate(check: boolean): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of await generated()) {
    if (read(path) === text) continue;
    stale.push(path);
    if (check) continue;
    const full = join(root, path);
    if (text === undefined) unlinkSync(full);
    else {
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
  }
  return stale;
}

async function load(files: readonly RuleFile[]): Promise<RegisteredRule[]> {
  return Promise.all(
    files.map(async ({ path, constant, category }) => {
      const module: Record<string, RegisteredRule['rule']> = await import(pathToFileURL(path).href);
      const rule = module[constant];
      if (!rule) throw new Error(`${path} must export a constant \`${constant}\`.`);
      return { rule, category };
    }),
  );
}

function read(path: string): string | undefined {
  const full = join(root, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function withTable(readme: string, table: string): string {
  const start = readme.indexOf('<!-- rules -->') + '<!-- rules -->'.length;
  const end = readme.indexOf('<!-- /rules -->', start);
  return `${readme.slice(0, start)}\n${table}${end < 0 ? '<!-- /rules -->\n' : ''}${readme.slice(end < 0 ? start : end)}`;
}

/** The extension's settings, with those of the rules in the place where they stand. Other settings are kept. */
function withSettings(text: string, rules: readonly RegisteredRule[]): string {
  const manifest: { contributes?: { configuration?: { title?: string; properties?: Record<string, unknown> } } } = JSON.parse(text);
  const properties = manifest.contributes?.configuration?.properties ?? {};
  const own = Object.entries(properties).filter(([key]) => !(key in editorSettings([])) && key !== 'schemaBible.rules');
  manifest.contributes = {
    ...manifest.contributes,
    configuration: { title: 'Schema Bible', properties: { ...editorSettings(rules), ...Object.fromEntries(own) } },
  };
  return json(manifest);
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const stale = await generate(check);
  for (const path of stale) console.log(`${check ? 'stale' : 'wrote'} ${path}`);
  if (check && stale.length > 0) {
    console.error('Generated files are out of date: run `npm run generate`.');
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void main();
