// Units of application code: each file is one, built when somebody asks for the file, or all at once for what the code
// does with a table.
import type { FrontEnd, Parsed } from '../languages/language';
import { literalsOf, writesOthers, type Query, type Uses } from '../model/queries';
import type { Column, Schema, Table } from '../model/nodes';
import type { CodeFiles } from './code-files';
import type { UnitPlan } from './plan';
import type { Unit } from './unit';
import { UnitState } from './unit-state';
import { TableUses, type Use } from './uses';

/** What they need of the other units. */
export interface Others {
  readonly frontEnd: FrontEnd | undefined;
  prepare(frontEnd: FrontEnd): Promise<boolean>;
  unit(id: string): Promise<Unit | undefined>;
  /** What is known of a unit without waiting. */
  state(id: string): UnitState | undefined;
  build(state: UnitState, database: Unit | undefined): Promise<Unit | undefined>;
  schema(state: UnitState): Schema;
  readonly files: CodeFiles;
}

/** The schemas of ORMs that describe what migrations make, and which other code may work with them. */
export interface Described {
  readonly schemas: ReadonlyMap<string, Schema>;
  /** Names of the tables that the migrations have ever made. */
  readonly tables: ReadonlySet<string>;
  /** Whether code that no schema is known for works with the migrations' tables. */
  readonly serves: (code: UnitPlan) => boolean;
}

/** Files that are read before the next message may be handled. */
const SLICE = 40;

export class CodeUnits {
  readonly #states = new Map<string, UnitState>();
  readonly #uses = new Map<string, TableUses>();
  #reading: Promise<void> | undefined;
  #wanted = false;
  #prepared = false;

  constructor(private readonly others: Others) {}

  /** Another text whenever `uses` may say something else without a text having changed. */
  get revision(): string {
    return `${this.others.files.revision} ${this.#prepared}`;
  }

  /** The unit of one file. */
  async unit(plan: UnitPlan): Promise<Unit | undefined> {
    const state = this.#state(plan);
    const database = plan.database === undefined ? undefined : await this.others.unit(plan.database);
    return state && this.others.build(state, database);
  }

  /** The file as its unit has read it. */
  parsed(path: string): Parsed | undefined {
    return this.#states.get(path)?.parsed(path);
  }

  forget(path: string): void {
    for (const known of [...this.#states.keys()]) if (known === path || known.startsWith(`${path}/`)) this.#states.delete(known);
  }

  /** Reads all code of the workspace that wasn't read yet. */
  read(): Promise<void> {
    this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  /** Reads the code if somebody asked for literals before it was read. Returns whether that was so. */
  async readWanted(): Promise<boolean> {
    if (!this.#wanted) return false;
    await this.read();
    this.#wanted = false;
    return true;
  }

  /** What the code that was read does with the tables of a unit: the same object as before while that stays the same. */
  uses(id: string, described?: Described): Uses {
    const uses = this.#prepared ? this.#usesOf(id, described) : [];
    const migrations = described && { described: [...described.schemas.values()], tables: described.tables };
    const last = this.#uses.get(id);
    if (last?.saysOf(uses, migrations)) return last;
    const now = new TableUses(uses, migrations);
    this.#uses.set(id, now);
    return now;
  }

  /** Literals that code uses for a column of a unit. */
  literals(id: string, { table, name, dbName }: Column): readonly string[] {
    const queries = this.#wantedOf(id, table);
    return [...new Set([...literalsOf(queries, name), ...literalsOf(queries, dbName)])];
  }

  /** Whether code writes values to a column of a unit that it doesn't spell out there. */
  writesOthers(id: string, { table, name, dbName }: Column): boolean {
    const queries = this.#wantedOf(id, table);
    return writesOthers(queries, name) || writesOthers(queries, dbName);
  }

  /** Queries of a table, for a fix: what isn't read yet is wanted. */
  #wantedOf(id: string, table: Table): readonly Query[] {
    if (!this.#prepared || this.others.files.unread().length > 0) this.#wanted = true;
    return this.uses(id).queries(table);
  }

  #usesOf(id: string, described: Described | undefined): Use[] {
    const files = this.others.files;
    const databases = new Map<string, Schema | undefined>(described?.schemas);
    return files.known().flatMap((path): Use[] => {
      const plan = files.plan(path);
      const state = plan && this.#state(plan);
      if (!plan || !state) return [];
      const script = files.isScript(path);
      if (plan.database === undefined) return described?.serves(plan) ? [{ code: this.others.schema(state), script }] : [];
      if (!databases.has(plan.database)) databases.set(plan.database, this.#databaseOf(plan.database, id));
      const database = databases.get(plan.database);
      return database ? [{ code: this.others.schema(state), database, script }] : [];
    });
  }

  /** The schema that code works with, if it is the unit or describes the unit's tables. */
  #databaseOf(database: string, id: string): Schema | undefined {
    const state = this.others.state(database);
    return state && (database === id || state.plan.source === id) ? this.others.schema(state) : undefined;
  }

  async #readAll(): Promise<void> {
    const { frontEnd } = this.others;
    const files = this.others.files;
    const unread = files.unread();
    // The parser is large, so it isn't loaded for nothing.
    if (unread.length === 0 && files.known().length === 0) return;
    if (!frontEnd || !(await this.others.prepare(frontEnd))) return;
    for (let at = 0; at < unread.length; at += SLICE) {
      const slice = unread.slice(at, at + SLICE);
      await files.read(slice);
      for (const path of slice) {
        const plan = files.plan(path);
        const state = plan && this.#state(plan);
        if (state) this.others.schema(state);
      }
    }
    const databases = new Set(files.known().flatMap((path) => files.plan(path)?.database ?? []));
    for (const id of databases) {
      const state = this.others.state(id);
      if (state) await this.others.prepare(state.frontEnd);
    }
    this.#prepared = true;
  }

  #state(plan: UnitPlan): UnitState | undefined {
    const [path = ''] = plan.files;
    const known = this.#states.get(path);
    if (known) {
      known.replan(plan);
      return known;
    }
    const { frontEnd } = this.others;
    if (!frontEnd) return undefined;
    const state = new UnitState(plan, frontEnd);
    this.#states.set(path, state);
    return state;
  }
}
