// The next migration files of a folder, as edits.
import type { MigrationStep } from '../model/intents';
import type { Edit } from '../text/edit';
import { below, isWithin, join } from './paths';
import type { MigrationFolder } from './runners/runner';

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
  const windows = text(sample)?.includes('\r\n') ?? false;
  return files?.map(({ name, text: written, before }) => {
    const file = join(folder.path, name);
    if (before !== undefined) return difference(file, before, written);
    return { file, start: 0, end: 0, newText: windows ? written.replaceAll(/\r?\n/g, '\r\n') : written, create: true };
  });
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
