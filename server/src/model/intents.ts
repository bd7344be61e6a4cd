// What a fix wants to become true. A language's writer turns an intent into edits in the author's own style.
import type { Column, ForeignKey, Index, ReferentialAction, Table } from './nodes';
import type { Change, Statement } from './changes';
import type { Edit } from '../text/edit';

/** A type to give a column; the writer spells it. */
export type TypeGoal =
  | { readonly family: 'timestamp'; readonly zoned: true; readonly precision?: number }
  | { readonly family: 'text' };

/** A column that a table lacks; the writer names it in the file's own style. */
export type ColumnGoal = 'createdAt' | 'updatedAt';

/** One file's worth of SQL in a split migration. */
export interface MigrationStep {
  /** Short snake_case name for the migration's file. */
  readonly name: string;
  /** Whole statements with their semicolons and comments, one entry each. */
  readonly statements: readonly string[];
  /** The statements must not run inside a transaction. */
  readonly outsideTransaction?: true;
}

export type Intent =
  | { readonly do: 'setType'; readonly column: Column; readonly to: TypeGoal }
  /** `check` also keeps the old length limit as a CHECK constraint. */
  | { readonly do: 'dropLength'; readonly column: Column; readonly check: boolean }
  | { readonly do: 'addIndex'; readonly table: Table; readonly columns: readonly string[]; readonly for: ForeignKey }
  | { readonly do: 'addColumns'; readonly table: Table; readonly columns: readonly ColumnGoal[] }
  /** A UUID v7 in place of the column's random default. */
  | { readonly do: 'setTimeOrderedDefault'; readonly column: Column }
  | { readonly do: 'setOnDelete'; readonly foreignKey: ForeignKey; readonly action: ReferentialAction }
  | { readonly do: 'removeIndex'; readonly index: Index; readonly coveredBy: Index }
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
      readonly where: 'here' | 'next';
    }
  | { readonly do: 'replaceText'; readonly edits: readonly Edit[] };

export type IntentVerb = Intent['do'];
export type IntentOf<V extends IntentVerb> = Extract<Intent, { readonly do: V }>;
