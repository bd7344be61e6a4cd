// Other people's truth: PostgreSQL itself, Prisma's schema engine and validator, and drizzle-kit. No network, no server.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PGlite } from '@electric-sql/pglite';
import { build } from 'esbuild';

const load = createRequire(import.meta.url);

let database: Promise<PGlite> | undefined;

/** Runs SQL in an empty PostgreSQL, asks, and leaves it empty again. */
export async function inPostgres<T>(sql: string, ask: (database: PGlite) => Promise<T>): Promise<T> {
  const postgres = await (database ??= PGlite.create());
  await postgres.exec('BEGIN');
  try {
    await postgres.exec(sql);
    return await ask(postgres);
  } finally {
    await postgres.exec('ROLLBACK');
  }
}

export async function closePostgres(): Promise<void> {
  await (await database)?.close();
  database = undefined;
}

interface Engine {
  diff(input: unknown): Promise<{ stdout: string }>;
  free?(): void;
}
interface EngineModule {
  readonly __wbg_set_wasm: (exports: unknown) => void;
  readonly SchemaEngine: { new: (options: unknown, log: () => void, adapter: unknown) => Promise<Engine> };
}

export interface Settled<T> {
  readonly ok: true;
  readonly value: T;
  map<U>(f: (value: T) => U): Settled<U>;
  flatMap<U>(f: (value: T) => U): U;
}
export const settled = <T>(value: T): Settled<T> => ({ ok: true, value, map: (f) => settled(f(value)), flatMap: (f) => f(value) });

// The engine wants a database to talk to, though comparing two schemas never asks it anything.
const connection = {
  provider: 'postgres',
  adapterName: 'none',
  queryRaw: () => Promise.resolve(settled({ columnNames: [], columnTypes: [], rows: [] })),
  executeRaw: () => Promise.resolve(settled(0)),
  executeScript: () => Promise.resolve(settled(undefined)),
  dispose: () => Promise.resolve(settled(undefined)),
  getConnectionInfo: () => settled({ schemaName: 'public', supportsRelationJoins: true }),
};
const adapter = {
  provider: 'postgres',
  adapterName: 'none',
  connect: () => Promise.resolve(settled(connection)),
  connectToShadowDb: () => Promise.resolve(settled(connection)),
  errorRegistry: { consumeError: () => undefined },
};

let engineModule: Promise<EngineModule> | undefined;

// Node's types name WebAssembly without describing it.
const webAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }> } = Reflect.get(
  globalThis,
  'WebAssembly',
);

/** The schema engine, loaded once. */
export function prismaEngine(): Promise<EngineModule> {
  return (engineModule ??= startEngine());
}

async function startEngine(): Promise<EngineModule> {
  const bindings: object = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  if (!isEngine(bindings)) throw new Error("Prisma's schema engine has another shape than it used to have.");
  const wasm = load.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const { instance } = await webAssembly.instantiate(readFileSync(wasm), { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
  return bindings;
}

function isEngine(module: object): module is EngineModule {
  return '__wbg_set_wasm' in module && 'SchemaEngine' in module;
}

/** The SQL by which Prisma Migrate would create the schema in an empty database. Rejects for an invalid schema. */
export function sqlOfPrisma(schema: string): Promise<string> {
  return migrationOfPrisma(undefined, schema);
}

/** The SQL that Prisma Migrate would write between two schemas, or from an empty database. Rejects for an invalid one. */
export async function migrationOfPrisma(before: string | undefined, after: string): Promise<string> {
  const { SchemaEngine } = await prismaEngine();
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', after]] }, () => undefined, adapter);
  const side = (content: string): object => ({ tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] });
  const filters = { externalTables: [], externalEnums: [] };
  const from = before === undefined ? { tag: 'empty' } : side(before);
  const { stdout } = await engine.diff({ from, to: side(after), script: true, exitCode: null, filters });
  engine.free?.();
  return stdout;
}

/** What Prisma's own validator says against a schema; nothing when it accepts it. */
export function prismaComplaints(schema: string): string[] {
  const validator: { lint(files: string): string } = load('@prisma/prisma-schema-wasm');
  const found: { text: string; is_warning: boolean }[] = JSON.parse(validator.lint(JSON.stringify([['schema.prisma', schema]])));
  return found.filter(({ is_warning }) => !is_warning).map(({ text }) => text);
}

interface DataModelField {
  readonly name: string;
  readonly dbName?: string | null;
  readonly isId: boolean;
  readonly default?: unknown;
  readonly relationFromFields?: readonly string[];
  readonly relationOnDelete?: string;
}
export interface DataModel {
  readonly models: readonly { readonly name: string; readonly dbName: string | null; readonly fields: readonly DataModelField[] }[];
}

/** Prisma's own reading of a schema. */
export function prismaDataModel(schema: string): DataModel {
  const validator: { get_dmmf(input: string): string } = load('@prisma/prisma-schema-wasm');
  const read: { datamodel: DataModel } = JSON.parse(validator.get_dmmf(JSON.stringify({ prismaSchema: [['schema.prisma', schema]] })));
  return read.datamodel;
}

interface DrizzleKit {
  generateDrizzleJson(module: unknown, previous?: string): { readonly id: string };
  generateMigration(from: unknown, to: unknown): Promise<string[]>;
}

/** The statements by which drizzle-kit would create the schema of a module in an empty database. */
export function sqlOfDrizzle(source: string): Promise<string> {
  return migrationOfDrizzle(undefined, new Map([['schema.ts', source]]));
}

/** What drizzle-kit keeps beside the migration that makes the schema. */
export async function snapshotOfDrizzle(source: string): Promise<string> {
  const kit: DrizzleKit = load('drizzle-kit/api');
  const module = await exportsOf(new Map([['schema.ts', source]]));
  return JSON.stringify(refusing(() => kit.generateDrizzleJson(module)), null, 2);
}

/** The statements that drizzle-kit would write behind a migration with that snapshot. */
export async function migrationAfterSnapshot(snapshot: string, source: string): Promise<string> {
  const kit: DrizzleKit = load('drizzle-kit/api');
  const module = await exportsOf(new Map([['schema.ts', source]]));
  const from: unknown = JSON.parse(snapshot);
  const statements = await kit.generateMigration(from, refusing(() => kit.generateDrizzleJson(module)));
  return statements.join('\n');
}

/** The statements that drizzle-kit would write between two schemas, each of one or several modules. Rejects for one that it refuses. */
export async function migrationOfDrizzle(before: ReadonlyMap<string, string> | undefined, after: ReadonlyMap<string, string>): Promise<string> {
  const kit: DrizzleKit = load('drizzle-kit/api');
  const modules = [before ? await exportsOf(before) : {}, await exportsOf(after)];
  const [from, to] = refusing(() => {
    const first = kit.generateDrizzleJson(modules[0]);
    return [first, kit.generateDrizzleJson(modules[1], first.id)];
  });
  const statements = await kit.generateMigration(from, to);
  return statements.join('\n--> statement-breakpoint\n');
}

/** drizzle-kit ends the whole process where it refuses a schema; here that is an error like any other. */
function refusing<T>(run: () => T): T {
  const { exit } = process;
  const { log } = console;
  const said: unknown[] = [];
  process.exit = () => {
    throw new Error(`drizzle-kit refuses the schema: ${said.join(' ')}`);
  };
  console.log = (...words) => said.push(...words);
  try {
    return run();
  } finally {
    process.exit = exit;
    console.log = log;
  }
}

/** What all the modules together export. */
async function exportsOf(texts: ReadonlyMap<string, string>): Promise<unknown> {
  const modules = [...texts].filter(([path]) => path.endsWith('.ts'));
  const stub = (name: string): boolean => name === 'uuidv7' || name.startsWith('@company/');
  const result = await build({
    stdin: { contents: modules.map(([path]) => `export * from ${JSON.stringify(`/${path}`)};`).join('\n'), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    logLevel: 'silent',
    plugins: [
      {
        name: 'texts',
        setup(builder) {
          builder.onResolve({ filter: /^[./]/ }, ({ path, importer }) => ({ path: resolveIn(texts, path, importer), namespace: 'texts' }));
          builder.onResolve({ filter: /^[^./]/ }, ({ path }) => (stub(path) ? { path, namespace: 'stub' } : { path, external: true }));
          builder.onLoad({ filter: /.*/, namespace: 'texts' }, ({ path }) => ({ contents: texts.get(path) ?? '', loader: 'ts' }));
          builder.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'export const uuidv7 = () => ""; export const shared = {};', loader: 'ts' }));
        },
      },
    ],
  });
  const module = { exports: {} };
  new Function('require', 'module', 'exports', result.outputFiles[0]?.text ?? '')(load, module, module.exports);
  return module.exports;
}

function resolveIn(texts: ReadonlyMap<string, string>, path: string, importer: string): string {
  const { pathname } = new URL(path, `file:///${importer}`);
  const name = pathname.slice(1);
  return [name, `${name}.ts`, name.replace(/\.js$/, '.ts'), `${name}/index.ts`].find((candidate) => texts.has(candidate)) ?? name;
}
