// Row level security of tables.
import type { Span } from '../text/span';
import type { Table } from './nodes';

/** Row level security, where it is on. */
export interface RowSecurity {
  /** What turns it on: ENABLE ROW LEVEL SECURITY, `.enableRLS()`, or the policy that makes the ORM do so. */
  readonly span: Span;
  /** It holds for the table's owner too (FORCE ROW LEVEL SECURITY); absent where the language can't say so. */
  readonly forced?: boolean;
}

/** A row level security policy. */
export interface Policy {
  readonly kind: 'policy';
  readonly table: Table;
  /** The whole declaration. */
  readonly span: Span;
  /** What a finding about it points at. */
  readonly nameSpan: Span;
  readonly name: string;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly permissive: boolean;
  /** Roles that it is for; empty for everyone. */
  readonly roles: readonly string[];
  /** SQL that says which rows are seen; `raw` is exactly the text at `span`. */
  readonly using?: SqlText;
  /** SQL that says which rows may be written. */
  readonly withCheck?: SqlText;
}

/** SQL as the author wrote it, and where. */
export interface SqlText {
  readonly raw: string;
  readonly span: Span;
}
