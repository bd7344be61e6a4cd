// Reads calls of Drizzle's client: `db.update(users).set({ … }).where(…)`, `db.query.users.findMany({ where })`.
import type { ts } from 'ts-morph';
import type { QueryVerb, TableReference } from '../../model/queries';
import { compiler } from '../typescript/compiler';
import { memberOf, plain } from '../typescript/syntax';
import { calleeName, type Link } from './chain';
import { readCondition, type Own } from './conditions';
import type { Draft } from './drafts';
import { FilterList } from './filters';
import type { Around } from './prisma-calls';
import { drizzleReads } from './reads';
import { readObject, valueOf, type Property } from './values';

export function drizzleCall(outermost: ts.CallExpression, links: readonly Link[], around: Around): Draft | undefined {
  for (const [at, link] of links.entries()) {
    const rest = links.slice(at + 1);
    switch (link.name) {
      case 'select':
      case 'selectDistinct':
      case 'selectDistinctOn':
        if (rest[0]?.name === 'from') return selected(outermost, link, rest, around);
        break;
      case 'insert':
      case 'update':
      case 'delete':
        if (isWrite(link, rest, around)) return written(outermost, link, link.name, rest, around);
        break;
      case 'findMany':
      case 'findFirst':
        return queried(outermost, link, around);
      case '$count':
        return counted(outermost, link, around);
    }
  }
  return undefined;
}

function isWrite({ name, owner }: Link, rest: readonly Link[], { isClient }: Around): boolean {
  const follows = (...names: string[]): boolean => rest.some((link) => names.includes(link.name));
  if (name === 'insert') return follows('values') || (follows('select') && isClient(owner));
  if (name === 'update') return follows('set');
  return isClient(owner);
}

/** The table that an argument names: a constant, or a member of an imported module. */
function tableIn(node: ts.Node | undefined, { span, exportedAs }: Around): TableReference | undefined {
  if (!node) return undefined;
  const inner = plain(node);
  if (compiler.isIdentifier(inner)) return inner.text === '' ? undefined : { name: exportedAs(inner.text), by: 'constant', span: span(inner) };
  const member = memberOf(inner);
  return member && compiler.isIdentifier(plain(member.owner)) ? { name: member.name, by: 'constant', span: span(inner) } : undefined;
}

function ownOf(node: ts.Node | undefined, table: TableReference): Own {
  const inner = node && plain(node);
  return { names: new Set([table.name, ...(inner && compiler.isIdentifier(inner) ? [inner.text] : [])]) };
}

function selected(call: ts.CallExpression, link: Link, rest: readonly Link[], around: Around): Draft | undefined {
  const [from] = rest;
  const source = from?.call.arguments[0];
  const table = tableIn(source, around);
  if (!table) return undefined;
  const filters = filtersOf(rest, ownOf(source, table), around);
  const rows = link.call.arguments.length === 0 && !rest.some(({ name }) => /Join$/.test(name));
  return { ...base(call, link, table), verb: isCount(link) ? 'count' : 'find', many: !isLimitedToOne(rest), filters, rows, locks: rest.some(({ name }) => name === 'for') };
}

function isCount({ call }: Link): boolean {
  const { properties } = call.arguments[0] ? readObject(call.arguments[0]) : { properties: [] };
  const [only] = properties.map(({ value }) => plain(value));
  return properties.length === 1 && only !== undefined && compiler.isCallExpression(only) && /^count/.test(calleeName(only) ?? '');
}

function isLimitedToOne(links: readonly Link[]): boolean {
  const limit = links.find(({ name }) => name === 'limit')?.call.arguments[0];
  return limit !== undefined && compiler.isNumericLiteral(limit) && limit.text === '1';
}

function filtersOf(links: readonly Link[], own: Own, { span }: Around): FilterList {
  const filters = new FilterList(span);
  for (const { name, call } of links) {
    if (name === 'where' || name === 'having') readCondition(call.arguments[0], filters, own);
    else if (/^(?:inner|right)Join/.test(name)) readCondition(call.arguments[1], filters, own);
    else if (name === '$dynamic') filters.known = false;
  }
  return filters;
}

function written(call: ts.CallExpression, link: Link, name: 'insert' | 'update' | 'delete', rest: readonly Link[], around: Around): Draft | undefined {
  const [target] = link.call.arguments;
  const table = tableIn(target, around);
  if (!table) return undefined;
  const upserts = rest.some((each) => each.name === 'onConflictDoUpdate' || each.name === 'onDuplicateKeyUpdate');
  const verb: QueryVerb = name !== 'insert' ? name : upserts ? 'upsert' : 'create';
  const { writes, known } = writesIn(rest);
  return { ...base(call, link, table), verb, many: name !== 'insert', filters: filtersOf(rest, ownOf(target, table), around), writes, writesKnown: known, rows: returnsRows(rest) };
}

/** `.returning()` without names of its own. */
function returnsRows(links: readonly Link[]): boolean {
  return links.some(({ name, call }) => name === 'returning' && call.arguments.length === 0);
}

function writesIn(links: readonly Link[]): { writes: readonly Property[]; known: boolean } {
  const writes: Property[] = [];
  let known = true;
  for (const { name, call } of links) {
    const [argument] = call.arguments;
    const values = name === 'set' || name === 'values' ? argument : /^on(?:Conflict|DuplicateKey)(?:Do)?Update$/.test(name) && argument ? valueOf(readObject(argument), 'set') : undefined;
    if (!values) continue;
    const inner = plain(values);
    for (const row of compiler.isArrayLiteralExpression(inner) ? [...inner.elements] : [inner]) {
      const object = readObject(row);
      if (!object.whole) known = false;
      writes.push(...object.properties);
    }
  }
  return { writes, known };
}

/** `db.query.users.findMany({ where: eq(users.id, id) })`. */
function queried(call: ts.CallExpression, link: Link, around: Around): Draft | undefined {
  const table = memberOf(link.owner);
  const api = table && memberOf(table.owner);
  if (!table || api?.name !== 'query') return undefined;
  const input = link.call.arguments[0] ? readObject(link.call.arguments[0]) : { properties: [], whole: true };
  const reference: TableReference = { name: table.name, by: 'constant', span: around.span(link.owner) };
  const filters = new FilterList(around.span);
  if (!input.whole) filters.known = false;
  readCondition(valueOf(input, 'where'), filters, { names: new Set([table.name]) });
  return { ...base(call, link, reference), client: api.owner, verb: 'find', many: link.name === 'findMany', filters, reads: drizzleReads(input), rows: true };
}

function counted(call: ts.CallExpression, link: Link, around: Around): Draft | undefined {
  const [target, condition] = link.call.arguments;
  const table = tableIn(target, around);
  if (!table) return undefined;
  const filters = new FilterList(around.span);
  readCondition(condition, filters, ownOf(target, table));
  return { ...base(call, link, table), verb: 'count', many: true, filters };
}

function base(call: ts.CallExpression, { name, nameNode, owner }: Link, table: TableReference) {
  return { call, method: name, methodNode: nameNode, client: withoutWith(owner), table, writes: [], writesKnown: true, locks: false, reads: [], rows: false } as const;
}

/** The client in `db.with(…).select()`. */
function withoutWith(owner: ts.Expression): ts.Node {
  const inner = plain(owner);
  const member = compiler.isCallExpression(inner) ? memberOf(inner.expression) : undefined;
  return member?.name === 'with' ? member.owner : owner;
}
