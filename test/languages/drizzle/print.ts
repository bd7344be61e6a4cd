// Helpers of the Drizzle tests: sources in, the model as compact text out.
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { ModuleParsed } from '../../../server/src/languages/typescript/parse';
import type { Surroundings } from '../../../server/src/languages/language';
import { noFacts, type Facts } from '../../../server/src/model/facts';
import type { Column, ColumnType, ForeignKey, Index, Schema, Table } from '../../../server/src/model/nodes';

export interface World {
  readonly schema: Schema;
  readonly parsed: ReadonlyMap<string, ModuleParsed>;
}

/** Lowers files given by path; imports reach them by relative paths with the usual endings. Only `schemas` are lowered. */
export function lower(files: Readonly<Record<string, string>>, options: { schemas?: readonly string[]; facts?: Partial<Facts>; previous?: World } = {}): World {
  const parsed = new Map<string, ModuleParsed>();
  for (const [path, text] of Object.entries(files)) parsed.set(path, drizzle.parse(path, text, options.previous?.parsed.get(path)));
  const surroundings: Surroundings = {
    facts: { ...noFacts, ...options.facts },
    module: (from, specifier) => resolveModule(parsed, from, specifier),
  };
  const chosen = options.schemas ?? Object.keys(files);
  const schema = drizzle.lower(chosen.flatMap((path) => parsed.get(path) ?? []), surroundings);
  return { schema, parsed };
}

function resolveModule(parsed: ReadonlyMap<string, ModuleParsed>, from: string, specifier: string): ModuleParsed | undefined {
  if (!specifier.startsWith('.') && !specifier.startsWith('@/')) return undefined;
  const base = specifier.startsWith('@/') ? new URL(specifier.slice(2), 'file:///') : new URL(specifier, `file://${from}`);
  for (const ending of ['', '.ts', '.tsx', '.js', '/index.ts']) {
    const found = parsed.get(base.pathname.replace(/\.js$/, '') + ending);
    if (found) return found;
  }
  return undefined;
}

/** Lowers one file with the usual imports of PostgreSQL's builders in front. */
export function lowerPg(body: string, options: { facts?: Partial<Facts> } = {}): World {
  return lower({ '/schema.ts': PG + body }, options);
}

export const PG = `import { sql } from "drizzle-orm";
import { bigint, bigserial, boolean, char, check, customType, date, foreignKey, index, integer, interval, json, jsonb, numeric, pgEnum, pgPolicy, pgSchema, pgTable, pgTableCreator, primaryKey, real, serial, smallint, text, time, timestamp, unique, uniqueIndex, uuid, varchar, vector, type AnyPgColumn } from "drizzle-orm/pg-core";
`;

export function printSchema(schema: Schema): string {
  const enums = schema.enums.map((node) => `enum ${node.dbSchema ? `${node.dbSchema}.` : ''}${node.dbName} (${node.values.join(' ')})`);
  return [...enums, ...schema.tables.map(printTable)].join('\n');
}

export function printTable(table: Table): string {
  const head = `${table.dialect} ${table.dbSchema ? `${table.dbSchema}.` : ''}${table.dbName} = ${table.name}${table.partial ? ' partial' : ''}`;
  const lines = [
    ...table.columns.map(printColumn),
    ...(table.primaryKey ? [printIndex(table.primaryKey)] : []),
    ...table.indexes.map(printIndex),
    ...table.foreignKeys.map(printForeignKey),
    ...table.checks.map((check) => `check ${check.name ?? '-'}: ${check.raw}`),
  ];
  return [head, ...lines.map((line) => `  ${line}`)].join('\n');
}

function printColumn(column: Column): string {
  const { default: value } = column;
  const said = value && ` default:${value.by === 'client' ? '$' : ''}${value.kind}${value.kind === 'uuid' ? value.version : ''}${value.kind === 'literal' ? `=${String(value.value)}` : ''}`;
  const flags = [column.nullable ? '?' : '', column.unique ? ' unique' : '', column.updatedAutomatically ? ' updated' : '', column.generated ? ' generated' : ''];
  return `${column.name}${column.dbName === column.name ? '' : `(${column.dbName})`}: ${printType(column.type)}${flags.join('')}${said ?? ''}`;
}

export function printType(type: ColumnType): string {
  return facts(type) + '[]'.repeat(type.array);
}

function facts(type: ColumnType): string {
  switch (type.family) {
    case 'integer':
      return `int${type.bits}${type.serial ? ' serial' : ''}`;
    case 'text':
      return type.form + (type.length === undefined ? '' : `(${type.length})`);
    case 'timestamp':
      return (type.zoned ? 'timestamptz' : 'timestamp') + (type.precision === undefined ? '' : `(${type.precision})`);
    case 'numeric':
      return `numeric${type.precision === undefined ? '' : `(${type.precision}${type.scale === undefined ? '' : `,${type.scale}`})`}`;
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

function printIndex(index: Index): string {
  const what = index.constraint ?? (index.unique ? 'unique index' : 'index');
  const parts = index.parts.map((part) => {
    const order = `${part.sort === 'desc' ? ' desc' : ''}${part.nulls ? ` nulls ${part.nulls}` : ''}${part.ops ? ` ${part.ops}` : ''}`;
    return (part.column ?? `{${part.expression ?? ''}}`) + order;
  });
  const flags = [
    index.method === 'btree' ? '' : ` using ${index.method}`,
    index.where ? ` where ${index.where.raw}` : '',
    index.nullsNotDistinct ? ' nulls not distinct' : '',
    index.concurrently ? ' concurrently' : '',
    index.inline ? ' inline' : '',
  ];
  return `${what} ${index.name ?? '-'} (${parts.join(', ')})${flags.join('')}`;
}

function printForeignKey(key: ForeignKey): string {
  const target = `${key.target.schema ? `${key.target.schema}.` : ''}${key.target.name}`;
  const actions = `${key.onDelete ? ` delete ${key.onDelete.action}` : ''}${key.onUpdate ? ` update ${key.onUpdate.action}` : ''}`;
  return `fk ${key.name ? `${key.name} ` : ''}(${key.columns.join(', ')}) -> ${target}(${key.targetColumns.join(', ')})${actions}`;
}
