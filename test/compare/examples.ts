// Examples of other linters: what the peers report at each statement, whether we do, and who is right by PostgreSQL.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Analysis } from '../../server/src/ide/analysis';
import { sql } from '../../server/src/languages/sql';
import { noFacts } from '../../server/src/model/facts';
import { MemoryWorkspace } from '../../server/src/project/workspace';
import { Project } from '../../server/src/project/project';
import { registry } from '../../server/src/rules/registry.generated';
import { LineIndex } from '../../server/src/text/line-index';
import { HAZARDS, type Hazard } from './hazards';
import { examplesIn, type Example } from './material';
import type { Peer, Reported } from './peers';
import { table } from './table';
import { Oracle, type Truth } from './truth';

interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One script of an example, as it lies on disk for the peers. */
interface Script {
  readonly example: Example;
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly statements: readonly Place[];
  /** Ids of our rules that report something, by the number of the statement. */
  readonly ours: readonly (readonly string[])[];
}

interface Difference {
  readonly hazard: Hazard;
  readonly script: Script;
  readonly statement: number;
  readonly peers: string[];
  verdict: string;
  /** PostgreSQL sides with the peers. */
  missed: boolean;
}

const byRule = new Map(HAZARDS.flatMap((hazard) => hazard.peers.map((rule) => [rule, hazard] as const)));

export async function compareExamples(folder: string, peers: readonly Peer[], list: number): Promise<string> {
  const scripts = await readScripts(folder);
  const { reports, unknown } = await reportsOf(scripts, peers);
  const { rows, differences } = compared(reports);
  const oracle = new Oracle();
  for (const difference of differences) await judge(difference, scripts, oracle);
  await oracle.close();
  return [
    `\n${folder}: ${new Set(scripts.map(({ example }) => example)).size} examples`,
    `\nStatements at which a peer reports a hazard, and of them those at which we do\n`,
    table([['hazard', 'peers', 'ours too', 'differ', 'we miss'], ...rows.map((row) => [row.kind, `${row.all}`, `${row.both}`, `${row.all - row.both}`, `${differences.filter((each) => each.missed && each.hazard.kind === row.kind).length}`])]),
    '\nWhere we say nothing, and who is right\n',
    summary(differences),
    `\nMissed by us: ${differences.filter(({ missed }) => missed).length}`,
    ...differences.filter(({ missed }) => missed).slice(0, list).map(shown),
    ...(unknown.size > 0 ? [`\nRules of peers that no hazard is kept for: ${[...unknown].sort().join(', ')}`] : []),
  ].join('\n');
}

async function readScripts(folder: string): Promise<Script[]> {
  await sql.prepare();
  const scripts: Script[] = [];
  for (const [at, example] of examplesIn(folder).entries()) {
    const files = example.scripts.map(({ text }, n) => ({ path: `/w/migrations/${String(n + 1).padStart(4, '0')}_step.sql`, text }));
    const project = new Project({ workspace: new MemoryWorkspace(Object.fromEntries(files.map(({ path, text }) => [path, text]))), frontEnds: [sql], registry, log: (message) => console.error(message) });
    await project.setRoots(['/w']);
    const analysis = new Analysis({ project, registry, log: (message) => console.error(message), showHistory: true });
    const schema = sql.lower(files.map(({ path, text }) => sql.parse(path, text)), { facts: noFacts });
    for (const [n, { path, text }] of files.entries()) {
      const statements = schema.migrations.find(({ file }) => file === path)?.statements.map(({ span, text: own }) => ({ start: span.start, end: span.end, text: own })) ?? [];
      const findings = (await analysis.report(path))?.findings ?? [];
      const ours = statements.map(({ start, end }) => findings.filter((finding) => finding.at.start < end && finding.at.end > start).map(({ rule }) => rule));
      scripts.push({ example, file: `${at}/migrations/${String(n + 1).padStart(4, '0')}_step.sql`, text, lines: new LineIndex(text), statements, ours });
    }
  }
  return scripts;
}

interface At {
  readonly peer: string;
  readonly hazard: Hazard;
  readonly script: Script;
  readonly statement: number;
}

async function reportsOf(scripts: readonly Script[], peers: readonly Peer[]): Promise<{ reports: At[]; unknown: Set<string> }> {
  const folder = mkdtempSync(join(tmpdir(), 'schema-bible-compare-'));
  const reports: At[] = [];
  const unknown = new Set<string>();
  const byFile = new Map(scripts.map((script) => [script.file, script]));
  try {
    for (const { file, text } of scripts) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    for (const peer of peers) {
      const run = await peer.run(scripts.map(({ file }) => file), folder);
      for (const reported of run.reports) {
        const script = byFile.get(reported.file);
        const hazard = byRule.get(reported.rule);
        if (!hazard) unknown.add(`${peer.name} ${reported.rule}`);
        if (script && hazard) reports.push({ peer: peer.name, hazard, script, statement: statementOf(script, reported) });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { reports, unknown };
}

/** The number of the statement that a report is about; the first where it is about the file. */
function statementOf({ statements, lines, text }: Script, { line, column, statement }: Reported): number {
  if (statement !== undefined) {
    const plain = (sql: string): string => sql.replace(/--.*/g, ' ').replace(/[\s;]+/g, ' ').trim();
    return Math.max(0, statements.findIndex((each) => plain(each.text) === plain(statement)));
  }
  if (line === undefined) return 0;
  const from = Math.min(text.length, lines.lineStart(line) + (column ?? 0));
  const at = statements.findIndex(({ end }) => end > from);
  return at < 0 ? Math.max(0, statements.length - 1) : at;
}

function compared(reports: readonly At[]): { rows: { kind: string; all: number; both: number }[]; differences: Difference[] } {
  const rows: { kind: string; all: number; both: number }[] = [];
  const differences: Difference[] = [];
  for (const hazard of HAZARDS) {
    const places = new Map<string, { script: Script; statement: number; peers: string[] }>();
    for (const report of reports.filter((each) => each.hazard === hazard)) {
      const key = `${report.script.file} ${report.statement}`;
      const place = places.get(key) ?? { script: report.script, statement: report.statement, peers: [] };
      if (!place.peers.includes(report.peer)) place.peers.push(report.peer);
      places.set(key, place);
    }
    if (places.size === 0) continue;
    const ours = [...places.values()].filter(({ script, statement }) => script.ours[statement]?.some((rule) => hazard.ours.includes(rule)));
    rows.push({ kind: hazard.kind, all: places.size, both: ours.length });
    for (const place of places.values()) if (!ours.includes(place)) differences.push({ hazard, ...place, verdict: '', missed: false });
  }
  return { rows, differences };
}

async function judge(difference: Difference, scripts: readonly Script[], oracle: Oracle): Promise<void> {
  const { hazard, script, statement } = difference;
  if (typeof hazard.judge === 'object') {
    difference.verdict = hazard.judge.because;
    return;
  }
  const own = script.statements[statement];
  if (!own) {
    difference.verdict = 'There is no statement.';
    return;
  }
  const earlier = scripts.filter((each) => each.example === script.example && each.file < script.file).flatMap((each) => each.statements);
  const texts = (places: readonly Place[]): string[] => places.map(({ text }) => text);
  const truth = await oracle.judge(texts(earlier), texts(script.statements.slice(0, statement)), own.text);
  const [verdict, missed] = hazard.judge === 'error' ? byError(truth, isOpen(texts(script.statements.slice(0, statement)))) : byLock(truth, hazard);
  difference.verdict = verdict;
  difference.missed = missed;
}

/** Whether a BEGIN stands before without its end. */
function isOpen(statements: readonly string[]): boolean {
  let open = false;
  for (const text of statements) {
    if (/^(?:begin|start\s+transaction)\b/i.test(text)) open = true;
    else if (/^(?:commit|end|rollback|abort)\b/i.test(text)) open = false;
  }
  return open;
}

function byError(truth: Truth | undefined, inTransaction: boolean): [string, boolean] {
  if (!truth) return ['PostgreSQL could not be asked: what stands before fails.', false];
  if (truth.outside) return inTransaction ? ['PostgreSQL refuses it in the transaction that is open (25001).', true] : ['It runs outside of a transaction, as it does here.', false];
  return truth.error === undefined ? ['PostgreSQL runs it with rows in the table.', false] : [`PostgreSQL refuses it (${truth.error}).`, true];
}

const STRONG = /^(?:Share|ShareRowExclusive|Exclusive|AccessExclusive)Lock$/;

function byLock(truth: Truth | undefined, hazard: Hazard): [string, boolean] {
  if (!truth) return ['PostgreSQL could not be asked: what stands before fails.', false];
  if (truth.outside) return ['It runs outside of a transaction only, where no lock can be seen.', false];
  if (truth.error !== undefined) return [`PostgreSQL could not be asked: it refuses the statement here (${truth.error}).`, false];
  const strong = truth.locks.filter(({ mode }) => STRONG.test(mode));
  if (strong.length === 0) return ['It takes no lock that keeps anybody from a table that was there.', false];
  if (hazard.judge === 'existing') return ['It locks a table that was there.', true];
  if (truth.work.length === 0) return ['It locks a table that was there for a moment: nothing is read through, built or written again.', false];
  return ['PostgreSQL reads, builds or writes again while others wait.', true];
}

function summary(differences: readonly Difference[]): string {
  const counts = new Map<string, number>();
  for (const { hazard, verdict, missed } of differences) {
    const key = `${hazard.kind}: ${verdict}${missed ? ' The peers are right.' : ''}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => `${String(count).padStart(5)}  ${text}`).join('\n');
}

function shown({ hazard, script, statement, peers, verdict }: Difference): string {
  const text = script.statements[statement]?.text.replace(/\s+/g, ' ').slice(0, 140) ?? '';
  return `  ${script.example.name} (${hazard.kind}; ${peers.join(', ')}): ${verdict}\n    > ${text}\n    ours: ${[...new Set(script.ours[statement])].join(', ') || 'nothing'}`;
}
