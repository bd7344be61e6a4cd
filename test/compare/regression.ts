// Runs scripts written for psql, such as PostgreSQL's own regression suite, through the SQL front end and every rule, and as
// a migration through the project, where each fix is written and each statement hovered over:
//   npm run check:regression -- <folder>… [--list 20] [--rejected]
// Nothing may throw, and nothing that PostgreSQL's parser accepts may be reported as a mistake of syntax. The suite is no
// part of this repository: sbdchd/squawk keeps a copy of it below `postgres/`, PostgreSQL itself below `src/test/regress/sql`.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { hasSqlDetails, loadModule, parseSync } from 'libpg-query';
import { Analysis } from '../../server/src/ide/analysis';
import { editsOf } from '../../server/src/ide/fixes';
import { hoverAt } from '../../server/src/ide/hover';
import { lockHints } from '../../server/src/ide/inlay-hints';
import { sql } from '../../server/src/languages/sql';
import type { AnyRule } from '../../server/src/linter/rule';
import { lint } from '../../server/src/linter/run';
import { resolveSettings, type RuleSetting } from '../../server/src/linter/settings';
import { noFacts } from '../../server/src/model/facts';
import { Project } from '../../server/src/project/project';
import { MemoryWorkspace } from '../../server/src/project/workspace';
import { pages } from '../../server/src/rules/pages.generated';
import { registry } from '../../server/src/rules/registry.generated';
import { sentBy } from './psql';

const { values, positionals: folders } = parseArgs({ allowPositionals: true, options: { list: { type: 'string', default: '20' }, rejected: { type: 'boolean', default: false } } });

const everyRule: Record<string, RuleSetting> = Object.fromEntries(registry.map(({ rule }: { rule: AnyRule }) => [rule.id, 'warning']));
const settings = resolveSettings(registry, { rules: everyRule });

const throws: string[] = [];
const wrong: string[] = [];
const missed: string[] = [];
const rejected: string[] = [];
const total = { files: 0, served: 0, fixes: 0, hovers: 0, statements: 0, accepted: 0, rejected: 0, findings: 0 };

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

/** Shows the script as an editor would: its findings, all their fixes, the hovers over each statement, the locks at its end. */
async function serve(name: string, text: string): Promise<void> {
  const path = '/w/migrations/0001_script.sql';
  const log = (message: string): void => void throws.push(`${name}: ${message}`);
  try {
    const project = new Project({ workspace: new MemoryWorkspace({ [path]: text }), frontEnds: [sql], registry, overrides: { rules: everyRule }, log });
    await project.setRoots(['/w']);
    const analysis = new Analysis({ project, registry, log, showHistory: true });
    const report = await analysis.report(path);
    // Queries alone are no migration, which is right.
    if (!report) return;
    total.served++;
    for (const finding of report.findings) {
      const unit = analysis.unitOf(report, finding);
      for (const fix of unit ? (finding.fixes ?? []) : []) if (unit && editsOf(fix, unit)) total.fixes++;
    }
    const options = { registry, pages, pageLink: () => undefined };
    const places = report.units.flatMap(({ schema }) => schema.migrations.flatMap(({ statements }) => statements.map(({ span }) => span.start)));
    for (const place of places) if (hoverAt(report, place + 1, options)) total.hovers++;
    lockHints(report, 0, text.length);
  } catch (error) {
    throws.push(`${name}: ${said(error)}`);
  }
}

async function main(): Promise<void> {
  if (folders.length === 0) throw new Error('Name the folders that hold the scripts: npm run check:regression -- <folder>…');
  await loadModule();
  await sql.prepare();
  const found = folders.flatMap((folder) => scripts(folder).map((path) => ({ path, name: relative(folder, path) || path })));
  if (found.length === 0) throw new Error('There is no .sql file in what was named.');
  for (const { path, name } of found) {
    check(path, name);
    await serve(name, readFileSync(path, 'utf8'));
  }
  // All of them behind one another are a history that nobody would write.
  syntaxFindings(found.map(({ path }) => ({ path, text: readFileSync(path, 'utf8') })));
  const shown = Number(values.list);
  for (const [title, list] of [
    ['Thrown', throws],
    ['Accepted by PostgreSQL, reported by us', wrong],
    ['Rejected by the library of PostgreSQL\'s parser, which stumbles over some comments, and not reported by us', missed],
    ...(values.rejected ? [['Rejected by both', rejected] as const] : []),
  ] as const) {
    console.log(`\n${title}: ${list.length}`);
    for (const one of list.slice(0, shown)) console.log(`  ${one}`);
  }
  console.log(`\n${total.files} files, ${total.statements} statements (${total.accepted} accepted, ${total.rejected} rejected), ${total.findings} findings of ${registry.length} rules`);
  console.log(`${total.served} of them are migrations: ${total.fixes} fixes written, ${total.hovers} hovers shown`);
  process.exitCode = throws.length + wrong.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
