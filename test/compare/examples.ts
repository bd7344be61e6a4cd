// Examples of other linters: what the peers report at each statement, whether we do, and who is right by PostgreSQL.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Analysis } from '../../server/src/ide/analysis';
import { sql } from '../../server/src/languages/sql';
import type { Profile } from '../../server/src/linter/settings';
import { noFacts } from '../../server/src/model/facts';
import { MemoryWorkspace } from '../../server/src/project/workspace';
import { Project } from '../../server/src/project/project';
import { registry } from '../../server/src/rules/registry.generated';
import { LineIndex } from '../../server/src/text/line-index';
import { HAZARDS, type Hazard } from './hazards';
import { examplesIn, type Example } from './material';
import type { Peer, Reported } from './peers';
import { table } from './table';
import { Oracle } from './truth';
import { verdictOn, type Verdict } from './verdict';

interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Ids of our rules that report something, by the number of the statement. */
type Own = readonly (readonly string[])[];

/** One script of an example, as it lies on disk for the peers. */
interface Script {
  readonly example: Example;
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly statements: readonly Place[];
  /** By default, and with the rules that are off by default. */
  readonly byDefault: Own;
  readonly withAll: Own;
}

/** A statement at which peers report a hazard. */
interface Reports {
  readonly hazard: Hazard;
  readonly script: Script;
  readonly statement: number;
  readonly peers: string[];
}

type Difference = Reports & Verdict;

export const byRule = new Map(HAZARDS.flatMap((hazard) => hazard.peers.map((rule) => [rule, hazard] as const)));

/** `list` is how many differences are shown of those that PostgreSQL decides for the peers; `all` shows the others too. */
export async function compareExamples(folder: string, peers: readonly Peer[], list: number, all: boolean): Promise<string> {
  const scripts = await readScripts(folder);
  const { reports, unknown } = await reportsOf(scripts, peers);
  const oracle = new Oracle();
  const differences: Difference[] = [];
  for (const report of reports.filter((each) => !isOurs(each, each.script.withAll))) differences.push({ ...report, ...(await judged(report, scripts, oracle)) });
  await oracle.close();
  const missed = differences.filter(({ right }) => right === 'they');
  return [
    `\n${folder}: ${new Set(scripts.map(({ example }) => example)).size} examples`,
    '\nStatements at which a peer reports a hazard: how many of them we report by default, how many with the rules that are off by',
    'default, and who is right by PostgreSQL about the others\n',
    counted(reports, differences),
    '\nWhere we say nothing: who is right, and why\n',
    summary(differences),
    `\nPostgreSQL sides with the peers: ${missed.length}`,
    ...missed.slice(0, list).map(shown),
    ...(all ? ['\nIt sides with us, or has no answer', ...differences.filter((each) => !missed.includes(each)).map(shown)] : []),
    ...(unknown.size > 0 ? [`\nRules of peers that no hazard is kept for: ${[...unknown].sort().join(', ')}`] : []),
  ].join('\n');
}

async function readScripts(folder: string): Promise<Script[]> {
  await sql.prepare();
  const scripts: Script[] = [];
  for (const [at, example] of examplesIn(folder).entries()) {
    const files = example.scripts.map(({ text }, n) => ({ path: `/w/migrations/${String(n + 1).padStart(4, '0')}_step.sql`, text }));
    const schema = sql.lower(files.map(({ path, text }) => sql.parse(path, text)), { facts: noFacts });
    const [byDefault, withAll] = [await analysisOf(files, 'recommended'), await analysisOf(files, 'strict')];
    for (const [n, { path, text }] of files.entries()) {
      const statements = schema.migrations.find(({ file }) => file === path)?.statements.map(({ span, text: own }) => ({ start: span.start, end: span.end, text: own })) ?? [];
      const own = async (analysis: Analysis): Promise<Own> => {
        const findings = (await analysis.report(path))?.findings ?? [];
        return statements.map(({ start, end }) => findings.filter((finding) => finding.at.start < end && finding.at.end > start).map(({ rule }) => rule));
      };
      const file = `${at}/migrations/${String(n + 1).padStart(4, '0')}_step.sql`;
      scripts.push({ example, file, text, lines: new LineIndex(text), statements, byDefault: await own(byDefault), withAll: await own(withAll) });
    }
  }
  return scripts;
}

async function analysisOf(files: readonly { path: string; text: string }[], profile: Profile): Promise<Analysis> {
  const log = (message: string): void => console.error(message);
  const workspace = new MemoryWorkspace(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const project = new Project({ workspace, frontEnds: [sql], registry, overrides: { profile }, log });
  await project.setRoots(['/w']);
  return new Analysis({ project, registry, log, showHistory: true });
}

async function reportsOf(scripts: readonly Script[], peers: readonly Peer[]): Promise<{ reports: Reports[]; unknown: Set<string> }> {
  const folder = mkdtempSync(join(tmpdir(), 'schema-bible-compare-'));
  const reports = new Map<string, Reports>();
  const unknown = new Set<string>();
  const byFile = new Map(scripts.map((script) => [script.file, script]));
  try {
    for (const { file, text } of scripts) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    for (const peer of peers) {
      for (const reported of (await peer.run(scripts.map(({ file }) => file), folder)).reports) {
        const script = byFile.get(reported.file);
        const hazard = byRule.get(reported.rule);
        if (!hazard) unknown.add(`${peer.name} ${reported.rule}`);
        if (!script || !hazard) continue;
        const statement = statementOf(script, reported);
        const key = `${hazard.kind} ${script.file} ${statement}`;
        const report = reports.get(key) ?? { hazard, script, statement, peers: [] };
        if (!report.peers.includes(peer.name)) report.peers.push(peer.name);
        reports.set(key, report);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { reports: [...reports.values()], unknown };
}

/** The number of the statement that a report is about; the first where it is about the file. */
export function statementOf({ statements, lines, text }: Pick<Script, 'statements' | 'lines' | 'text'>, { line, column, statement }: Reported): number {
  if (statement !== undefined) {
    const plain = (sql: string): string => sql.replace(/--.*/g, ' ').replace(/[\s;]+/g, ' ').trim();
    const whole = plain(statement);
    const same = statements.findIndex((each) => plain(each.text) === whole);
    return Math.max(0, same >= 0 ? same : statements.findIndex((each) => plain(each.text).startsWith(whole.slice(0, 60))));
  }
  if (line === undefined) return 0;
  const from = Math.min(text.length, lines.lineStart(line) + (column ?? 0));
  const at = statements.findIndex(({ end }) => end > from);
  return at < 0 ? Math.max(0, statements.length - 1) : at;
}

function isOurs({ hazard, statement }: Reports, own: Own): boolean {
  const here = own[statement] ?? [];
  return (hazard.once ? own.flat() : here).some((rule) => hazard.ours.includes(rule)) || here.some((rule) => hazard.here?.includes(rule));
}

function judged({ hazard, script, statement }: Reports, scripts: readonly Script[], oracle: Oracle): Promise<Verdict> {
  const texts = ({ statements }: Script): string[] => statements.map(({ text }) => text);
  const others = (chosen: (file: string) => boolean): string[] => scripts.filter(({ example, file }) => example === script.example && chosen(file)).flatMap(texts);
  return verdictOn(hazard, { earlier: others((file) => file < script.file), script: texts(script), at: statement, later: others((file) => file > script.file) }, oracle);
}

function counted(reports: readonly Reports[], differences: readonly Difference[]): string {
  const rows = HAZARDS.flatMap((hazard) => {
    const about = reports.filter((each) => each.hazard === hazard);
    if (about.length === 0) return [];
    const right = (who: Verdict['right']): string => `${differences.filter((each) => each.hazard === hazard && each.right === who).length}`;
    const ours = (own: 'byDefault' | 'withAll'): string => `${about.filter((each) => isOurs(each, each.script[own])).length}`;
    return [[hazard.kind, `${about.length}`, ours('byDefault'), ours('withAll'), right('they'), right('we'), right('open')]];
  });
  return table([['hazard', 'peers', 'ours', 'all rules', 'peers right', 'we right', 'no answer'], ...rows]);
}

const WHO = { they: 'the peers', we: 'we', open: '—' } as const;

function summary(differences: readonly Difference[]): string {
  const counts = new Map<string, number>();
  for (const { hazard, right, because } of differences) {
    const key = `${hazard.kind}: ${WHO[right]}: ${because}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => `${String(count).padStart(5)}  ${text}`).join('\n');
}

function shown({ hazard, script, statement, peers, because }: Difference): string {
  const text = script.statements[statement]?.text.replace(/\s+/g, ' ').slice(0, 140) ?? '';
  return `  ${script.example.name} (${hazard.kind}; ${peers.join(', ')}): ${because}\n    > ${text}\n    ours: ${[...new Set(script.byDefault[statement])].join(', ') || 'nothing'}`;
}
