// One table: its call lowered into the model, columns first, then what they and the third argument say about keys.
import type { ts } from 'ts-morph';
import { mergedConstraints } from '../../model/merged';
import type { Column, ForeignKey, Index, Table } from '../../model/nodes';
import type { Link, TableCall } from './calls';
import { columnEntries, readColumn } from './columns';
import { commentOf } from './comment';
import { compiler } from '../typescript/compiler';
import { keysObject, readExtra } from './extra';
import { inlineForeignKey } from './foreign-keys';
import { indexName } from './names';
import { isBroken, spanOf } from '../typescript/parse';
import { securedBy } from './policies';
import type { Place, Resolver } from './resolver';
import { isMissing, propertyName } from '../typescript/syntax';
import { toCase } from './vocabulary';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The table of a call; `written` is the call in the author's file, which may be of a wrapper around Drizzle's own. */
export function lowerTable(call: TableCall, written: Place<ts.CallExpression>, resolver: Resolver, modern: boolean): Table {
  const columns: Column[] = [];
  const indexes: Index[] = [];
  const foreignKeys: ForeignKey[] = [];
  const { entries, partial } = columnEntries(call, resolver);
  const table: Mutable<Table> = { ...tableHead(call, written), columns, indexes, foreignKeys, partial: partial || call.dbName === undefined || isBroken(written.source, written.node) };
  const keys: { column: Column; link: Link }[] = [];
  for (const entry of entries) {
    const { column, links, known } = readColumn(entry, call, table, resolver);
    if (!known) table.partial = true;
    columns.push(column);
    for (const link of links) {
      if (link.name === 'primaryKey') keys.push({ column, link });
      else if (link.name === 'unique') indexes.push(inlineUnique(column, link, table, modern, resolver));
      else if (link.name === 'references') {
        const foreignKey = inlineForeignKey(link, column.dbName, table, modern, resolver);
        if (foreignKey) foreignKeys.push(foreignKey);
        else table.partial = true;
      }
    }
  }
  const key = inlinePrimaryKey(keys, table);
  if (key) table.primaryKey = key;
  addExtra(table, call, resolver, modern, { indexes, foreignKeys });
  const secured = securedBy([written, call.place], call, table.policies ?? [], resolver);
  if (secured) table.rowSecurity = { span: secured };
  // What a wrapper holds belongs to all of its tables.
  const object = written.node === call.place.node ? keysObject(call) : undefined;
  if (object) table.keysObject = object;
  table.indexes = inDatabase(table);
  table.columns = settled(table, columns);
  return table;
}

function tableHead(call: TableCall, written: Place<ts.CallExpression>) {
  const { source, node } = written;
  const named = constantName(node);
  const comment = commentOf({ ...written, node: statementOf(node) });
  return {
    kind: 'table' as const,
    language: 'drizzle' as const,
    dialect: call.dialect,
    objectKind: 'table' as const,
    span: spanOf(source, node.getStart(source.sourceFile), node.end),
    nameSpan: nameSpan(written),
    name: named ?? call.dbName ?? '',
    dbName: call.dbName ?? named ?? '',
    ...(comment !== undefined && { comment }),
    ...(call.dbSchema !== undefined && { dbSchema: call.dbSchema }),
    checks: [],
    ignored: false,
    temporary: false,
  };
}

/** The declaration that a call stands in, with the comments above it. */
function statementOf(node: ts.Node): ts.Node {
  let outer = node;
  while (outer.parent && !compiler.isSourceFile(outer.parent)) outer = outer.parent;
  return outer;
}

function addExtra(
  table: Mutable<Table>,
  call: TableCall,
  resolver: Resolver,
  modern: boolean,
  { indexes, foreignKeys }: { indexes: Index[]; foreignKeys: ForeignKey[] },
): void {
  const byKey = new Map(table.columns.map((column) => [column.name, column.dbName]));
  const dbName = (key: string) => byKey.get(key) ?? toCase(key, call.casing);
  const extra = readExtra({ table, call, resolver, modern, dbName });
  indexes.push(...extra.indexes);
  foreignKeys.push(...extra.foreignKeys);
  table.checks = extra.checks;
  if (extra.policies.length > 0) table.policies = extra.policies.map((policy) => ({ ...policy, table }));
  if (extra.primaryKey) table.primaryKey ??= extra.primaryKey;
  if (extra.partial) table.partial = true;
}

/** The indexes that the database makes: some keep one for a key that is declared twice. */
function inDatabase({ dialect, primaryKey, indexes }: Table): readonly Index[] {
  if (dialect !== 'postgresql' && dialect !== 'sqlite') return indexes;
  return mergedConstraints(primaryKey ? [primaryKey, ...indexes] : indexes).filter((index) => index.constraint !== 'primary key');
}

/** Columns once the table's keys are known: keys refuse null, and a key or constraint of one column makes it unique. */
function settled(table: Table, columns: readonly Column[]): Column[] {
  const key = new Set(table.primaryKey?.parts.map(({ column }) => column));
  const alone = new Set<string | undefined>();
  for (const { constraint, parts } of [...table.indexes, ...(table.primaryKey ? [table.primaryKey] : [])]) {
    if (constraint && parts.length === 1) alone.add(parts[0]?.column);
  }
  return columns.map((column) => {
    const nullable = column.nullable && !key.has(column.dbName);
    const unique = column.unique || alone.has(column.dbName);
    return nullable === column.nullable && unique === column.unique ? column : { ...column, nullable, unique };
  });
}

function inlineIndex({ nameNode, call }: Link, columns: readonly Column[], table: Table) {
  const { source, node } = call;
  const span = spanOf(source, nameNode.getStart(source.sourceFile), node.end);
  return {
    kind: 'index' as const,
    table,
    span,
    nameSpan: span,
    unique: true,
    method: 'btree',
    parts: columns.map(({ dbName, nameSpan: at }) => ({ column: dbName, sort: 'asc' as const, span: at })),
    include: [],
    nullsNotDistinct: false,
    concurrently: false,
    inline: true,
  };
}

function inlinePrimaryKey(keys: readonly { column: Column; link: Link }[], table: Table): Index | undefined {
  const [first] = keys;
  if (!first) return undefined;
  const name = `${table.dbName}_pkey`;
  return { ...inlineIndex(first.link, keys.map(({ column }) => column), table), constraint: 'primary key', name };
}

function inlineUnique(column: Column, link: Link, table: Table, modern: boolean, resolver: Resolver): Index {
  const index = inlineIndex(link, [column], table);
  const [first, second] = link.call.node.arguments;
  const name = (first && resolver.text({ ...link.call, node: first })) ?? indexName('unique', { table, modern }, index.parts);
  return {
    ...index,
    constraint: 'unique',
    nullsNotDistinct: second !== undefined && /nulls\s*:\s*["'`]not distinct/.test(second.getText(link.call.source.sourceFile)),
    ...(name !== undefined && { name }),
  };
}

/** The table's name inside its quotes, or whatever stands there. */
function nameSpan({ source, node }: Place<ts.CallExpression>) {
  const [name] = node.arguments;
  if (!name || isMissing(name)) return spanOf(source, node.expression.getStart(source.sourceFile), node.expression.end);
  const start = name.getStart(source.sourceFile);
  return compiler.isStringLiteralLike(name) && name.end - start >= 2
    ? spanOf(source, start + 1, name.end - 1)
    : spanOf(source, start, name.end);
}

/** The constant or property that a table is given to, through calls and assertions around it. */
function constantName(call: ts.CallExpression): string | undefined {
  let node: ts.Node = call;
  for (;;) {
    const { parent } = node;
    if (!parent) return undefined;
    if (compiler.isVariableDeclaration(parent) || compiler.isPropertyAssignment(parent)) return propertyName(parent.name);
    const around =
      compiler.isParenthesizedExpression(parent) ||
      compiler.isAsExpression(parent) ||
      compiler.isSatisfiesExpression(parent) ||
      (compiler.isPropertyAccessExpression(parent) && parent.expression === node) ||
      (compiler.isCallExpression(parent) && parent.expression === node);
    if (!around) return undefined;
    node = parent;
  }
}
