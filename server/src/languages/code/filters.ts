// Reads the object form of filters: `{ where: { email, posts: { some: { published: true } } } }`.
import type { ts } from 'ts-morph';
import type { Filter } from '../../model/queries';
import type { Span } from '../../text/span';
import { compiler, SyntaxKind } from '../typescript/compiler';
import { plain } from '../typescript/syntax';
import { literalsIn, readObject, type Property } from './values';

export interface Filters {
  readonly filters: readonly Filter[];
  readonly known: boolean;
}

/** Collects the filters of one query. */
export class FilterList {
  readonly filters: Filter[] = [];
  known = true;

  constructor(readonly span: (node: ts.Node) => Span) {}

  add(filter: Omit<Filter, 'span'>, node: ts.Node): void {
    this.filters.push({ ...filter, span: this.span(node) });
  }
}

const OPERATORS: Readonly<Record<string, Filter['operator']>> = {
  equals: 'equal', in: 'in', notIn: 'other', not: 'other', lt: 'range', lte: 'range', gt: 'range', gte: 'range',
  contains: 'text', startsWith: 'text', endsWith: 'text', search: 'text', mode: 'text', has: 'other', hasSome: 'other', hasEvery: 'other',
  isEmpty: 'other', isSet: 'other', path: 'other', array_contains: 'other', string_contains: 'other', array_starts_with: 'other',
  // Drizzle's names for the same
  eq: 'equal', ne: 'other', like: 'text', ilike: 'text', notLike: 'other', notIlike: 'other', isNull: 'null', isNotNull: 'other',
  arrayContains: 'other', arrayContained: 'other', arrayOverlaps: 'other',
}; // prettier-ignore

const LOGIC = new Set(['AND', 'OR', 'NOT']);
const RELATION = new Set(['is', 'isNot', 'some', 'every', 'none']);

/** Reads what stands behind `where:`. `vague` is set below alternatives and negations, where nothing holds for sure. */
export function readWhere(node: ts.Node | undefined, into: FilterList, through: readonly string[] = [], vague = false): void {
  if (!node) return;
  const inner = plain(node);
  if (isUndefined(inner)) return;
  const object = readObject(inner);
  if (!object.whole) into.known = false;
  for (const property of object.properties) {
    if (LOGIC.has(property.name)) readLogic(property, into, through, vague);
    else if (property.name === 'RAW') into.known = false;
    else readProperty(property, into, through, vague);
  }
}

function readLogic({ name, value }: Property, into: FilterList, through: readonly string[], vague: boolean): void {
  const inner = plain(value);
  const parts = compiler.isArrayLiteralExpression(inner) ? [...inner.elements] : [inner];
  for (const part of parts) {
    if (compiler.isObjectLiteralExpression(plain(part))) readWhere(part, into, through, vague || name !== 'AND');
    else into.known = false;
  }
}

function readProperty({ name, node, value }: Property, into: FilterList, through: readonly string[], vague: boolean): void {
  const inner = plain(value);
  if (isUndefined(inner)) return;
  if (!compiler.isObjectLiteralExpression(inner)) {
    const operator = vague ? 'other' : inner.kind === SyntaxKind.NullKeyword ? 'null' : 'equal';
    into.add({ column: name, through, operator, values: literalsIn(inner) }, node);
    return;
  }
  const object = readObject(inner);
  const keys = object.properties.map((property) => property.name);
  const [relation] = keys.filter((key) => RELATION.has(key));
  if (relation !== undefined) {
    for (const property of object.properties) readWhere(property.value, into, [...through, name], vague || property.name === 'none' || property.name === 'isNot');
  } else if (keys.length === 0 || keys.some((key) => Object.hasOwn(OPERATORS, key))) {
    const plainly = OPERATORS[keys.find((key) => Object.hasOwn(OPERATORS, key)) ?? ''] ?? 'other';
    const values = object.properties.filter((property) => property.name !== 'mode').flatMap((property) => literalsIn(property.value));
    // A pattern is no value, and under an alternative nothing else says that it is one.
    into.add({ column: name, through, operator: vague ? 'other' : plainly, values: vague && plainly === 'text' ? [] : values }, node);
  } else if (isCompoundKey(name, keys)) {
    readWhere(inner, into, through, vague);
  } else {
    readWhere(inner, into, [...through, name], vague);
  }
}

/** `userId_postId: { userId, postId }` names the columns of one unique key. */
function isCompoundKey(name: string, keys: readonly string[]): boolean {
  return keys.length > 1 && name === keys.join('_');
}

export function isUndefined(node: ts.Node): boolean {
  return compiler.isIdentifier(node) && node.text === 'undefined';
}
