// Lowers one model or view into a table.
import type { Table } from '../../../model/nodes';
import type { Chunk } from '../parse/parse';
import { attributeNamed, attributesOf, type Attribute, type Block, type Field } from '../parse/syntax';
import { lowerColumn } from './columns';
import { declaredBy } from './declared';
import type { Neighbours } from './environment';
import { lowerBlockIndex, lowerFieldIndex } from './indexes';
import { spanOf, type Lowering, type TableDraft } from './lowering';
import { lowerRelation } from './relations';
import { scalarType } from './types';

/** The table of a model's or view's block; `view` where a comment says that the model stands for one. */
export function lowerTable(chunk: Chunk, block: Block, neighbours: Neighbours, view: boolean): Table {
  const declared = declaredBy(chunk);
  const attributes = attributesOf(block);
  const table: TableDraft = {
    kind: 'table',
    language: 'prisma',
    dialect: neighbours.dialect,
    objectKind: view || block.kind === 'view' ? 'view' : 'table',
    span: spanOf({ chunk }, { from: 0, to: chunk.text.trimEnd().length }),
    nameSpan: spanOf({ chunk }, block.nameAt),
    name: block.name,
    dbName: declared?.dbName ?? block.name,
    ...(declared?.dbSchema !== undefined && { dbSchema: declared.dbSchema }),
    columns: [],
    indexes: [],
    foreignKeys: [],
    otherEnds: [],
    checks: [],
    partial: block.broken.length > 0 || block.close === undefined || !attributes.every(isKnownBlockAttribute),
    ignored: attributeNamed(attributes, 'ignore') !== undefined,
    temporary: false,
  };
  const columnName = (field: string): string => declared?.columns.get(field) ?? field;
  const lowering: Lowering = { chunk, block, neighbours, table, columnName };
  for (const member of block.members) {
    if (member.kind === 'field') lowerField(member, lowering);
    else if (member.kind === 'attribute') lowerBlockIndex(member.attribute, lowering);
  }
  return table;
}

function lowerField(field: Field, lowering: Lowering): void {
  const { table, neighbours } = lowering;
  if (!field.attributes.every(isKnownFieldAttribute)) table.partial = true;
  const scalar = field.unsupported !== undefined || scalarType(field.type, neighbours.dialect) !== undefined;
  const declared = scalar ? undefined : neighbours.find(field.type);
  const related = declared?.kind === 'model' || declared?.kind === 'view';
  if (!scalar && !declared) {
    // A type that is half typed, or a model in a file that isn't at hand.
    table.partial = true;
    if (field.list || attributeNamed(field.attributes, 'relation')) return lowerRelation(field, undefined, lowering);
  }
  if (related) return lowerRelation(field, declared, lowering);
  lowerColumn(field, declared, lowering);
  for (const attribute of field.attributes) lowerFieldIndex(attribute, field, lowering);
}

const FIELD_ATTRIBUTES = new Set(['id', 'unique', 'default', 'updatedAt', 'map', 'relation', 'ignore', 'shardKey']);
const BLOCK_ATTRIBUTES = new Set(['id', 'unique', 'index', 'fulltext', 'map', 'schema', 'ignore', 'shardKey']);

/** A half-typed attribute may be going to say what would otherwise be missed. */
function isKnownFieldAttribute({ group, name }: Attribute): boolean {
  return group !== undefined || FIELD_ATTRIBUTES.has(name);
}

function isKnownBlockAttribute({ group, name }: Attribute): boolean {
  return group === undefined && BLOCK_ATTRIBUTES.has(name);
}
