// A project in memory with the real languages and rules, and small helpers to ask it.
import { Analysis, type FileReport } from '../../server/src/ide/analysis';
import { OverlayWorkspace } from '../../server/src/ide/overlay';
import type { RegisteredRule } from '../../server/src/linter/rule';
import type { Configuration } from '../../server/src/linter/settings';
import { frontEnds, registry } from '../../server/src/lsp/defaults';
import { Project } from '../../server/src/project/project';
import { MemoryWorkspace } from '../../server/src/project/workspace';

export interface Bench {
  readonly disk: MemoryWorkspace;
  readonly workspace: OverlayWorkspace;
  readonly project: Project;
  readonly analysis: Analysis;
  readonly log: string[];
  filesChanged(paths: readonly string[]): Promise<void>;
  readWantedCode(): Promise<boolean>;
  report(path: string): Promise<FileReport>;
}

export interface BenchOptions {
  readonly rules?: readonly RegisteredRule[];
  readonly settings?: Configuration;
}

export async function bench(files: Readonly<Record<string, string>>, { rules = registry, settings }: BenchOptions = {}): Promise<Bench> {
  const disk = new MemoryWorkspace(files);
  const workspace = new OverlayWorkspace(disk);
  const log: string[] = [];
  const project = new Project({
    workspace,
    frontEnds,
    registry: rules,
    ...(settings && { editorSettings: settings }),
    log: (message) => log.push(message),
  });
  await project.setRoots(['/w']);
  const analysis = new Analysis({ project, registry: rules, log: (message) => log.push(message) });
  const report = async (path: string): Promise<FileReport> => {
    const found = await analysis.report(path);
    if (!found) throw new Error(`${path} belongs to no schema.`);
    return found;
  };
  return { disk, workspace, project, analysis, log, report, filesChanged: (paths) => project.filesChanged(paths), readWantedCode: () => project.readWantedCode() };
}

/** `rule at line:column` of each finding shown, lines and columns from 1. */
export function places({ findings, lines }: FileReport): string[] {
  return findings.map(({ rule, at }) => {
    const { line, character } = lines.positionAt(at.start);
    return `${rule} ${line + 1}:${character + 1}`;
  });
}
