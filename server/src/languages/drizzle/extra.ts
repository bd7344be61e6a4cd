// The third argument of a table: indexes, keys and checks, as an array, an object, or a function that gives either.
import type { ts } from 'ts-morph';
import type { Check, ForeignKey, Index, IndexPart, Table } from '../../model/nodes';
import { unchain, type Chain, type Link, type TableCall } from './calls';
import { compiler } from './compiler';
import { sqlText } from './defaults';
import { spanOf } from './parse';
import { innerBinding, type Place, type Resolver } from './resolver';
import { actionOf, referenceTo, type Reference } from './references';
import { isFunction, memberOf, plain, returned } from './syntax';
import { indexName } from './names';

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

export interface Extra {
  readonly primaryKey?: Index;
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly partial: boolean;
}

interface Found {
  primaryKey?: Index;
  indexes: Index[];
  foreignKeys: ForeignKey[];
  checks: Check[];
  partial: boolean;
}

/** One index, key or check, with the node that would be removed with it. */
interface Element {
  readonly value: Place;
  readonly whole: Place;
}

export function readExtra(context: ExtraContext): Extra {
  const found: Found = { indexes: [], foreignKeys: [], checks: [], partial: false };
  const argument = context.call.place.node.arguments[2];
  if (!argument) return found;
  const elements: Element[] = [];
  if (!collect({ ...context.call.place, node: argument }, elements, context.resolver, 0)) found.partial = true;
  for (const element of elements) readElement(element, found, context);
  return found;
}

function collect(place: Place, into: Element[], resolver: Resolver, depth: number): boolean {
  const found = depth > 20 ? undefined : resolver.node(place);
  if (!found) return false;
  const { node } = found;
  if (isFunction(node)) {
    if (!node.body) return false;
    const result = returned(node);
    // A function that returns nothing adds nothing.
    if (!result) return compiler.isBlock(node.body) && node.body.statements.length === 0;
    return collect({ ...found, node: result }, into, resolver, depth + 1);
  }
  if (compiler.isArrayLiteralExpression(node)) return collectArray({ ...found, node }, into, resolver, depth);
  if (!compiler.isObjectLiteralExpression(node)) return false;
  let whole = true;
  for (const property of node.properties) {
    if (compiler.isSpreadAssignment(property)) {
      if (!collect({ ...found, node: property.expression }, into, resolver, depth + 1)) whole = false;
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
    const nested = compiler.isSpreadElement(element) || compiler.isArrayLiteralExpression(inner);
    if (!nested) into.push({ value: { ...array, node: inner }, whole: { ...array, node: element } });
    else if (!collect({ ...array, node: inner }, into, resolver, depth + 1)) whole = false;
  }
  return whole;
}

function readElement(element: Element, found: Found, context: ExtraContext): void {
  const { resolver } = context;
  const chain = unchain(element.value, resolver);
  if (chain?.callee?.kind !== 'import') {
    // A helper may give several at once.
    const made = resolver.node(element.value);
    const inner: Element[] = [];
    if (!made || !compiler.isArrayLiteralExpression(made.node) || !collect(made, inner, resolver, 1)) found.partial = true;
    for (const one of inner) readElement(one, found, context);
    return;
  }
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
    case 'foreignKey':
      readForeignKey(element, chain, found, context);
      return;
    case 'check':
      readCheck(element, chain, found, context);
      return;
    default:
      // Policies and the like are Drizzle's own; of anything else nobody knows what it adds.
      if (!chain.callee.module.startsWith('drizzle-orm')) found.partial = true;
  }
}

function base(element: Element, chain: Chain, { table }: ExtraContext) {
  const { source, node } = element.whole;
  const call = chain.base;
  return {
    kind: 'index' as const,
    table,
    span: spanOf(source, node.getStart(source.sourceFile), node.end),
    nameSpan: spanOf(call.source, call.node.getStart(call.source.sourceFile), call.node.end),
    include: [],
    nullsNotDistinct: chain.links.some(({ name }) => name === 'nullsNotDistinct'),
    concurrently: chain.links.some(({ name }) => name === 'concurrently'),
    inline: false,
  };
}

function explicitName({ base: call }: Chain, { resolver }: ExtraContext): string | undefined {
  const [argument] = call.node.arguments;
  return argument && resolver.text({ ...call, node: argument });
}

function linkOf({ links }: Chain, ...names: string[]): Link | undefined {
  return links.findLast(({ name }) => names.includes(name));
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
  const where = linkOf(chain, 'where');
  const condition = where?.call.node.arguments[0];
  const name = explicitName(chain, context) ?? indexName('index', context, parts);
  found.indexes.push({
    ...base(element, chain, context),
    ...(name !== undefined && { name }),
    unique,
    method: on.name === 'using' ? (method ?? 'unknown').toLowerCase() : 'btree',
    parts,
    ...(where && condition && { where: rawOf({ ...where.call, node: condition }) }),
  });
}

function rawOf({ source, node }: Place): { raw: string; span: Index['span'] } {
  const start = node.getStart(source.sourceFile);
  return { raw: source.text.slice(start, node.end), span: spanOf(source, start, node.end) };
}

const PART_CALLS = new Set(['asc', 'desc', 'nullsFirst', 'nullsLast', 'op']);

function partOf(place: Place, context: ExtraContext): IndexPart {
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
        // Drizzle writes NULLS LAST with every DESC.
        nulls ??= 'last';
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
  return {
    ...(column === undefined ? { expression: sqlText({ ...place, node }, context.resolver) ?? raw } : { column }),
    sort,
    ...(nulls && { nulls }),
    ...(ops !== undefined && { ops }),
    span,
  };
}

/** The database name of the table's own column that an expression names: `t.email`, `users.email`, or a member taken out. */
function columnName(place: Place, { call, resolver, dbName }: ExtraContext): string | undefined {
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

function readUnique(element: Element, chain: Chain, found: Found, context: ExtraContext): void {
  const on = linkOf(chain, 'on');
  if (!on) {
    found.partial = true;
    return;
  }
  const parts = on.call.node.arguments.map((node) => partOf({ ...on.call, node }, context));
  const name = explicitName(chain, context) ?? indexName('unique', context, parts);
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

/** The elements of an array that an options object holds. */
function arrayOf(options: Place<ts.ObjectLiteralExpression>, name: string, { resolver }: ExtraContext): Place[] | undefined {
  const found = resolver.property(options, name);
  const array = found && found !== 'unknown' ? resolver.node(found) : undefined;
  if (!array || !compiler.isArrayLiteralExpression(array.node)) return undefined;
  return array.node.elements.map((node) => ({ ...array, node }));
}

function readForeignKey(element: Element, chain: Chain, found: Found, context: ExtraContext): void {
  const { base: call } = chain;
  const { resolver, table } = context;
  const [first] = call.node.arguments;
  let object = first && resolver.node({ ...call, node: first });
  if (object && isFunction(object.node)) {
    const result = returned(object.node);
    object = result && resolver.node({ ...object, node: result });
  }
  const options = object && compiler.isObjectLiteralExpression(object.node) ? { ...object, node: object.node } : undefined;
  const columns = options && arrayOf(options, 'columns', context);
  const targets = options && arrayOf(options, 'foreignColumns', context);
  if (!options || !columns || !targets || columns.length === 0 || targets.length === 0) {
    found.partial = true;
    return;
  }
  const references = targets.map((place) => foreignColumn(place, context));
  const [target] = references;
  const names = columns.map((place) => columnName(place, context));
  if (!target || names.includes(undefined)) {
    found.partial = true;
    return;
  }
  const written = resolver.property(options, 'name');
  const name = written && written !== 'unknown' ? resolver.text(written) : undefined;
  const { span, nameSpan } = base(element, chain, context);
  const onDelete = actionOf(argumentOf(linkOf(chain, 'onDelete')), resolver);
  const onUpdate = actionOf(argumentOf(linkOf(chain, 'onUpdate')), resolver);
  found.foreignKeys.push({
    kind: 'foreignKey',
    table,
    span,
    nameSpan,
    ...(name !== undefined && { name }),
    columns: names.filter((one) => one !== undefined),
    target: target.table,
    targetSpan: rawOf(targets[0] ?? call).span,
    targetColumns: references.flatMap((one) => (one ? [one.column] : [])),
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    validated: true,
  });
}

function argumentOf(link: Link | undefined): Place | undefined {
  const argument = link?.call.node.arguments[0];
  return link && argument && { ...link.call, node: argument };
}

/** A column of another table by its constant, or one of the table itself by the parameter. */
function foreignColumn(place: Place, context: ExtraContext): Reference | undefined {
  const owner = memberOf(place.node)?.owner;
  const byConstant = owner !== undefined && compiler.isIdentifier(owner) && !innerBinding(owner);
  return (byConstant ? undefined : ownColumn(place, context)) ?? referenceTo(place, context.resolver);
}

function ownColumn(place: Place, context: ExtraContext): Reference | undefined {
  const column = columnName(place, context);
  if (column === undefined) return undefined;
  const { dbName, dbSchema } = context.table;
  return { table: { name: dbName, ...(dbSchema !== undefined && { schema: dbSchema }) }, column };
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
    span: base(element, chain, context).span,
    ...(name !== undefined && { name }),
    raw: sqlText(place, context.resolver) ?? rawOf(place).raw,
    validated: true,
  });
}

