// What other blocks may know of a block: its kind and its names in the database.
import type { Chunk } from '../parse/parse';
import { attributeNamed, attributesOf, fieldsOf, textArgument, type Attribute, type Block } from '../parse/syntax';

export interface Declared {
  readonly kind: 'model' | 'view' | 'type' | 'enum';
  readonly dbName: string;
  readonly dbSchema?: string;
  /** Database names of its fields. */
  readonly columns: ReadonlyMap<string, string>;
  /** Of an enum: names in the database of the values that have others there. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Equal for two declarations that differ in their fields, or in values of the same name in the database, only. */
  readonly signature: string;
}

const known = new WeakMap<Chunk, Declared>();

/** What the chunk declares; undefined for a data source, a generator and what isn't a block. */
export function declaredBy(chunk: Chunk): Declared | undefined {
  const { block } = chunk;
  if (!block || block.kind === 'datasource' || block.kind === 'generator') return undefined;
  let declared = known.get(chunk);
  if (!declared) known.set(chunk, (declared = describe(block, block.kind)));
  return declared;
}

function describe(block: Block, kind: Declared['kind']): Declared {
  const attributes = attributesOf(block);
  const dbName = mappedName(attributes, block.name);
  const dbSchema = textArgument(attributeNamed(attributes, 'schema'), 'map', 0);
  const values = block.members.flatMap((member) => (member.kind === 'value' ? [[member.name, mappedName(member.attributes, member.name)] as const] : []));
  const renamed = values.filter(([name, inDatabase]) => name !== inDatabase);
  return {
    kind,
    dbName,
    ...(dbSchema !== undefined && { dbSchema }),
    columns: new Map(fieldsOf(block).map((field) => [field.name, mappedName(field.attributes, field.name)])),
    renamed: new Map(renamed),
    signature: JSON.stringify([kind, dbName, dbSchema, renamed]),
  };
}

/** The name that `@map` or `@@map` gives, else the one in the code. */
export function mappedName(attributes: readonly Attribute[], name: string): string {
  return textArgument(attributeNamed(attributes, 'map'), 'name', 0) ?? name;
}
