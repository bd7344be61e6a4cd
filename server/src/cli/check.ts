// `schema-bible check`: reports findings.
import type { FileReport } from '../ide/analysis';
import { canFix } from '../ide/fixes';
import type { FixKind } from '../linter/rule';
import type { LintFinding } from '../linter/run';
import { FileLines } from './file-lines';
import { CLEAN, FAILED, FOUND, type ExitCode, type Io } from './io';
import { jsonReport, JsonReporter, type JsonFile } from './json';
import type { Command } from './options';
import { formatFinding, formatSummary } from './pretty';
import { Tally } from './tally';
import { relative } from './targets';
import { openWorkbench, reports, type Parts, type Workbench } from './workbench';

type Check = Extract<Command, { readonly command: 'check' }>;

export async function check(command: Check, parts: Parts, io: Io): Promise<ExitCode> {
  const workbench = await openWorkbench(command, parts, io);
  const tally = command.format === 'json' ? await printJson(workbench, io) : await printPretty(workbench, io);
  if (workbench.failed()) return FAILED;
  return tally.exceeds(command.maxWarnings) ? FOUND : CLEAN;
}

async function printJson(workbench: Workbench, io: Io): Promise<Tally> {
  const tally = new Tally();
  const files: JsonFile[] = [];
  const reporter = new JsonReporter(workbench.analysis, new FileLines(workbench.workspace), (path) => relative(path, io.cwd));
  for await (const report of reports(workbench, io)) {
    tally.add(report.findings);
    files.push(await reporter.file(report));
  }
  io.out(jsonReport(files, tally));
  return tally;
}

async function printPretty(workbench: Workbench, io: Io): Promise<Tally> {
  const tally = new Tally();
  const lines = new FileLines(workbench.workspace);
  let fixable = 0;
  for await (const report of reports(workbench, io)) {
    tally.add(report.findings);
    lines.know(report);
    for (const finding of report.findings) {
      const fixedBy = fixOf(report, finding, workbench);
      if (fixedBy === 'safe') fixable++;
      io.out(`${await formatFinding(report, finding, fixedBy, lines, io)}\n`);
    }
  }
  io.out(formatSummary(tally, fixable, io));
  return tally;
}

/** The kind of fix that takes the finding away, where one can be written. */
function fixOf(report: FileReport, finding: LintFinding, { analysis }: Workbench): FixKind | undefined {
  const unit = finding.fixes && analysis.unitOf(report, finding);
  if (canFix(finding, unit, ['safe'])) return 'safe';
  return canFix(finding, unit, ['safe', 'review']) ? 'review' : undefined;
}
