// What columns hold, and what a new row gets in them.
import type { Span } from '../text/span';

interface TypeBase {
  /** What a finding about the type points at: the type itself, or the attribute that decides it (`@db.VarChar(20)`). */
  readonly span: Span;
  /** The author's spelling of that place. */
  readonly raw: string;
  /** Number of array dimensions; 0 for a plain value. */
  readonly array: number;
}

/** Rules compare families; messages quote `raw`. */
export type ColumnType = TypeBase &
  (
    | { readonly family: 'integer'; readonly bits: 8 | 16 | 24 | 32 | 64; readonly serial: boolean }
    | {
        readonly family: 'text';
        readonly form: 'text' | 'varchar' | 'char';
        /** Characters; absent where no limit is written. */
        readonly length?: number;
      }
    | {
        readonly family: 'timestamp';
        /** Whether it keeps an instant (timestamptz) rather than a wall clock reading. */
        readonly zoned: boolean;
        /** Digits of the second; absent where the database's default holds. */
        readonly precision?: number;
        /** No native type is written and the ORM chose this one (Prisma's bare `DateTime`). */
        readonly implied: boolean;
      }
    | { readonly family: 'numeric'; readonly precision?: number; readonly scale?: number }
    | { readonly family: 'float'; readonly bits: 32 | 64 }
    | { readonly family: 'json'; readonly binary: boolean }
    | { readonly family: 'time'; readonly zoned: boolean }
    | {
        readonly family: 'enum';
        readonly enumName: string;
        /** Where the author writes it, in SQL. */
        readonly enumSchema?: string;
      }
    | { readonly family: 'uuid' | 'boolean' | 'date' | 'interval' | 'bytes' | 'money' | 'tsvector' | 'other' }
  );

/** What a new row gets where the writer gives nothing. `by` tells who makes the value. */
export type Default = {
  readonly span: Span;
  /** The author's spelling of the value, without the attribute or call around it. */
  readonly raw: string;
  readonly by: 'database' | 'client';
} & (
  | {
      readonly kind: 'uuid';
      /** 4 is random, 7 is ordered by time. */
      readonly version: 1 | 4 | 7;
    }
  | { readonly kind: 'now' }
  | { readonly kind: 'sequence' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'expression' }
);
