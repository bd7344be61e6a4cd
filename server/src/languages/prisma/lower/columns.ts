// Lowers the fields of a model that are columns, and what is written on them.
import type { Column, ColumnType, Default } from '../../../model/nodes';
import { argument, attributeNamed, type Attribute, type Field } from '../parse/syntax';
import { commentOf } from './comment';
import { mappedName, type Declared } from './declared';
import { defaultOf } from './defaults';
import { spanOf, textOf, type Lowering, type Mutable } from './lowering';
import { nativeType, scalarType, unsupportedType, type TypeFacts } from './types';

/** Adds the field's column to the table. `declared` is what its type's name stands for where that is no scalar. */
export function lowerColumn(field: Field, declared: Declared | undefined, lowering: Lowering): void {
  const { table, neighbours } = lowering;
  const value = attributeNamed(field.attributes, 'default');
  const given = value && argument(value, 'value', 0)?.value;
  const fallback = given && inDatabase(defaultOf(given, { span: spanOf(lowering, given), raw: textOf(lowering, given) }, neighbours.dialect), declared);
  const column: Mutable<Column> = {
    kind: 'column',
    table,
    span: spanOf(lowering, field),
    nameSpan: spanOf(lowering, field.nameAt),
    name: field.name,
    dbName: mappedName(field.attributes, field.name),
    type: columnType(field, declared, fallback?.kind === 'sequence', lowering),
    // Prisma creates list columns without NOT NULL.
    nullable: field.optional || field.list,
    unique: isUnique(field, lowering),
    updatedAutomatically: attributeNamed(field.attributes, 'updatedAt') !== undefined,
    generated: false,
  };
  if (fallback) column.default = fallback;
  const comment = commentOf(field, lowering.chunk.text);
  if (comment !== undefined) column.comment = comment;
  table.columns.push(column);
}

/** The default with an enum's value under its name in the database. */
function inDatabase(given: Default, declared: Declared | undefined): Default {
  const renamed = given.kind === 'literal' && typeof given.value === 'string' ? declared?.renamed.get(given.value) : undefined;
  return given.kind === 'literal' && renamed !== undefined ? { ...given, value: renamed } : given;
}

/** The native type that the author wrote on the field. */
export function nativeAttribute(field: Field): Attribute | undefined {
  return field.attributes.find((attribute) => attribute.group !== undefined);
}

function columnType(field: Field, declared: Declared | undefined, serial: boolean, lowering: Lowering): ColumnType {
  const native = nativeAttribute(field);
  const facts = typeFacts(field, native, declared, lowering);
  const place = native ?? field.typeAt;
  const span = spanOf(lowering, place);
  const raw = textOf(lowering, place);
  const array = field.list ? 1 : 0;
  return facts.family === 'integer' ? { ...facts, serial, span, raw, array } : { ...facts, span, raw, array };
}

function typeFacts(field: Field, native: Attribute | undefined, declared: Declared | undefined, { neighbours }: Lowering): TypeFacts {
  if (declared?.kind === 'enum') return { family: 'enum', enumName: declared.dbName };
  // MySQL keeps booleans in a TINYINT, which the author may spell out.
  if (field.type === 'Boolean') return { family: 'boolean' };
  if (native) return nativeType(native.name, native.args, neighbours.dialect);
  if (field.unsupported !== undefined) return unsupportedType(field.unsupported);
  return scalarType(field.type, neighbours.dialect) ?? { family: 'other' };
}

function isUnique(field: Field, { block }: Lowering): boolean {
  const inline = attributeNamed(field.attributes, 'unique');
  if (inline && !argument(inline, 'where')) return true;
  if (attributeNamed(field.attributes, 'id')) return true;
  return block.members.some((member) => {
    if (member.kind !== 'attribute' || (member.attribute.name !== 'unique' && member.attribute.name !== 'id')) return false;
    const fields = argument(member.attribute, 'fields', 0)?.value;
    if (fields?.kind !== 'array' || fields.items.length !== 1 || argument(member.attribute, 'where')) return false;
    const [only] = fields.items;
    return only?.kind === 'word' ? only.text === field.name : only?.kind === 'call' && only.name === field.name;
  });
}
