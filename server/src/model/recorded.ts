// What an ORM's tool keeps of the database that its migrations make, to tell what the next one has to change.
import type { ReferentialAction, TableName } from './nodes';

/** Something that may be on record, by its names in the database. */
export type Recorded =
  | ({ readonly kind: 'table' } & TableName)
  | { readonly kind: 'column'; readonly table: TableName; readonly name: string; readonly schema?: never; readonly required: boolean }
  | { readonly kind: 'index'; readonly table: TableName; readonly name: string; readonly schema?: never }
  | { readonly kind: 'foreignKey'; readonly table: TableName; readonly name: string; readonly schema?: never; readonly onDelete: ReferentialAction }
  /** With these values at least. */
  | ({ readonly kind: 'enum'; readonly values: readonly string[] } & TableName);
