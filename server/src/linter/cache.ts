// Keeps verdicts between two runs over the same schema: a keystroke in one of a thousand tables runs the rules of that
// table only. What a rule looked at besides its own node decides whether its verdict still holds.
import { finderOf } from '../model/names';
import type { Facts, Version } from '../model/facts';
import type { Migration } from '../model/changes';
import { findTable, type Query, type RawSql } from '../model/queries';
import type { Schema, Table, TableName } from '../model/nodes';
import type { Context, RegisteredRule } from './rule';
import type { LintFinding, LintOptions } from './run';
import type { Settings } from './settings';

/** A rule that is switched on, with the context that its visitors get. */
export interface Active {
  readonly registered: RegisteredRule;
  readonly severity: LintFinding['severity'];
  readonly context: Context<unknown>;
}

/** A table or migration with everything below it, or a query: what is judged, and kept, together. */
export type Group = Table | Migration | Query | RawSql;

/** What the rules said about a group, and what they looked at elsewhere. */
export interface Verdict {
  readonly findings: readonly LintFinding[];
  readonly lookups: readonly Lookup[];
  /** Rules that read the lists of the schema; they are run each time. */
  readonly again: readonly Active[];
}

interface Lookup {
  readonly found: Table | undefined;
  /** What the same look gives now. */
  again(): Table | undefined;
}

/** Verdicts of one unit, for as long as rules, settings and facts stay the same. */
export class LintCache {
  #verdicts = new WeakMap<Group, Verdict>();
  #actives: readonly Active[] = [];
  #watch: Watch | undefined;
  #options: LintOptions | undefined;
  #schema: Schema | undefined;

  /** Turns to the schema's present state and gives the rules that are on. Forgets everything when a rule could now say otherwise. */
  begin(schema: Schema, options: LintOptions): readonly Active[] {
    if (!this.#watch || !this.#options || !sameRun(this.#options, options) || !sameKind(this.#schema, schema)) {
      this.#verdicts = new WeakMap();
      this.#watch = new Watch(schema);
      this.#actives = activeRules(options, this.#watch);
      this.#options = options;
    }
    this.#schema = schema;
    this.#watch.turnTo(schema, options.database);
    return this.#actives;
  }

  /** The verdict about a group, if all that it rests on is unchanged. */
  get(group: Group): Verdict | undefined {
    const verdict = this.#verdicts.get(group);
    return verdict?.lookups.every((lookup) => lookup.again() === lookup.found) ? verdict : undefined;
  }

  set(group: Group, verdict: Verdict): void {
    this.#verdicts.set(group, verdict);
  }

  /** Runs `visit` and tells what it looked at: the tables, or `undefined` where it read whole lists. */
  observe(visit: () => void): readonly Lookup[] | undefined {
    return this.#watch?.observe(visit);
  }
}

/** The schema as rules see it; notes what they look at. */
class Watch {
  #schema: Schema;
  #database: Schema | undefined;
  #find: ((name: TableName) => Table | undefined) | undefined;
  #lookups: Lookup[] | undefined;
  #readLists = false;
  readonly view: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
    this.view = this.#createView(schema);
  }

  turnTo(schema: Schema, database: Schema | undefined): void {
    this.#schema = schema;
    this.#database = database;
    this.#find = undefined;
  }

  find(name: TableName): Table | undefined {
    this.#find ??= finderOf(this.#schema.tables);
    return this.#find(name);
  }

  /** What a rule calls; a method of its own so that the cache's checks aren't noted. */
  lookUp(name: TableName): Table | undefined {
    return this.#noted(() => this.find(name));
  }

  /** The table of the code's database that a query names. */
  tableOf({ table }: Query): Table | undefined {
    return this.#noted(() => this.#database && findTable(this.#database.tables, table));
  }

  #noted(look: () => Table | undefined): Table | undefined {
    const found = look();
    this.#lookups?.push({ found, again: look });
    return found;
  }

  observe(visit: () => void): readonly Lookup[] | undefined {
    const lookups: Lookup[] = [];
    this.#lookups = lookups;
    this.#readLists = false;
    try {
      visit();
    } finally {
      this.#lookups = undefined;
    }
    return this.#readLists ? undefined : lookups;
  }

  #createView({ kind, language, dialect, emulatedRelations, committed, migrations }: Schema): Schema {
    const hasMigrations = migrations.length > 0;
    const lists = (): Schema => {
      this.#readLists = true;
      return this.#schema;
    };
    return {
      kind,
      language,
      dialect,
      emulatedRelations,
      // Equal for as long as this view is used.
      ...(committed && { committed }),
      get files() {
        return lists().files;
      },
      get tables() {
        return lists().tables;
      },
      get relations() {
        return lists().relations ?? [];
      },
      get enums() {
        return lists().enums;
      },
      get migrations() {
        // An ORM's schema never has any, so knowing that is no dependency.
        return hasMigrations ? lists().migrations : [];
      },
    };
  }
}

function activeRules({ registry, settings, facts, applied: made, history, uses }: LintOptions, watch: Watch): Active[] {
  const tableOf = (query: Query): Table | undefined => watch.tableOf(query);
  const queriesOf = (own: Table): readonly Query[] => uses?.queries(own) ?? [];
  const usesOf: Context['usesOf'] = (own, column) => uses?.places(own, column) ?? [];
  const table = (name: TableName): Table | undefined => watch.lookUp(name);
  const applied = finderOf(made?.tables ?? []);
  return registry.flatMap((registered) => {
    const resolved = settings.rules.get(registered.rule.id);
    if (!resolved || resolved.severity === 'off') return [];
    const context = { options: resolved.options, schema: watch.view, facts, table, applied, history, tableOf, queriesOf, usesOf };
    return [{ registered, severity: resolved.severity, context }];
  });
}

function sameRun(a: LintOptions, b: LintOptions): boolean {
  return a.registry === b.registry && a.applied === b.applied && a.history === b.history && a.uses === b.uses && sameSettings(a.settings, b.settings) && sameFacts(a.facts, b.facts);
}

function sameKind(a: Schema | undefined, b: Schema): boolean {
  return (
    a?.language === b.language &&
    a.dialect === b.dialect &&
    a.emulatedRelations === b.emulatedRelations &&
    a.migrations.length > 0 === b.migrations.length > 0 &&
    sameNames(a.committed, b.committed)
  );
}

function sameNames(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a === b || (a?.size === b?.size && [...(a ?? [])].every((name) => b?.has(name)));
}

function sameSettings(a: Settings, b: Settings): boolean {
  if (a === b || a.rules === b.rules) return true;
  if (a.rules.size !== b.rules.size) return false;
  for (const [id, rule] of a.rules) {
    const other = b.rules.get(id);
    if (rule.severity !== other?.severity || JSON.stringify(rule.options) !== JSON.stringify(other.options)) return false;
  }
  return true;
}

function sameFacts(a: Facts, b: Facts): boolean {
  if (a === b) return true;
  return (
    a.postgresVersion === b.postgresVersion &&
    a.hasMigrations === b.hasMigrations &&
    a.pushes === b.pushes &&
    sameVersion(a.prismaVersion, b.prismaVersion) &&
    sameVersion(a.drizzleVersion, b.drizzleVersion) &&
    a.drizzleCasing === b.drizzleCasing &&
    a.otherSchema?.file === b.otherSchema?.file &&
    a.otherSchema?.other === b.otherSchema?.other &&
    sameNames(a.checked, b.checked) &&
    sameNames(a.dependencies, b.dependencies)
  );
}

function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a?.major === b?.major && a?.minor === b?.minor;
}
