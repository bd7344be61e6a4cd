// The next migration files of a folder, and the down halves of those that exist, as edits.
import type { MigrationStep } from '../model/intents';
import type { Edit } from '../text/edit';
import { below, isWithin, join } from './paths';
import type { MigrationFolder, NewFile } from './runners/runner';

export interface Present {
  readonly now: Date;
  /** The current text of a file that is at hand. */
  text(path: string): string | undefined;
}

/** One migration per step behind all existing ones; undefined where the runner's naming isn't known. */
export function nextMigrations(
  { runner, folder, claim }: MigrationFolder,
  after: string | undefined,
  steps: readonly MigrationStep[],
  { now, text }: Present,
): readonly Edit[] | undefined {
  const last = claim.migrations.at(-1);
  const sample = after ?? (last === undefined ? undefined : join(folder.path, last));
  if (sample === undefined || !isWithin(sample, folder.path) || !claim.migrations.includes(below(sample, folder.path))) return undefined;
  const files = runner.next?.({ folder, migrations: claim.migrations, steps, now });
  return files?.map((each) => asEdit(folder.path, each, usesWindowsEnds(text(sample))));
}

/** The down half of a migration with that SQL; undefined where there is no place for it or something stands there. */
export function rollbackEdits({ runner, folder }: MigrationFolder, file: string, sql: string, { text }: Pick<Present, 'text'>): readonly Edit[] | undefined {
  const own = text(file);
  const name = isWithin(file, folder.path) ? below(file, folder.path) : undefined;
  if (own === undefined || name === undefined || runner.read?.(own, name, folder).rollback?.kind !== 'missing') return undefined;
  const windows = usesWindowsEnds(own);
  const made = runner.rollback?.({ name, text: own, folder, sql });
  if (!made) return undefined;
  // The runner's own lines come with plain ends; a file that has others keeps them throughout.
  return [asEdit(folder.path, windows ? { ...made, text: made.text.replaceAll(/\r?\n/g, '\r\n') } : made, windows)];
}

function usesWindowsEnds(text: string | undefined): boolean {
  return text?.includes('\r\n') ?? false;
}

function asEdit(path: string, { name, text, before }: NewFile, windows: boolean): Edit {
  const file = join(path, name);
  if (before !== undefined) return difference(file, before, text);
  return { file, start: 0, end: 0, newText: windows ? text.replaceAll(/\r?\n/g, '\r\n') : text, create: true };
}

/** The smallest single edit that turns one text into the other. */
function difference(file: string, before: string, after: string): Edit {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (tail < longest && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { file, start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}
