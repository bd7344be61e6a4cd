// What the light bulb offers at a place: fixes, fix-all, suppressions, the rule's page. Plain data, for any editor.
import type { LintFinding } from '../linter/run';
import { UNUSED_SUPPRESSION } from '../linter/suppressions';
import type { Edit } from '../text/edit';
import { overlaps } from '../text/span';
import type { Analysis, FileReport } from './analysis';
import { hasAutomaticFix } from './fix-all';
import { automaticFix, editsOf } from './fixes';
import { disableForFile, disableForLine } from './suppress';

export const FIX_ALL_KIND = 'source.fixAll.schemaBible';
export const SHOW_PAGE_COMMAND = 'schemaBible.showRulePage';

/** One entry of the light bulb. */
export type Action = {
  readonly title: string;
  readonly kind: 'quickfix' | typeof FIX_ALL_KIND;
  /** The one that "Auto Fix" applies. */
  readonly preferred?: true;
  /** What it is about. */
  readonly findings: readonly LintFinding[];
} & (
  | { readonly does: 'edit'; readonly edits: readonly Edit[] }
  /** Costs a run over a copy of the project, so the edits are made when it is chosen. */
  | { readonly does: 'fixAll'; readonly path: string; readonly rule?: string }
  | { readonly does: 'showPage'; readonly rule: string }
);

export interface ActionRequest {
  readonly start: number;
  readonly end: number;
  /** Kinds that the editor asks for, each with its subkinds; every kind when absent. */
  readonly only?: readonly string[];
}

/** With a whole file selected nobody reads a list of thousands. */
const MOST_FINDINGS = 50;

/** The actions for a range of a file, fixes first. */
export function actionsAt(analysis: Analysis, report: FileReport, request: ActionRequest): Action[] {
  const actions: Action[] = [];
  if (asks(request, 'quickfix')) {
    const touched = touching(report, request).slice(0, MOST_FINDINGS);
    actions.push(...fixActions(analysis, report, touched));
    actions.push(...ruleActions(report, touched));
  }
  if (asks(request, FIX_ALL_KIND) && hasAutomaticFix(report, { kinds: ['safe'] })) {
    actions.push({ title: 'Fix all safe Schema Bible problems', kind: FIX_ALL_KIND, findings: [], does: 'fixAll', path: report.path });
  }
  return actions;
}

function asks({ only }: ActionRequest, kind: string): boolean {
  return !only || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}

function touching({ findings }: FileReport, request: ActionRequest): LintFinding[] {
  return findings.filter((finding) => overlaps(finding.at, request));
}

/** Each fix that the language can write. The first preferred one is the one that "Auto Fix" applies. */
function fixActions(analysis: Analysis, report: FileReport, findings: readonly LintFinding[]): Action[] {
  const actions: Action[] = [];
  let found = false;
  for (const finding of findings) {
    const unit = analysis.unitOf(report, finding);
    if (!unit) continue;
    for (const fix of finding.fixes ?? []) {
      const edits = attempt(() => editsOf(fix, unit));
      if (!edits) continue;
      const preferred = fix.preferred && !found;
      found ||= fix.preferred ?? false;
      actions.push({ title: fix.title, kind: 'quickfix', ...(preferred && { preferred }), findings: [finding], does: 'edit', edits });
    }
  }
  return actions;
}

/** A fix that fails is not offered. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** What is offered once for each rule that reported here. */
function ruleActions(report: FileReport, touched: readonly LintFinding[]): Action[] {
  const byRule = new Map<string, LintFinding[]>();
  for (const finding of touched) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  const fixes: Action[] = [];
  const suppressions: Action[] = [];
  const pages: Action[] = [];
  for (const [rule, findings] of byRule) {
    if (fixableTogether(report, rule)) {
      fixes.push({ title: `Fix all \`${rule}\` problems in this file`, kind: 'quickfix', findings, does: 'fixAll', path: report.path, rule });
    }
    if (rule === UNUSED_SUPPRESSION) continue;
    suppressions.push(...suppressionActions(report, rule, findings));
    pages.push({ title: `Show the page of \`${rule}\``, kind: 'quickfix', findings, does: 'showPage', rule });
  }
  return [...fixes, ...suppressions, ...pages];
}

function suppressionActions(report: FileReport, rule: string, findings: readonly LintFinding[]): Action[] {
  const [first] = findings;
  if (!first) return [];
  return [
    { title: `Disable \`${rule}\` for this line`, kind: 'quickfix', findings, does: 'edit', edits: [disableForLine(report, rule, first.at.start)] },
    { title: `Disable \`${rule}\` for this file`, kind: 'quickfix', findings, does: 'edit', edits: [disableForFile(report, rule)] },
  ];
}

/** Whether the file has at least two findings of the rule that can be fixed without a question. */
function fixableTogether(report: FileReport, rule: string): boolean {
  const own = report.findings.filter((finding) => finding.rule === rule);
  return own.filter((finding) => automaticFix(finding, ['safe']) !== undefined).length > 1;
}
