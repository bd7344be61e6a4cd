// Applies many fixes at once: pass after pass on a scratch copy of the project, until nothing is left to fix.
import type { Fix } from '../linter/rule';
import type { LintFinding } from '../linter/run';
import { applyEdits, conflict, type Edit } from '../text/edit';
import type { Analysis, FileReport } from './analysis';
import { editsBetween } from './diff';
import { attemptEdits, automaticFix } from './fixes';
import type { OverlayWorkspace } from './overlay';

/** A copy of the project that nobody looks at: its texts may be changed freely. */
export interface Scratch {
  readonly analysis: Analysis;
  readonly workspace: OverlayWorkspace;
  /** Takes over texts that were written to the workspace. */
  filesChanged(paths: readonly string[]): Promise<void>;
  /** Reads application code if a fix has asked for it in vain. Returns whether one has. */
  readWantedCode(): Promise<boolean>;
}

export interface FixAllRequest {
  /** Only findings in these files are fixed. */
  readonly paths: readonly string[];
  readonly kinds: readonly Fix['kind'][];
  /** Only findings of this rule; of all rules when absent. */
  readonly rule?: string;
  /** Whether a fix may touch a file that already exists; every file may be touched when absent. */
  mayEdit?(path: string, edits: readonly Edit[]): boolean;
}

export interface ChangedFile {
  readonly path: string;
  /** Undefined for a file that the fixes create. */
  readonly before: string | undefined;
  readonly after: string;
}

export interface FixAllResult {
  readonly files: readonly ChangedFile[];
  /** How many fixes were applied, by rule. */
  readonly applied: ReadonlyMap<string, number>;
}

/**
 * A fix can make room for another or bring a new finding; if that goes on for ever, it ends here. Fixes that wait for their
 * turn to create files have a pass each.
 */
const PASSES = 10;

/** What the files look like after every fix of the asked-for kinds. Nothing but the scratch copy is changed. */
export async function fixAll(scratch: Scratch, request: FixAllRequest): Promise<FixAllResult> {
  const originals = new Map<string, string | undefined>();
  const applied = new Map<string, number>();
  let passes = PASSES;
  for (let pass = 0; pass < passes; pass++) {
    let chosen = await choose(scratch, request);
    // What was written without knowing the code is written again.
    if (await scratch.readWantedCode()) chosen = await choose(scratch, request);
    if (chosen.size === 0) break;
    if (pass === 0) passes += chosen.waiting;
    for (const [rule, count] of chosen.rules) applied.set(rule, (applied.get(rule) ?? 0) + count);
    await apply(scratch, chosen, originals);
  }
  const files: ChangedFile[] = [];
  for (const [path, before] of originals) {
    const after = await scratch.workspace.read(path);
    if (after !== undefined && after !== before) files.push({ path, before, after });
  }
  return { files, applied };
}

/** Whether fix-all would do anything at all; cheap, so that it isn't offered in vain. */
export function hasAutomaticFix(report: FileReport, request: Pick<FixAllRequest, 'kinds' | 'rule'>): boolean {
  return report.findings.some((finding) => wanted(finding, request) && automaticFix(finding, request.kinds) !== undefined);
}

/** The changes as edits of the present texts, for one undoable step. */
export function asEdits(files: readonly ChangedFile[]): Edit[] {
  return files.flatMap(({ path, before, after }): Edit[] =>
    before === undefined ? [{ file: path, start: 0, end: 0, newText: after, create: true }] : editsBetween(path, before, after),
  );
}

/** The texts, by path, that the changes were made for. */
export function textsBefore(files: readonly ChangedFile[]): ReadonlyMap<string, string> {
  return new Map(files.flatMap(({ path, before }) => (before === undefined ? [] : [[path, before] as const])));
}

function wanted(finding: LintFinding, { rule }: Pick<FixAllRequest, 'rule'>): boolean {
  return rule === undefined || finding.rule === rule;
}

async function choose(scratch: Scratch, request: FixAllRequest): Promise<Selection> {
  const chosen = new Selection();
  for (const path of request.paths) {
    const report = await scratch.analysis.report(path);
    if (report) chooseFixes(scratch.analysis, report, request, chosen);
  }
  return chosen;
}

function chooseFixes(analysis: Analysis, report: FileReport, request: FixAllRequest, chosen: Selection): void {
  for (const finding of report.findings) {
    if (!wanted(finding, request)) continue;
    const fix = automaticFix(finding, request.kinds);
    const unit = fix && analysis.unitOf(report, finding);
    const edits = unit && attemptEdits(fix, unit);
    if (!edits) continue;
    if (request.mayEdit && !edits.every((edit) => edit.create ?? request.mayEdit?.(edit.file, edits))) continue;
    chosen.add(edits, finding.rule);
  }
}

/**
 * Edits that can be made together. A fix is taken whole or left for the next pass, as are all but one that create files:
 * a runner's next number is the same for all of them.
 */
class Selection {
  readonly byFile = new Map<string, Edit[]>();
  /** How many fixes of each rule it holds. */
  readonly rules = new Map<string, number>();
  size = 0;
  /** Fixes that are left because another creates files. */
  waiting = 0;
  #creates = false;

  add(edits: readonly Edit[], rule: string): void {
    const creates = edits.some((edit) => edit.create);
    if (creates && this.#creates) {
      this.waiting++;
      return;
    }
    if (edits.some((edit) => this.byFile.get(edit.file)?.some((other) => conflict(edit, other))) || overlapThemselves(edits)) return;
    for (const edit of edits) {
      const own = this.byFile.get(edit.file);
      if (own) own.push(edit);
      else this.byFile.set(edit.file, [edit]);
    }
    this.#creates ||= creates;
    this.rules.set(rule, (this.rules.get(rule) ?? 0) + 1);
    this.size++;
  }
}

/** Whether edits of one fix contradict each other; insertions at one place are fine. */
function overlapThemselves(edits: readonly Edit[]): boolean {
  const sorted = [...edits].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start || a.end - b.end));
  return sorted.some((edit, at) => {
    const previous = sorted[at - 1];
    return previous?.file === edit.file && edit.start < previous.end;
  });
}

async function apply(scratch: Scratch, chosen: Selection, originals: Map<string, string | undefined>): Promise<void> {
  for (const [path, edits] of chosen.byFile) {
    const before = await scratch.workspace.read(path);
    if (!originals.has(path)) originals.set(path, before);
    scratch.workspace.write(path, applyEdits(before ?? '', edits));
  }
  await scratch.filesChanged([...chosen.byFile.keys()]);
}
