// Counts of findings, and what they mean for the exit status.
import type { Severity } from '../linter/rule';
import type { LintFinding } from '../linter/run';

export class Tally {
  files = 0;
  findings = 0;
  readonly byRule = new Map<string, number>();
  readonly bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };

  add(findings: readonly LintFinding[]): void {
    this.files++;
    this.findings += findings.length;
    for (const { rule, severity } of findings) {
      this.byRule.set(rule, (this.byRule.get(rule) ?? 0) + 1);
      this.bySeverity[severity]++;
    }
  }

  /** Whether the run counts as failed: any error, or more warnings than allowed. */
  exceeds(maxWarnings = 0): boolean {
    return this.bySeverity.error > 0 || this.bySeverity.warning > maxWarnings;
  }
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
