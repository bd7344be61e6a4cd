// The project that a command works on, and what went wrong around it.
import { Analysis, type FileReport } from '../ide/analysis';
import { OverlayWorkspace } from '../ide/overlay';
import type { FrontEnd } from '../languages/language';
import type { RegisteredRule } from '../linter/rule';
import { GitHistory } from '../project/git/history';
import { UnknownRevision } from '../project/git/main-line';
import { Project } from '../project/project';
import type { Workspace } from '../project/workspace';
import { LineIndex } from '../text/line-index';
import type { Io } from './io';
import { UsageError, type Lint } from './options';
import { absolute, findTargets, relative, type Targets } from './targets';

/** What the program is made of. */
export interface Parts {
  readonly workspace: Workspace;
  readonly frontEnds: readonly FrontEnd[];
  readonly registry: readonly RegisteredRule[];
  readonly pages: Readonly<Record<string, string>>;
  readonly version: string;
}

export interface Workbench {
  readonly project: Project;
  readonly analysis: Analysis;
  readonly workspace: OverlayWorkspace;
  readonly targets: Targets;
  /** The files to look at, sorted. */
  readonly files: readonly string[];
  /** Something couldn't be read or understood, and standard error says so. */
  failed(): boolean;
  /** Whether standard error speaks of the file. */
  tellsOf(path: string): boolean;
  /** Tells, once, what was left out of the check without being a failure. */
  note(message: string): void;
}

/** Scans what the command line names; what can't be read is complained of and left out. */
export async function openWorkbench(lint: Lint, parts: Parts, io: Io): Promise<Workbench> {
  const { registry, frontEnds } = parts;
  const workspace = new OverlayWorkspace(parts.workspace);
  const said = new Set<string>();
  let failed = false;
  const note = (message: string): void => {
    const [line = ''] = message.split('\n', 1);
    if (!said.has(line)) io.complain(line);
    said.add(line);
  };
  const complain = (message: string): void => {
    failed = true;
    note(message);
  };
  const targets = await findTargets(lint.paths, workspace, io, complain);
  const configurationFile = await findConfiguration(lint, workspace, io, complain);
  const { since } = lint;
  const history = since === undefined ? undefined : await openHistory(since, parts.workspace, targets, note);
  const project = new Project({
    workspace,
    frontEnds,
    registry,
    overrides: { rules: lint.rules },
    ...(configurationFile !== undefined && { configurationFile }),
    ...(since !== undefined && { since }),
    log: complain,
    note,
  });
  await project.setRoots(targets.roots, targets.named);
  await complainOfConfiguration(project, workspace, io, complain);
  // Files that were named one by one are read when they are looked at.
  if (targets.files.length < targets.named.length) await project.readCode();
  const wanted = new Set([...project.files().filter((path) => targets.includes(path)), ...targets.files]);
  const files = history ? await history.changed([...wanted], (path) => readable(path, workspace)) : wanted;
  return {
    project,
    analysis: new Analysis({ project, registry, log: complain, showHistory: lint.allMigrations }),
    workspace,
    targets,
    files: [...files].sort(),
    failed: () => failed,
    tellsOf: (path) => [...said].some((line) => line.startsWith(path)),
    note,
  };
}

/** The report on each file that belongs to a schema. */
export async function* reports({ analysis, files, targets, tellsOf, note }: Workbench, io: Io): AsyncGenerator<FileReport> {
  for (const path of files) {
    const report = await analysis.report(path);
    if (report) yield report;
    else if (targets.files.includes(path) && !tellsOf(path)) {
      note(`${relative(path, io.cwd)} is left alone: it holds no schema or migration that is checked here.`);
    }
  }
}

/** Git's memory of the revision; what it doesn't know, or where there is none, is a mistake of the user's. */
async function openHistory(since: string, workspace: Workspace, { named }: Targets, note: (message: string) => void): Promise<GitHistory> {
  const history = new GitHistory(workspace, note, since);
  try {
    for (const path of named) await history.check(path);
  } catch (error) {
    throw error instanceof UnknownRevision ? new UsageError(`--since ${since}: ${error.message}.`) : error;
  }
  return history;
}

/** What can't be read counts as changed, and is complained of when it is looked at. */
async function readable(path: string, workspace: Workspace): Promise<string | undefined> {
  try {
    return await workspace.read(path);
  } catch {
    return undefined;
  }
}

/** The file that `--config` names; without it, every schema-bible.json counts. */
async function findConfiguration({ config }: Lint, workspace: Workspace, io: Io, complain: (message: string) => void): Promise<string | undefined> {
  if (config === undefined) return undefined;
  const path = absolute(config, io.cwd);
  try {
    if ((await workspace.read(path)) === undefined) complain(`${config}: there is no such file.`);
  } catch {
    // The project says so when it reads the file.
  }
  return path;
}

async function complainOfConfiguration(project: Project, workspace: Workspace, io: Io, complain: (message: string) => void): Promise<void> {
  for (const { path, message, start } of await project.problems()) {
    const { line, character } = new LineIndex((await workspace.read(path)) ?? '').positionAt(start);
    complain(`${relative(path, io.cwd)}:${line + 1}:${character + 1}: ${message}`);
  }
}
