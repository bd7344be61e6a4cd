// What migrations do, statement by statement.
import type { Span } from '../text/span';
import type { Lifetime } from './lifetime';
import type { Column, Default, Enum, ForeignKey, Index, Table, TableName } from './nodes';

/** The tool that applies migrations; `plain` is a folder or file that no known tool claims. */
export type RunnerId =
  | 'prisma'
  | 'drizzle'
  | 'supabase'
  | 'dbmate'
  | 'goose'
  | 'golang-migrate'
  | 'flyway'
  | 'sqlx'
  | 'node-pg-migrate'
  | 'diesel'
  | 'hasura'
  | 'atlas'
  | 'liquibase'
  | 'plain';

/**
 * How a runner wraps a file:
 * - `file`: one transaction around the file, explicit or because the file is sent as one query;
 * - `file-if-many`: as one query, so a transaction only when it holds more than one statement (Prisma up to 7.3);
 * - `all`: one transaction around all pending files (Drizzle);
 * - `none`: each statement by itself.
 */
export type TransactionModel = 'file' | 'file-if-many' | 'all' | 'none';

/** One migration file, its forward half. */
export interface Migration {
  readonly kind: 'migration';
  readonly file: string;
  readonly runner: RunnerId;
  readonly transaction: TransactionModel;
  /** The directive in the file that turned the runner's transaction off, such as `-- +goose NO TRANSACTION`. */
  readonly transactionDirective?: Span;
  readonly statements: readonly Statement[];
  /** Part of the main branch already: nobody may edit it any more. */
  readonly committed: boolean;
  /** The first line that no longer says what it did when the main branch got the migration. */
  readonly edited?: Span;
  /** Its entry in the journal of a runner that only applies what is dated later than everything it has applied. */
  readonly dated?: Dated;
  /** Its down half; absent where the runner keeps none. */
  readonly rollback?: Rollback;
}

/** What a journal says of a migration: its place in it, counting from 0, and its date in milliseconds since 1970. */
export interface Dated {
  readonly place: number;
  readonly when: number;
}

/** The half of a migration that takes it back. */
export interface Rollback {
  /** `missing` also where only the file, or the mark, or a tool's placeholder is there. */
  readonly kind: 'written' | 'missing';
  /** The file that holds it or would. */
  readonly file: string;
  /** The whole file, or a part of the migration's own. */
  readonly at: 'file' | 'section';
}

/** A name that is longer than PostgreSQL keeps; everything else in the model calls it by what is left. */
export interface LongName {
  readonly name: string;
  readonly at: Span;
}

/** A column that a list of a statement names a second time: PostgreSQL refuses the statement. */
export interface RepeatedColumn {
  /** Columns that UPDATE gives values, that INSERT names, or that a new table or view gets. */
  readonly list: 'assigned' | 'inserted' | 'created';
  readonly name: string;
  readonly at: Span;
  readonly first: Span;
}

/** One statement of a migration. */
export interface Statement {
  readonly kind: 'statement';
  readonly migration: Migration;
  /** From its first keyword to its last token, the semicolon left out. */
  readonly span: Span;
  /** Its text, as at `span`. */
  readonly text: string;
  /** PostgreSQL's name of the parse node (`CreateStmt`, `AlterTableStmt`), or `broken` where it doesn't parse. */
  readonly node: string;
  /** Place in the file, counting from 0. */
  readonly position: number;
  readonly changes: readonly Change[];
  /** Names in it that are too long, each time that they are written. */
  readonly longNames?: readonly LongName[];
  readonly repeated?: readonly RepeatedColumn[];
  /** What PostgreSQL's parser says against it. */
  readonly problem?: { readonly message: string; readonly span: Span };
  /** The part of the file that it stands in, counting from 0, where the runner runs each part by itself, as Liquibase its changesets. */
  readonly part?: number;
  /** Whether it runs inside a transaction, the runner's or one that an earlier BEGIN opened. */
  readonly inTransaction: boolean;
  /** Which transaction of its file: equal for statements that share one, absent outside of any. */
  readonly transaction?: number;
}

/** A table that a change concerns beside its own: one that its foreign keys reference, or the parent or part of a partitioned one. */
export interface OtherTable {
  readonly name: TableName;
  readonly lifetime: Lifetime;
}

/** A name that an index or constraint is to get, and that something else in its schema has already. */
export interface NameClash {
  readonly name: string;
  /** Where the new one is named. */
  readonly at: Span;
  /** The statement then does nothing, instead of failing. */
  readonly ifNotExists: boolean;
  readonly taken: 'index' | 'table';
  /** The table that has the name, or whose index has it. */
  readonly by: TableName;
  readonly byAt: Span;
}

/** Something that a statement asks for and that isn't there at this moment of a complete history. */
export interface MissingObject {
  readonly kind: 'table' | 'view' | 'column' | 'index' | 'constraint' | 'type' | 'policy';
  readonly name: string;
  /** The table that lacks it. */
  readonly of?: TableName;
  /** What is there and has nearly that name. */
  readonly instead?: string;
}

interface ChangeBase {
  readonly kind: 'change';
  readonly statement: Statement;
  /** The action itself: the statement, or one ALTER TABLE subcommand. */
  readonly span: Span;
  /** The table it acts on, where it acts on one. */
  readonly table?: TableName;
  /** Where the table is named. */
  readonly tableSpan?: Span;
  /** What is known, at this moment of the history, of the table's life. */
  readonly lifetime: Lifetime;
  /** Names in it that are taken at this moment of the history. */
  readonly clashes?: readonly NameClash[];
  /** The table just before the statement, as far as the history tells; built when it is asked for. */
  readonly before?: Table | undefined;
  /** Other tables that it concerns, and their lives just before the statement. */
  readonly others?: readonly OtherTable[];
  /** The enum that it is about, or that a column has whose type it changes, just before the statement. */
  readonly enumBefore?: Enum;
  /** What it lacks; never told of histories that aren't complete. */
  readonly missing?: readonly MissingObject[];
}

export type Change = ChangeBase &
  (
    | { readonly verb: 'addTable'; readonly created: Table }
    | { readonly verb: 'dropTable' | 'truncate'; readonly cascade: boolean }
    | { readonly verb: 'renameTable'; readonly newName: string }
    | {
        readonly verb: 'addColumn';
        readonly column: Column;
        /** NOT NULL is written on it (a primary key or identity implies it without that). */
        readonly required: boolean;
        readonly ifNotExists: boolean;
        /** A CHECK is written on it, which every row is read for. */
        readonly checked?: boolean;
        /** The tables that it references. */
        readonly targets?: readonly TableName[];
      }
    | { readonly verb: 'dropColumn'; readonly columnName: string; readonly cascade: boolean }
    | { readonly verb: 'renameColumn'; readonly columnName: string; readonly newName: string }
    | { readonly verb: 'setNotNull' | 'dropNotNull' | 'dropDefault'; readonly columnName: string }
    | { readonly verb: 'setDefault'; readonly columnName: string; readonly value?: Default }
    | { readonly verb: 'setType'; readonly columnName: string; readonly column?: Column; readonly using?: Span }
    | { readonly verb: 'addIndex'; readonly index: Index; readonly ifNotExists: boolean }
    | {
        readonly verb: 'dropIndex' | 'reindex' | 'refreshView';
        /** Names of the objects as written, unquoted. */
        readonly names: readonly TableName[];
        readonly concurrently: boolean;
      }
    | { readonly verb: 'addForeignKey'; readonly foreignKey: ForeignKey; readonly notValid: boolean }
    | {
        readonly verb: 'addConstraint';
        readonly constraint: 'check' | 'unique' | 'primary key' | 'exclude' | 'not null';
        readonly name?: string;
        readonly notValid: boolean;
        readonly usingIndex?: string;
        readonly index?: Index;
      }
    | { readonly verb: 'dropConstraint' | 'validateConstraint'; readonly name: string }
    | { readonly verb: 'addEnum'; readonly name: string; readonly values: readonly string[] }
    | { readonly verb: 'addEnumValue'; readonly name: string; readonly value: string }
    | { readonly verb: 'dropType'; readonly name: string }
    | { readonly verb: 'enableRowSecurity' | 'forceRowSecurity' | 'disableRowSecurity' }
    | { readonly verb: 'addPolicy' | 'dropPolicy'; readonly name: string }
    | { readonly verb: 'addView' | 'dropView'; readonly name: string }
    | {
        readonly verb: 'write';
        readonly command: 'insert' | 'update' | 'delete' | 'copy';
        /** The columns that it gives values to, where they are written. */
        readonly columns?: readonly string[];
      }
    | { readonly verb: 'transaction'; readonly command: 'begin' | 'commit' | 'rollback' }
    | { readonly verb: 'attachPartition' | 'detachPartition'; readonly partition: TableName; readonly concurrently: boolean }
    | { readonly verb: 'set'; readonly name: string; readonly local: boolean }
    /** A statement that the model doesn't describe; its text is kept in the statement. */
    | { readonly verb: 'other' }
  );

export type ChangeOf<V extends Change['verb']> = Extract<Change, { readonly verb: V }>;
