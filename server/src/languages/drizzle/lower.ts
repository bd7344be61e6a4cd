// Links the files of one schema into the model. What a statement gave before is taken again as long as its own text
// and everything it names still mean the same.
import type { ts } from 'ts-morph';
import { atLeast } from '../../model/facts';
import type { DeclaredRelation, Dialect, Enum, Schema, Table } from '../../model/nodes';
import type { Surroundings } from '../language';
import { schemaCall, tableCall } from './calls';
import { enumName } from './columns';
import { compiler } from '../typescript/compiler';
import { link, spanOf, type Chunk, type ModuleParsed, type Piece } from '../typescript/parse';
import { linkedPolicy, withLinked, type LinkedPolicy } from './policies';
import { describedTop } from './references';
import { declaredRelations, mayRelate } from './relations';
import { Resolver, type Dependency, type Place } from './resolver';
import { descend, isMissing, plain, propertyName } from '../typescript/syntax';
import { lowerTable } from './table';
import { textsIn } from './texts';
import { dialectOfModule, functionRole, type Casing } from './vocabulary';

interface Lowered {
  readonly tables: readonly Table[];
  readonly enums: readonly Enum[];
  readonly relations: readonly DeclaredRelation[];
  readonly links: readonly LinkedPolicy[];
}

interface Cached {
  readonly lowered: Lowered;
  readonly dependencies: readonly Dependency[];
  readonly modern: boolean;
  readonly casing: Casing | undefined;
}

const cache = new WeakMap<Chunk, Cached>();
const resolvers = new WeakMap<Schema, Resolver>();

export function lowerDrizzle(files: readonly ModuleParsed[], surroundings: Surroundings): Schema {
  const modern = atLeast(surroundings.facts.drizzleVersion, 1) === true;
  const casing = surroundings.facts.drizzleCasing;
  const resolver = new Resolver(files, surroundings.module?.bind(surroundings), casing && (modern ? { ignored: casing } : { heeded: casing }));
  const tables: Table[] = [];
  const enums: Enum[] = [];
  const relations: DeclaredRelation[] = [];
  const links: LinkedPolicy[] = [];
  for (const file of files) {
    for (const piece of file.pieces) {
      if (!mayDeclare(piece.node)) continue;
      const lowered = lowerPiece(file, piece, resolver, modern);
      tables.push(...lowered.tables);
      enums.push(...lowered.enums);
      relations.push(...lowered.relations);
      links.push(...lowered.links);
    }
  }
  const schema: Schema = {
    kind: 'schema',
    language: 'drizzle',
    dialect: commonDialect(tables) ?? importedDialect(files),
    files: files.map(({ path }) => path),
    tables: withLinked(tables, links),
    enums,
    migrations: [],
    emulatedRelations: false,
    relations,
  };
  resolvers.set(schema, resolver);
  return schema;
}

/** The names and modules that a schema was lowered with, for the writers. */
export function resolverOf(schema: Schema): Resolver | undefined {
  return resolvers.get(schema);
}

function mayDeclare(node: ts.Statement): boolean {
  return !(
    compiler.isImportDeclaration(node) ||
    compiler.isExportDeclaration(node) ||
    compiler.isTypeAliasDeclaration(node) ||
    compiler.isInterfaceDeclaration(node)
  );
}

function lowerPiece(file: ModuleParsed, piece: Piece, resolver: Resolver, modern: boolean): Lowered {
  const casing = resolver.casing.heeded ?? resolver.casing.ignored;
  const cached = cache.get(piece.chunk);
  const derive = (path: string, name: string, member: string) => describedTop(path, name, member, resolver);
  if (cached?.modern === modern && cached.casing === casing && resolver.hold(cached.dependencies, derive)) return cached.lowered;
  link(piece, file.sourceFile);
  const { result: lowered, dependencies } = resolver.record(() => read(file, piece, resolver, modern));
  cache.set(piece.chunk, { lowered, dependencies: distinct(dependencies), modern, casing });
  return lowered;
}

function distinct(dependencies: readonly Dependency[]): Dependency[] {
  const seen = new Map<string, Dependency>();
  for (const dependency of dependencies) seen.set(`${dependency.path}\0${dependency.name}\0${dependency.member ?? ''}`, dependency);
  return [...seen.values()];
}

function read(file: ModuleParsed, piece: Piece, resolver: Resolver, modern: boolean): Lowered {
  const tables: Table[] = [];
  const enums: Enum[] = [];
  const relations: DeclaredRelation[] = [];
  const links: LinkedPolicy[] = [];
  descend(piece.node, (node) => {
    if (!compiler.isCallExpression(node)) return true;
    const place: Place<ts.CallExpression> = { source: file, node, env: undefined };
    const linked = linkedPolicy(place, resolver);
    if (linked) links.push(linked);
    if (!mayMake(node)) return true;
    const declared = mayRelate(node) ? declaredRelations(place, resolver) : undefined;
    if (declared) {
      relations.push(...declared);
      return false;
    }
    const call = tableCall(place, resolver);
    // Inside a wrapper of the author's own the name is a parameter: the wrapper's calls are the tables.
    if (call && !(call.dbName === undefined && isParameter(call.place, resolver))) {
      tables.push(lowerTable(call, place, resolver, modern));
      return false;
    }
    const name = enumName(place, resolver);
    if (name !== undefined) enums.push(lowerEnum(place, name, resolver));
    return true;
  });
  return { tables, enums, relations, links };
}

/** A cheap look at a call before its names are followed. */
function mayMake(node: ts.CallExpression): boolean {
  const callee = plain(node.expression);
  if (node.arguments.length === 0) return false;
  if (compiler.isIdentifier(callee)) {
    return !isMissing(callee) && (node.arguments.length > 1 || functionRole(callee.text) !== undefined || isNamedByWrapper(node));
  }
  if (!compiler.isPropertyAccessExpression(callee)) return false;
  const { text } = callee.name;
  // `.enableRLS()` and its like hang behind a call, which is met on its own.
  if (compiler.isCallExpression(plain(callee.expression)) && text !== 'table' && text !== 'enum') return false;
  return node.arguments.length > 1 || text === 'table' || text === 'withRLS' || functionRole(text) !== undefined;
}

/** `const users = makeTable("users")`: the wrapper may know the columns by itself. */
function isNamedByWrapper({ arguments: [name], parent }: ts.CallExpression): boolean {
  return name !== undefined && compiler.isStringLiteralLike(name) && (compiler.isVariableDeclaration(parent) || compiler.isPropertyAssignment(parent));
}

function isParameter(call: Place<ts.CallExpression>, resolver: Resolver): boolean {
  const [name] = call.node.arguments;
  return name !== undefined && resolver.evaluate({ ...call, node: name })?.kind === 'parameter';
}

function lowerEnum(place: Place<ts.CallExpression>, dbName: string, resolver: Resolver): Enum {
  const { source, node } = place;
  const [name, list] = node.arguments;
  const start = node.getStart(source.sourceFile);
  const { parent } = node;
  const callee = plain(node.expression);
  const schema = compiler.isPropertyAccessExpression(callee) ? schemaCall({ ...place, node: callee.expression }, resolver) : undefined;
  return {
    kind: 'enum',
    span: spanOf(source, start, node.end),
    nameSpan: name ? spanOf(source, name.getStart(source.sourceFile), name.end) : spanOf(source, start, node.end),
    name: (compiler.isVariableDeclaration(parent) || compiler.isPropertyAssignment(parent) ? propertyName(parent.name) : undefined) ?? dbName,
    dbName,
    ...(schema?.dbSchema !== undefined && { dbSchema: schema.dbSchema }),
    values: list ? textsIn({ ...place, node: list }, resolver) : [],
  };
}

/** The dialect of most of the tables. */
function commonDialect(tables: readonly Table[]): Dialect | undefined {
  const counts = new Map<Dialect, number>();
  for (const { dialect } of tables) counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function importedDialect(files: readonly ModuleParsed[]): Dialect {
  for (const file of files) {
    for (const binding of file.scope().bindings.values()) {
      const dialect = binding.kind === 'import' ? dialectOfModule(binding.specifier) : undefined;
      if (dialect) return dialect;
    }
  }
  return 'unknown';
}
