// What one statement means by itself, before any history: cached with its chunk, so it names tables and owns none.
import type { Change } from '../../../model/changes';
import type { Check, Column, ColumnType, Default, Enum, ForeignKey, Index, Policy, Table, TableName } from '../../../model/nodes';
import type { Span } from '../../../text/span';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A change without what only the history knows. */
export type ChangeDraft = DistributiveOmit<Change, 'kind' | 'statement' | 'lifetime'>;

/** A column without its owner. */
export interface ColumnSpec extends Omit<Column, 'table' | 'unique'> {
  /** Name of a type that isn't built in: the history tells whether it is an enum. */
  readonly typeName?: TableName;
}
export interface IndexSpec extends Omit<Index, 'table'> {
  /** What its parts are called in the name that PostgreSQL makes up for it. */
  readonly nameParts?: readonly string[];
}
export type ForeignKeySpec = Omit<ForeignKey, 'table'>;
export interface CheckSpec extends Omit<Check, 'table'> {
  /** Columns that its condition names. */
  readonly columns: readonly string[];
}
export type PolicySpec = Omit<Policy, 'table'>;
/** What ALTER POLICY says anew. */
export type PolicyPatch = Partial<Pick<Policy, 'roles' | 'using' | 'withCheck'>>;
/** A constraint that the model has no node for; it only needs to be found by its name. */
export interface LooseConstraint {
  readonly kind: 'loose';
  readonly name?: string;
  readonly suffix: 'excl' | 'not_null';
  readonly columns: readonly string[];
  readonly span: Span;
  /** Without its name. */
  readonly raw: string;
}

/** A column definition with the constraints written on it. */
export interface ColumnAddition {
  readonly column: ColumnSpec;
  readonly indexes: readonly IndexSpec[];
  readonly foreignKeys: readonly ForeignKeySpec[];
  readonly checks: readonly CheckSpec[];
}

/** `LIKE source INCLUDING …`. */
export interface LikeSpec {
  readonly source: TableName;
  /** How many of the table's own columns stand before it. */
  readonly position: number;
  readonly defaults: boolean;
  readonly indexes: boolean;
  readonly checks: boolean;
}

export interface TableSpec
  extends Pick<Table, 'span' | 'nameSpan' | 'objectKind' | 'name' | 'partial' | 'temporary' | 'partitionOf' | 'options'> {
  readonly schema?: string;
  readonly columns: readonly ColumnSpec[];
  /** The primary key among them. */
  readonly indexes: readonly IndexSpec[];
  readonly foreignKeys: readonly ForeignKeySpec[];
  readonly checks: readonly CheckSpec[];
  readonly loose: readonly LooseConstraint[];
  readonly likes: readonly LikeSpec[];
  /** What turned row level security on. */
  readonly secured?: Span;
  /** FORCE ROW LEVEL SECURITY, which the table keeps while security is off. */
  readonly forced?: boolean;
  readonly policies?: readonly PolicySpec[];
}

/** What later changes of a column replace. */
export interface ColumnPatch {
  readonly type?: { readonly type: ColumnType; readonly typeName?: TableName; readonly collation?: string };
  readonly nullable?: boolean;
  /** `none` takes the default away. */
  readonly default?: Default | 'none';
  readonly generated?: boolean;
}

/** What a statement does to the catalog. */
export type Act =
  | { readonly do: 'createTable'; readonly table: TableSpec; readonly ifNotExists: boolean; readonly replace: boolean }
  | { readonly do: 'dropTable'; readonly table: TableName }
  | { readonly do: 'renameTable'; readonly table: TableName; readonly newName: string }
  | { readonly do: 'moveTable'; readonly table: TableName; readonly schema: string }
  | { readonly do: 'dropSchema'; readonly name: string }
  | { readonly do: 'renameSchema'; readonly name: string; readonly newName: string }
  | { readonly do: 'addColumn'; readonly table: TableName; readonly added: ColumnAddition; readonly ifNotExists: boolean }
  | { readonly do: 'dropColumn'; readonly table: TableName; readonly column: string }
  | { readonly do: 'renameColumn'; readonly table: TableName; readonly column: string; readonly newName: string }
  | { readonly do: 'alterColumn'; readonly table: TableName; readonly column: string; readonly patch: ColumnPatch }
  | {
      readonly do: 'addIndex';
      readonly table: TableName;
      readonly index: IndexSpec;
      readonly ifNotExists: boolean;
      /** The existing index that becomes a constraint. */
      readonly usingIndex?: string;
    }
  | { readonly do: 'addForeignKey'; readonly table: TableName; readonly foreignKey: ForeignKeySpec }
  | { readonly do: 'addCheck'; readonly table: TableName; readonly check: CheckSpec }
  | { readonly do: 'addLoose'; readonly table: TableName; readonly constraint: LooseConstraint }
  | { readonly do: 'dropConstraint' | 'validateConstraint'; readonly table: TableName; readonly name: string }
  | { readonly do: 'setTiming'; readonly table: TableName; readonly name: string; readonly timing?: ForeignKey['timing'] }
  | { readonly do: 'renameConstraint'; readonly table: TableName; readonly name: string; readonly newName: string }
  | { readonly do: 'secure'; readonly table: TableName; readonly at?: Span }
  | { readonly do: 'force'; readonly table: TableName; readonly forced: boolean }
  | { readonly do: 'addPolicy'; readonly table: TableName; readonly policy: PolicySpec }
  | { readonly do: 'alterPolicy'; readonly table: TableName; readonly name: string; readonly patch: PolicyPatch }
  | { readonly do: 'renamePolicy'; readonly table: TableName; readonly name: string; readonly newName: string }
  | { readonly do: 'dropPolicy'; readonly table: TableName; readonly name: string }
  | { readonly do: 'dropIndex'; readonly index: TableName }
  | { readonly do: 'renameIndex'; readonly index: TableName; readonly newName: string }
  | { readonly do: 'addEnum'; readonly node: Enum }
  | {
      readonly do: 'addEnumValue';
      readonly type: TableName;
      readonly value: string;
      readonly neighbor?: string;
      readonly after: boolean;
    }
  | { readonly do: 'renameEnumValue'; readonly type: TableName; readonly value: string; readonly newName: string }
  | { readonly do: 'renameType'; readonly type: TableName; readonly newName: string }
  | { readonly do: 'dropType'; readonly type: TableName }
  /** An empty text takes the comment away. */
  | { readonly do: 'comment'; readonly table: TableName; readonly column: string; readonly text: string }
  | { readonly do: 'attach'; readonly table: TableName; readonly parent?: TableName }
  /** Something is done to the table that can't be read. */
  | { readonly do: 'blur'; readonly table: TableName };

export interface Effect {
  readonly change: ChangeDraft;
  readonly acts: readonly Act[];
}

/** A change that leaves the catalog as it is. */
export function mereChange(change: ChangeDraft): Effect {
  return { change, acts: [] };
}

