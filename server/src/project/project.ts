// What a workspace holds: its schemas and migrations, found without configuration and kept fresh while they are typed.
import type { FrontEnd } from '../languages/language';
import type { RegisteredRule } from '../linter/rule';
import type { Configuration } from '../linter/settings';
import { CodeFiles } from './code-files';
import { Configurations } from './configuration';
import { discover, type Plan } from './discover';
import { DrizzleFiles } from './drizzle-units';
import { GitHistory } from './git/history';
import { Modules } from './modules';
import { Packages } from './packages';
import { byText, isWithin, nameOf } from './paths';
import { surroundingsOf } from './roots';
import { describesOthers, signature } from './signature';
import { Texts } from './texts';
import { Tree } from './tree';
import type { ConfigurationProblem, Unit } from './unit';
import { Units } from './units';
import type { Workspace } from './workspace';

export interface ProjectOptions {
  readonly workspace: Workspace;
  readonly frontEnds: readonly FrontEnd[];
  readonly registry: readonly RegisteredRule[];
  /** What the editor's settings say; `schema-bible.json` wins over it, key by key. */
  readonly editorSettings?: Configuration;
  /** Wins over every `schema-bible.json`; the command line's flags. */
  readonly overrides?: Configuration;
  /** Read in place of every `schema-bible.json`. */
  readonly configurationFile?: string;
  /** Takes what this revision of git's holds for history, in place of the main branch. */
  readonly since?: string;
  /** Told of files that can't be read and the like: one line each. */
  log(message: string): void;
  /** Told of what is left out without being a failure, such as huge dumps and folders that may not be entered. */
  note?(message: string): void;
}

/**
 * All schemas of a workspace. Paths are absolute and use `/`. Nothing here rejects: what can't be read is logged and
 * left out. Calls may overlap; answers always describe the texts at the moment when they are given.
 */
export class Project {
  readonly #tree: Tree;
  readonly #texts: Texts;
  readonly #packages: Packages;
  readonly #drizzleFiles: DrizzleFiles;
  readonly #codeFiles: CodeFiles;
  readonly #configurations: Configurations;
  readonly #git: GitHistory;
  readonly #units: Units;
  readonly #signatures = new Map<string, string>();
  #roots: readonly string[] = [];
  #named: readonly string[] = [];
  #unitsByFile = new Map<string, readonly string[]>();
  #plan: Plan;
  #stale = true;
  /** Everything that waits for the disk, one after another. */
  #work: Promise<void> = Promise.resolve();

  constructor(private readonly options: ProjectOptions) {
    const { workspace } = options;
    const log = (message: string): void => options.log(message);
    const note = (message: string): void => options.note?.(message);
    this.#tree = new Tree(workspace, note);
    this.#texts = new Texts(workspace, { log, note });
    this.#packages = new Packages(this.#tree, this.#texts, workspace);
    this.#drizzleFiles = new DrizzleFiles(this.#tree, this.#texts, this.#packages);
    this.#codeFiles = new CodeFiles(this.#tree, this.#texts, this.#packages);
    this.#configurations = new Configurations(this.#tree, this.#texts, options, options.editorSettings);
    this.#git = new GitHistory(workspace, note, options.since);
    this.#plan = { units: [], modules: new Modules(this.#tree, this.#texts, this.#packages, []) };
    this.#units = new Units(options, this.#texts, this.#configurations, this.#codeFiles, this.#plan.modules);
  }

  /**
   * Serves these folders (or single files) from now on, and scans them. Buffers are kept. What somebody asked for by
   * name, the roots themselves unless told otherwise, is served even where a scan passes such files over.
   */
  setRoots(roots: readonly string[], named: readonly string[] = roots): Promise<void> {
    return this.#enqueue(async () => {
      this.#roots = roots;
      this.#named = named;
      this.#texts.clear();
      this.#drizzleFiles.clear();
      this.#codeFiles.clear();
      await this.#scan();
    });
  }

  /** The editor's unsaved text of a file, which beats the disk; undefined once the editor has closed it. Cheap. */
  setBuffer(path: string, text: string | undefined): void {
    const disk = this.#texts.now(path);
    this.#texts.setBuffer(path, text);
    if (text === undefined) {
      this.#units.forgetLone(path);
      this.#signatures.delete(path);
      this.#drizzleFiles.forget(path);
      this.#forgetCode(path);
      // The disk may hold another text than the buffer did, or no such file.
      void this.filesChanged([path]);
      return;
    }
    if (this.#tree.include(path) || describesOthers(path)) this.#stale = true;
    const now = signature(path, text);
    const before = this.#signatures.get(path) ?? (disk === undefined ? undefined : signature(path, disk));
    if (before !== now) this.#stale = true;
    this.#signatures.set(path, now);
    if (this.#drizzleFiles.look(path)) this.#stale = true;
    this.#codeFiles.look(path);
  }

  /** Files or folders that were created, changed or deleted on disk. */
  filesChanged(paths: readonly string[]): Promise<void> {
    return this.#enqueue(async () => {
      if (paths.some((path) => nameOf(path) === '.gitignore')) return this.#scan();
      for (const path of paths) {
        const moved = await this.#tree.update(path);
        this.#includeOpenFiles(path);
        // An open file's text is the editor's, whatever the disk says.
        if (this.#texts.isOpen(path) && !moved) continue;
        this.#texts.forget(path);
        this.#drizzleFiles.forget(path);
        this.#forgetCode(path);
        this.#stale = true;
      }
      if (paths.some(describesOthers)) this.#packages.forget();
      if (this.#stale) await this.#replan();
    });
  }

  /** The editor's settings have changed. */
  setEditorSettings(configuration: Configuration): void {
    this.#configurations.setEditor(configuration);
    this.#stale = true;
  }

  /**
   * Every file that belongs to a unit and isn't ignored by the configuration, sorted, as the last scan found them; of
   * application code those that were read.
   */
  files(): readonly string[] {
    return [...new Set([...this.#unitsByFile.keys(), ...this.#codeFiles.known()])].filter((path) => this.#serves(path)).sort(byText);
  }

  /** Reads all application code, which takes a while in a large workspace. Otherwise a file is read when it is asked for. */
  async readCode(): Promise<void> {
    await this.#settle();
    await this.#units.code.read();
  }

  /** As `readCode`, if a fix has asked in vain for what the code says. Returns whether it has. */
  async readWantedCode(): Promise<boolean> {
    await this.#settle();
    return this.#units.code.readWanted();
  }

  /**
   * The units that a file belongs to, normally one, for the current texts; none for a file that isn't served. A unit
   * is the same object as before when nothing in it has changed. After a keystroke only that file is parsed again.
   */
  async unitsOf(path: string): Promise<readonly Unit[]> {
    await this.#settle();
    const ids = this.#unitsByFile.get(path) ?? [];
    const code = await this.#codeUnit(path);
    if (ids.length === 0 && !code) return this.#loneUnit(path);
    if (!this.#serves(path)) return [];
    const units: Unit[] = [];
    for (const id of ids) {
      const unit = await this.#units.unit(id);
      if (unit?.files.includes(path)) units.push(unit);
    }
    return code ? [...units, code] : units;
  }

  /** Every unit of the workspace, for the current texts; application code isn't among them. */
  async units(): Promise<readonly Unit[]> {
    await this.#settle();
    const units: Unit[] = [];
    for (const plan of this.#plan.units) {
      if (!plan.files.some((path) => this.#serves(path))) continue;
      const unit = await this.#units.unit(plan.id);
      if (unit) units.push(unit);
    }
    return units;
  }

  /** Mistakes in the configuration files. */
  async problems(): Promise<readonly ConfigurationProblem[]> {
    await this.#settle();
    return this.#configurations.problems();
  }

  async #codeUnit(path: string): Promise<Unit | undefined> {
    await this.#codeFiles.read([path]);
    const plan = this.#codeFiles.plan(path);
    return plan && this.#serves(path) ? this.#units.code.unit(plan) : undefined;
  }

  #forgetCode(path: string): void {
    this.#codeFiles.forget(path);
    this.#units.code.forget(path);
  }

  #serves(path: string): boolean {
    return this.#roots.some((root) => isWithin(path, root)) && !this.#configurations.ignores(path, this.#roots);
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(task).catch((error: unknown) => this.options.log(`The workspace can't be read: ${words(error)}`));
    return this.#work;
  }

  async #settle(): Promise<void> {
    await this.#work;
    while (this.#stale) {
      await this.#enqueue(async () => {
        if (this.#stale) await this.#replan();
      });
    }
  }

  async #scan(): Promise<void> {
    await this.#tree.scan(await surroundingsOf(this.options.workspace, this.#roots), this.#named);
    for (const path of this.#texts.open()) this.#tree.include(path);
    this.#packages.forget();
    await this.#replan();
  }

  #includeOpenFiles(changed: string): void {
    for (const path of this.#texts.open()) if (isWithin(path, changed)) this.#tree.include(path);
  }

  async #replan(): Promise<void> {
    this.#stale = false;
    this.#plan = await discover({
      tree: this.#tree,
      texts: this.#texts,
      packages: this.#packages,
      drizzleFiles: this.#drizzleFiles,
      configurations: this.#configurations,
      committed: (paths) => this.#git.committed(paths, (path) => this.#texts.now(path)),
    });
    this.#unitsByFile = new Map();
    for (const plan of this.#plan.units) {
      for (const path of plan.files) this.#unitsByFile.set(path, [...(this.#unitsByFile.get(path) ?? []), plan.id]);
    }
    this.#codeFiles.takePlan(this.#plan.units);
    this.#units.takePlan(this.#plan);
  }

  /** A file that is open but lies outside every root works alone. */
  async #loneUnit(path: string): Promise<readonly Unit[]> {
    const text = this.#texts.isOpen(path) ? this.#texts.now(path) : undefined;
    if (text === undefined || this.#roots.some((root) => isWithin(path, root))) return [];
    const unit = await this.#units.lone(path, text);
    return unit ? [unit] : [];
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
