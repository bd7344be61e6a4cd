// Reads calls of Prisma's client: `prisma.user.update({ where, data })`.
import type { ts } from 'ts-morph';
import type { QueryVerb } from '../../model/queries';
import { compiler } from '../typescript/compiler';
import { memberOf, plain } from '../typescript/syntax';
import type { Span } from '../../text/span';
import type { Link } from './chain';
import type { Draft } from './drafts';
import { FilterList, readWhere } from './filters';
import { prismaReads } from './reads';
import { readObject, valueOf, type ObjectRead, type Property } from './values';

interface Method {
  readonly verb: QueryVerb;
  readonly many: boolean;
  /** Nothing else has a method of this name on a property of something. */
  readonly telling: boolean;
}

const WRITING: ReadonlySet<QueryVerb> = new Set<QueryVerb>(['create', 'update', 'upsert']);

const read = (verb: QueryVerb, many: boolean, telling = true): Method => ({ verb, many, telling });

const METHODS: ReadonlyMap<string, Method> = new Map([
  ['findMany', read('find', true)],
  ['findFirst', read('find', false)],
  ['findFirstOrThrow', read('find', false)],
  ['findUnique', read('find', false)],
  ['findUniqueOrThrow', read('find', false)],
  ['count', read('count', true, false)],
  ['aggregate', read('aggregate', true, false)],
  ['groupBy', read('aggregate', true, false)],
  ['create', read('create', false, false)],
  ['createMany', read('create', true)],
  ['createManyAndReturn', read('create', true)],
  ['update', read('update', false, false)],
  ['updateMany', read('update', true)],
  ['updateManyAndReturn', read('update', true)],
  ['upsert', read('upsert', false)],
  ['delete', read('delete', false, false)],
  ['deleteMany', read('delete', true)],
]);

/** What a reader may ask of the statement around a call. */
export interface Around {
  readonly span: (node: ts.Node) => Span;
  readonly isClient: (node: ts.Node) => boolean;
  /** What another module calls a name that is imported here under this one. */
  readonly exportedAs: (name: string) => string;
}

export function prismaCall(outermost: ts.CallExpression, links: readonly Link[], around: Around): Draft | undefined {
  for (const link of links) {
    const method = METHODS.get(link.name);
    const model = method && memberOf(link.owner);
    // `db.query.users.findMany()` is Drizzle's.
    if (!model || model.name.startsWith('$') || lastMember(model.owner) === 'query') continue;
    const client = around.isClient(model.owner);
    const isThis = plain(model.owner).kind === compiler.SyntaxKind.ThisKeyword;
    if (!client && (!method.telling || isThis || compiler.isCallExpression(plain(model.owner)))) continue;
    return draft(outermost, link, method, model, around);
  }
  return undefined;
}

function lastMember(node: ts.Node): string | undefined {
  return memberOf(node)?.name;
}

function draft(
  call: ts.CallExpression,
  { name, nameNode, call: { arguments: args } }: Link,
  { verb, many }: Method,
  model: { readonly owner: ts.Expression; readonly name: string },
  { span }: Around,
): Draft {
  const [first] = args;
  const input: ObjectRead = first ? readObject(first) : { properties: [], whole: true };
  const filters = new FilterList(span);
  if (!input.whole) filters.known = false;
  if (verb !== 'create') readWhere(valueOf(input, 'where'), filters);
  const { writes, known } = writesIn(input, verb);
  return {
    call,
    method: name,
    methodNode: nameNode,
    client: model.owner,
    table: { name: model.name, by: 'property', span: span(modelNode(model.owner) ?? nameNode) },
    verb,
    many,
    filters,
    writes,
    writesKnown: known && (input.whole || !WRITING.has(verb)),
    locks: false,
    reads: prismaReads(input),
    rows: verb !== 'count' && verb !== 'aggregate' && !/Many$/.test(name.replace(/^findMany$/, '')),
  };
}

/** The name of the model behind the client. */
function modelNode({ parent }: ts.Expression): ts.Node | undefined {
  return compiler.isPropertyAccessExpression(parent) ? parent.name : undefined;
}

function writesIn(input: ObjectRead, verb: QueryVerb): { writes: readonly Property[]; known: boolean } {
  const keys = verb === 'upsert' ? ['create', 'update'] : verb === 'create' || verb === 'update' ? ['data'] : [];
  const writes: Property[] = [];
  let known = true;
  for (const key of keys) {
    const value = valueOf(input, key);
    const inner = value && plain(value);
    const rows = inner && compiler.isArrayLiteralExpression(inner) ? [...inner.elements] : [value];
    for (const row of rows) {
      const object = readObject(row);
      if (!object.whole) known = false;
      writes.push(...object.properties.map(withoutSet));
    }
  }
  return { writes, known };
}

/** `{ set: value }` is the long form of the value. */
function withoutSet(property: Property): Property {
  const inner = plain(property.value);
  if (!compiler.isObjectLiteralExpression(inner)) return property;
  const { properties } = readObject(inner);
  const [only] = properties;
  return properties.length === 1 && only?.name === 'set' ? { ...property, value: only.value } : property;
}
