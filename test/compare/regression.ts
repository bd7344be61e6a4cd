// Runs scripts written for psql, such as PostgreSQL's own regression suite, through the SQL front end and every rule:
//   npm run check:regression -- <folder>… [--list 20] [--rejected]
// Nothing may throw, and nothing that PostgreSQL's parser accepts may be reported as a mistake of syntax.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { hasSqlDetails, loadModule, parseSync } from 'libpg-query';
import { sql } from '../../server/src/languages/sql';
import type { AnyRule } from '../../server/src/linter/rule';
import { lint } from '../../server/src/linter/run';
import { resolveSettings, type RuleSetting } from '../../server/src/linter/settings';
import { noFacts } from '../../server/src/model/facts';
import { registry } from '../../server/src/rules/registry.generated';
import { sentBy } from './psql';

const { values, positionals: folders } = parseArgs({ allowPositionals: true, options: { list: { type: 'string', default: '20' }, rejected: { type: 'boolean', default: false } } });

const everyRule: Record<string, RuleSetting> = Object.fromEntries(registry.map(({ rule }: { rule: AnyRule }) => [rule.id, 'warning']));
const settings = resolveSettings(registry, { rules: everyRule });

const throws: string[] = [];
const wrong: string[] = [];
const missed: string[] = [];
const rejected: string[] = [];
const total = { files: 0, statements: 0, accepted: 0, rejected: 0, findings: 0 };

function scripts(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? scripts(join(folder, entry.name)) : entry.name.endsWith('.sql') ? [join(folder, entry.name)] : []))
    .sort();
}

/** Runs every rule over the files as one history and gives what `sql-syntax` reports. */
function syntaxFindings(files: readonly { path: string; text: string }[]): { start: number; end: number; message: string }[] {
  try {
    const schema = sql.lower(files.map(({ path, text }) => sql.parse(path, text)), { facts: noFacts });
    const onError = (rule: string, error: unknown): void => void throws.push(`${rule}: ${said(error)}`);
    const findings = lint(schema, { registry, settings, facts: noFacts, onError });
    total.findings += findings.length;
    return findings.filter(({ rule }) => rule === 'sql-syntax').map(({ at, message }) => ({ start: at.start, end: at.end, message }));
  } catch (error) {
    throws.push(`${files.map(({ path }) => path).join(', ')}: ${said(error)}`);
    return [];
  }
}

function said(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function accepts(text: string): boolean {
  try {
    parseSync(text);
    return true;
  } catch (error) {
    if (hasSqlDetails(error)) return false;
    throw error;
  }
}

function check(path: string, name: string): void {
  const text = readFileSync(path, 'utf8');
  const findings = syntaxFindings([{ path, text }]);
  const line = (offset: number): number => text.slice(0, offset).split('\n').length;
  total.files++;
  for (const sent of sentBy(text)) {
    total.statements++;
    const own = findings.find(({ start, end }) => start < sent.end && end > sent.start);
    const shown = `${name}:${line(own?.start ?? sent.start)} ${own?.message ?? ''}\n    > ${sent.text.trim().replace(/\s+/g, ' ').slice(0, 160)}`;
    if (accepts(sent.text) || accepts(sent.filled)) {
      total.accepted++;
      if (own) wrong.push(shown);
    } else {
      total.rejected++;
      if (own) rejected.push(shown);
      else missed.push(shown);
    }
  }
}

async function main(): Promise<void> {
  if (folders.length === 0) throw new Error('Name the folders that hold the scripts: npm run check:regression -- <folder>…');
  await loadModule();
  await sql.prepare();
  const found = folders.flatMap((folder) => scripts(folder).map((path) => ({ path, name: relative(folder, path) || path })));
  if (found.length === 0) throw new Error('There is no .sql file in what was named.');
  for (const { path, name } of found) check(path, name);
  // All of them behind one another are a history that nobody would write.
  syntaxFindings(found.map(({ path }) => ({ path, text: readFileSync(path, 'utf8') })));
  const shown = Number(values.list);
  for (const [title, list] of [
    ['Thrown', throws],
    ['Accepted by PostgreSQL, reported by us', wrong],
    ['Rejected by PostgreSQL, not reported by us', missed],
    ...(values.rejected ? [['Rejected by both', rejected] as const] : []),
  ] as const) {
    console.log(`\n${title}: ${list.length}`);
    for (const one of list.slice(0, shown)) console.log(`  ${one}`);
  }
  console.log(`\n${total.files} files, ${total.statements} statements (${total.accepted} accepted, ${total.rejected} rejected), ${total.findings} findings of ${registry.length} rules`);
  process.exitCode = throws.length + wrong.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
