// What a fix wants to become true. A language's writer turns an intent into edits in the author's own style.
import type { Column, ForeignKey, Index, IndexPart, ReferentialAction, Table } from './nodes';
import type { Change, Migration, Statement } from './changes';
import type { Recorded } from './recorded';
import type { Policy } from './row-security';
import type { Edit } from '../text/edit';

/** A type to give a column; the writer spells it. */
export type TypeGoal =
  | { readonly family: 'timestamp'; readonly zoned: true; readonly precision?: number }
  | { readonly family: 'text' | 'uuid' }
  | { readonly family: 'json'; readonly binary: true }
  | { readonly family: 'integer' | 'float'; readonly bits: 64 }
  | { readonly family: 'numeric'; readonly precision: number; readonly scale: number }
  /** Whatever another column has, without its default. */
  | { readonly family: 'like'; readonly column: Column };

/** A column that a table lacks; the writer names it in the file's own style. */
export type ColumnGoal = 'createdAt' | 'updatedAt' | 'deletedAt' | 'version';

/** Which rows a partial index holds. */
export type RowsGoal = { readonly column: Column; readonly is: null | boolean };

/** One file's worth of SQL in a split migration. */
export interface MigrationStep {
  /** Short snake_case name for the migration's file. */
  readonly name: string;
  /** Whole statements with their semicolons and comments, one entry each. */
  readonly statements: readonly string[];
  /** The statements must not run inside a transaction. */
  readonly outsideTransaction?: true;
  /** What the tool that writes the folder's migrations must have on record already, lest it writes the same once more. */
  readonly recorded?: readonly Recorded[];
  /** The statements must be one transaction, so that nobody sees the state between them. */
  readonly oneTransaction?: true;
}

export type Intent =
  /** `also` holds columns that get the same type in the same edit: those that foreign keys tie to it. */
  | { readonly do: 'setType'; readonly column: Column; readonly to: TypeGoal; readonly also?: readonly Column[] }
  /** `check` also keeps the old length limit as a CHECK constraint. */
  | { readonly do: 'dropLength'; readonly column: Column; readonly check: boolean }
  | { readonly do: 'addIndex'; readonly table: Table; readonly columns: readonly string[]; readonly for?: ForeignKey }
  | { readonly do: 'addColumns'; readonly table: Table; readonly columns: readonly ColumnGoal[] }
  /** A UUID v7 in place of the column's random default. */
  | { readonly do: 'setTimeOrderedDefault'; readonly column: Column }
  | { readonly do: 'setOnDelete'; readonly foreignKey: ForeignKey; readonly action: ReferentialAction }
  | { readonly do: 'removeIndex'; readonly index: Index; readonly coveredBy?: Index }
  /** A primary key over columns of the table, or over a new column `id` with a UUID v7. */
  | { readonly do: 'addPrimaryKey'; readonly table: Table; readonly columns?: readonly string[] }
  /** A foreign key with what the ORM wants beside it: in Prisma the relation fields on both sides. */
  | {
      readonly do: 'addForeignKey';
      readonly table: Table;
      readonly columns: readonly string[];
      readonly target: Table;
      readonly targetColumns: readonly string[];
      readonly onDelete?: ReferentialAction;
      /** The columns of an index to go with it, in its order. */
      readonly index?: readonly string[];
    }
  /** The present moment as the default. */
  | { readonly do: 'setNowDefault'; readonly column: Column }
  /** The ORM sets the present moment on every update. */
  | { readonly do: 'keepUpdated'; readonly column: Column }
  | { readonly do: 'setNullable'; readonly column: Column }
  /** Makes an index hold only some rows; where the ORM can't say that, as a next migration. */
  | { readonly do: 'setRows'; readonly index: Index; readonly rows: RowsGoal }
  | { readonly do: 'setMethod'; readonly index: Index; readonly method: 'btree' | 'gin' }
  /** The columns of an index in another order, or with more in front; those it has keep their sort order and the like. */
  | { readonly do: 'setParts'; readonly index: Index; readonly columns: readonly string[] }
  | { readonly do: 'setIndexName'; readonly index: Index; readonly name: string }
  | { readonly do: 'setForeignKeyName'; readonly foreignKey: ForeignKey; readonly name: string }
  /** Where the nulls of a descending part stand; `plain` drops the descending order as well. */
  | { readonly do: 'setNulls'; readonly index: Index; readonly part: IndexPart; readonly to: 'first' | 'plain' }
  /** Gives a model or field its own name in the database. */
  | { readonly do: 'setDatabaseName'; readonly of: Table | Column; readonly name: string }
  /** An enum for columns of free text. The writer adds the literals that code uses for them to `values`. */
  | { readonly do: 'useEnum'; readonly columns: readonly Column[]; readonly values: readonly string[] }
  /** A CHECK that a column holds one of `values`. */
  | { readonly do: 'addCheck'; readonly column: Column; readonly values: readonly string[] }
  /** A junction table in place of an array of ids. */
  | { readonly do: 'useJunction'; readonly column: Column; readonly target: Table }
  /** Drizzle's third argument as an array. */
  | { readonly do: 'useArrayForm'; readonly table: Table }
  /** Row level security, with a policy that compares the tenant column with a setting. */
  | {
      readonly do: 'enableRowSecurity';
      readonly table: Table;
      /** It is off as yet. */
      readonly enable: boolean;
      /** For the table's owner too; where the ORM can't say that, as a next migration. */
      readonly force: boolean;
      readonly policy?: { readonly column: Column; readonly setting: string };
    }
  /** WITH CHECK with what USING says. */
  | { readonly do: 'copyUsing'; readonly policy: Policy }
  /** Writes CONCURRENTLY into the statement; with `alone`, in a migration of its own where the runner wraps files. */
  | { readonly do: 'buildConcurrently'; readonly change: Change }
  /**
   * Replaces one action by steps: `here`, as statements in this file, or `next`, the first step here and each
   * further one as a next migration file in the runner's naming.
   */
  | {
      readonly do: 'splitMigration';
      readonly statement: Statement;
      readonly change: Change;
      readonly steps: readonly MigrationStep[];
      /** With no statement in the first step, `next` takes the action out of this file. */
      readonly where: 'here' | 'next';
      /** Statements between the steps that stay in one file, such as COMMIT. */
      readonly between?: readonly string[];
    }
  /** Sets lock_timeout before a statement: for its transaction, or, where there is none, up to the end of `until`. */
  | { readonly do: 'limitWait'; readonly statement: Statement; readonly until?: Statement }
  | { readonly do: 'replaceText'; readonly edits: readonly Edit[] }
  /** The down half of a migration: the inverse of each of its statements, as its history tells. */
  | { readonly do: 'writeRollback'; readonly migration: Migration }
  /** The next migration files, for what no schema language can say; `after` is a migration, where there is one. */
  | { readonly do: 'writeMigration'; readonly after?: string; readonly steps: readonly MigrationStep[] }
  /** Several at once, as one edit: all of them or none. */
  | { readonly do: 'all'; readonly intents: readonly Intent[] };

/** What writers write; the others are put together from these. */
export type IntentVerb = Exclude<Intent['do'], 'all' | 'writeMigration'>;
export type IntentOf<V extends IntentVerb> = Extract<Intent, { readonly do: V }>;
