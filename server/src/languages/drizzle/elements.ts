// The pieces of a table's third argument, gathered from arrays, objects, spreads and helpers, and the parts they share.
import type { ts } from 'ts-morph';
import type { Dialect, IndexPart, Table } from '../../model/nodes';
import type { Span } from '../../text/span';
import type { Chain, Link, TableCall } from './calls';
import { compiler } from '../typescript/compiler';
import { sqlText } from './defaults';
import { isBroken, spanOf } from '../typescript/parse';
import type { Place, Resolver } from './resolver';
import { isFunction, memberOf, plain, returned } from '../typescript/syntax';

/** What the third argument is read with. */
export interface ExtraContext {
  readonly table: Table;
  readonly call: TableCall;
  readonly resolver: Resolver;
  /** The database name of a column by its property. */
  dbName(key: string): string;
  /** Drizzle 1.0 names constraints in another way. */
  readonly modern: boolean;
}

/** One index, key or check, with the node that would be removed with it. */
export interface Element {
  readonly value: Place;
  readonly whole: Place;
}

/** Gathers what an argument holds; false where some of it couldn't be read. */
export function collectElements(place: Place, into: Element[], resolver: Resolver, depth: number): boolean {
  const found = depth > 20 ? undefined : resolver.node(place);
  if (!found) return false;
  const { node } = found;
  if (isBroken(found.source, node)) {
    // What can be read counts, and more may come.
    gather(found, into, resolver, depth);
    return false;
  }
  return gather(found, into, resolver, depth);
}

function gather(found: Place, into: Element[], resolver: Resolver, depth: number): boolean {
  const { node } = found;
  if (isFunction(node)) {
    if (!node.body) return false;
    const result = returned(node);
    // A function that returns nothing adds nothing.
    if (!result) return compiler.isBlock(node.body) && node.body.statements.length === 0;
    return collectElements({ ...found, node: result }, into, resolver, depth + 1);
  }
  if (compiler.isArrayLiteralExpression(node)) return collectArray({ ...found, node }, into, resolver, depth);
  if (!compiler.isObjectLiteralExpression(node)) return false;
  let whole = true;
  for (const property of node.properties) {
    if (compiler.isSpreadAssignment(property)) {
      if (!collectElements({ ...found, node: property.expression }, into, resolver, depth + 1)) whole = false;
    } else if (compiler.isPropertyAssignment(property)) {
      into.push({ value: { ...found, node: property.initializer }, whole: { ...found, node: property } });
    } else if (compiler.isShorthandPropertyAssignment(property)) {
      into.push({ value: { ...found, node: property.name }, whole: { ...found, node: property } });
    } else whole = false;
  }
  return whole;
}

function collectArray(array: Place<ts.ArrayLiteralExpression>, into: Element[], resolver: Resolver, depth: number): boolean {
  let whole = true;
  for (const element of array.node.elements) {
    const inner = compiler.isSpreadElement(element) ? element.expression : plain(element);
    const nested = (compiler.isSpreadElement(element) && !isSeveralPolicies({ ...array, node: inner }, resolver)) || compiler.isArrayLiteralExpression(inner);
    if (!nested) into.push({ value: { ...array, node: inner }, whole: { ...array, node: element } });
    else if (!collectElements({ ...array, node: inner }, into, resolver, depth + 1)) whole = false;
  }
  return whole;
}

/** Neon's `crudPolicy(…)`, which gives an array. */
function isSeveralPolicies(place: Place, resolver: Resolver): boolean {
  return compiler.isCallExpression(place.node) && resolver.drizzleName({ ...place, node: place.node.expression })?.name === 'crudPolicy';
}

/** The text and place of an expression. */
export function rawOf({ source, node }: Place): { raw: string; span: Span } {
  const start = node.getStart(source.sourceFile);
  return { raw: source.text.slice(start, node.end), span: spanOf(source, start, node.end) };
}

/** Where an order says where the nulls stand. */
const WITH_NULLS: ReadonlySet<Dialect> = new Set<Dialect>(['postgresql', 'gel']);
const PART_CALLS = new Set(['asc', 'desc', 'nullsFirst', 'nullsLast', 'op']);

/** One column or expression of an index, with its order. */
export function partOf(place: Place, context: ExtraContext): IndexPart {
  const { raw, span } = rawOf(place);
  let node = plain(place.node);
  let sort: IndexPart['sort'] = 'asc';
  let nulls: IndexPart['nulls'];
  let ops: string | undefined;
  while (compiler.isCallExpression(node) && compiler.isPropertyAccessExpression(node.expression) && PART_CALLS.has(node.expression.name.text)) {
    const [argument] = node.arguments;
    switch (node.expression.name.text) {
      case 'desc':
        sort = 'desc';
        break;
      case 'nullsFirst':
        nulls = 'first';
        break;
      case 'nullsLast':
        nulls = 'last';
        break;
      case 'op':
        ops = argument && context.resolver.text({ ...place, node: argument });
        break;
    }
    node = plain(node.expression.expression);
  }
  const column = columnName({ ...place, node }, context);
  // Drizzle writes NULLS LAST with every DESC.
  const nullsAdded = nulls === undefined && sort === 'desc' && WITH_NULLS.has(context.table.dialect);
  if (nullsAdded) nulls = 'last';
  return {
    ...(column === undefined ? { expression: sqlText({ ...place, node }, context.resolver) ?? raw } : { column }),
    sort,
    ...(nulls && { nulls }),
    ...(nullsAdded && { nullsAdded }),
    ...(ops !== undefined && { ops }),
    span,
  };
}

/** The database name of the table's own column that an expression names: `t.email`, `users.email`, or a member taken out. */
export function columnName(place: Place, { call, resolver, dbName }: ExtraContext): string | undefined {
  const meaning = resolver.evaluate(place);
  if (meaning?.kind === 'parameter') {
    const [key] = meaning.path;
    return meaning.path.length === 1 && key !== undefined ? dbName(key) : undefined;
  }
  const member = memberOf(place.node);
  const owner = member && resolver.node({ ...place, node: member.owner });
  if (!member || !owner) return undefined;
  const whole = plain(owner.node);
  return whole.pos <= call.place.node.pos && call.place.node.end <= whole.end && owner.source === call.place.source
    ? dbName(member.name)
    : undefined;
}

/** The elements of an array that an options object holds. */
export function arrayOf(options: Place<ts.ObjectLiteralExpression>, name: string, { resolver }: ExtraContext): Place[] | undefined {
  const found = resolver.property(options, name);
  const array = found && found !== 'unknown' ? resolver.node(found) : undefined;
  if (!array || !compiler.isArrayLiteralExpression(array.node)) return undefined;
  return array.node.elements.map((node) => ({ ...array, node }));
}

/** The whole element, as it would be removed, and the call in it that findings point at. */
export function elementSpans({ whole }: Element, { base }: Chain): { readonly span: Span; readonly nameSpan: Span } {
  return { span: rawOf(whole).span, nameSpan: rawOf(base).span };
}

/** The last link of a chain that has one of the names. */
export function linkOf({ links }: Chain, ...names: string[]): Link | undefined {
  return links.findLast(({ name }) => names.includes(name));
}
