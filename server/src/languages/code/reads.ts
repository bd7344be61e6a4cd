// Columns that a query names beside its filters and the columns that it writes: those that it selects, sorts and groups by.
import type { ts } from 'ts-morph';
import { compiler } from '../typescript/compiler';
import { descend, isFunction, memberOf, plain } from '../typescript/syntax';
import { readObject, valueOf, type ObjectRead, type Property } from './values';

/** A column that is named somewhere, before its place has a span. */
export interface ReadDraft {
  readonly column: string;
  /** Relations that lead to the column's table. */
  readonly through: readonly string[];
  readonly node: ts.Node;
}

const DEPTH = 8;

/** What Prisma's client is asked for: `{ select, include, omit, orderBy, distinct, by, cursor, _sum, data, … }`. */
export function prismaReads(input: ObjectRead): ReadDraft[] {
  const found: ReadDraft[] = [];
  readInput(input, [], found);
  return found;
}

function readInput(input: ObjectRead, through: readonly string[], found: ReadDraft[]): void {
  if (through.length > DEPTH) return;
  for (const { name, value } of input.properties) {
    switch (name) {
      case 'select':
      case 'include':
      case 'omit':
        for (const property of readObject(value).properties) readSelected(property, through, found);
        break;
      case 'orderBy':
        for (const each of elements(value)) for (const property of readObject(each).properties) readSorted(property, through, found);
        break;
      case 'distinct':
      case 'by':
        for (const each of elements(value)) if (compiler.isStringLiteralLike(each)) found.push({ column: each.text, through, node: each });
        break;
      case 'cursor':
      case '_avg':
      case '_max':
      case '_min':
      case '_sum':
        for (const property of readObject(value).properties) found.push({ column: property.name, through, node: property.node });
        break;
      case 'data':
      case 'create':
      case 'update':
        // The query's own columns are its writes.
        for (const each of elements(value)) for (const property of readObject(each).properties) readNested(property, through, found);
        break;
    }
  }
}

/** `email: true`, or a relation with what is asked of its rows. */
function readSelected({ name, node, value }: Property, through: readonly string[], found: ReadDraft[]): void {
  found.push({ column: name, through, node });
  const inner = plain(value);
  if (!compiler.isObjectLiteralExpression(inner)) return;
  const input = readObject(inner);
  readInput(input, [...through, name], found);
  for (const property of readObject(valueOf(input, 'where')).properties) found.push({ column: property.name, through: [...through, name], node: property.node });
}

/** `email: "asc"`, `email: { sort: "asc", nulls: "last" }`, or a relation's column. */
function readSorted({ name, node, value }: Property, through: readonly string[], found: ReadDraft[]): void {
  found.push({ column: name, through, node });
  if (!compiler.isObjectLiteralExpression(plain(value)) || through.length > DEPTH) return;
  for (const property of readObject(value).properties) readSorted(property, [...through, name], found);
}

const NESTED = new Set(['create', 'connect', 'connectOrCreate', 'update', 'updateMany', 'upsert', 'createMany', 'delete', 'deleteMany', 'set', 'disconnect']);

/** What is written to the rows of a relation along with the query's own. */
function readNested({ name, value }: Property, through: readonly string[], found: ReadDraft[]): void {
  if (!compiler.isObjectLiteralExpression(plain(value)) || through.length > DEPTH) return;
  const path = [...through, name];
  for (const action of readObject(value).properties) {
    if (!NESTED.has(action.name)) continue;
    for (const each of elements(action.value)) {
      const row = readObject(each);
      for (const property of row.properties) {
        found.push({ column: property.name, through: path, node: property.node });
        const holdsRow = ['where', 'data', 'create', 'update'].includes(property.name);
        if (!holdsRow) readNested(property, path, found);
        else for (const inner of elements(property.value)) for (const own of readObject(inner).properties) found.push({ column: own.name, through: path, node: own.node });
      }
    }
  }
}

/** What Drizzle's query API is asked for: `{ columns, with, orderBy }`. Its relations are told apart by `with`. */
export function drizzleReads(input: ObjectRead, through: readonly string[] = []): ReadDraft[] {
  if (through.length > DEPTH) return [];
  const columns = readObject(valueOf(input, 'columns')).properties.map(({ name, node }): ReadDraft => ({ column: name, through, node }));
  const nested = readObject(valueOf(input, 'with')).properties.flatMap(({ name, value }) => drizzleReads(readObject(value), [...through, name]));
  return [...columns, ...sortedBy(valueOf(input, 'orderBy'), through), ...nested];
}

/** `orderBy: (users, { asc }) => asc(users.email)`, `orderBy: { email: "asc" }`. */
function sortedBy(node: ts.Node | undefined, through: readonly string[]): ReadDraft[] {
  const inner = node && plain(node);
  if (!inner) return [];
  if (compiler.isObjectLiteralExpression(inner)) return readObject(inner).properties.map(({ name, node: at }): ReadDraft => ({ column: name, through, node: at }));
  const parameter = isFunction(inner) ? inner.parameters[0]?.name : undefined;
  const found: ReadDraft[] = [];
  if (!parameter || !compiler.isIdentifier(parameter)) return found;
  descend(inner, (each) => {
    const member = memberOf(each);
    const owner = member && plain(member.owner);
    if (member && owner && compiler.isIdentifier(owner) && owner.text === parameter.text) found.push({ column: member.name, through, node: each });
    return true;
  });
  return found;
}

function elements(node: ts.Node): ts.Node[] {
  const inner = plain(node);
  return compiler.isArrayLiteralExpression(inner) ? inner.elements.map((each) => plain(each)) : [inner];
}
