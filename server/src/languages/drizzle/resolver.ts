// Follows names and expressions to what they mean, over scopes, imports, re-exports, helper objects and helper
// functions, from syntax alone. It keeps a record of the names it looked up, so that a result can be reused as long as
// those names still mean the same.
import type { ts } from 'ts-morph';
import type { Surroundings } from '../language';
import { innerBinding, type Parameter } from '../typescript/bindings';
import { compiler } from '../typescript/compiler';
import { Modules, type Global } from './modules';
import { link, type Chunk, type ModuleParsed } from '../typescript/parse';
import { isFunction, plain, propertyName, returned, type FunctionNode } from '../typescript/syntax';
import { functionRole, isBuilder, isDrizzleModule, type Casing } from './vocabulary';

/** The arguments that a helper function was called with. */
export interface Env {
  readonly fn: FunctionNode;
  readonly args: readonly Place[];
  readonly outer: Env | undefined;
}

/** A node with the file it stands in and the calls that led to it. */
export interface Place<N extends ts.Node = ts.Node> {
  readonly source: ModuleParsed;
  readonly node: N;
  readonly env: Env | undefined;
}

export type Meaning =
  /** Something of a module that isn't at hand: Drizzle's own, or another package's. Members are joined by dots. */
  | { readonly kind: 'import'; readonly module: string; readonly name: string }
  | { readonly kind: 'namespace'; readonly source: ModuleParsed }
  /** A parameter of a function that nobody called here, or a member of it. */
  | { readonly kind: 'parameter'; readonly fn: FunctionNode; readonly index: number; readonly path: readonly string[]; readonly source: ModuleParsed }
  | { readonly kind: 'node'; readonly place: Place };

/** One name that was looked up at the top of a module, and what it meant; with `member`, what was derived from it. */
export interface Dependency {
  readonly path: string;
  readonly name: string;
  readonly member?: string;
  readonly meant: unknown;
}

interface Recorder {
  readonly dependencies: Dependency[];
  /** Names met last in which file: the same few builders are looked up for every column. */
  readonly seen: Map<string, string>;
}

/** What the configuration's `casing` comes to: Drizzle 1.0 no longer heeds it. */
export interface Casings {
  readonly heeded?: Casing;
  readonly ignored?: Casing;
}

const DEPTH = 40;

/** Lives for one lowering or one fix. */
export class Resolver {
  readonly #modules: Modules;
  #recorder: Recorder | undefined;

  constructor(
    files: readonly ModuleParsed[],
    module: Surroundings['module'],
    /** How the configuration has names of columns made from their properties. */
    readonly casing: Casings = {},
  ) {
    this.#modules = new Modules(files, module);
  }

  /** What `work` gives, with the names it depended on. */
  record<T>(work: () => T): { readonly result: T; readonly dependencies: readonly Dependency[] } {
    const outer = this.#recorder;
    const recorder: Recorder = { dependencies: [], seen: new Map() };
    this.#recorder = recorder;
    try {
      return { result: work(), dependencies: recorder.dependencies };
    } finally {
      this.#recorder = outer;
    }
  }

  /** What `work` gives; of all it looks up, only `dependency` is recorded. */
  summarise<T>(work: () => T, dependency: (result: T) => Dependency): T {
    const { result } = this.record(work);
    this.#recorder?.dependencies.push(dependency(result));
    return result;
  }

  /** What a name at the top of a file stands for now, to compare with a recorded dependency. */
  identity(path: string, name: string): Chunk | string | undefined {
    const source = this.#modules.at(path);
    return source && this.#modules.global(source, name)?.identity;
  }

  /** Whether names still mean what they meant when they were recorded; `derive` tells what one with a member comes to. */
  hold(dependencies: readonly Dependency[], derive?: (path: string, name: string, member: string) => unknown): boolean {
    return dependencies.every(({ path, name, member, meant }) => {
      return (member === undefined ? this.identity(path, name) : derive?.(path, name, member)) === meant;
    });
  }

  /** The place of a name at the top of a file. */
  top(path: string, name: string): Meaning | undefined {
    const source = this.#modules.at(path);
    return source && this.#settle(this.#lookupTop(source, name), 0);
  }

  /** Follows an expression as far as syntax allows. */
  evaluate(place: Place, depth = 0): Meaning | undefined {
    if (depth > DEPTH) return undefined;
    const node = plain(place.node);
    if (compiler.isIdentifier(node)) return this.#identifier({ ...place, node }, depth);
    if (compiler.isPropertyAccessExpression(node)) {
      return this.#member(this.evaluate({ ...place, node: node.expression }, depth + 1), node.name.text, depth);
    }
    if (compiler.isElementAccessExpression(node) && compiler.isStringLiteralLike(node.argumentExpression)) {
      return this.#member(this.evaluate({ ...place, node: node.expression }, depth + 1), node.argumentExpression.text, depth);
    }
    if (compiler.isCallExpression(node)) return this.#call({ ...place, node }, depth);
    return { kind: 'node', place: { ...place, node } };
  }

  /** The node that an expression comes down to, where it comes down to one. */
  node(place: Place): Place | undefined {
    const meaning = this.evaluate(place);
    return meaning?.kind === 'node' ? meaning.place : undefined;
  }

  /** The name under which Drizzle exports what an expression means, such as `pgTable` or `index`. */
  drizzleName(place: Place): { readonly module: string; readonly name: string } | undefined {
    const meaning = this.evaluate(place);
    return meaning?.kind === 'import' ? drizzleExport(meaning) : undefined;
  }

  /** The text of a string known from syntax: literals, constants, templates and sums of them. */
  text(place: Place, depth = 0): string | undefined {
    if (compiler.isStringLiteralLike(place.node)) return place.node.text;
    const found = depth > DEPTH ? undefined : this.node(place);
    if (!found) return undefined;
    const { node } = found;
    if (compiler.isStringLiteralLike(node)) return node.text;
    if (compiler.isTemplateExpression(node)) {
      let text = node.head.text;
      for (const { expression, literal } of node.templateSpans) {
        const part = this.text({ ...found, node: expression }, depth + 1);
        if (part === undefined) return undefined;
        text += part + literal.text;
      }
      return text;
    }
    if (compiler.isBinaryExpression(node) && node.operatorToken.kind === compiler.SyntaxKind.PlusToken) {
      const left = this.text({ ...found, node: node.left }, depth + 1);
      const right = this.text({ ...found, node: node.right }, depth + 1);
      return left === undefined || right === undefined ? undefined : left + right;
    }
    return undefined;
  }

  /** A property of an object literal; `unknown` where a spread or computed name may hold it. */
  property(object: Place<ts.ObjectLiteralExpression>, name: string, depth = 0): Place | 'unknown' | undefined {
    let hidden = false;
    const { properties } = object.node;
    for (let at = properties.length - 1; at >= 0; at--) {
      const property = properties[at];
      if (!property) continue;
      if (compiler.isSpreadAssignment(property)) {
        const inner = depth > DEPTH ? undefined : this.node({ ...object, node: property.expression });
        if (!inner || !compiler.isObjectLiteralExpression(inner.node)) hidden = true;
        else {
          const found = this.property({ ...inner, node: inner.node }, name, depth + 1);
          if (found === 'unknown') hidden = true;
          else if (found) return found;
        }
        continue;
      }
      const own = property.name && propertyName(property.name);
      if (own === undefined) hidden = true;
      if (own !== name) continue;
      if (compiler.isPropertyAssignment(property)) return { ...object, node: property.initializer };
      if (compiler.isShorthandPropertyAssignment(property)) return { ...object, node: property.name };
      return { ...object, node: property };
    }
    return hidden ? 'unknown' : undefined;
  }

  #identifier(place: Place<ts.Identifier>, depth: number): Meaning | undefined {
    const name = place.node.text;
    const { source } = place;
    const inner = innerBinding(place.node);
    if (!inner) return this.#settle(this.#lookupTop(source, name), depth);
    if ('fn' in inner) return this.#parameter(inner.fn, inner.parameter, place.env, source, depth);
    return this.#declaration(inner.declaration, source, place.env, depth);
  }

  #parameter(fn: FunctionNode, { index, member }: Parameter, env: Env | undefined, source: ModuleParsed, depth: number): Meaning | undefined {
    for (let call = env; call; call = call.outer) {
      if (call.fn !== fn) continue;
      const fallback = fn.parameters[index]?.initializer;
      const argument = call.args[index] ?? (fallback && { source, node: fallback, env: call.outer });
      if (!argument) return undefined;
      const meaning = this.evaluate(argument, depth + 1);
      return member === undefined ? meaning : this.#member(meaning, member, depth + 1);
    }
    return { kind: 'parameter', fn, index, path: member === undefined ? [] : [member], source };
  }

  #declaration(node: ts.Declaration, source: ModuleParsed, env: Env | undefined, depth: number): Meaning | undefined {
    if (compiler.isVariableDeclaration(node)) {
      return node.initializer && this.evaluate({ source, node: node.initializer, env }, depth + 1);
    }
    if (compiler.isBindingElement(node)) {
      const declaration = node.parent.parent;
      const name = node.propertyName ?? node.name;
      if (!compiler.isVariableDeclaration(declaration) || !declaration.initializer || !compiler.isIdentifier(name)) return undefined;
      const whole = this.evaluate({ source, node: declaration.initializer, env }, depth + 1);
      return this.#member(whole, name.text, depth + 1);
    }
    return { kind: 'node', place: { source, node, env } };
  }

  #member(owner: Meaning | undefined, name: string, depth: number): Meaning | undefined {
    if (!owner || depth > DEPTH) return undefined;
    switch (owner.kind) {
      case 'import':
        return { ...owner, name: owner.name === '*' ? name : `${owner.name}.${name}` };
      case 'parameter':
        return { ...owner, path: [...owner.path, name] };
      case 'namespace':
        return this.#settle(this.#modules.exported(owner.source, name, depth + 1), depth + 1);
      case 'node': {
        const { node } = owner.place;
        if (!compiler.isObjectLiteralExpression(node)) return undefined;
        const found = this.property({ ...owner.place, node }, name);
        return found && found !== 'unknown' ? this.evaluate(found, depth + 1) : undefined;
      }
    }
  }

  #call(place: Place<ts.CallExpression>, depth: number): Meaning | undefined {
    const callee = plain(place.node.expression);
    const simple = compiler.isIdentifier(callee) || (compiler.isPropertyAccessExpression(callee) && !compiler.isCallExpression(callee.expression));
    const meaning = simple ? this.evaluate({ ...place, node: callee }, depth + 1) : undefined;
    if (meaning?.kind !== 'node' || !isFunction(meaning.place.node)) return { kind: 'node', place };
    const fn = meaning.place.node;
    const result = returned(fn);
    if (!result) return undefined;
    const args = place.node.arguments.map((node) => ({ ...place, node }));
    return this.evaluate({ source: meaning.place.source, node: result, env: { fn, args, outer: meaning.place.env } }, depth + 1);
  }

  #lookupTop(source: ModuleParsed, name: string): Global | undefined {
    const global = this.#modules.global(source, name);
    const recorder = this.#recorder;
    if (recorder && recorder.seen.get(name) !== source.path) {
      recorder.seen.set(name, source.path);
      recorder.dependencies.push({ path: source.path, name, meant: global?.identity });
    }
    return global;
  }

  /** Top-level variables are kept unevaluated in the tables; their initialisers are followed here. */
  #settle(global: Global | undefined, depth: number): Meaning | undefined {
    if (global?.meaning.kind !== 'node') return global?.meaning;
    const { node, source } = global.meaning.place;
    if (global.piece) link(global.piece, source.sourceFile);
    if (compiler.isVariableDeclaration(node) || compiler.isBindingElement(node)) return this.#declaration(node, source, undefined, depth + 1);
    if (compiler.isFunctionDeclaration(node)) return global.meaning;
    return this.evaluate(global.meaning.place, depth + 1);
  }
}

/** Names of Drizzle itself, and names so much its own that a package between doesn't matter. */
function drizzleExport({ module, name }: { module: string; name: string }): { module: string; name: string } | undefined {
  const own = name.replace(/^default\./, '');
  if (isDrizzleModule(module)) return { module, name: own };
  return functionRole(own) || isBuilder(own) ? { module, name: own } : undefined;
}
