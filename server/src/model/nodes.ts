// The one model that Prisma schemas, Drizzle schemas and SQL migrations are lowered into.
// Plain and readonly: no parser, no protocol. A span names its file, so one table may have parts from several
// files (a column added by a later migration, an index in another one).
import type { Span } from '../text/span';
import type { Change, Migration, Statement } from './changes';
import type { ColumnType, Default } from './column-types';
import type { DeclaredRelation, ForeignKey, RelationEnd } from './foreign-keys';
import type { ColumnMember, Query, RawSql } from './queries';
import type { Policy, RowSecurity } from './row-security';

export type { ColumnType, Default } from './column-types';
export type { DeclaredRelation, ForeignKey, ReferentialAction, ReferentialRule, RelationEnd } from './foreign-keys';
export type { Policy, RowSecurity, SqlText } from './row-security';

export type LanguageId = 'prisma' | 'drizzle' | 'sql' | 'code';

export type Dialect =
  | 'postgresql'
  | 'cockroachdb'
  | 'mysql'
  | 'sqlite'
  | 'sqlserver'
  | 'mongodb'
  | 'singlestore'
  | 'gel'
  | 'clickhouse'
  | 'unknown';

/**
 * Everything that describes one database in one language: a Prisma schema of one or many files, the Drizzle tables of
 * a package, or a folder of migrations replayed to its end.
 */
export interface Schema {
  readonly kind: 'schema';
  readonly language: LanguageId;
  readonly dialect: Dialect;
  /** The files that belong to it, in reading order; for migrations, in the order in which the runner applies them. */
  readonly files: readonly string[];
  readonly tables: readonly Table[];
  readonly enums: readonly Enum[];
  /** One per migration file, in the runner's order; empty for Prisma and Drizzle schemas. */
  readonly migrations: readonly Migration[];
  /** Files of the migrations that the main branch has; absent of schemas that are no migrations. */
  readonly committed?: ReadonlySet<string>;
  /** Of migrations: they begin with an empty database, so what they don't create doesn't exist. */
  readonly completeHistory?: true;
  /** Prisma's `relationMode = "prisma"`: relations are emulated, and the database holds no foreign keys. */
  readonly emulatedRelations: boolean;
  /** The schema's own word for its database (Prisma's `provider`), where it has one. */
  readonly provider?: { readonly value: string; readonly span: Span };
  /** Relations that code declares for its queries, apart from any foreign key. */
  readonly relations?: readonly DeclaredRelation[];
  /** Of application code: what it asks of the database. Such a schema has no tables of its own. */
  readonly queries?: readonly Query[];
  readonly rawSql?: readonly RawSql[];
  /** Of application code: members of constants that may be tables. */
  readonly columnMembers?: readonly ColumnMember[];
}

/** A table, or a view (`objectKind`), which rules about tables leave alone. */
export interface Table {
  readonly kind: 'table';
  readonly language: LanguageId;
  readonly dialect: Dialect;
  readonly objectKind: 'table' | 'view' | 'materialized view';
  /** The whole declaration: model block, `pgTable(…)` call, CREATE TABLE statement. */
  readonly span: Span;
  /** The name as the author writes it there, without quotes. */
  readonly nameSpan: Span;
  /** What the author's code calls it: model name, exported constant, SQL name. */
  readonly name: string;
  /** Its name in the database, unquoted. */
  readonly dbName: string;
  /** What the author's comment above it says, without marks, where the language's front end reads it. */
  readonly comment?: string;
  /** Its database schema where one is written. */
  readonly dbSchema?: string;
  readonly columns: readonly Column[];
  readonly primaryKey?: Index;
  /** Unique constraints and indexes; the primary key stands apart. */
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  /** Where the author's code names relations whose keys, if any, lie in other tables. */
  readonly otherEnds?: readonly RelationEnd[];
  readonly checks: readonly Check[];
  /** EXCLUDE constraints. */
  readonly exclusions?: readonly Exclusion[];
  /** Absent where row level security is off, as far as the text tells. */
  readonly rowSecurity?: RowSecurity;
  /** Row level security policies on it. */
  readonly policies?: readonly Policy[];
  /** A part of it couldn't be read, so nothing can be said to be missing. */
  readonly partial: boolean;
  /** The tool that owns it is told to leave it alone (`@@ignore`, an external table). */
  readonly ignored: boolean;
  /** CREATE TEMPORARY TABLE. */
  readonly temporary: boolean;
  /** The object that holds its keys and indexes, where the ORM has long asked for a list. */
  readonly keysObject?: Span;
  /** A partition or an inheriting table: its keys and indexes come from its parent. */
  readonly partitionOf?: TableName;
  /** What stands behind the list of columns in SQL: `PARTITION BY RANGE (at)`, `WITH (fillfactor = 70)`. */
  readonly options?: string;
}

export interface TableName {
  readonly name: string;
  readonly schema?: string;
}

export interface Column {
  readonly kind: 'column';
  readonly table: Table;
  /** The whole field, property or column definition. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** What the author's code calls it. */
  readonly name: string;
  /** Its name in the database, unquoted. */
  readonly dbName: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default?: Default;
  /** Unique by itself: its own unique constraint or single-column primary key. */
  readonly unique: boolean;
  /** Set on every update by the ORM or the database (`@updatedAt`, `$onUpdate`, ON UPDATE). */
  readonly updatedAutomatically: boolean;
  /** GENERATED ALWAYS AS … . */
  readonly generated: boolean;
  /** In SQL, the words that say so: `GENERATED ALWAYS AS (price * amount) STORED`. */
  readonly generatedAs?: string;
  /** What stands behind COLLATE. */
  readonly collation?: string;
  /** The database name that the configuration asks for, where the installed ORM doesn't heed it. */
  readonly intendedName?: string;
  /** What the author's comment on it says, without marks: above it, behind it, or COMMENT ON COLUMN. */
  readonly comment?: string;
  /**
   * The only values that the ORM's types let through, while the database takes any (`text({ enum: […] })`); empty where
   * they couldn't be read.
   */
  readonly allowed?: readonly string[];
}

export interface IndexPart {
  /** Database name of the column; absent for an expression. */
  readonly column?: string;
  readonly expression?: string;
  readonly sort: 'asc' | 'desc';
  /** Written explicitly; absent where the database's default for the sort order holds. */
  readonly nulls?: 'first' | 'last';
  /** The author wrote no `nulls`: the ORM adds it to the order. */
  readonly nullsAdded?: true;
  /** Operator class. */
  readonly ops?: string;
  readonly collation?: string;
  readonly span: Span;
}

/** An index, a unique constraint or a primary key. */
export interface Index {
  readonly kind: 'index';
  readonly table: Table;
  readonly constraint?: 'primary key' | 'unique';
  /** The whole declaration, as it would be removed. */
  readonly span: Span;
  /** What a finding about it points at. */
  readonly nameSpan: Span;
  /** Database name where one is written or the ORM's rule for it is known. */
  readonly name?: string;
  /** Its author wrote no name, and the tool that makes it can't find one. */
  readonly unnamed?: true;
  readonly unique: boolean;
  /** Access method in lower case; `btree` where none is written. */
  readonly method: string;
  readonly parts: readonly IndexPart[];
  /** Database names of INCLUDE columns. */
  readonly include: readonly string[];
  /** Predicate of a partial index. */
  readonly where?: { readonly raw: string; readonly span: Span };
  readonly nullsNotDistinct: boolean;
  readonly concurrently: boolean;
  /** Written on the column itself (`@unique`, `.unique()`, `PRIMARY KEY` in a column definition). */
  readonly inline: boolean;
  /** In SQL, what is written behind its columns beside all this: `WITH (fillfactor = 70)`, `DEFERRABLE`. */
  readonly options?: string;
}

export interface Check {
  readonly kind: 'check';
  readonly table: Table;
  readonly span: Span;
  readonly name?: string;
  readonly raw: string;
  readonly validated: boolean;
}

/** EXCLUDE, as the author wrote it. */
export interface Exclusion {
  readonly kind: 'exclusion';
  readonly table: Table;
  readonly span: Span;
  readonly name?: string;
  /** From the keyword on. */
  readonly raw: string;
}

export interface Enum {
  readonly kind: 'enum';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly name: string;
  readonly dbName: string;
  readonly dbSchema?: string;
  readonly values: readonly string[];
}

/** What a rule can visit. */
export interface NodeMap {
  readonly schema: Schema;
  readonly table: Table;
  readonly column: Column;
  readonly index: Index;
  readonly foreignKey: ForeignKey;
  readonly policy: Policy;
  readonly enum: Enum;
  readonly migration: Migration;
  readonly statement: Statement;
  readonly change: Change;
  readonly query: Query;
  readonly rawSql: RawSql;
}

export type NodeKind = keyof NodeMap;
