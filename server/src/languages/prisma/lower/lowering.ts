// What the parts of lowering one block share: its text, its places, its names.
import type { RelationEnd, Table } from '../../../model/nodes';
import { spanIn, type Span } from '../../../text/span';
import type { Chunk } from '../parse/parse';
import { fieldsOf, type Block, type Range } from '../parse/syntax';
import type { Neighbours } from './environment';

/** A node while its optional parts are added. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A table while its parts are added: they point back at it. */
export interface TableDraft extends Mutable<Omit<Table, 'columns' | 'indexes' | 'foreignKeys' | 'otherEnds'>> {
  readonly columns: Table['columns'][number][];
  readonly indexes: Table['indexes'][number][];
  readonly foreignKeys: Table['foreignKeys'][number][];
  readonly otherEnds: RelationEnd[];
}

export interface Lowering {
  readonly chunk: Chunk;
  readonly block: Block;
  readonly neighbours: Neighbours;
  readonly table: TableDraft;
  /** Database name of one of the block's own fields. */
  columnName(field: string): string;
}

/** Whether the block has fields of all these names, one at least; a path into a composite type is another matter. */
export function knowsFields({ block }: Lowering, names: readonly string[]): boolean {
  const known = new Set(fieldsOf(block).map(({ name }) => name));
  return names.length > 0 && names.every((name) => name.includes('.') || known.has(name));
}

export function spanOf({ chunk }: { readonly chunk: Chunk }, { from, to }: Range): Span {
  return spanIn(chunk.anchor, from, to);
}

export function textOf({ chunk }: { readonly chunk: Chunk }, { from, to }: Range): string {
  return chunk.text.slice(from, to);
}
