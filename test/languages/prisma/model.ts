// Reads Prisma schemas for tests, and prints their model as compact text.
import { prisma, type PrismaParsed } from '../../../server/src/languages/prisma/index';
import type { Surroundings } from '../../../server/src/languages/language';
import { noFacts } from '../../../server/src/model/facts';
import type { Column, ColumnType, Default, ForeignKey, Index, IndexPart, Schema, Table } from '../../../server/src/model/nodes';
import type { Span } from '../../../server/src/text/span';

export const surroundings: Surroundings = { facts: noFacts };

/** Parses and lowers files given by name; a lone text becomes `schema.prisma`. */
export function read(files: string | Readonly<Record<string, string>>): { parsed: PrismaParsed[]; schema: Schema } {
  const named = typeof files === 'string' ? { 'schema.prisma': files } : files;
  const parsed = Object.entries(named).map(([path, text]) => prisma.parse(path, text));
  return { parsed, schema: prisma.lower(parsed, surroundings) };
}

/** A data source in front of the text. */
export function withDatasource(text: string, provider = 'postgresql', settings = ''): string {
  return `datasource db {\n  provider = "${provider}"\n${settings}}\n\n${text}`;
}

/** The lines of a text, without the blanks around them. */
export function lines(text: string): string[] {
  return text.trim().split('\n').map((line) => line.trim());
}

export function printSchema(schema: Schema): string {
  const enums = schema.enums.map(({ name, dbName, dbSchema, values }) => `enum ${named(name, dbName, dbSchema)}: ${values.join(', ')}`);
  return [...schema.tables.map(printTable), ...enums].join('\n');
}

export function printTable(table: Table): string {
  const marks = [table.partial && 'partial', table.ignored && 'ignored'].filter((mark) => mark !== false);
  const lines = [`${table.objectKind} ${named(table.name, table.dbName, table.dbSchema)}${marks.length > 0 ? ` [${marks.join(', ')}]` : ''}`];
  lines.push(...table.columns.map(printColumn));
  if (table.primaryKey) lines.push(printIndex(table.primaryKey));
  lines.push(...table.indexes.map(printIndex), ...table.foreignKeys.map(printForeignKey));
  return lines.join('\n  ');
}

function named(name: string, dbName: string, dbSchema?: string): string {
  const database = dbSchema === undefined ? dbName : `${dbSchema}.${dbName}`;
  return name === database ? name : `${name} -> ${database}`;
}

function printColumn(column: Column): string {
  const marks = [column.unique && 'unique', column.updatedAutomatically && 'updated'].filter((mark) => mark !== false);
  const type = `${printType(column.type)}${'[]'.repeat(column.type.array)}${column.nullable ? '?' : ''}`;
  const fallback = column.default ? ` = ${printDefault(column.default)}` : '';
  return `${named(column.name, column.dbName)}: ${type}${fallback}${marks.map((mark) => ` ${mark}`).join('')}`;
}

export function printType(type: ColumnType): string {
  switch (type.family) {
    case 'integer':
      return `int${type.bits}${type.serial ? ' serial' : ''}`;
    case 'text':
      return type.form + (type.length === undefined ? '' : `(${type.length})`);
    case 'timestamp': {
      const precision = type.precision === undefined ? '' : `(${type.precision})`;
      return `timestamp${type.zoned ? 'tz' : ''}${precision}${type.implied ? ' implied' : ''}`;
    }
    case 'numeric':
      return type.precision === undefined ? 'numeric' : `numeric(${type.precision},${type.scale ?? 0})`;
    case 'float':
      return `float${type.bits}`;
    case 'json':
      return type.binary ? 'jsonb' : 'json';
    case 'time':
      return type.zoned ? 'timetz' : 'time';
    case 'enum':
      return `enum ${type.enumName}`;
    default:
      return type.family;
  }
}

function printDefault(value: Default): string {
  const by = value.by === 'client' ? ' by client' : '';
  switch (value.kind) {
    case 'uuid':
      return `uuid${value.version}${by}`;
    case 'literal':
      return JSON.stringify(value.value) + by;
    default:
      return value.kind + by;
  }
}

function printIndex(index: Index): string {
  const sort = index.constraint ?? (index.unique ? 'unique index' : 'index');
  const method = index.method === 'btree' ? '' : ` ${index.method}`;
  const where = index.where ? ` where ${index.where.raw}` : '';
  return `${sort}${index.inline ? ' inline' : ''} ${index.name ?? '-'}${method} (${index.parts.map(printPart).join(', ')})${where}`;
}

function printPart({ column, expression, sort, ops }: IndexPart): string {
  return `${column ?? `<${expression ?? ''}>`}${sort === 'desc' ? ' desc' : ''}${ops === undefined ? '' : ` ${ops}`}`;
}

function printForeignKey(key: ForeignKey): string {
  const target = key.target.schema === undefined ? key.target.name : `${key.target.schema}.${key.target.name}`;
  const rules = `${key.onDelete ? ` on delete ${key.onDelete.action}` : ''}${key.onUpdate ? ` on update ${key.onUpdate.action}` : ''}`;
  return `foreign key ${key.name ?? '-'} (${key.columns.join(', ')}) -> ${target} (${key.targetColumns.join(', ')})${rules}`;
}

/** Every span of the schema with a name that tells what it is. */
export function spansOf(schema: Schema): [string, Span][] {
  const spans: [string, Span][] = [];
  const add = (name: string, span: Span | undefined): void => void (span && spans.push([name, span]));
  for (const table of schema.tables) {
    const of = table.name;
    add(`${of} table`, table.span);
    add(`${of} name`, table.nameSpan);
    for (const column of table.columns) {
      const name = `${of}.${column.name}`;
      add(`${name} column`, column.span);
      add(`${name} name`, column.nameSpan);
      add(`${name} type`, column.type.span);
      add(`${name} default`, column.default?.span);
    }
    for (const index of [...(table.primaryKey ? [table.primaryKey] : []), ...table.indexes]) {
      add(`${of} index`, index.span);
      add(`${of} where`, index.where?.span);
      for (const part of index.parts) add(`${of} part`, part.span);
    }
    for (const key of table.foreignKeys) {
      const name = `${of}.${key.name ?? ''}`;
      add(`${name} relation`, key.span);
      add(`${name} name`, key.nameSpan);
      add(`${name} target`, key.targetSpan);
      add(`${name} onDelete`, key.onDelete?.span);
      add(`${name} onUpdate`, key.onUpdate?.span);
    }
  }
  for (const node of schema.enums) {
    add(`${node.name} enum`, node.span);
    add(`${node.name} name`, node.nameSpan);
  }
  return spans;
}
