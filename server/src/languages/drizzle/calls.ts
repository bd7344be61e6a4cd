// Recognises the calls that make tables, schemas and enums, whatever they were imported as, and chains of calls.
import type { ts } from 'ts-morph';
import type { Dialect } from '../../model/nodes';
import { compiler } from '../typescript/compiler';
import type { Meaning, Place, Resolver } from './resolver';
import { isFunction, memberOf, plain, returned } from '../typescript/syntax';
import { dialectOfModule, functionRole, type Casing } from './vocabulary';

/** A call that makes a table. */
export interface TableCall {
  /** The call of Drizzle's own function, which a wrapper may hide. */
  readonly place: Place<ts.CallExpression>;
  readonly dialect: Dialect;
  readonly dbSchema: string | undefined;
  readonly casing: Casing | undefined;
  /** Its name in the database; undefined where it can't be read. */
  readonly dbName: string | undefined;
}

interface TableFunction {
  readonly dialect: Dialect;
  readonly dbSchema?: string | undefined;
  readonly casing?: Casing | undefined;
  /** The function given to a table creator. */
  readonly rename?: Place | undefined;
}

/** The table that an expression makes, through wrappers and calls such as `.enableRLS()` behind it. */
export function tableCall(place: Place, resolver: Resolver): TableCall | undefined {
  const found = resolver.node(place);
  if (!found || !compiler.isCallExpression(found.node)) return undefined;
  const call: Place<ts.CallExpression> = { ...found, node: found.node };
  const callee = plain(call.node.expression);
  if (compiler.isPropertyAccessExpression(callee) && compiler.isCallExpression(plain(callee.expression))) {
    if (callee.name.text !== 'table') return tableCall({ ...call, node: callee.expression }, resolver);
  }
  const fn = tableFunction({ ...call, node: callee }, resolver);
  if (!fn) return undefined;
  const [name] = call.node.arguments;
  return {
    place: call,
    dialect: fn.dialect,
    dbSchema: fn.dbSchema,
    casing: fn.casing ?? resolver.casing.heeded,
    dbName: name && renamed({ ...call, node: name }, fn.rename, resolver),
  };
}

function tableFunction(callee: Place, resolver: Resolver): TableFunction | undefined {
  const meaning = resolver.evaluate(callee);
  if (meaning) return ofMeaning(meaning, resolver);
  // A member of something made by a call: `pgSchema("x").table`, `camelCase.schema("x").table.withRLS`.
  let member = memberOf(callee.node);
  if (member?.name === 'withRLS') member = memberOf(member.owner);
  if (member?.name !== 'table') return undefined;
  return schemaCall({ ...callee, node: member.owner }, resolver);
}

function ofMeaning(meaning: Meaning, resolver: Resolver): TableFunction | undefined {
  if (meaning.kind === 'import') {
    const name = meaning.name.replace(/^default\./, '');
    const known = functionRole(name);
    if (known) return known.role === 'table' ? { dialect: known.dialect } : undefined;
    const cased = /^(snakeCase|camelCase)\.table(\.withRLS)?$/.exec(name);
    const dialect = dialectOfModule(meaning.module);
    return cased && dialect ? { dialect, casing: casingOf(cased[1]) } : undefined;
  }
  if (meaning.kind !== 'node' || !compiler.isCallExpression(meaning.place.node)) return undefined;
  const { node } = meaning.place;
  const known = roleOf({ ...meaning.place, node: node.expression }, resolver);
  if (known?.role !== 'tableCreator') return undefined;
  const [rename] = node.arguments;
  return { dialect: known.dialect, ...(rename && { rename: { ...meaning.place, node: rename } }) };
}

/** A database schema, made by `pgSchema("x")` or `snakeCase.schema("x")`. */
export function schemaCall(place: Place, resolver: Resolver): TableFunction | undefined {
  const found = resolver.node(place);
  if (!found || !compiler.isCallExpression(found.node)) return undefined;
  const meaning = resolver.evaluate({ ...found, node: found.node.expression });
  if (meaning?.kind !== 'import') return undefined;
  const name = meaning.name.replace(/^default\./, '');
  const [argument] = found.node.arguments;
  const dbSchema = argument && resolver.text({ ...found, node: argument });
  const known = functionRole(name);
  if (known?.role === 'schema') return { dialect: known.dialect, dbSchema };
  const cased = /^(snakeCase|camelCase)\.schema$/.exec(name);
  const dialect = dialectOfModule(meaning.module);
  return cased && dialect ? { dialect, dbSchema, casing: casingOf(cased[1]) } : undefined;
}

function casingOf(name: string | undefined): Casing {
  return name === 'snakeCase' ? 'snake_case' : 'camelCase';
}

export function roleOf(callee: Place, resolver: Resolver): ReturnType<typeof functionRole> {
  const meaning = resolver.evaluate(callee);
  return meaning?.kind === 'import' ? functionRole(meaning.name.replace(/^default\./, '')) : undefined;
}

function renamed(name: Place, rename: Place | undefined, resolver: Resolver): string | undefined {
  const written = resolver.text(name);
  const fn = rename && resolver.node(rename);
  if (written === undefined || !fn || !isFunction(fn.node)) return written;
  const result = returned(fn.node);
  const made = result && resolver.text({ ...fn, node: result, env: { fn: fn.node, args: [name], outer: fn.env } });
  return made ?? written;
}

/** One call behind another: `.notNull()`. */
export interface Link {
  readonly name: string;
  readonly nameNode: ts.Node;
  readonly call: Place<ts.CallExpression>;
}

/** A call with the calls chained to it, the first one written first. */
export interface Chain {
  readonly base: Place<ts.CallExpression>;
  /** What the base calls; undefined where that can't be told. */
  readonly callee: Meaning | undefined;
  readonly links: readonly Link[];
}

/** Takes a chain of calls apart, through constants and helper functions that hold its beginning. */
export function unchain(place: Place, resolver: Resolver, depth = 0): Chain | undefined {
  const links: Link[] = [];
  let node = plain(place.node);
  for (;;) {
    if (depth > 20) return undefined;
    if (!compiler.isCallExpression(node)) {
      const found = resolver.node({ ...place, node });
      return found && found.node !== node && compiler.isCallExpression(found.node) ? joined(unchain(found, resolver, depth + 1), links) : undefined;
    }
    const callee = plain(node.expression);
    if (!compiler.isPropertyAccessExpression(callee)) break;
    const owner = plain(callee.expression);
    const inner = compiler.isCallExpression(owner) ? { ...place, node: owner } : resolver.node({ ...place, node: owner });
    if (!inner || !compiler.isCallExpression(inner.node)) break;
    links.unshift({ name: callee.name.text, nameNode: callee.name, call: { ...place, node } });
    if (inner.node !== owner) return joined(unchain(inner, resolver, depth + 1), links);
    node = owner;
  }
  const base = { ...place, node };
  const callee = resolver.evaluate({ ...base, node: node.expression });
  if (callee?.kind === 'node' && isFunction(callee.place.node)) {
    const result = resolver.node(base);
    return result && result.node !== node ? joined(unchain(result, resolver, depth + 1), links) : undefined;
  }
  return { base, callee, links };
}

function joined(chain: Chain | undefined, links: readonly Link[]): Chain | undefined {
  return chain && { ...chain, links: [...chain.links, ...links] };
}
