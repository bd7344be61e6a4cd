// The machine-readable report. Its shape is a promise: keys are only ever added.
import type { Analysis, FileReport } from '../ide/analysis';
import { attemptEdits } from '../ide/fixes';
import type { Fix } from '../linter/rule';
import type { LintFinding } from '../linter/run';
import type { Edit } from '../text/edit';
import { LineIndex, type Position } from '../text/line-index';
import type { FileLines } from './file-lines';
import type { Tally } from './tally';

interface JsonRange {
  readonly start: Position;
  readonly end: Position;
}

interface JsonFix {
  readonly title: string;
  readonly kind: Fix['kind'];
  readonly edits: readonly ({ readonly path: string; readonly newText: string } & JsonRange)[];
}

interface JsonPlace extends JsonRange {
  readonly path: string;
  readonly message: string;
}

interface JsonFinding extends JsonRange {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly help?: string;
  /** Other places that belong to it. */
  readonly related: readonly JsonPlace[];
  readonly fixes: readonly JsonFix[];
}

export interface JsonFile {
  readonly path: string;
  readonly language: string;
  readonly dialect: string;
  readonly findings: readonly JsonFinding[];
  readonly problems: readonly ({ readonly message: string } & JsonRange)[];
}

/** Turns reports into plain data. */
export class JsonReporter {
  constructor(
    private readonly analysis: Analysis,
    private readonly lines: FileLines,
    private readonly name: (path: string) => string,
  ) {}

  async file(report: FileReport): Promise<JsonFile> {
    this.lines.know(report);
    const findings: JsonFile['findings'][number][] = [];
    for (const finding of report.findings) {
      const { rule, severity, message, help } = finding;
      const range = rangeOf(report.lines, finding.at.start, finding.at.end);
      const [related, fixes] = [await this.#related(finding), await this.#fixes(report, finding)];
      findings.push({ rule, severity, message, ...(help !== undefined && { help }), ...range, related, fixes });
    }
    const problems = report.problems.map(({ message, start, end }) => ({ message, ...rangeOf(report.lines, start, end) }));
    return { path: this.name(report.path), language: report.language, dialect: report.dialect, findings, problems };
  }

  async #related({ related }: LintFinding): Promise<JsonPlace[]> {
    const places: JsonPlace[] = [];
    for (const { at, message } of related ?? []) {
      places.push({ path: this.name(at.file), message, ...rangeOf(await this.lines.of(at.file), at.start, at.end) });
    }
    return places;
  }

  async #fixes(report: FileReport, finding: LintFinding): Promise<JsonFix[]> {
    const unit = this.analysis.unitOf(report, finding);
    const fixes: JsonFix[] = [];
    for (const fix of unit ? (finding.fixes ?? []) : []) {
      const edits = unit && attemptEdits(fix, unit);
      if (!edits) continue;
      const converted: JsonFix['edits'][number][] = [];
      for (const edit of edits) converted.push(await this.#edit(edit));
      fixes.push({ title: fix.title, kind: fix.kind, edits: converted });
    }
    return fixes;
  }

  async #edit({ file, start, end, newText, create }: Edit): Promise<JsonFix['edits'][number]> {
    const lines = create ? new LineIndex('') : await this.lines.of(file);
    return { path: this.name(file), ...rangeOf(lines, start, end), newText };
  }
}

export function jsonReport(files: readonly JsonFile[], tally: Tally): string {
  const { bySeverity, findings } = tally;
  const byRule = Object.fromEntries([...tally.byRule].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version: 1, files, summary: { files: tally.files, findings, byRule, bySeverity } }, undefined, 2)}\n`;
}

function rangeOf(lines: LineIndex, start: number, end: number): JsonRange {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
