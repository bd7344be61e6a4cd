// Builds the units of the present plan when they are asked for, and keeps them until something in them changes.
import type { FrontEnd, Parsed } from '../languages/language';
import { tablesEver, takesAway } from '../model/drops';
import type { Schema } from '../model/nodes';
import type { Uses } from '../model/queries';
import type { RegisteredRule, RuleMeta } from '../linter/rule';
import type { Settings } from '../linter/settings';
import type { CodeFiles } from './code-files';
import { CodeUnits, type Described } from './code-units';
import type { Configurations } from './configuration';
import type { Plan } from './discover';
import { lonePlan } from './lone';
import type { Modules } from './modules';
import type { UnitPlan } from './plan';
import type { Texts } from './texts';
import type { Unit } from './unit';
import { UnitState, type Surrounding } from './unit-state';
import type { Workspace } from './workspace';

interface Options {
  readonly workspace: Workspace;
  readonly frontEnds: readonly FrontEnd[];
  readonly registry: readonly RegisteredRule[];
  log(message: string): void;
}

/** Units and the like that a unit is built with. */
interface Neighbours {
  readonly source?: Unit | undefined;
  readonly applied?: Schema | undefined;
  readonly history?: Schema | undefined;
  readonly database?: Unit | undefined;
  readonly uses?: Uses | undefined;
}

/** How often modules are looked for that turned out to be needed. */
const MOST_ROUNDS = 8;

export class Units {
  readonly #prepared = new Map<FrontEnd, Promise<boolean>>();
  readonly #states = new Map<string, UnitState>();
  readonly #lone = new Map<string, UnitState>();
  /** Units as they were built last, and what they were built from. */
  readonly #kept = new Map<string, { readonly revision: string; readonly unit: Unit | undefined }>();
  /** What went wrong with a unit last, so that it isn't said at each keystroke. */
  readonly #failures = new Map<string, string>();
  /** Application code. */
  readonly code: CodeUnits;
  readonly #rowSecurity = new Map<string, { readonly text: string; readonly speaks: boolean }>();
  #modules: Modules;

  constructor(
    private readonly options: Options,
    private readonly texts: Texts,
    private readonly configurations: Configurations,
    files: CodeFiles,
    modules: Modules,
  ) {
    this.#modules = modules;
    this.code = new CodeUnits({
      frontEnd: options.frontEnds.find(({ id }) => id === 'code'),
      files,
      prepare: (frontEnd) => this.#prepare(frontEnd),
      unit: (id) => this.unit(id),
      state: (id) => this.#states.get(id),
      build: (state, database) => this.#build(state, { database }),
      schema: (state) => state.schema(this.#surrounding(state, {})),
    });
  }

  /** Turns to a newer plan; what it leaves as it was keeps what is known of it. */
  takePlan(plan: Plan): void {
    this.#modules = plan.modules;
    this.#kept.clear();
    const ids = new Set(plan.units.map(({ id }) => id));
    for (const id of this.#states.keys()) if (!ids.has(id)) this.#states.delete(id);
    for (const own of plan.units) this.#takeUnit(own);
    const files = new Set(plan.units.flatMap((own) => own.files));
    for (const path of this.#rowSecurity.keys()) if (!files.has(path)) this.#rowSecurity.delete(path);
  }

  #takeUnit(plan: UnitPlan): void {
    const state = this.#states.get(plan.id);
    const frontEnd = this.#frontEndOf(plan);
    if (state) state.replan(plan);
    else if (frontEnd) this.#states.set(plan.id, new UnitState(plan, frontEnd));
  }

  #frontEndOf({ language }: UnitPlan): FrontEnd | undefined {
    return this.options.frontEnds.find(({ id }) => id === language);
  }

  get #revision(): string {
    return `${this.texts.revision} ${this.code.revision}`;
  }

  /** The unit for the present texts; undefined where it can't be read, which is logged. */
  async unit(id: string): Promise<Unit | undefined> {
    const state = this.#states.get(id);
    if (!state) return undefined;
    const kept = this.#kept.get(id);
    if (kept?.revision === this.#revision) return kept.unit;
    const { source } = state.plan;
    const before = this.#revision;
    const unit = await this.#build(state, { source: source === undefined ? undefined : await this.unit(source) });
    // What was read meanwhile may matter to the unit.
    if (before === this.#revision) this.#kept.set(id, { revision: before, unit });
    return unit;
  }

  /**
   * What the migrations that a schema is written into have made: `applied` if they say what the schema's language can't,
   * `history` if they tell all and a rule compares.
   */
  async #written({ written }: UnitPlan, { rules }: Settings): Promise<Pick<Neighbours, 'applied' | 'history'>> {
    const state = written && this.#states.get(written.id);
    const speaks = state?.plan.files.some((path) => this.#speaksOfRowSecurity(path));
    const compares = this.options.registry.some(({ rule }) => rule.meta.history && (rules.get(rule.id)?.severity ?? 'off') !== 'off');
    if (!state || !(speaks || compares) || !(await this.#prepare(state.frontEnd))) return {};
    const schema = state.schema(this.#surrounding(state, {}));
    return { ...(speaks && { applied: schema }), ...(compares && schema.completeHistory && { history: schema }) };
  }

  /** What code does with the tables of a unit, where a rule that is on wants to know. */
  async #uses(state: UnitState, { rules, lintAllMigrations }: Settings): Promise<Uses | undefined> {
    const { id, language } = state.plan;
    if (language === 'code') return undefined;
    const asks = (code: RuleMeta<undefined>['code']): boolean =>
      this.options.registry.some(({ rule }) => rule.meta.code === code && (rules.get(rule.id)?.severity ?? 'off') !== 'off');
    const history = language === 'sql' ? state.schema(this.#surrounding(state, {})) : undefined;
    const drops = history?.migrations.some((migration) => (lintAllMigrations || !migration.committed) && takesAway(migration)) ?? false;
    if (!asks(true) && !(drops && asks('drops'))) return undefined;
    await this.code.read();
    return this.code.uses(id, history && (await this.#described(state, history)));
  }

  /**
   * The schemas of ORMs that describe what migrations make: the one that they are written from, else those that describe
   * them, else those of the same package. Where none does, code without a schema works with the migrations of its package,
   * or with the only ones that there are.
   */
  async #described({ plan }: UnitState, history: Schema): Promise<Described> {
    const schemas = new Map<string, Schema>();
    const states = [...this.#states.values()];
    for (const state of describing(plan, states.map((each) => each.plan)).flatMap(({ id }) => this.#states.get(id) ?? [])) {
      const schema = await this.#linked(state);
      if (schema && (schema.dialect === 'postgresql' || schema.dialect === 'unknown')) schemas.set(state.plan.id, schema);
    }
    const only = states.filter((each) => each.plan.migrations).length === 1;
    return { schemas, tables: tablesEver(history), serves: ({ packageFolder }) => only || (packageFolder !== undefined && packageFolder === plan.packageFolder) };
  }

  /** The schema of a unit with all modules that it needs; undefined where its parser can't be loaded. */
  async #linked(state: UnitState): Promise<Schema | undefined> {
    if (!(await this.#prepare(state.frontEnd))) return undefined;
    for (let round = 0; ; round++) {
      const schema = state.schema(this.#surrounding(state, {}));
      const { missing } = state;
      if (missing.length === 0 || round === MOST_ROUNDS) return schema;
      await this.texts.loadAll(missing);
    }
  }

  /** Asked at every keystroke in the schema, so each text is read through once. */
  #speaksOfRowSecurity(path: string): boolean {
    const text = this.texts.now(path) ?? '';
    const known = this.#rowSecurity.get(path);
    if (known?.text === text) return known.speaks;
    const speaks = /\bROW\s+LEVEL\s+SECURITY\b/i.test(text);
    this.#rowSecurity.set(path, { text, speaks });
    return speaks;
  }

  #surrounding({ plan }: UnitState, { source, applied, history, database, uses }: Neighbours): Surrounding {
    return {
      texts: this.texts,
      modules: this.#modules,
      settings: this.configurations.settings(plan.folder),
      source,
      applied,
      history,
      database,
      uses,
      elsewhere: (path) => (database ? database.parsed(path) : uses && (this.code.parsed(path) ?? this.#parsed(path))),
      literals: (column) => this.code.literals(plan.id, column),
      writesOthers: (column) => this.code.writesOthers(plan.id, column),
      now: () => this.options.workspace.now(),
    };
  }

  /** A file as any unit has read it. */
  #parsed(path: string): Parsed | undefined {
    for (const state of this.#states.values()) {
      const parsed = state.parsed(path);
      if (parsed) return parsed;
    }
    return undefined;
  }

  async #build(state: UnitState, neighbours: Pick<Neighbours, 'source' | 'database'>): Promise<Unit | undefined> {
    const frontEnd = state.frontEnd;
    if (!(await this.#prepare(frontEnd))) return undefined;
    try {
      const settings = this.configurations.settings(state.plan.folder);
      const written = await this.#written(state.plan, settings);
      const uses = await this.#uses(state, settings);
      for (let round = 0; ; round++) {
        const unit = state.build(this.#surrounding(state, { ...neighbours, ...written, uses }));
        // Modules that turned out to be needed are read, and the schema is linked once more.
        const { missing } = state;
        if (missing.length === 0 || round === MOST_ROUNDS) {
          this.#failures.delete(state.plan.id);
          return unit;
        }
        await this.texts.loadAll(missing);
      }
    } catch (error) {
      const failure = `${state.plan.id} can't be read: ${words(error)}`;
      if (this.#failures.get(state.plan.id) !== failure) this.options.log(failure);
      this.#failures.set(state.plan.id, failure);
      return undefined;
    }
  }

  #prepare(frontEnd: FrontEnd): Promise<boolean> {
    let prepared = this.#prepared.get(frontEnd);
    if (!prepared) {
      prepared = frontEnd.prepare().then(
        () => true,
        (error: unknown) => {
          this.options.log(`The parser for ${frontEnd.id} can't be loaded: ${words(error)}`);
          return false;
        },
      );
      this.#prepared.set(frontEnd, prepared);
    }
    return prepared;
  }

  /** The unit of a file that no plan holds: itself. */
  async lone(path: string, text: string): Promise<Unit | undefined> {
    let state = this.#lone.get(path);
    if (!state) {
      const plan = lonePlan(path, text);
      const frontEnd = plan && this.#frontEndOf(plan);
      if (!plan || !frontEnd) return undefined;
      this.#lone.set(path, (state = new UnitState(plan, frontEnd)));
    }
    return this.#build(state, {});
  }

  forgetLone(path: string): void {
    this.#lone.delete(path);
  }
}

function describing(plan: UnitPlan, all: readonly UnitPlan[]): readonly UnitPlan[] {
  const orms = all.filter(({ language }) => language === 'prisma' || language === 'drizzle');
  if (plan.source !== undefined) return orms.filter(({ id }) => id === plan.source);
  const own = orms.filter(({ source }) => source === plan.id);
  return own.length > 0 ? own : orms.filter(({ packageFolder }) => packageFolder !== undefined && packageFolder === plan.packageFolder);
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
