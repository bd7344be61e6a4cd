// Other people's truth: PostgreSQL itself, Prisma's schema engine and validator, and drizzle-kit. No network, no server.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PGlite } from '@electric-sql/pglite';
import { transformSync } from 'esbuild';

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

interface Settled<T> {
  readonly ok: true;
  readonly value: T;
  map<U>(f: (value: T) => U): Settled<U>;
  flatMap<U>(f: (value: T) => U): U;
}
const settled = <T>(value: T): Settled<T> => ({ ok: true, value, map: (f) => settled(f(value)), flatMap: (f) => f(value) });

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
export async function sqlOfPrisma(schema: string): Promise<string> {
  const { SchemaEngine } = await (engineModule ??= startEngine());
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, adapter);
  const to = { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] };
  const filters = { externalTables: [], externalEnums: [] };
  const { stdout } = await engine.diff({ from: { tag: 'empty' }, to, script: true, exitCode: null, filters });
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
  generateDrizzleJson(module: unknown): unknown;
  generateMigration(from: unknown, to: unknown): Promise<string[]>;
}

/** The statements by which drizzle-kit would create the schema of a module in an empty database. */
export async function sqlOfDrizzle(source: string): Promise<string> {
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  const module = { exports: {} };
  new Function('require', 'module', 'exports', code)(load, module, module.exports);
  const kit: DrizzleKit = load('drizzle-kit/api');
  const statements = await kit.generateMigration(kit.generateDrizzleJson({}), kit.generateDrizzleJson(module.exports));
  return statements.join('\n--> statement-breakpoint\n');
}
