// The columns of a table: the properties of its object, through spreads and helpers, and what their chains say.
import type { ts } from 'ts-morph';
import type { Column, ColumnType, Dialect, Table } from '../../model/nodes';
import { allowedValues } from './allowed';
import { roleOf, schemaCall, unchain, type Chain, type Link, type TableCall } from './calls';
import { commentOf } from './comment';
import { compiler } from '../typescript/compiler';
import { readDefault } from './defaults';
import { isBroken, spanOf } from '../typescript/parse';
import type { Place, Resolver } from './resolver';
import { isFunction, memberOf, propertyName, returned } from '../typescript/syntax';
import { columnType, type BuilderOptions } from './types';
import { isBuilder, toCase } from './vocabulary';

/** One property of a columns object. */
export interface Entry {
  readonly key: string;
  readonly keyNode: ts.Node;
  readonly property: Place;
  readonly value: Place;
}

export interface Entries {
  readonly entries: readonly Entry[];
  /** Something in the object couldn't be read, so it may hold more. */
  readonly partial: boolean;
}

/** The properties of a table's columns object, in order; a later one of the same key wins. */
export function columnEntries(call: TableCall, resolver: Resolver): Entries {
  const argument = call.place.node.arguments[1];
  return argument ? objectEntries({ ...call.place, node: argument }, resolver) : { entries: [], partial: true };
}

/** The properties of an object, or of the object that a function returns, its spreads followed. */
export function objectEntries(place: Place, resolver: Resolver): Entries {
  const entries = new Map<string, Entry>();
  const partial = !collect(place, entries, resolver, 0);
  return { entries: [...entries.values()], partial };
}

function collect(place: Place, into: Map<string, Entry>, resolver: Resolver, depth: number): boolean {
  const found = depth > 20 ? undefined : resolver.node(place);
  if (!found) return false;
  if (isFunction(found.node)) {
    const result = returned(found.node);
    return result !== undefined && collect({ ...found, node: result }, into, resolver, depth + 1);
  }
  if (!compiler.isObjectLiteralExpression(found.node)) return false;
  let whole = !isBroken(found.source, found.node);
  for (const property of found.node.properties) {
    if (compiler.isSpreadAssignment(property)) {
      if (!collect({ ...found, node: property.expression }, into, resolver, depth + 1)) whole = false;
      continue;
    }
    const key = property.name && propertyName(property.name);
    const value = compiler.isPropertyAssignment(property)
      ? property.initializer
      : compiler.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    if (!property.name || !key || !value) whole = false;
    else into.set(key, { key, keyNode: property.name, property: { ...found, node: property }, value: { ...found, node: value } });
  }
  return whole;
}

/** What makes a column: the builder's name with its call, or an enum or custom type of the author's own. */
interface Builder {
  readonly kind: 'builder' | 'enum' | 'custom' | 'unknown';
  readonly name: string;
}

function builderOf({ base, callee }: Chain, resolver: Resolver): Builder {
  if (callee?.kind === 'import') {
    const name = callee.name.split('.').at(-1) ?? '';
    if (callee.module.startsWith('drizzle-orm') || isBuilder(name)) return { kind: 'builder', name };
  }
  // The builders given to a columns callback: `(t) => ({ id: t.uuid() })`.
  if (callee?.kind === 'parameter') {
    const name = callee.path.at(-1);
    if (name !== undefined && isBuilder(name)) return { kind: 'builder', name };
  }
  if (callee?.kind === 'node' && compiler.isCallExpression(callee.place.node)) {
    const made = { ...callee.place, node: callee.place.node };
    const name = enumName(made, resolver);
    if (name !== undefined) return { kind: 'enum', name };
    if (resolver.drizzleName({ ...made, node: made.node.expression })?.name === 'customType') {
      return { kind: 'custom', name: customName(made, resolver) };
    }
  }
  const written = base.node.expression;
  return { kind: 'unknown', name: written.getText(base.source.sourceFile) };
}

/** The database name of the enum that a call makes: `pgEnum("role", …)`, `schema.enum("role", …)`. */
export function enumName(call: Place<ts.CallExpression>, resolver: Resolver): string | undefined {
  const [argument] = call.node.arguments;
  const member = memberOf(call.node.expression);
  const makes =
    roleOf({ ...call, node: call.node.expression }, resolver)?.role === 'enum' ||
    (member?.name === 'enum' && schemaCall({ ...call, node: member.owner }, resolver) !== undefined);
  return makes && argument ? resolver.text({ ...call, node: argument }) : undefined;
}

/** What `dataType()` of a custom type gives, where that is one string. */
function customName(call: Place<ts.CallExpression>, resolver: Resolver): string {
  const [argument] = call.node.arguments;
  const object = argument && resolver.node({ ...call, node: argument });
  if (!object || !compiler.isObjectLiteralExpression(object.node)) return '';
  const found = resolver.property({ ...object, node: object.node }, 'dataType');
  if (!found || found === 'unknown') return '';
  const fn = resolver.node(found)?.node ?? found.node;
  const result = isFunction(fn) ? returned(fn) : undefined;
  return (result && resolver.text({ ...found, node: result })) ?? '';
}

/** The database name that a column's chain gives it. */
export function columnDbName(entry: Entry, call: TableCall, resolver: Resolver): string {
  const chain = unchain(entry.value, resolver);
  return (chain && writtenName(chain, resolver)) ?? toCase(entry.key, call.casing);
}

function writtenName({ base }: Chain, resolver: Resolver): string | undefined {
  const [argument] = base.node.arguments;
  return argument && resolver.text({ ...base, node: argument });
}

/** A column as its chain describes it; the links are what the table's keys are read from. */
export interface ReadColumn {
  readonly column: Column;
  readonly links: readonly Link[];
  readonly known: boolean;
}

export function readColumn(entry: Entry, call: TableCall, table: Table, resolver: Resolver): ReadColumn {
  const { property, keyNode, key } = entry;
  const { source } = property;
  const place = (node: ts.Node, of = source) => spanOf(of, node.getStart(of.sourceFile), node.end);
  const chain = unchain(entry.value, resolver);
  const links = chain?.links ?? [];
  const builder = chain && builderOf(chain, resolver);
  const type: ColumnType = chain && builder ? typeOf(chain, builder, call.dialect, resolver) : unread(entry);
  const value = readDefault(links, type, resolver);
  const has = (...names: string[]) => links.some(({ name }) => names.includes(name));
  const identity = has('generatedAlwaysAsIdentity', 'generatedByDefaultAsIdentity', 'identity');
  const comment = commentOf(property);
  const allowed = chain && type.family === 'text' ? allowedValues(chain, resolver) : undefined;
  const dbName = chain && writtenName(chain, resolver);
  const intended = dbName === undefined && chain && call.casing === undefined ? toCase(key, resolver.casing.ignored) : key;
  const column: Column = {
    kind: 'column',
    table,
    span: place(property.node),
    nameSpan: place(keyNode),
    name: key,
    dbName: dbName ?? toCase(key, call.casing),
    ...(intended !== key && { intendedName: intended }),
    type,
    nullable: !(has('notNull', 'primaryKey') || identity || (type.family === 'integer' && type.serial)),
    ...(value && { default: value }),
    unique: has('unique'),
    updatedAutomatically: has('$onUpdate', '$onUpdateFn', 'onUpdateNow'),
    generated: has('generatedAlwaysAs'),
    ...(comment !== undefined && { comment }),
    ...(allowed && { allowed }),
  };
  return { column, links, known: builder !== undefined && builder.kind !== 'unknown' };
}

function typeOf({ base, callee, links }: Chain, builder: Builder, dialect: Dialect, resolver: Resolver): ColumnType {
  const { source, node } = base;
  const expression = node.expression;
  const from = compiler.isPropertyAccessExpression(expression) ? expression.name : expression;
  const start = from.getStart(source.sourceFile);
  const array = links.reduce((sum, link) => sum + (link.name === 'array' ? dimensions(link) : 0), 0);
  const place = { span: spanOf(source, start, node.end), raw: source.text.slice(start, node.end), array };
  if (builder.kind === 'enum') return { ...place, family: 'enum', enumName: builder.name };
  if (builder.kind === 'custom') {
    const name = builder.name.toLowerCase();
    return { ...place, family: name === 'tsvector' ? 'tsvector' : name === 'bytea' ? 'bytes' : 'other' };
  }
  if (builder.kind === 'unknown') return { ...place, family: 'other' };
  // A function of another dialect's core keeps that dialect's meaning only through the table, so the table decides.
  return columnType(dialect, callee ? builder.name : '', optionsOf(base, resolver), place);
}

/** `.array()` adds a dimension, and `.array("[][]")` as many as it shows. */
function dimensions({ call }: Link): number {
  const [argument] = call.node.arguments;
  if (!argument || !compiler.isStringLiteralLike(argument)) return 1;
  return Math.max(1, argument.text.split('[').length - 1);
}

function unread({ value }: Entry): ColumnType {
  const start = value.node.getStart(value.source.sourceFile);
  const { end } = value.node;
  return { family: 'other', span: spanOf(value.source, start, end), raw: value.source.text.slice(start, end), array: 0 };
}

/** The options of a builder call, wherever they stand among its arguments. */
export function optionsObject(base: Place<ts.CallExpression>, resolver: Resolver): Place<ts.ObjectLiteralExpression> | undefined {
  for (const argument of base.node.arguments) {
    if (compiler.isStringLiteralLike(argument)) continue;
    const found = resolver.node({ ...base, node: argument });
    if (found && compiler.isObjectLiteralExpression(found.node)) return { ...found, node: found.node };
  }
  return undefined;
}

const NO_OPTIONS: BuilderOptions = {
  text: () => undefined,
  number: () => undefined,
  flag: () => undefined,
  mayHave: () => false,
};

function optionsOf(base: Place<ts.CallExpression>, resolver: Resolver): BuilderOptions {
  const object = optionsObject(base, resolver);
  if (!object && base.node.arguments.length < 2) return NO_OPTIONS;
  const unreadable = !object;
  const value = (name: string): Place | undefined => {
    const found = object && resolver.property(object, name);
    return found && found !== 'unknown' ? resolver.node(found) : undefined;
  };
  return {
    text: (name) => {
      const found = value(name);
      return found && resolver.text(found);
    },
    number: (name) => {
      const node = value(name)?.node;
      return node && compiler.isNumericLiteral(node) ? Number(node.text) : undefined;
    },
    flag: (name) => {
      const kind = value(name)?.node.kind;
      if (kind === compiler.SyntaxKind.TrueKeyword) return true;
      return kind === compiler.SyntaxKind.FalseKeyword ? false : undefined;
    },
    mayHave: (name) => unreadable || (object !== undefined && resolver.property(object, name) !== undefined),
  };
}
