// What the top of a file says about the names in it: imports under other names, and clients that it makes.
import type { ts } from 'ts-morph';
import { compiler } from '../typescript/compiler';
import type { ModuleParsed } from '../typescript/parse';
import { awaited, calleeName, chainOf } from './chain';

export interface Environment {
  /** The name under which another module exports what this one calls otherwise. */
  readonly exportedAs: ReadonlyMap<string, string>;
  /** Names of the functions that make what a name at the top of the file holds. */
  readonly madeBy: ReadonlyMap<string, readonly string[]>;
  /** Names in the file that may be tables, each with what its module calls it: `*` for a whole module of them. */
  readonly tables: ReadonlyMap<string, string>;
  /** Finds out whether a text has a member of one of those; absent where the file has nothing to do with Drizzle. */
  readonly mentions: RegExp | undefined;
  /** Equal as long as all of it is. */
  readonly key: string;
}

export function environmentOf(module: ModuleParsed): Environment {
  const exportedAs = new Map<string, string>();
  const madeBy = new Map<string, readonly string[]>();
  const tables = new Map<string, string>();
  let drizzle = false;
  for (const [name, binding] of module.scope().bindings) {
    if (binding.kind === 'import') {
      if (/^drizzle-orm(?:\/|$)/.test(binding.specifier)) drizzle = true;
      else tables.set(name, binding.name === 'default' ? name : binding.name);
      if (binding.name !== name && binding.name !== 'default' && binding.name !== '*') exportedAs.set(name, binding.name);
    } else if (compiler.isVariableDeclaration(binding.node)) {
      const makers = makersOf(binding.node);
      if (makers.length > 0) madeBy.set(name, makers);
      if (makers.some((maker) => /Table(?:Creator)?$/.test(maker))) tables.set(name, name);
    }
  }
  return { exportedAs, madeBy, tables, mentions: drizzle ? memberOfAny([...tables.keys()]) : undefined, key: JSON.stringify([[...exportedAs], [...madeBy], [...tables], drizzle]) };
}

function memberOfAny(names: readonly string[]): RegExp | undefined {
  const written = names.filter((name) => /^[\w$]+$/.test(name)).map((name) => name.replaceAll('$', '\\$'));
  return written.length === 0 ? undefined : new RegExp(`(?<![\\w$.])(?:${written.join('|')})\\s*[!?]?\\s*[.[]`);
}

/** The functions that make the value of a variable: `PrismaClient`, `$extends` for `new PrismaClient().$extends(…)`. */
export function makersOf({ initializer }: ts.VariableDeclaration): string[] {
  if (!initializer) return [];
  let node = awaited(initializer);
  // `globalThis.prisma ?? new PrismaClient()`
  while (compiler.isBinaryExpression(node)) node = awaited(node.right);
  const makers: string[] = [];
  if (compiler.isCallExpression(node)) {
    const links = chainOf(node);
    makers.push(...links.map(({ name }) => name).reverse());
    node = awaited(links[0]?.owner ?? node);
    if (compiler.isCallExpression(node)) makers.push(calleeName(node) ?? '');
  }
  if (compiler.isNewExpression(node)) makers.push(calleeName(node) ?? '');
  return makers.filter((name) => name !== '');
}

const CLIENT_MAKERS = new Set(['PrismaClient', 'drizzle', '$extends']);

export function makesClient(makers: readonly string[] | undefined): boolean {
  return makers?.some((name) => CLIENT_MAKERS.has(name)) ?? false;
}
