// The shape of a rule: plain data and pure functions over the model.
import type { Dialect, LanguageId, NodeKind, NodeMap, Schema, Table, TableName } from '../model/nodes';
import type { Facts } from '../model/facts';
import type { Intent } from '../model/intents';
import type { Query, UsePlace } from '../model/queries';
import type { Span } from '../text/span';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** `safe` fixes change no data and need no decision; `review` ones are never applied without being asked for. */
export type FixKind = 'safe' | 'review';

export interface Fix {
  /** Imperative, without a full stop: `Add an index on \`authorId\``. */
  readonly title: string;
  readonly kind: FixKind;
  /** The one that "Auto Fix" applies; at most one of a finding. */
  readonly preferred?: true;
  /** Runs only when the fix is asked for. */
  intent(): Intent;
}

export interface Related {
  readonly at: Span;
  readonly message: string;
}

export interface Finding {
  readonly at: Span;
  /** What happens to the user's system: one sentence with a full stop, names in backticks. */
  readonly message: string;
  /** What to do: a short imperative. */
  readonly help?: string;
  readonly related?: readonly Related[];
  /**
   * Less pressing here than the rule's severity says, because the table has the same finding already or little depends
   * on it: shown as a hint.
   */
  readonly quiet?: true;
  /** More pressing here than the rule's severity says, because it breaks something that is there to see: an error. */
  readonly pressing?: true;
  /** The code at `at` can be removed; editors fade it. */
  readonly unnecessary?: true;
  /** Of a Prisma schema, Prisma's own language server reports it too, so it isn't said twice where both are at work. */
  readonly saidByPrisma?: true;
  /** It is about what becomes of a migration that the main branch has, where everything else is hidden. */
  readonly aboutHistory?: true;
  /** The table that it is about, where the rule didn't come upon it by visiting a table. */
  readonly about?: Table;
  readonly fixes?: readonly Fix[];
}

export interface OptionSchema<T> {
  readonly default: T;
  readonly description: string;
}

export type OptionsSchema<O> = { readonly [K in keyof O]: OptionSchema<O[K]> };

/** What a visitor may ask besides its node. */
export interface Context<O = undefined> {
  readonly options: O;
  readonly schema: Schema;
  readonly facts: Facts;
  /** The table of that database name in the schema; one without a written schema matches any. */
  table(name: TableName): Table | undefined;
  /**
   * The table as the migrations that are written from this schema have left it, for what the schema's own language
   * can't say. Known only where one of them speaks of row level security.
   */
  applied(name: TableName): Table | undefined;
  /**
   * What the migrations that are written from this schema make of an empty database, where they begin with one;
   * `meta.history` has them replayed for the rule.
   */
  readonly history: Schema | undefined;
  /** The table that a query of application code is about, in the schema that the code works with. */
  tableOf(query: Query): Table | undefined;
  /** What the workspace's code asks of a table, where `meta.code` has it read for the rule. */
  queriesOf(table: Table): readonly Query[];
  /**
   * Where the schemas of ORMs and the code of the workspace still name a table of migrations, or a column of it, by its
   * name in the database; `meta.code` has them read for the rule.
   */
  usesOf(table: TableName, column?: string): readonly UsePlace[];
}

export interface RuleMeta<O> {
  /** One sentence, shown in settings and tables. */
  readonly title: string;
  /** In the recommended profile; `off` is on in the strict profile only. */
  readonly severity: Severity | 'off';
  /** The most trusting kind of fix that the rule ever offers. */
  readonly fix: 'none' | FixKind;
  /** It compares a schema with the migrations that are written from it. */
  readonly history?: true;
  /** It reports something missing: silent on tables that are partly unread. */
  readonly absence?: true;
  /**
   * It judges a schema by what application code does with it: while it is on, all code of the workspace is read; with
   * `drops`, only where a migration that isn't history drops or renames something.
   */
  readonly code?: true | 'drops';
  /**
   * The languages that have what it is about, for its documents and its page's tests; when absent, all those that lower
   * a kind of node that it visits.
   */
  readonly languages?: readonly LanguageId[];
  /** Where it holds; everywhere when absent. */
  readonly dialects?: readonly Dialect[];
  /** The section of the database design bible, or `+` for a rule beyond it. */
  readonly bible: string;
  readonly options?: OptionsSchema<O>;
}

export interface Rule<O = undefined> {
  /** Names the problem; also the file's, the page's and the setting's name. */
  readonly id: string;
  readonly meta: RuleMeta<O>;
  readonly visit: { readonly [K in NodeKind]?: (node: NodeMap[K], context: Context<O>) => Iterable<Finding> };
}

/** Any rule; the dispatcher hands each the options that its own schema describes. */
export type AnyRule = Omit<Rule<never>, 'meta'> & {
  readonly meta: Omit<RuleMeta<undefined>, 'options'> & { readonly options?: Readonly<Record<string, OptionSchema<unknown>>> | undefined };
};

export type Category = 'schema' | 'index' | 'relation' | 'migration' | 'tenancy';

export interface RegisteredRule {
  readonly rule: AnyRule;
  /** The folder it lies in. */
  readonly category: Category;
}
