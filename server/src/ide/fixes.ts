// From a finding's fix to edits, through the writer of the language that the finding was made in.
import type { Writers, WriteContext } from '../languages/language';
import type { Fix } from '../linter/rule';
import type { LintFinding } from '../linter/run';
import type { Intent, MigrationStep } from '../model/intents';
import type { Unit } from '../project/unit';
import type { Edit } from '../text/edit';

/**
 * The edits of a fix, in the author's style; undefined where the language can't write it, nothing would change, or a
 * migration would that the main branch has, unless the configuration has all migrations linted.
 */
export function editsOf(fix: Fix, unit: Unit): readonly Edit[] | undefined {
  const edits = writeIntent(fix.intent(), unit.frontEnd.write, unit.writeContext);
  if (!edits || edits.length === 0) return undefined;
  const history = !unit.settings.lintAllMigrations && edits.some(({ file, create }) => !create && unit.migration(file)?.committed);
  return history ? undefined : edits;
}

/** The edits of one intent, put together where it holds several; undefined where a part of it can't be written. */
export function writeIntent(intent: Intent, writers: Writers, context: WriteContext): readonly Edit[] | undefined {
  switch (intent.do) {
    case 'all':
      return together(intent.intents, writers, context);
    case 'writeMigration':
      return context.nextMigrations(intent.after, intent.steps);
    default: {
      // The table maps each verb to a writer of exactly that verb's intents, which its type can't say for a union.
      const writer = writers[intent.do] as ((intent: Intent, context: WriteContext) => readonly Edit[] | undefined) | undefined;
      return writer?.(intent, context);
    }
  }
}

/**
 * All edits, each once: two parts of a fix may want the same import. Their next migrations are numbered together.
 * Undefined where one part can't be written.
 */
function together(intents: readonly Intent[], writers: Writers, context: WriteContext): readonly Edit[] | undefined {
  const steps: MigrationStep[] = [];
  let from: string | undefined;
  const numbering: WriteContext = {
    ...context,
    nextMigrations: (after, more) => {
      // Those that can't be written at all aren't begun.
      if (!context.nextMigrations(after, more)) return undefined;
      from ??= after;
      steps.push(...more);
      return [];
    },
  };
  const edits = new Map<string, Edit>();
  const add = (part: readonly Edit[]): void => part.forEach((edit) => edits.set(JSON.stringify([edit.file, edit.start, edit.end, edit.newText]), edit));
  for (const intent of intents) {
    const part = writeIntent(intent, writers, numbering);
    if (!part) return undefined;
    add(part);
  }
  const next = steps.length > 0 ? context.nextMigrations(from, steps) : [];
  if (!next) return undefined;
  add(next);
  return [...edits.values()];
}

/** The fix that is applied without a further question: the preferred one, or the only one of the kinds asked for. */
export function automaticFix(finding: LintFinding, kinds: readonly Fix['kind'][]): Fix | undefined {
  const fixes = finding.fixes?.filter((fix) => kinds.includes(fix.kind)) ?? [];
  return fixes.find((fix) => fix.preferred) ?? (fixes.length === 1 || kinds.length === 1 ? fixes[0] : undefined);
}

/** Whether such a fix is there and can be written here. */
export function canFix(finding: LintFinding, unit: Unit | undefined, kinds: readonly Fix['kind'][]): boolean {
  const fix = automaticFix(finding, kinds);
  return fix !== undefined && unit !== undefined && attemptEdits(fix, unit) !== undefined;
}

/** As `editsOf`; a writer that fails costs its own fix only. */
export function attemptEdits(fix: Fix, unit: Unit): readonly Edit[] | undefined {
  try {
    return editsOf(fix, unit);
  } catch {
    return undefined;
  }
}
