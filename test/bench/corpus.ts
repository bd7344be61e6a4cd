// Runs every rule over folders of real code and tells what comes of it, so that findings can be read as an owner would:
//   npx tsx --import ./test/esm-only.mjs test/bench/corpus.ts <folder>… [--list 10 | --sample 200] [--rule <id>] [--seed 1]
//     [--problems] [--shipped]
// Nothing is fetched. `--list` prints so many findings of each rule and folder, drawn at random, `--sample` so many of
// all; `--shipped` leaves the
// findings of committed migrations out, as the default configuration does.
import { basename, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Analysis, type FileReport } from '../../server/src/ide/analysis';
import { code } from '../../server/src/languages/code';
import { drizzle } from '../../server/src/languages/drizzle';
import type { FrontEnd, Parsed } from '../../server/src/languages/language';
import { prisma } from '../../server/src/languages/prisma';
import { sql } from '../../server/src/languages/sql';
import type { LintFinding } from '../../server/src/linter/run';
import type { Configuration } from '../../server/src/linter/settings';
import { NodeWorkspace } from '../../server/src/node/workspace';
import { Project } from '../../server/src/project/project';
import { registry } from '../../server/src/rules/registry.generated';

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'string', default: '0' },
    sample: { type: 'string', default: '0' },
    rule: { type: 'string' },
    seed: { type: 'string', default: '1' },
    problems: { type: 'boolean', default: false },
    shipped: { type: 'boolean', default: false },
  },
});

interface Said {
  readonly report: FileReport;
  readonly finding: LintFinding;
}

interface Outcome {
  readonly folder: string;
  readonly reports: readonly FileReport[];
  readonly slowest: { readonly path: string; readonly ms: number };
  readonly ms: number;
  readonly tables: number;
}

async function run(folder: string): Promise<Outcome> {
  const start = performance.now();
  const slowest = { path: '', ms: 0 };
  const timed = <P extends Parsed>(frontEnd: FrontEnd<P>): FrontEnd<P> => ({
    ...frontEnd,
    parse(path, text, previous) {
      const before = performance.now();
      const parsed = frontEnd.parse(path, text, previous);
      const ms = performance.now() - before;
      if (ms > slowest.ms) Object.assign(slowest, { path, ms });
      return parsed;
    },
  });
  const log = (message: string): void => console.error(`${basename(folder)}: ${message}`);
  const frontEnds = [timed(prisma), timed(drizzle), timed(sql), timed(code)];
  const overrides: Configuration = options.shipped ? {} : { migrations: { lint: 'all' } };
  const project = new Project({ workspace: new NodeWorkspace(), frontEnds, registry, overrides, log });
  await project.setRoots([folder]);
  await project.readCode();
  const analysis = new Analysis({ project, registry, log });
  const reports: FileReport[] = [];
  for (const path of project.files()) {
    const report = await analysis.report(path);
    if (report) reports.push(report);
  }
  // A table that a tool writes into migrations from its schema is one table, not two.
  const sources = (await project.units()).filter(({ source }) => !source);
  const tables = new Set(sources.flatMap(({ schema }) => schema.tables.filter(({ objectKind }) => objectKind === 'table'))).size;
  return { folder, reports, slowest, tables, ms: performance.now() - start };
}

const rules = registry.map(({ rule }) => rule.id);

function row({ folder, reports, slowest, tables, ms }: Outcome): string[] {
  const found = reports.flatMap(({ findings }) => findings);
  const problems = reports.reduce((sum, report) => sum + report.problems.length, 0);
  const counts = rules.map((id) => found.filter(({ rule }) => rule === id).length);
  const pressing = pressingIn(reports);
  const slow = `${Math.round(slowest.ms)} ms ${relative(folder, slowest.path)}`;
  return [basename(folder), `${reports.length}`, `${tables}`, perTable(pressing, tables), ...counts.map((count) => (count === 0 ? '' : `${count}`)), `${problems}`, `${(ms / 1000).toFixed(1)} s`, slow];
}

function pressingIn(reports: readonly FileReport[]): number {
  return reports.reduce((sum, { counts }) => sum + counts.error + counts.warning, 0);
}

function perTable(count: number, tables: number): string {
  return tables === 0 ? '' : (count / tables).toFixed(2);
}

/** A few findings of each rule, drawn by the seed. */
function sample({ folder, reports }: Outcome, count: number): string[] {
  const all = reports.flatMap((report) => report.findings.map((finding): Said => ({ report, finding })));
  return rules
    .filter((id) => options.rule === undefined || options.rule === id)
    .flatMap((id) => {
      const own = all.filter(({ finding }) => finding.rule === id);
      const drawn = own.map((said, at) => ({ said, key: scatter(at + 1, Number(options.seed)) })).sort((a, b) => a.key - b.key);
      return drawn.slice(0, count).map(({ said }) => show(folder, said));
    });
}

/** So many findings of all rules and folders together, drawn by the seed. */
function sampleOfAll(outcomes: readonly Outcome[], count: number): string[] {
  const all = outcomes.flatMap(({ folder, reports }) => reports.flatMap((report) => report.findings.map((finding) => ({ folder, said: { report, finding } }))));
  const drawn = all.map((each, at) => ({ ...each, key: scatter(at + 1, Number(options.seed)) })).sort((a, b) => a.key - b.key);
  return drawn.slice(0, count).map(({ folder, said }, at) => `${at + 1}. ${basename(folder)} ${show(folder, said)}`);
}

function scatter(at: number, seed: number): number {
  const mixed = Math.imul(at ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function show(folder: string, { report, finding }: Said): string {
  const { line } = report.lines.positionAt(finding.at.start);
  const source = report.text.slice(report.lines.lineStart(line), report.lines.lineStart(line + 1)).trim().slice(0, 160);
  return `${relative(folder, report.path)}:${line + 1} ${finding.rule} ${finding.severity}\n    ${finding.message}\n    > ${source}`;
}

async function main(): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const folder of folders) {
    const outcome = await run(resolve(folder));
    outcomes.push(outcome);
    for (const line of sample(outcome, Number(options.list))) console.log(line);
    if (options.problems) for (const line of problemsOf(outcome)) console.log(line);
  }
  for (const line of sampleOfAll(outcomes, Number(options.sample))) console.log(line);
  const head = ['repository', 'files', 'tables', 'errors and warnings per table', ...rules, 'problems', 'time', 'slowest parse'];
  for (const cells of [head, head.map(() => '---'), ...outcomes.map(row)]) console.log(`| ${cells.join(' | ')} |`);
  const tables = outcomes.reduce((sum, outcome) => sum + outcome.tables, 0);
  const pressing = outcomes.reduce((sum, { reports }) => sum + pressingIn(reports), 0);
  console.log(`${pressing} errors and warnings in ${tables} tables: ${perTable(pressing, tables)} a table`);
}

function problemsOf({ folder, reports }: Outcome): string[] {
  return reports.flatMap((report) =>
    report.problems.map(({ message, start }) => `${relative(folder, report.path)}:${report.lines.positionAt(start).line + 1} problem: ${message}`),
  );
}

void main();
