// Relations that code declares for its queries: `relations(posts, …)` and, from 1.0 on, `defineRelations(schema, …)`.
// They make no key in the database.
import type { ts } from 'ts-morph';
import type { DeclaredRelation } from '../../model/nodes';
import { compiler } from '../typescript/compiler';
import { spanOf } from '../typescript/parse';
import { referenceTo, type Reference } from './references';
import type { Place, Resolver } from './resolver';
import { isFunction, memberOf, plain, propertyName, returned } from '../typescript/syntax';

const CALLS = new Set(['relations', 'defineRelations', 'defineRelationsPart']);

/** A cheap look at a call before its names are followed. */
export function mayRelate({ expression, arguments: { length } }: ts.CallExpression): boolean {
  const callee = plain(expression);
  const name = compiler.isIdentifier(callee) ? callee.text : compiler.isPropertyAccessExpression(callee) ? callee.name.text : '';
  return length > 1 && CALLS.has(name);
}

/** The relations of a call that lead to one row, by columns that it names; undefined where the call declares none. */
export function declaredRelations(place: Place<ts.CallExpression>, resolver: Resolver): readonly DeclaredRelation[] | undefined {
  const { node } = place;
  const name = resolver.drizzleName({ ...place, node: node.expression })?.name ?? '';
  const [subject, given] = node.arguments;
  if (!CALLS.has(name) || !subject || !given) return undefined;
  const fn = resolver.node({ ...place, node: given });
  const result = fn && isFunction(fn.node) ? returned(fn.node) : undefined;
  if (!fn || !isFunction(fn.node) || !result) return [];
  // The parameter of 1.0's callback holds the tables of the schema that is given beside it.
  const env = name === 'relations' ? fn.env : { fn: fn.node, args: [{ ...place, node: subject }], outer: fn.env };
  const object: Place = { ...fn, node: plain(result), env };
  if (name === 'relations') return ofTable(object, resolver, firstVersion);
  return properties(object).flatMap(({ value }) => ofTable(value, resolver, secondVersion));
}

interface Property {
  readonly node: ts.PropertyAssignment;
  readonly value: Place;
}

function properties(place: Place): Property[] {
  const object = plain(place.node);
  if (!compiler.isObjectLiteralExpression(object)) return [];
  return object.properties.flatMap((node) => (compiler.isPropertyAssignment(node) ? [{ node, value: { ...place, node: plain(node.initializer) } }] : []));
}

interface Ends {
  readonly from: readonly Place[];
  readonly to: readonly Place[];
}

function ofTable(object: Place, resolver: Resolver, read: (call: Place<ts.CallExpression>) => Ends | undefined): DeclaredRelation[] {
  return properties(object).flatMap(({ node, value }) => {
    const name = propertyName(node.name);
    const ends = name !== undefined && compiler.isCallExpression(value.node) ? read({ ...value, node: value.node }) : undefined;
    const from = ends?.from.map((each) => referenceTo(each, resolver)) ?? [];
    const to = ends?.to.map((each) => referenceTo(each, resolver)) ?? [];
    const pair = { from: oneTable(from), to: oneTable(to) };
    if (name === undefined || !pair.from || !pair.to || from.length !== to.length) return [];
    const { source } = object;
    const start = node.getStart(source.sourceFile);
    return [
      {
        span: spanOf(source, start, node.end),
        nameSpan: spanOf(source, start, node.name.end),
        name,
        table: pair.from.table,
        columns: pair.from.columns,
        target: pair.to.table,
        targetColumns: pair.to.columns,
      },
    ];
  });
}

function oneTable(references: readonly (Reference | undefined)[]): { readonly table: Reference['table']; readonly columns: readonly string[] } | undefined {
  const [first] = references;
  const columns = references.flatMap((each) => (each && each.table.name === first?.table.name ? [each.column] : []));
  return first && columns.length === references.length ? { table: first.table, columns } : undefined;
}

/** `one(users, { fields: [posts.authorId], references: [users.id] })` */
function firstVersion(call: Place<ts.CallExpression>): Ends | undefined {
  const callee = plain(call.node.expression);
  const name = compiler.isIdentifier(callee) ? callee.text : memberOf(callee)?.name;
  const options = call.node.arguments[1];
  return name === 'one' && options ? ends(call, options, 'fields', 'references') : undefined;
}

/** `r.one.users({ from: r.posts.authorId, to: r.users.id })` */
function secondVersion(call: Place<ts.CallExpression>): Ends | undefined {
  const target = memberOf(call.node.expression);
  const [options] = call.node.arguments;
  return target && options && memberOf(target.owner)?.name === 'one' ? ends(call, options, 'from', 'to') : undefined;
}

function ends(call: Place, options: ts.Expression, from: string, to: string): Ends | undefined {
  const written = properties({ ...call, node: options });
  const columns = (key: string): Place[] | undefined => {
    const value = written.find(({ node }) => propertyName(node.name) === key)?.value;
    if (!value) return undefined;
    return compiler.isArrayLiteralExpression(value.node) ? value.node.elements.map((node) => ({ ...value, node })) : [value];
  };
  const [start, end] = [columns(from), columns(to)];
  return start && end && start.length > 0 ? { from: start, to: end } : undefined;
}
