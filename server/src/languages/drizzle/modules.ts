// Names at the top of modules, followed over imports and re-exports to what declares them.
import type { ts } from 'ts-morph';
import type { Surroundings } from '../language';
import { isModuleParsed, type Chunk, type ModuleParsed, type Piece } from '../typescript/parse';
import type { Meaning } from './resolver';
import type { Binding } from '../typescript/scope';
import { functionRole, isBuilder, isDrizzleModule } from './vocabulary';

/** What a name at the top of a module stands for. */
export interface Global {
  readonly meaning: Meaning;
  /** Equal as long as the name means the same: a statement, or the name of something outside. */
  readonly identity: Chunk | string;
  /** The statement of a declaration, to be linked before its nodes are followed. */
  readonly piece?: Piece;
}

const DEPTH = 40;

/** The modules at hand for one lowering or one fix. */
export class Modules {
  readonly #loaded = new Map<string, ModuleParsed>();
  readonly #globals = new Map<string, Map<string, Global | undefined>>();
  readonly #imports = new Map<string, ModuleParsed | undefined>();

  constructor(
    files: readonly ModuleParsed[],
    private readonly module: Surroundings['module'],
  ) {
    for (const file of files) this.#loaded.set(file.path, file);
  }

  /** The module of a path, once something led to it. */
  at(path: string): ModuleParsed | undefined {
    return this.#loaded.get(path);
  }

  /** What a name at the top of a module stands for. */
  global(source: ModuleParsed, name: string, depth = 0): Global | undefined {
    let names = this.#globals.get(source.path);
    if (!names) this.#globals.set(source.path, (names = new Map()));
    if (names.has(name)) return names.get(name);
    const binding = source.scope().bindings.get(name);
    const global = binding && this.#binding(source, binding, depth);
    names.set(name, global);
    return global;
  }

  #binding(source: ModuleParsed, binding: Binding, depth: number): Global | undefined {
    if (binding.kind === 'import') return this.#imported(source, binding.specifier, binding.name, depth + 1);
    return declared(source, binding.node, binding.piece);
  }

  #imported(from: ModuleParsed, specifier: string, name: string, depth: number): Global | undefined {
    const target = isDrizzleModule(specifier) ? undefined : this.#load(from.path, specifier);
    if (!target) return outside(specifier, name);
    if (name === '*') return { meaning: { kind: 'namespace', source: target }, identity: `module ${target.path}` };
    return this.exported(target, name, depth);
  }

  #load(from: string, specifier: string): ModuleParsed | undefined {
    const key = `${from}\0${specifier}`;
    if (this.#imports.has(key)) return this.#imports.get(key);
    const found = this.module?.(from, specifier);
    const loaded = isModuleParsed(found) ? (this.#loaded.get(found.path) ?? found) : undefined;
    if (loaded) this.#loaded.set(loaded.path, loaded);
    this.#imports.set(key, loaded);
    return loaded;
  }

  /** What a module exports under a name. */
  exported(source: ModuleParsed, name: string, depth: number): Global | undefined {
    if (depth > DEPTH) return undefined;
    const { bindings, exports, stars } = source.scope();
    const entry = exports.get(name);
    if (entry?.kind === 'import') return this.#imported(source, entry.specifier, entry.name, depth + 1);
    if (entry?.kind === 'local') return this.global(source, entry.name, depth + 1);
    if (entry) return declared(source, entry.node, entry.piece);
    // Whether a declaration carries `export` doesn't matter: an import of it says that it does.
    if (bindings.get(name)?.kind === 'declaration') return this.global(source, name, depth + 1);
    for (const star of stars) {
      if (isDrizzleModule(star)) {
        if (isBuilder(name) || functionRole(name) || EXTRA.has(name)) return outside(star, name);
        continue;
      }
      const target = this.#load(source.path, star);
      const found = target && this.exported(target, name, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
}

/** Names of the functions that Drizzle's core modules export besides tables and column builders. */
const EXTRA = new Set(['index', 'uniqueIndex', 'unique', 'primaryKey', 'foreignKey', 'check', 'customType', 'snakeCase', 'camelCase']);

function outside(module: string, name: string): Global {
  return { meaning: { kind: 'import', module, name }, identity: `${module}#${name}` };
}

function declared(source: ModuleParsed, node: ts.Node, piece: Piece): Global {
  return { meaning: { kind: 'node', place: { source, node, env: undefined } }, identity: piece.chunk, piece };
}
