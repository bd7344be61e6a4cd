// One unit over time: keeps what was parsed, and lowers again only when a text or its surroundings changed.
import type { FrontEnd, MigrationInfo, Parsed, Surroundings, WriteContext } from '../languages/language';
import type { Settings } from '../linter/settings';
import type { Facts } from '../model/facts';
import type { Column, Dialect, Schema } from '../model/nodes';
import type { Uses } from '../model/queries';
import { MigrationInfos } from './migration-infos';
import type { Modules } from './modules';
import { nextMigrations, rollbackEdits } from './next-migrations';
import type { UnitPlan } from './plan';
import type { Texts } from './texts';
import type { Unit } from './unit';

/** What a build may ask. */
export interface Surrounding {
  readonly texts: Texts;
  readonly modules: Modules;
  readonly settings: Settings;
  readonly source: Unit | undefined;
  readonly applied: Schema | undefined;
  readonly history: Schema | undefined;
  readonly database: Unit | undefined;
  readonly uses: Uses | undefined;
  /** Files of other units, where findings about this one may point to them. */
  readonly elsewhere: (path: string) => Parsed | undefined;
  readonly literals: (column: Column) => readonly string[];
  readonly writesOthers: (column: Column) => boolean;
  readonly now: () => Date;
}

interface Built {
  readonly schema: Schema;
  readonly parsed: ReadonlyMap<string, Parsed>;
  readonly infos: ReadonlyMap<string, MigrationInfo>;
  readonly files: readonly string[];
}

export class UnitState {
  readonly #infos = new MigrationInfos();
  #parsed = new Map<string, Parsed>();
  #plan: UnitPlan;
  #facts: Facts;
  #planKey: string;
  #modules: Modules | undefined;
  #built: Built | undefined;
  #unit: Unit | undefined;
  #missing = new Set<string>();
  #dialect: Dialect | undefined;

  constructor(
    plan: UnitPlan,
    readonly frontEnd: FrontEnd,
  ) {
    this.#plan = plan;
    this.#facts = plan.facts;
    this.#planKey = keyOf(plan);
  }

  get plan(): UnitPlan {
    return this.#plan;
  }

  /** Takes a newer plan of the same unit; what it says alike stays as it is. */
  replan(plan: UnitPlan): void {
    const key = keyOf(plan);
    this.#plan = plan;
    if (key === this.#planKey) return;
    this.#facts = plan.facts;
    this.#planKey = key;
    this.#built = undefined;
  }

  /** Modules that the last build asked for and that must be loaded before the next one. */
  get missing(): readonly string[] {
    return [...this.#missing];
  }

  /** The unit for the present texts: the same object as before when nothing changed. Never waits. */
  build(around: Surrounding): Unit {
    const { settings, source, applied, history, database, uses } = around;
    const built = this.#current(around);
    const last = this.#unit;
    const same = last && last.schema === built.schema && last.settings === settings && last.source === source && last.applied === applied && last.history === history;
    if (same && last.database === database && last.uses === uses) return last;
    this.#unit = this.#describe(built, around);
    return this.#unit;
  }

  /** The schema alone, for the present texts. */
  schema(around: Surrounding): Schema {
    return this.#current(around).schema;
  }

  /** A file as it was read last. */
  parsed(path: string): Parsed | undefined {
    return this.#parsed.get(path);
  }

  #current(around: Surrounding): Built {
    const { texts, modules } = around;
    const files = this.#plan.files.filter((path) => texts.now(path) !== undefined);
    let changed = this.#built === undefined || this.#missing.size > 0 || this.#built.files.length !== files.length;
    // Imports may reach other files than before, which matters only to those who have imports.
    if (this.#plan.language === 'drizzle' && this.#modules !== modules) changed = true;
    this.#modules = modules;
    const dialect = around.database?.schema.dialect ?? this.#dialect;
    if (this.#dialect !== dialect) changed = true;
    this.#dialect = dialect;
    const infos = this.#infos.of(this.#plan, texts);
    if (this.#built?.infos !== infos) changed = true;
    for (const path of new Set([...this.#parsed.keys(), ...files])) if (this.#refresh(path, texts)) changed = true;
    if (!changed && this.#built) return this.#built;
    this.#built = this.#lower(files, infos, around);
    return this.#built;
  }

  /** Parses a file again if its text isn't the one that was parsed. */
  #refresh(path: string, texts: Texts): boolean {
    const text = texts.now(path);
    const previous = this.#parsed.get(path);
    if (text === previous?.text) return false;
    if (text === undefined) this.#parsed.delete(path);
    else this.#parsed.set(path, this.frontEnd.parse(path, text, previous));
    return true;
  }

  #lower(files: readonly string[], infos: ReadonlyMap<string, MigrationInfo>, { texts, modules }: Surrounding): Built {
    this.#missing = new Set();
    const surroundings: Surroundings = {
      facts: this.#facts,
      migration: (path) => infos.get(path),
      completeHistory: this.#plan.migrations?.completeHistory ?? false,
      module: (from, specifier) => this.#module(modules.resolve(from, specifier), texts),
      ...(this.#dialect && { dialect: this.#dialect }),
    };
    const parsed = files.flatMap((path) => this.#parsed.get(path) ?? []);
    const schema = this.frontEnd.lower(parsed, surroundings);
    return { schema, parsed: new Map(this.#parsed), infos, files };
  }

  #module(path: string | undefined, texts: Texts): Parsed | undefined {
    if (path === undefined) return undefined;
    const text = texts.now(path);
    if (text === undefined) {
      if (!texts.known(path)) this.#missing.add(path);
      return undefined;
    }
    const known = this.#parsed.get(path);
    if (known?.text === text) return known;
    const parsed = this.frontEnd.parse(path, text, known);
    this.#parsed.set(path, parsed);
    return parsed;
  }

  #describe({ schema, parsed, infos, files }: Built, around: Surrounding): Unit {
    const { settings, source, applied, history, database, uses, elsewhere, literals, writesOthers, texts, now } = around;
    const { migrations, written, id, language } = this.#plan;
    const folder = migrations ?? written?.folder;
    const migration = (path: string): MigrationInfo | undefined => infos.get(path);
    const writeContext: WriteContext = {
      schema,
      facts: this.#facts,
      parsed: (path) => parsed.get(path),
      migration,
      literals,
      writesOthers,
      ...(migrations && { rollbackFile: (file, sql) => rollbackEdits(migrations, file, sql, { text: (path) => texts.now(path) }) }),
      nextMigrations: (after, steps) => folder && nextMigrations(folder, after, steps, { now: now(), text: (path) => texts.now(path) }),
    };
    return {
      id,
      language,
      frontEnd: this.frontEnd,
      schema,
      facts: this.#facts,
      settings,
      files,
      parsed: (path) => parsed.get(path) ?? elsewhere(path),
      migration,
      writeContext,
      ...(source && { source }),
      ...(applied && { applied }),
      ...(history && { history }),
      ...(database && { database }),
      ...(uses && { uses }),
    };
  }
}

/** Equal for plans that differ in nothing that a build sees. */
function keyOf({ files, facts, migrations, source, written, database }: UnitPlan): string {
  const { dependencies, checked = [], ...known } = facts;
  const history = migrations && [migrations.runner.id, [...migrations.committed.keys()], migrations.completeHistory];
  return JSON.stringify([files, [...dependencies], [...checked], known, history, source, database, written && [written.id, written.folder.claim.migrations]]);
}
