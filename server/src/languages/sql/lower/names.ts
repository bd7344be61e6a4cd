// Names as the parse tree holds them.
import type { Node, RangeVar } from 'libpg-query';
import type { TableName } from '../../../model/nodes';
import type { Span } from '../../../text/span';
import type { Source } from './source';

/** The text of a String node. */
export function stringOf(node: Node | undefined): string | undefined {
  return node && 'String' in node ? (node.String.sval ?? '') : undefined;
}

export function stringsOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => stringOf(node) ?? []);
}

/** A name out of its parts, the last being the object's own. */
export function nameOf(nodes: readonly Node[] | undefined): TableName {
  const parts = stringsOf(nodes);
  return tableName(parts.at(-1) ?? '', parts.at(-2));
}

export function tableName(name: string, schema?: string): TableName {
  return schema ? { name, schema } : { name };
}

export function relationName(relation: RangeVar | undefined): TableName {
  return tableName(relation?.relname ?? '', relation?.schemaname);
}

export interface Relation {
  readonly table: TableName;
  /** The whole name as written, its schema included. */
  readonly span: Span;
  /** The last part, without quotes. */
  readonly nameSpan: Span;
  /** Index of the first token behind it. */
  readonly next: number;
}

/** Where a relation is named. */
export function relationAt(source: Source, relation: RangeVar | undefined): Relation {
  const from = source.at(relation?.location);
  let last = from;
  while (source.is(last + 1, '.')) last += 2;
  return {
    table: relationName(relation),
    span: source.span({ from, to: last + 1 }),
    nameSpan: source.nameSpan(last),
    next: last + 1,
  };
}

/** The members of a List node. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node && 'List' in node ? (node.List.items ?? []) : [];
}
