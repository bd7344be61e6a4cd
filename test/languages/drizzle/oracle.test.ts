// drizzle-kit as an oracle: what it reads from a schema by running it must be what we lower from its syntax.
import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { ColumnType, Index, Schema, Table } from '../../../server/src/model/nodes';
import { lower, PG } from './print';

before(() => drizzle.prepare());

interface KitIndex {
  name: string;
  columns: { expression: string; isExpression: boolean; asc: boolean; nulls: string; opclass?: string }[];
  isUnique: boolean;
  method: string;
  where?: string;
  concurrently: boolean;
}

interface KitTable {
  name: string;
  schema: string;
  columns: Record<string, { name: string; type: string; primaryKey: boolean; notNull: boolean }>;
  indexes: Record<string, KitIndex>;
  foreignKeys: Record<string, { columnsFrom: string[]; tableTo: string; columnsTo: string[]; onDelete?: string; onUpdate?: string }>;
  compositePrimaryKeys: Record<string, { name: string; columns: string[] }>;
  uniqueConstraints: Record<string, { name: string; columns: string[]; nullsNotDistinct: boolean }>;
  checkConstraints: Record<string, { name: string; value: string }>;
}

/** Runs the files and hands what they export to drizzle-kit. */
function kitTables(files: Readonly<Record<string, string>>): KitTable[] {
  const load = createRequire(join(process.cwd(), 'package.json'));
  const loaded = new Map<string, Record<string, unknown>>();
  const run = (path: string): Record<string, unknown> => {
    const known = loaded.get(path);
    if (known) return known;
    const exports: Record<string, unknown> = {};
    loaded.set(path, exports);
    const { outputText } = ts.transpileModule(files[path] ?? '', {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    });
    const required = (id: string): unknown => (id.startsWith('./') ? run(`/${id.slice(2)}.ts`) : load(id));
    new Function('exports', 'require', outputText)(exports, required);
    return exports;
  };
  const all = Object.assign({}, ...Object.keys(files).map(run));
  const { generateDrizzleJson } = load('drizzle-kit/api') as { generateDrizzleJson(schema: unknown): { tables: Record<string, KitTable> } };
  return Object.values(generateDrizzleJson(all).tables);
}

/** One table in words that both sides can say. */
type Words = readonly string[];

function kitWords(table: KitTable): Words {
  const composite = Object.values(table.compositePrimaryKeys);
  const keyed = new Set(composite.flatMap(({ columns }) => columns));
  return [
    `table ${table.schema}.${table.name}`,
    ...Object.values(table.columns).map(({ name, type, notNull, primaryKey }) => `column ${name} ${plainType(type)} ${notNull || primaryKey || keyed.has(name) ? 'not null' : 'null'}`),
    ...Object.values(table.columns).flatMap(({ name, primaryKey }) => (primaryKey ? [`primary key ${name}`] : [])),
    ...composite.map(({ name, columns }) => `primary key ${columns.join()} named ${name}`),
    ...Object.values(table.indexes).map((index) => {
      const parts = index.columns.map((part) => `${part.isExpression ? 'expression' : part.expression} ${part.asc ? 'asc' : 'desc'} ${part.opclass ?? ''} ${part.nulls}`);
      return `index ${index.name} ${index.isUnique} ${index.method} (${parts.join()}) ${index.where !== undefined} ${index.concurrently}`;
    }),
    ...keptUniques(table, [...composite, ...inlineKey(table)]).map(({ name, columns, nullsNotDistinct }) => `unique ${name} ${columns.join()} ${nullsNotDistinct}`),
    ...Object.values(table.foreignKeys).map(
      (key) => `fk ${key.columnsFrom.join()} ${key.tableTo} ${key.columnsTo.join()} ${key.onDelete ?? 'no action'} ${key.onUpdate ?? 'no action'}`,
    ),
    ...Object.values(table.checkConstraints).map(({ name }) => `check ${name}`),
  ].sort();
}

function inlineKey({ columns }: KitTable): { readonly columns: string[] }[] {
  const key = Object.values(columns).filter(({ primaryKey }) => primaryKey);
  return key.length > 0 ? [{ columns: key.map(({ name }) => name) }] : [];
}

/** The unique constraints that PostgreSQL keeps: it merges one into an equal key of the same CREATE TABLE. */
function keptUniques({ uniqueConstraints }: KitTable, keys: readonly { readonly columns: string[] }[]): KitTable['uniqueConstraints'][string][] {
  const seen = new Set(keys.map(({ columns }) => `${columns.join()} false`));
  return Object.values(uniqueConstraints).filter(({ columns, nullsNotDistinct }) => {
    const key = `${columns.join()} ${nullsNotDistinct}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Without the sizes of arrays, which PostgreSQL ignores, and with one spelling of precisions. */
function plainType(type: string): string {
  return type.replace('p(', 'p (').replace(/\[\d+\]/g, '[]');
}

function ourWords(table: Table): Words {
  const { primaryKey: key } = table;
  const columns = (index: Index) => index.parts.map((part) => part.column ?? 'expression').join();
  return [
    `table ${table.dbSchema ?? ''}.${table.dbName}`,
    ...table.columns.map((column) => `column ${column.dbName} ${sqlType(column.type)} ${column.nullable ? 'null' : 'not null'}`),
    ...(key ? [`primary key ${columns(key)}${key.inline ? '' : ` named ${key.name ?? ''}`}`] : []),
    ...table.indexes.map((index) => {
      if (index.constraint) return `unique ${index.name ?? ''} ${columns(index)} ${index.nullsNotDistinct}`;
      const parts = index.parts.map((part) => `${part.column ?? 'expression'} ${part.sort} ${part.ops ?? ''} ${part.nulls ?? 'last'}`);
      return `index ${index.name ?? ''} ${index.unique} ${index.method} (${parts.join()}) ${index.where !== undefined} ${index.concurrently}`;
    }),
    ...table.foreignKeys.map(
      (one) => `fk ${one.columns.join()} ${one.target.name} ${one.targetColumns.join()} ${one.onDelete?.action ?? 'no action'} ${one.onUpdate?.action ?? 'no action'}`,
    ),
    ...table.checks.map(({ name }) => `check ${name ?? ''}`),
  ].sort();
}

function sqlType(type: ColumnType): string {
  return scalar(type) + '[]'.repeat(type.array);
}

function scalar(type: ColumnType): string {
  switch (type.family) {
    case 'integer': {
      const size = type.bits === 64 ? 'big' : type.bits === 16 ? 'small' : '';
      return type.serial ? `${size}serial` : size === '' ? 'integer' : `${size}int`;
    }
    case 'text':
      return type.form + (type.length === undefined ? '' : `(${type.length})`);
    case 'timestamp':
      return `timestamp${type.precision === undefined ? '' : ` (${type.precision})`}${type.zoned ? ' with time zone' : ''}`;
    case 'time':
      return `time${type.zoned ? ' with time zone' : ''}`;
    case 'numeric':
      return `numeric${type.precision === undefined ? '' : `(${type.precision}${type.scale === undefined ? '' : `, ${type.scale}`})`}`;
    case 'float':
      return type.bits === 32 ? 'real' : 'double precision';
    case 'json':
      return type.binary ? 'jsonb' : 'json';
    case 'enum':
      return type.enumName;
    default:
      return type.family;
  }
}

function agree(files: Readonly<Record<string, string>>): Schema {
  const { schema } = lower(files);
  assert.deepEqual(schema.tables.filter(({ partial }) => partial), []);
  const byName = (a: Words, b: Words) => ((a.at(-1) ?? '') < (b.at(-1) ?? '') ? -1 : 1);
  assert.deepEqual(schema.tables.map(ourWords).sort(byName), kitTables(files).map(kitWords).sort(byName));
  return schema;
}

describe('drizzle-kit and the lowering agree', () => {
  it('about types, defaults and keys', () => {
    agree({
      '/a.ts': `${PG}
export const role = pgEnum("role", ["a", "b"]);
export const t = pgTable("t", {
  a: serial("a").primaryKey(), b: bigserial("b", { mode: "number" }), c: bigint("c", { mode: "bigint" }).notNull(), d: smallint(),
  e: text("e").array().notNull(), f: varchar("f", { length: 20 }), g: varchar(), h: char("h", { length: 2 }),
  i: timestamp("i"), j: timestamp("j", { withTimezone: true }).notNull().defaultNow(), k: timestamp({ precision: 3, withTimezone: true, mode: "string" }), l: timestamp({ precision: 6 }),
  m: date(), n: time(), o: time({ withTimezone: true }), p: uuid().defaultRandom(), q: boolean().notNull().default(false), r: json(), s: jsonb("s_").default({}),
  u: numeric({ precision: 12, scale: 2 }), v: numeric(), v2: numeric({ precision: 5 }), w: real(), x: interval(), y: role("y").default("a"), z: integer().array(3),
  identity: integer().generatedAlwaysAsIdentity(), total: integer().generatedAlwaysAs(sql\`1\`),
});
export const pair = pgTable("pair", { a: integer("a_"), b: text() }, (t) => [primaryKey({ columns: [t.a, t.b] })]);
export const named = pgTable("named", { a: integer("a_"), b: text() }, (t) => ({ pk: primaryKey({ name: "the_key", columns: [t.a, t.b] }) }));
`,
    });
  });

  it('about indexes, constraints and foreign keys', () => {
    agree({
      '/a.ts': `${PG}
export const users = pgTable("app_users", {
  id: uuid("user_id").primaryKey(), email: text("email").notNull().unique(), nick: text().unique("nick_key", { nulls: "not distinct" }),
  bossId: uuid("boss_id").references((): AnyPgColumn => users.id, { onDelete: "set null", onUpdate: "cascade" }), at: timestamp(), data: jsonb(),
}, (t) => [
  index().on(t.email), index().on(t.bossId, t.at.desc()), uniqueIndex("one").on(t.nick).where(sql\`\${t.at} is null\`),
  index("two").using("gin", t.data.op("jsonb_path_ops")), index("three").on(t.at.desc().nullsFirst(), t.email.asc().nullsLast()),
  index("four").on(sql\`lower(\${t.email})\`), index("five").on(t.at).concurrently(), uniqueIndex().on(t.at, t.nick), index("six").using("hash", t.email),
  unique().on(t.email, t.nick), unique("seven").on(t.at).nullsNotDistinct(), check("eight", sql\`\${t.email} <> ''\`),
]);
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id, { onDelete: "cascade" }), email: text(), parentId: uuid() }, (table) => ({
  fk: foreignKey({ columns: [table.email], foreignColumns: [users.email], name: "by_email" }).onDelete("restrict"),
  self: foreignKey({ columns: [table.parentId], foreignColumns: [table.id] }).onUpdate("set default"),
  idx: index().on(table.authorId),
}));
export const auth = pgSchema("auth");
export const sessions = auth.table("sessions", { id: text("id").primaryKey(), userId: uuid("user_id").notNull().references(() => users.id) }, (t) => [index().on(t.userId)]);
`,
    });
  });

  it('about helpers, creators, callbacks and other files', () => {
    agree({
      '/helpers.ts': `import { timestamp, uuid, pgTableCreator, index } from "drizzle-orm/pg-core";
export const createTable = pgTableCreator((name) => \`app_\${name}\`);
export const timestamps = { createdAt: timestamp("created_at").notNull().defaultNow(), updatedAt: timestamp("updated_at", { withTimezone: true }) };
const at = (name: string) => timestamp(name, { precision: 3 });
export const deleted = () => ({ deletedAt: at("deleted_at"), purgedAt: at("purged_at").notNull() });
export const key = (name = "id") => uuid(name).primaryKey().defaultRandom();
export const byCreation = (t: any) => index().on(t.createdAt);
export default { owned: { ownerId: uuid("owner_id").notNull() } };
`,
      '/a.ts': `import { pgTable, text } from "drizzle-orm/pg-core";
import shared, { createTable, timestamps, deleted as gone, key, byCreation } from "./helpers";
import * as helpers from "./helpers";
export const a = createTable("a", { id: key(), ...timestamps, ...gone() }, (t) => [byCreation(t)]);
export const b = pgTable("b", (t) => ({ id: key("b_id"), n: t.integer("n_").notNull(), aId: t.uuid().references(() => a.id), ...helpers.timestamps, ...shared.owned }));
export const c = helpers.createTable("c", { text: text(), ...helpers.timestamps, createdAt: text("replaced") });
`,
    });
  });

  it('about random schemas', () => {
    for (let seed = 1; seed <= 40; seed++) agree({ '/a.ts': PG + randomSchema(seed) });
  });
});

/** A schema of a few tables; the same for the same seed. */
function randomSchema(seed: number): string {
  let state = seed * 2654435761;
  const below = (n: number) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return state % n;
  };
  const some = <T>(list: readonly [T, ...T[]]): T => list[below(list.length)] ?? list[0];
  const tables = 2 + below(4);
  const lines: string[] = [];
  for (let t = 0; t < tables; t++) {
    const columns: string[] = [`id: uuid("id")${some(['.primaryKey()', '.notNull()'])}`];
    const keys = ['id'];
    for (let c = 0; c < 2 + below(5); c++) {
      const name = `c${c}`;
      const db = some(['', `"db_${c}"`]);
      const type = some(['text', 'integer', 'timestamp', 'boolean', 'varchar', 'jsonb'] as const);
      const reference = below(3) === 0 && t > 0;
      const chain = `${some(['', '.notNull()'])}${some(['', '', '.unique()', `.unique("u_${t}_${c}")`])}`;
      columns.push(
        reference
          ? `${name}: uuid(${db}).references(() => t${below(t)}.id${some(['', ', { onDelete: "cascade" }', ', { onUpdate: "restrict" }'])})`
          : `${name}: ${type}(${db})${chain}`,
      );
      keys.push(name);
    }
    const extras: string[] = [];
    for (let i = 0; i < below(5); i++) {
      const chosen = [...new Set(Array.from({ length: 1 + below(3) }, () => `t.${keys[below(keys.length)] ?? 'id'}`))];
      const parts = chosen.map((part) => part + some(['', '', '.desc()', '.asc().nullsFirst()'])).join(', ');
      extras.push(
        some([
          `index("i_${t}_${i}").on(${parts})`,
          `uniqueIndex("x_${t}_${i}").on(${parts})${some(['', '.where(sql`true`)'])}`,
          `index("b_${t}_${i}").using("btree", ${parts})`,
          `unique("k_${t}_${i}").on(${chosen.join(', ')})`,
        ]),
      );
    }
    const argument = extras.length === 0 ? '' : some([`, (t) => [${extras.join(', ')}]`, `, (t) => ({ ${extras.map((extra, at) => `e${at}: ${extra}`).join(', ')} })`]);
    lines.push(`export const t${t} = pgTable("table_${t}", { ${columns.join(', ')} }${argument});`);
  }
  return `${lines.join('\n')}\n`;
}
