// The whole pipeline over files in memory: project, rules, suppressions, as the editor and the command line use it.
import { Analysis, type FileReport } from '../../../server/src/ide/analysis';
import { drizzle } from '../../../server/src/languages/drizzle';
import { prisma } from '../../../server/src/languages/prisma';
import { sql } from '../../../server/src/languages/sql';
import { Project } from '../../../server/src/project/project';
import { MemoryWorkspace } from '../../../server/src/project/workspace';
import { registry } from '../../../server/src/rules/registry.generated';
import type { Judged } from './verdicts';

export interface Opened {
  readonly workspace: MemoryWorkspace;
  readonly project: Project;
  readonly analysis: Analysis;
}

/** A project over these files; whatever it logs is an error. */
export async function open(files: Readonly<Record<string, string>>): Promise<Opened> {
  const log = (message: string): void => {
    throw new Error(message);
  };
  const workspace = new MemoryWorkspace(files);
  const project = new Project({ workspace, frontEnds: [prisma, drizzle, sql], registry, log });
  await project.setRoots(['/app']);
  return { workspace, project, analysis: new Analysis({ project, registry, log }) };
}

/** The report on one of the files. Throws when it isn't served. */
export async function reportOn({ analysis }: Opened, path: string): Promise<FileReport> {
  const report = await analysis.report(path);
  if (!report) throw new Error(`${path} isn't served.`);
  return report;
}

/** Everything said about the files, with the one schema that they make. */
export async function judgeProject(files: Readonly<Record<string, string>>): Promise<Judged> {
  const opened = await open(files);
  const units = await opened.project.units();
  const [unit] = units;
  if (!unit || units.length > 1) throw new Error(`The files make ${units.length} schemas.`);
  const reports = await Promise.all(unit.files.map((path) => reportOn(opened, path)));
  return { schema: unit.schema, findings: reports.flatMap(({ findings }) => findings) };
}
