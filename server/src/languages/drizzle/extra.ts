// The third argument of a table: indexes, keys and checks, as an array, an object, or a function that gives either.
import type { Check, ForeignKey, Index, IndexPart } from '../../model/nodes';
import type { Span } from '../../text/span';
import { unchain, type Chain, type TableCall } from './calls';
import { compiler } from '../typescript/compiler';
import { sqlText } from './defaults';
import { arrayOf, collectElements, elementSpans, linkOf, partOf, rawOf, type Element, type ExtraContext } from './elements';
import { readForeignKey } from './foreign-keys';
import { indexName } from './names';
import { isPolicyFunction, readPolicies, type PolicySpec } from './policies';
import { isFunction, plain, returned } from '../typescript/syntax';

export interface Extra {
  readonly primaryKey?: Index;
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly policies: readonly PolicySpec[];
  readonly partial: boolean;
}

interface Found {
  primaryKey?: Index;
  indexes: Index[];
  foreignKeys: ForeignKey[];
  checks: Check[];
  policies: PolicySpec[];
  partial: boolean;
}

export function readExtra(context: ExtraContext): Extra {
  const found: Found = { indexes: [], foreignKeys: [], checks: [], policies: [], partial: false };
  const argument = context.call.place.node.arguments[2];
  if (!argument) return found;
  const elements: Element[] = [];
  if (!collectElements({ ...context.call.place, node: argument }, elements, context.resolver, 0)) found.partial = true;
  for (const element of elements) readElement(element, found, context);
  return found;
}

/** The object that a table's function gives instead of an array, as Drizzle took it at first. */
export function keysObject({ place }: TableCall): Span | undefined {
  const argument = place.node.arguments[2];
  const fn = argument && plain(argument);
  const result = fn && isFunction(fn) ? returned(fn) : undefined;
  const node = result && plain(result);
  return node && compiler.isObjectLiteralExpression(node) ? rawOf({ ...place, node }).span : undefined;
}

const ELEMENTS = new Set(['index', 'uniqueIndex', 'unique', 'primaryKey', 'foreignKey', 'check']);

function readElement(element: Element, found: Found, context: ExtraContext): void {
  const { resolver } = context;
  const chain = unchain(element.value, resolver);
  if (chain?.callee?.kind !== 'import') {
    // A helper may give several at once.
    const made = resolver.node(element.value);
    const inner: Element[] = [];
    if (!made || !compiler.isArrayLiteralExpression(made.node) || !collectElements(made, inner, resolver, 1)) found.partial = true;
    for (const one of inner) readElement(one, found, context);
    return;
  }
  // `index("a").` with another element behind it is still being typed.
  if (chain.links.some((link) => ELEMENTS.has(link.name))) found.partial = true;
  const name = chain.callee.name.split('.').at(-1);
  switch (name) {
    case 'index':
    case 'uniqueIndex':
      readIndex(element, chain, name === 'uniqueIndex', found, context);
      return;
    case 'unique':
      readUnique(element, chain, found, context);
      return;
    case 'primaryKey':
      readPrimaryKey(element, chain, found, context);
      return;
    case 'foreignKey': {
      const foreignKey = readForeignKey(element, chain, context);
      if (foreignKey) found.foreignKeys.push(foreignKey);
      else found.partial = true;
      return;
    }
    case 'check':
      readCheck(element, chain, found, context);
      return;
    default:
      if (isPolicyFunction(name)) found.policies.push(...readPolicies(element, chain, name, resolver));
      // Roles and the like are Drizzle's own; of anything else nobody knows what it adds.
      if (!chain.callee.module.startsWith('drizzle-orm')) found.partial = true;
  }
}

function base(element: Element, chain: Chain, { table }: ExtraContext) {
  return {
    kind: 'index' as const,
    table,
    ...elementSpans(element, chain),
    include: [],
    nullsNotDistinct: linkOf(chain, 'nullsNotDistinct') !== undefined,
    concurrently: linkOf(chain, 'concurrently') !== undefined,
    inline: false,
  };
}

function explicitName({ base: call }: Chain, { resolver }: ExtraContext): string | undefined {
  const [argument] = call.node.arguments;
  return argument && resolver.text({ ...call, node: argument });
}

/** The name that is written, which may be unreadable, or else the one that Drizzle makes up. */
function nameOf(kind: 'index' | 'unique', chain: Chain, context: ExtraContext, parts: readonly IndexPart[]): string | undefined {
  return chain.base.node.arguments.length > 0 ? explicitName(chain, context) : indexName(kind, context, parts);
}

function readIndex(element: Element, chain: Chain, unique: boolean, found: Found, context: ExtraContext): void {
  const { resolver } = context;
  const on = linkOf(chain, 'on', 'onOnly', 'using');
  if (!on) {
    found.partial = true;
    return;
  }
  const [first, ...rest] = on.call.node.arguments;
  // Before 0.31 `.using()` stood behind `.on()` and took an expression.
  const method = on.name === 'using' && first ? resolver.text({ ...on.call, node: first }) : undefined;
  const columns = on.name === 'using' ? rest : on.call.node.arguments;
  const parts = columns.map((node) => partOf({ ...on.call, node }, context));
  // An index without columns, or on one that the table lacks, is still being typed.
  if (parts.length === 0 || parts.some((part) => part.column !== undefined && !isColumn(part.column, context))) found.partial = true;
  const where = linkOf(chain, 'where');
  const condition = where?.call.node.arguments[0];
  const name = nameOf('index', chain, context, parts);
  const unnamed = name === undefined && chain.base.node.arguments.length === 0;
  found.indexes.push({
    ...base(element, chain, context),
    ...(name !== undefined && { name }),
    ...(unnamed && { unnamed }),
    unique,
    method: on.name === 'using' ? (method ?? 'unknown').toLowerCase() : 'btree',
    parts,
    ...(where && condition && { where: rawOf({ ...where.call, node: condition }) }),
  });
}

function isColumn(dbName: string, { table }: ExtraContext): boolean {
  return table.columns.some((column) => column.dbName === dbName);
}

function readUnique(element: Element, chain: Chain, found: Found, context: ExtraContext): void {
  const on = linkOf(chain, 'on');
  if (!on) {
    found.partial = true;
    return;
  }
  const parts = on.call.node.arguments.map((node) => partOf({ ...on.call, node }, context));
  const name = nameOf('unique', chain, context, parts);
  found.indexes.push({
    ...base(element, chain, context),
    constraint: 'unique',
    unique: true,
    method: 'btree',
    parts,
    ...(name !== undefined && { name }),
  });
}

function readPrimaryKey(element: Element, chain: Chain, found: Found, context: ExtraContext): void {
  const { base: call } = chain;
  const [first] = call.node.arguments;
  const object = first && context.resolver.node({ ...call, node: first });
  const options = object && compiler.isObjectLiteralExpression(object.node) ? { ...object, node: object.node } : undefined;
  const columns = options ? arrayOf(options, 'columns', context) : call.node.arguments.map((node) => ({ ...call, node }));
  if (!columns || columns.length === 0) {
    found.partial = true;
    return;
  }
  const parts = columns.map((place) => partOf(place, context));
  const written = options && context.resolver.property(options, 'name');
  const name = (written && written !== 'unknown' ? context.resolver.text(written) : undefined) ?? indexName('primary key', context, parts);
  found.primaryKey = {
    ...base(element, chain, context),
    constraint: 'primary key',
    unique: true,
    method: 'btree',
    parts,
    ...(name !== undefined && { name }),
  };
}

function readCheck(element: Element, chain: Chain, found: Found, context: ExtraContext): void {
  const [, condition] = chain.base.node.arguments;
  if (!condition) {
    found.partial = true;
    return;
  }
  const place = { ...chain.base, node: condition };
  const name = explicitName(chain, context);
  found.checks.push({
    kind: 'check',
    table: context.table,
    span: elementSpans(element, chain).span,
    ...(name !== undefined && { name }),
    raw: sqlText(place, context.resolver) ?? rawOf(place).raw,
    validated: true,
  });
}

