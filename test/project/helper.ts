// A project over a workspace in memory, with front ends that only count what they are asked for.
import { Project, type ProjectOptions } from '../../server/src/project/project';
import type { Unit } from '../../server/src/project/unit';
import { MemoryWorkspace } from '../../server/src/project/workspace';
import type { FrontEnd, Parsed, Surroundings } from '../../server/src/languages/language';
import type { LanguageId, Schema } from '../../server/src/model/nodes';
import { applyEdits } from '../../server/src/text/edit';
import type { MigrationStep } from '../../server/src/model/intents';

export class Spy {
  /** Paths in the order in which they were parsed. */
  parsed: string[] = [];
  lowered = 0;
  surroundings: Surroundings | undefined;

  frontEnd(id: LanguageId): FrontEnd {
    return {
      id,
      lineComment: id === 'sql' ? '--' : '//',
      prepare: () => Promise.resolve(),
      parse: (path, text) => {
        this.parsed.push(path);
        return { path, text, problems: [], parsedChunks: 1, comments: () => [] };
      },
      lower: (files, surroundings) => {
        this.lowered++;
        this.surroundings = surroundings;
        if (id === 'drizzle') followImports(files, surroundings);
        return schemaOf(id, files);
      },
      write: {},
    };
  }
}

/** Asks for every import, as the real front end does for those that it needs. */
function followImports(files: readonly Parsed[], surroundings: Surroundings): void {
  const queue = [...files];
  const seen = new Set(files.map(({ path }) => path));
  for (let at = queue.shift(); at; at = queue.shift()) {
    for (const [, specifier = ''] of at.text.matchAll(/from ['"]([^'"]+)['"]/g)) {
      const module = surroundings.module?.(at.path, specifier);
      if (module && !seen.has(module.path)) {
        seen.add(module.path);
        queue.push(module);
      }
    }
  }
}

function schemaOf(language: LanguageId, files: readonly Parsed[]): Schema {
  return {
    kind: 'schema',
    language,
    dialect: 'postgresql',
    files: files.map(({ path }) => path),
    tables: [],
    enums: [],
    migrations: [],
    emulatedRelations: false,
  };
}

export interface Opened {
  readonly project: Project;
  readonly workspace: MemoryWorkspace;
  readonly spy: Spy;
  readonly log: string[];
}

/** A project on `/w` that has scanned these files, given by their names below it. */
export async function open(files: Readonly<Record<string, string>>, options: Partial<ProjectOptions> & { roots?: string[]; named?: string[] } = {}): Promise<Opened> {
  const workspace = new MemoryWorkspace(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text])), () =>
    new Date(Date.UTC(2026, 10, 23, 4, 5, 6)),
  );
  const spy = new Spy();
  const log: string[] = [];
  const project = new Project({
    workspace,
    frontEnds: [spy.frontEnd('prisma'), spy.frontEnd('drizzle'), spy.frontEnd('sql')],
    registry: [],
    log: (message) => log.push(message),
    ...options,
  });
  await project.setRoots(options.roots ?? ['/w'], options.named);
  return { project, workspace, spy, log };
}

/** Every unit as `language: file, file`, without `/w/`. */
export async function unitsAsText(project: Project): Promise<string[]> {
  const units = await project.units();
  return units.map(({ language, files }) => `${language}: ${files.map(short).join(', ')}`).sort();
}

export function short(path: string): string {
  return path.replace(/^\/w\//, '');
}

/** The only unit of a file. */
export async function unitOf(project: Project, name: string): Promise<Unit> {
  const units = await project.unitsOf(`/w/${name}`);
  const [unit] = units;
  if (!unit || units.length > 1) throw new Error(`${name} belongs to ${units.length} units.`);
  return unit;
}

export const step = (name: string, outsideTransaction = false): MigrationStep => ({
  name,
  statements: [`ALTER TABLE a ADD b int;`, `-- why\nUPDATE a SET b = 1;`],
  ...(outsideTransaction && { outsideTransaction: true as const }),
});

/** The files that the next migrations after a file would write, by name: their texts after the edits. */
export async function next({ project, workspace }: Opened, after: string, steps: readonly MigrationStep[]): Promise<Record<string, string> | undefined> {
  const unit = await unitOf(project, after);
  const edits = unit.writeContext.nextMigrations(`/w/${after}`, steps);
  if (!edits) return undefined;
  const texts: Record<string, string> = {};
  for (const edit of edits) {
    const before = workspace.files.get(edit.file);
    if ((before === undefined) !== (edit.create ?? false)) throw new Error(`${edit.file} exists or not, against what the edit says.`);
    texts[short(edit.file)] = applyEdits(texts[short(edit.file)] ?? before ?? '', [edit]);
  }
  return texts;
}
