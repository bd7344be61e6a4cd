// Builds the model's tables, whose columns, indexes and keys point back at their owner.
import type { Check, Column, ForeignKey, Index, Policy, Table } from '../../../model/nodes';
import type { TableSpec } from '../lower/effects';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type Buildable = Omit<TableSpec, 'likes' | 'loose'> & Partial<Pick<TableSpec, 'loose'>>;

/** Whether a type of this name is an enum, as far as the history tells. */
export type IsEnum = (name: { readonly name: string; readonly schema?: string }) => boolean;

/** A table as the model holds it. */
export function buildTable(spec: Buildable, isEnum: IsEnum = () => false): Table {
  const columns: Column[] = [];
  const indexes: Index[] = [];
  const foreignKeys: ForeignKey[] = [];
  const checks: Check[] = [];
  const table: Mutable<Table> = {
    kind: 'table',
    language: 'sql',
    dialect: 'postgresql',
    objectKind: spec.objectKind,
    span: spec.span,
    nameSpan: spec.nameSpan,
    name: spec.name,
    dbName: spec.name,
    columns,
    indexes,
    foreignKeys,
    checks,
    partial: spec.partial,
    ignored: false,
    temporary: spec.temporary,
  };
  if (spec.schema !== undefined) table.dbSchema = spec.schema;
  if (spec.partitionOf) table.partitionOf = spec.partitionOf;
  const unique = new Set<string>();
  for (const { nameParts: _parts, ...index } of spec.indexes) {
    const built: Index = { ...index, table };
    if (index.constraint === 'primary key') table.primaryKey = built;
    else indexes.push(built);
    const [only] = index.parts;
    if (index.unique && index.parts.length === 1 && only?.column !== undefined && !index.where) unique.add(only.column);
  }
  for (const { typeName, ...column } of spec.columns) {
    const type = typeName && isEnum(typeName) ? { ...pick(column.type), family: 'enum' as const, enumName: typeName.name, ...(typeName.schema !== undefined && { enumSchema: typeName.schema }) } : column.type;
    columns.push({ ...column, type, table, unique: unique.has(column.dbName) });
  }
  for (const foreignKey of spec.foreignKeys) foreignKeys.push({ ...foreignKey, table, ...(foreignKey.name === undefined ? {} : { dbName: foreignKey.name }) });
  for (const { columns: _named, ...check } of spec.checks) checks.push({ ...check, table });
  const exclusions = (spec.loose ?? []).flatMap(({ suffix, columns: _named, ...each }) => (suffix === 'excl' ? [{ ...each, kind: 'exclusion' as const, table }] : []));
  if (exclusions.length > 0) table.exclusions = exclusions;
  if (spec.options !== undefined) table.options = spec.options;
  if (spec.secured) table.rowSecurity = { span: spec.secured, forced: spec.forced ?? false };
  if (spec.policies && spec.policies.length > 0) table.policies = spec.policies.map((policy): Policy => ({ ...policy, table }));
  return table;
}

function pick({ span, raw, array }: Column['type']): Pick<Column['type'], 'span' | 'raw' | 'array'> {
  return { span, raw, array };
}
