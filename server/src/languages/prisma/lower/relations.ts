// Lowers relation fields: those that hold a foreign key, and the other ends, which hold none of ours.
import type { ForeignKey, ReferentialAction, TableName } from '../../../model/nodes';
import { argument, attributeNamed, textArgument, type Attribute, type Field, type Value } from '../parse/syntax';
import { constraintName } from './constraint-names';
import type { Declared } from './declared';
import { knowsFields, spanOf, type Lowering } from './lowering';

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  Cascade: 'cascade',
  Restrict: 'restrict',
  NoAction: 'no action',
  SetNull: 'set null',
  SetDefault: 'set default',
};

/** Adds the field's foreign key. Where the target isn't declared, its name in the code stands for its database name. */
export function lowerRelation(field: Field, target: Declared | undefined, lowering: Lowering): void {
  const { table, neighbours } = lowering;
  const relation = attributeNamed(field.attributes, 'relation');
  const columns = relation ? fieldNames(argument(relation, 'fields')?.value) : [];
  const named = { target: nameOf(field, target), ...relationName(relation) };
  if (!relation || columns.length === 0) {
    table.otherEnds.push({ span: spanOf(lowering, field), name: field.name, list: field.list, ...named });
    return;
  }
  if (!knowsFields(lowering, columns)) table.partial = true;
  const onDelete = action(relation, 'onDelete', lowering);
  const onUpdate = action(relation, 'onUpdate', lowering);
  const names = columns.map((name) => lowering.columnName(name));
  const dbName = textArgument(relation, 'map') ?? constraintName(table.dbName, names, '_fkey', neighbours.dialect);
  table.foreignKeys.push({
    kind: 'foreignKey',
    table,
    span: spanOf(lowering, field),
    nameSpan: spanOf(lowering, field.nameAt),
    name: field.name,
    ...(dbName !== undefined && { dbName }),
    columns: names,
    ...named,
    targetSpan: spanOf(lowering, field.typeAt),
    targetColumns: fieldNames(argument(relation, 'references')?.value).map((name) => neighbours.column(field.type, name)),
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    validated: true,
  });
}

function nameOf(field: Field, target: Declared | undefined): TableName {
  return { name: target?.dbName ?? field.type, ...(target?.dbSchema !== undefined && { schema: target.dbSchema }) };
}

/** `@relation("name")` and `@relation(name: "name")`. */
function relationName(relation: Attribute | undefined): { readonly relation?: string } {
  const name = textArgument(relation, 'name', 0);
  return name === undefined ? {} : { relation: name };
}

function fieldNames(value: Value | undefined): string[] {
  if (value?.kind === 'word') return [value.text];
  return value?.kind === 'array' ? value.items.flatMap((item) => (item.kind === 'word' ? [item.text] : [])) : [];
}

function action(relation: Attribute, key: string, lowering: Lowering): ForeignKey['onDelete'] {
  const value = argument(relation, key)?.value;
  const known = value?.kind === 'word' ? ACTIONS[value.text] : undefined;
  return value && known && { action: known, span: spanOf(lowering, value) };
}
