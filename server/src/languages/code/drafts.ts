// What the readers of the two ORMs find in a call, before it is known what becomes of its rows.
import type { ts } from 'ts-morph';
import type { QueryVerb, TableReference } from '../../model/queries';
import type { FilterList } from './filters';
import type { ReadDraft } from './reads';
import type { Property } from './values';

export interface Draft {
  /** The outermost call of the chain. */
  readonly call: ts.CallExpression;
  readonly method: string;
  readonly methodNode: ts.Node;
  readonly client: ts.Node;
  readonly table: TableReference;
  readonly verb: QueryVerb;
  readonly many: boolean;
  readonly filters: FilterList;
  readonly writes: readonly Property[];
  readonly writesKnown: boolean;
  readonly locks: boolean;
  readonly reads: readonly ReadDraft[];
  /** It gives rows of its table whose columns have their own names. */
  readonly rows: boolean;
}
