// The tables that Prisma makes by itself for many-to-many relations.
import { truncated } from './identifiers';
import { nameOf, sameTable } from './names';
import type { RelationEnd, Table, TableName } from './nodes';

export interface ImplicitJunction {
  /** Its name in the database. */
  readonly name: string;
  /** The tables that its columns A and B reference. */
  readonly a: Table;
  readonly b: Table;
}

/** The table behind a relation whose sides both hold lists; undefined where there is none. */
export function implicitJunction(end: RelationEnd, table: Table, find: (name: TableName) => Table | undefined): ImplicitJunction | undefined {
  const other = end.list ? find(end.target) : undefined;
  const own = nameOf(table);
  const back = other?.otherEnds?.find((each) => each !== end && each.list && each.relation === end.relation && sameTable(each.target, own));
  if (!other || !back) return undefined;
  const [a, b] = table.name <= other.name ? [table, other] : [other, table];
  return { name: truncated(`_${end.relation ?? `${a.name}To${b.name}`}`), a, b };
}
