// `schema-bible fix`: applies fixes until nothing is left to fix, then writes each file once.
import { dirname } from 'node:path';
import { unifiedDiff } from '../ide/diff';
import { fixAll, type ChangedFile, type FixAllResult } from '../ide/fix-all';
import type { Edit } from '../text/edit';
import { CLEAN, FAILED, FOUND, type ExitCode, type Io } from './io';
import type { Command } from './options';
import { replace } from './replace';
import { plural, Tally } from './tally';
import { isWithin, relative } from './targets';
import { openWorkbench, reports, type Parts, type Workbench } from './workbench';

type FixCommand = Extract<Command, { readonly command: 'fix' }>;

export async function fix(command: FixCommand, parts: Parts, io: Io): Promise<ExitCode> {
  const workbench = await openWorkbench(command, parts, io);
  const { analysis, workspace, project } = workbench;
  const scratch = { analysis, workspace, filesChanged: (paths: readonly string[]) => project.filesChanged(paths), readWantedCode: () => project.readWantedCode() };
  const result = await fixAll(scratch, {
    paths: workbench.files,
    kinds: command.review ? ['safe', 'review'] : ['safe'],
    mayEdit: (path, edits) => mayEdit(path, edits, workbench),
  });
  let failed = false;
  for (const file of result.files) {
    if (command.dryRun) io.out(unifiedDiff(relative(file.path, io.cwd), file.before, file.after));
    else if (!(await write(file, parts, io))) failed = true;
  }
  const left = new Tally();
  for await (const report of reports(workbench, io)) left.add(report.findings);
  io.out(summary(result, left, command, io));
  if (failed || workbench.failed()) return FAILED;
  return left.exceeds() ? FOUND : CLEAN;
}

/** Only what was given may change; a migration that a fix creates also brings its line in the runner's journal. */
function mayEdit(path: string, edits: readonly Edit[], { targets, project }: Workbench): boolean {
  if (targets.includes(path)) return true;
  const created = edits.filter((edit) => edit.create).map((edit) => edit.file);
  return created.some((file) => isWithin(path, dirname(file)) || isWithin(path, dirname(dirname(file)))) && !project.files().includes(path);
}

/** Writes the file, or complains and returns false. */
async function write(file: ChangedFile, { workspace }: Parts, io: Io): Promise<boolean> {
  const name = relative(file.path, io.cwd);
  try {
    if ((await workspace.read(file.path)) !== file.before) throw new Error('it has changed meanwhile.');
    await replace(file);
    return true;
  } catch (error) {
    io.complain(`${name} is left as it was: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function summary({ files, applied }: FixAllResult, left: Tally, { dryRun, review }: FixCommand, io: Io): string {
  const fixes = [...applied.values()].reduce((sum, count) => sum + count, 0);
  const lines: string[] = [];
  if (!dryRun) for (const { path, before } of files) lines.push(`${before === undefined ? 'created' : 'fixed'} ${relative(path, io.cwd)}`);
  if (fixes === 0) lines.push('Nothing to fix.');
  else {
    const rules = [...applied].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, count]) => `${count} ${rule}`);
    lines.push(`${dryRun ? 'Would fix' : 'Fixed'} ${plural(fixes, 'problem')} in ${plural(files.length, 'file')}: ${rules.join(', ')}.`);
  }
  if (left.findings > 0) {
    const more = review ? '' : ' Some may have fixes that want a look: --review applies them.';
    lines.push(`${plural(left.findings, 'finding')} ${left.findings === 1 ? 'is' : 'are'} left.${more}`);
  }
  return `${lines.join('\n')}\n`;
}
