// A runner's folder in memory: the fixes that a rule offers for its last migration, and the folder after each of them.
import { Analysis } from '../../../server/src/ide/analysis';
import { editsOf } from '../../../server/src/ide/fixes';
import { sql } from '../../../server/src/languages/sql/index';
import { Project } from '../../../server/src/project/project';
import type { Unit } from '../../../server/src/project/unit';
import { MemoryWorkspace } from '../../../server/src/project/workspace';
import { registry } from '../../../server/src/rules/registry.generated';
import { applyEdits, type Edit } from '../../../server/src/text/edit';

type Files = Readonly<Record<string, string>>;

/** `here` in the file, `commit` in the file with COMMIT to part the steps, `next` with migrations behind it. */
export type Form = 'here' | 'commit' | 'next';

export interface Offer {
  readonly title: string;
  readonly form: Form;
  /** The whole folder afterwards. */
  readonly files: Files;
}

export interface Judged {
  readonly unit: Unit;
  /** How often the rule speaks of the migration. */
  readonly found: number;
  readonly offers: readonly Offer[];
}

const ROOT = '/w/';
const log = (message: string): never => {
  throw new Error(message);
};

/** What the rule says of one file, and what it offers there. */
export async function judge(files: Files, rule: string, path: string): Promise<Judged> {
  const own = registry.filter((each) => each.rule.id === rule);
  const workspace = new MemoryWorkspace(Object.fromEntries(Object.entries(files).map(([name, text]) => [ROOT + name, text])));
  const project = new Project({ workspace, frontEnds: [sql], registry: own, log });
  await project.setRoots(['/w']);
  const report = await new Analysis({ project, registry: own, log }).report(ROOT + path);
  const unit = report?.units[0];
  if (!report || !unit) throw new Error(`${path} isn't served.`);
  const problems = unit.schema.migrations.flatMap(({ statements }) => statements.flatMap(({ problem }) => problem?.message ?? []));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const offers = report.findings.flatMap((finding) =>
    (finding.fixes ?? []).flatMap((fix): Offer[] => {
      const edits = editsOf(fix, unit);
      return edits ? [{ title: fix.title, form: formOf(edits, ROOT + path), files: apply(files, edits) }] : [];
    }),
  );
  return { unit, found: report.findings.length, offers };
}

function formOf(edits: readonly Edit[], path: string): Form {
  const more = edits.some(({ file, create, newText }) => /\.sql$/.test(file) && (create === true || file !== path || /^--changeset/m.test(newText)));
  if (more) return 'next';
  return edits.some(({ newText }) => /^COMMIT;/im.test(newText)) ? 'commit' : 'here';
}

function apply(files: Files, edits: readonly Edit[]): Files {
  const after: Record<string, string> = { ...files };
  for (const path of new Set(edits.map(({ file }) => file))) {
    const name = path.slice(ROOT.length);
    after[name] = applyEdits(after[name] ?? '', edits.filter(({ file }) => file === path));
  }
  return after;
}
