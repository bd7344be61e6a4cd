// Foreign keys, and relations that code declares without them.
import type { Span } from '../text/span';
import type { Table, TableName } from './nodes';

export type ReferentialAction = 'cascade' | 'restrict' | 'no action' | 'set null' | 'set default';

export interface ReferentialRule {
  readonly action: ReferentialAction;
  readonly span: Span;
  /** The columns that are set, where only some are: `SET NULL (owner_id)`. */
  readonly columns?: readonly string[];
}

export interface ForeignKey {
  readonly kind: 'foreignKey';
  readonly table: Table;
  /** The whole declaration: relation field, `.references(…)` call, constraint. */
  readonly span: Span;
  /** What a finding about it points at. */
  readonly nameSpan: Span;
  /** What the author's code calls it: the relation field in Prisma, the constraint in SQL. */
  readonly name?: string;
  /** Name of the constraint in the database, where one is written or the ORM's rule for it is known. */
  readonly dbName?: string;
  /** As `RelationEnd.relation`. */
  readonly relation?: string;
  /** Database names of the referencing columns. */
  readonly columns: readonly string[];
  /** The referenced table, by its database name. */
  readonly target: TableName;
  /** Where the target is named. */
  readonly targetSpan: Span;
  /** Database names of the referenced columns; empty where the text names none (the target's primary key). */
  readonly targetColumns: readonly string[];
  /** Absent where the author wrote none. */
  readonly onDelete?: ReferentialRule;
  readonly onUpdate?: ReferentialRule;
  /** False after ADD … NOT VALID, until VALIDATE. */
  readonly validated: boolean;
  /** MATCH FULL. */
  readonly match?: 'full';
  /** When the key is checked, where it isn't after each statement. */
  readonly timing?: 'DEFERRABLE' | 'DEFERRABLE INITIALLY DEFERRED';
}

/** The side of a relation that holds no key, or one of the sides of a many-to-many relation without a table of its own. */
export interface RelationEnd {
  readonly span: Span;
  /** What the author's code calls it. */
  readonly name: string;
  /** The table on the other side, by its database name. */
  readonly target: TableName;
  readonly list: boolean;
  /** The name that tells it from other relations of the same two tables. */
  readonly relation?: string;
}

/** One row of another table, found by columns that the author's code names; it makes no key in the database. */
export interface DeclaredRelation {
  readonly span: Span;
  /** What a finding about it points at. */
  readonly nameSpan: Span;
  /** What the author's code calls it. */
  readonly name: string;
  /** The table that it is declared for, by its database name. */
  readonly table: TableName;
  /** Database names, in pairs with those of the target. */
  readonly columns: readonly string[];
  readonly target: TableName;
  readonly targetColumns: readonly string[];
}
