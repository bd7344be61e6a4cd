// Opens texts as the editor does, and gives what the editor would show.
import { code } from '../../../server/src/languages/code/index';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import { prisma } from '../../../server/src/languages/prisma/index';
import { sql } from '../../../server/src/languages/sql/index';
import type { FrontEnd, SyntaxProblem } from '../../../server/src/languages/language';
import { Analysis, type FileReport } from '../../../server/src/ide/analysis';
import { editsOf } from '../../../server/src/ide/fixes';
import { disableForLine } from '../../../server/src/ide/suppress';
import type { Fix } from '../../../server/src/linter/rule';
import type { LintFinding } from '../../../server/src/linter/run';
import { Project } from '../../../server/src/project/project';
import { MemoryWorkspace } from '../../../server/src/project/workspace';
import { registry } from '../../../server/src/rules/registry.generated';
import { CommittedWorkspace } from './git';
import { MAIN } from './page';
import { span, type Span } from '../../../server/src/text/span';
import type { Edit } from '../../../server/src/text/edit';

export const frontEnds: readonly FrontEnd[] = [prisma, drizzle, sql, code];

const ROOT = '/example';

export interface Session {
  /** Paths in findings and edits are those that were opened. */
  readonly findings: readonly LintFinding[];
  readonly problems: readonly SyntaxProblem[];
  /** The files that belong to a schema. */
  readonly served: ReadonlySet<string>;
  write(finding: LintFinding, fix: Fix): readonly Edit[] | undefined;
  /** The edit that silences the finding for its line. */
  suppress(finding: LintFinding): Edit | undefined;
}

export async function open(texts: ReadonlyMap<string, string>, settings: unknown): Promise<Session> {
  await Promise.all(frontEnds.map((frontEnd) => frontEnd.prepare()));
  const files = Object.fromEntries([...texts].filter(([path]) => !path.startsWith(MAIN)).map(([path, text]) => [`${ROOT}/${path}`, text]));
  const shared = new Map([...texts].flatMap(([path, text]) => (path.startsWith(MAIN) ? [[path.slice(MAIN.length), text]] : [])));
  if (settings !== undefined) files[`${ROOT}/schema-bible.json`] = JSON.stringify(settings);
  const log = (message: string): never => {
    throw new Error(message);
  };
  const project = new Project({ workspace: shared.size > 0 ? new CommittedWorkspace(files, ROOT, shared) : new MemoryWorkspace(files), frontEnds, registry, log });
  await project.setRoots([ROOT]);
  await project.readCode();
  const analysis = new Analysis({ project, registry, log });
  const reports: FileReport[] = [];
  for (const path of texts.keys()) {
    const report = await analysis.report(`${ROOT}/${path}`);
    if (report) reports.push(report);
  }
  const origin = new Map<LintFinding, { report: FileReport; finding: LintFinding }>();
  for (const report of reports) for (const finding of report.findings) origin.set(relative(finding), { report, finding });
  return {
    findings: [...origin.keys()],
    problems: reports.flatMap((report) => report.problems),
    served: new Set(reports.map((report) => bare(report.path))),
    write: (finding, fix) => {
      const source = origin.get(finding);
      const unit = source && analysis.unitOf(source.report, source.finding);
      return unit && editsOf(fix, unit)?.map((edit) => ({ ...edit, file: bare(edit.file) }));
    },
    suppress: (finding) => {
      const source = origin.get(finding);
      if (!source) return undefined;
      const edit = disableForLine(source.report, finding.rule, source.finding.at.start);
      return { ...edit, file: bare(edit.file) };
    },
  };
}

function relative(finding: LintFinding): LintFinding {
  return {
    ...finding,
    at: moved(finding.at),
    ...(finding.related && { related: finding.related.map(({ at, message }) => ({ at: moved(at), message })) }),
  };
}

function moved({ file, start, end }: Span): Span {
  return span(bare(file), start, end);
}

function bare(path: string): string {
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : path;
}
