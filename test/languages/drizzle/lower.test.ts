// Lowering: Drizzle sources in, the model printed as text out.
import { strict as assert } from 'node:assert';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Facts } from '../../../server/src/model/facts';
import { lower, lowerPg, printSchema } from './print';

before(() => drizzle.prepare());

/** What the body of one file, behind the usual imports from pg-core, lowers to. */
function lowersTo(body: string, expected: string, facts: Partial<Facts> = {}): void {
  assert.equal(printSchema(lowerPg(body, { facts }).schema), expected.trim());
}

/** The same for a file with its own imports. */
function lowersFrom(text: string, expected: string): void {
  assert.equal(printSchema(lower({ '/schema.ts': text }).schema), expected.trim());
}

describe('Drizzle column types', () => {
  it('PostgreSQL types', () => {
    lowersTo(
      `
export const everything = pgTable("everything", {
  a: integer("a"), b: serial("b"), c: bigserial("c", { mode: "number" }), d: bigint("d", { mode: "bigint" }), e: smallint("e"),
  f: text("f"), g: varchar("g", { length: 20 }), h: varchar("h"), i: char("i", { length: 2 }),
  j: timestamp("j"), k: timestamp("k", { withTimezone: true }), l: timestamp("l", { precision: 3, withTimezone: true, mode: "string" }), m: timestamp({ precision: 6 }),
  n: date("n"), o: time("o"), p: time("p", { withTimezone: true }), q: uuid("q"), r: boolean("r"), s: json("s"), t: jsonb("t"),
  u: numeric("u", { precision: 12, scale: 2 }), v: numeric("v"), w: real("w"), x: interval("x"), y: vector("y", { dimensions: 3 }),
});
`,
      `
postgresql everything = everything
  a: int32?
  b: int32 serial default:sequence
  c: int64 serial default:sequence
  d: int64?
  e: int16?
  f: text?
  g: varchar(20)?
  h: varchar?
  i: char(2)?
  j: timestamp?
  k: timestamptz?
  l: timestamptz(3)?
  m: timestamp(6)?
  n: date?
  o: time?
  p: timetz?
  q: uuid?
  r: boolean?
  s: json?
  t: jsonb?
  u: numeric(12,2)?
  v: numeric?
  w: float32?
  x: interval?
  y: other?
`,
    );
  });

  it('arrays and chains', () => {
    lowersTo(
      `
export const t = pgTable("t", {
  tags: text("tags").array().notNull().default([]),
  grid: integer("grid").array(3).array(),
  modern: text().array("[][]"),
  typed: jsonb("typed").$type<{ a: string }>().notNull(),
  total: numeric("total").generatedAlwaysAs(sql\`price * 2\`),
  no: integer("no").generatedAlwaysAsIdentity(),
  touched: timestamp("touched").$onUpdate(() => new Date()),
  alias: timestamp("alias").$onUpdateFn(() => new Date()),
});
`,
      `
postgresql t = t
  tags: text[] default:expression
  grid: int32[][]?
  modern: text[][]?
  typed: jsonb
  total: numeric? generated
  no: int32 default:sequence
  touched: timestamp? updated
  alias: timestamp? updated
`,
    );
  });

  it('defaults', () => {
    lowersTo(
      `
import { randomUUID } from "node:crypto";
import { v4 as makeId, v7 } from "uuid";
import { nanoid } from "nanoid";
const newId = () => crypto.randomUUID();
const NAME = "held";
export const t = pgTable("t", {
  a: uuid().defaultRandom(), b: uuid().default(sql\`gen_random_uuid()\`), c: uuid().default(sql\`uuidv7()\`), d: text().$defaultFn(() => crypto.randomUUID()),
  e: text().$defaultFn(randomUUID), f: text().$defaultFn(() => makeId()), g: text().$defaultFn(() => v7()), h: text().$defaultFn(() => nanoid()), i: text().$defaultFn(newId),
  j: timestamp().defaultNow(), k: timestamp().default(sql\`CURRENT_TIMESTAMP\`), l: timestamp().$default(() => new Date()), m: integer().default(-1), n: text().default("x"),
  o: boolean().default(false), p: jsonb().default({}), q: bigint({ mode: "number" }).default(sql\`nextval('s')\`), r: uuid().default(sql\`uuid_generate_v1()\`),
  s: timestamp().default(sql\`now() + interval '7 days'\`), t: timestamp().default(sql\`(now() AT TIME ZONE 'utc'::text)\`), u: timestamp().default(sql\`timezone('utc', now())\`),
  v: text().default(sql\`(strftime('%s', 'now'))\`), w: timestamp().default(sql\`(now()) + (interval '1 day')\`), x: text().default(NAME), y: timestamp().default(sql.raw("now()")),
});
`,
      `
postgresql t = t
  a: uuid? default:uuid4
  b: uuid? default:uuid4
  c: uuid? default:uuid7
  d: text? default:$uuid4
  e: text? default:$uuid4
  f: text? default:$uuid4
  g: text? default:$uuid7
  h: text? default:$expression
  i: text? default:$uuid4
  j: timestamp? default:now
  k: timestamp? default:now
  l: timestamp? default:$now
  m: int32? default:literal=-1
  n: text? default:literal=x
  o: boolean? default:literal=false
  p: jsonb? default:expression
  q: int64? default:sequence
  r: uuid? default:uuid1
  s: timestamp? default:expression
  t: timestamp? default:now
  u: timestamp? default:now
  v: text? default:now
  w: timestamp? default:expression
  x: text? default:literal=held
  y: timestamp? default:now
`,
    );
  });

  it('enums and custom types', () => {
    lowersTo(
      `
export const role = pgEnum("role", ["admin", "user"]);
const values = ["a", "b"] as const;
export const kind = pgSchema("app").enum("kind", values);
const tsvector = customType<{ data: string }>({ dataType() { return "tsvector"; } });
const citext = customType<{ data: string }>({ dataType: () => "citext" });
export const t = pgTable("t", { role: role("role").notNull().default("user"), kind: kind(), search: tsvector("search"), email: citext("email") });
`,
      `
enum role (admin user)
enum app.kind (a b)
postgresql t = t
  role: enum role default:literal=user
  kind: enum kind?
  search: tsvector?
  email: other?
`,
    );
  });

  it('options held in constants, and options that can not be read', () => {
    lowersTo(
      `
const zoned = { withTimezone: true, precision: 3 } as const;
export const t = pgTable("t", { a: timestamp("a", zoned), b: timestamp("b", { ...zoned, mode: "string" }), c: timestamp("c", { ...unknown }), d: timestamp("d", options()) });
`,
      `
postgresql t = t
  a: timestamptz(3)?
  b: timestamptz(3)?
  c: timestamptz?
  d: timestamptz?
`,
    );
  });

  it('helpers with parameters', () => {
    lowersTo(
      `
const tz = (name: string) => timestamp(name, { withTimezone: true });
function key(name = "id") { return uuid(name).primaryKey().defaultRandom(); }
const idColumn = uuid("id").defaultRandom();
export const a = pgTable("a", { id: key("key"), at: tz("at").notNull() });
export const c = pgTable("c", { named: key() });
export const b = pgTable("b", { id: idColumn.primaryKey(), plain: idColumn });
`,
      `
postgresql a = a
  id(key): uuid unique default:uuid4
  at: timestamptz
  primary key a_pkey (key) inline
postgresql c = c
  named(id): uuid unique default:uuid4
  primary key c_pkey (id) inline
postgresql b = b
  id: uuid unique default:uuid4
  plain(id): uuid unique default:uuid4
  primary key b_pkey (id) inline
`,
    );
  });

  it('a builder that nobody knows', () => {
    lowersTo(
      `
import { money } from "./elsewhere";
export const t = pgTable("t", { id: uuid("id").primaryKey(), price: money("price").notNull() });
`,
      `
postgresql t = t partial
  id: uuid unique
  price: other
  primary key t_pkey (id) inline
`,
    );
  });
});

describe('Drizzle columns objects', () => {
  it('spreads of identifiers, calls and members', () => {
    lowersTo(
      `
const timestamps = { createdAt: timestamp("created_at").notNull().defaultNow() };
const softDelete = () => ({ deletedAt: timestamp("deleted_at") });
function owned() { const extra = 1; return { ownerId: uuid("owner_id") }; }
const helpers = { version: { version: integer("version") }, both: { ...timestamps, ...softDelete() } };
export const a = pgTable("a", { id: uuid("id"), ...timestamps, ...softDelete(), ...owned() });
export const b = pgTable("b", { ...helpers.version, ...helpers.both, version: integer("v2") });
`,
      `
postgresql a = a
  id: uuid?
  createdAt(created_at): timestamp default:now
  deletedAt(deleted_at): timestamp?
  ownerId(owner_id): uuid?
postgresql b = b
  version(v2): int32?
  createdAt(created_at): timestamp default:now
  deletedAt(deleted_at): timestamp?
`,
    );
  });

  it('spreads that can not be followed', () => {
    lowersTo(
      `
import { base } from "./gone";
export const a = pgTable("a", { id: uuid("id"), ...base });
export const b = pgTable("b", { id: uuid("id"), ...(flag ? { x: text() } : {}) });
export const c = pgTable("c", { [name]: uuid("id"), y: text() });
export const d = pgTable("d", makeColumns());
export const e = pgTable("e");
`,
      `
postgresql a = a partial
  id: uuid?
postgresql b = b partial
  id: uuid?
postgresql c = c partial
  y: text?
postgresql d = d partial
postgresql e = e partial
`,
    );
  });

  it('callback columns', () => {
    lowersTo(
      `
export const a = pgTable("a", (t) => ({ id: t.uuid().primaryKey(), at: t.timestamp("at", { withTimezone: true }) }));
export const b = pgTable("b", ({ uuid, text }) => ({ id: uuid().primaryKey(), name: text("the_name") }));
export const c = pgTable("c", function (t) { return { id: t.integer() }; });
const shared = (t: any) => ({ n: t.integer("n_") });
export const d = pgTable("d", (t) => ({ ...shared(t) }));
`,
      `
postgresql a = a
  id: uuid unique
  at: timestamptz?
  primary key a_pkey (id) inline
postgresql b = b
  id: uuid unique
  name(the_name): text?
  primary key b_pkey (id) inline
postgresql c = c
  id: int32?
postgresql d = d
  n(n_): int32?
`,
    );
  });

  it('columns held in a constant', () => {
    lowersTo(
      `
const columns = { id: uuid("id").primaryKey(), name: text("name") };
export const a = pgTable("a", columns);
const name = text("name").notNull();
export const b = pgTable("b", { id: uuid(), name, "odd key": text(), 7: text() });
`,
      `
postgresql a = a
  id: uuid unique
  name: text?
  primary key a_pkey (id) inline
postgresql b = b
  id: uuid?
  name: text
  odd key: text?
  7: text?
`,
    );
  });
});

describe('Drizzle tables', () => {
  it('table creators and schemas', () => {
    lowersTo(
      `
const PREFIX = "app";
export const createTable = pgTableCreator((name) => \`\${PREFIX}_\${name}\`);
const plus = pgTableCreator((name) => "x_" + name);
const opaque = pgTableCreator((name) => \`\${process.env.P}_\${name}\`);
const auth = pgSchema("auth");
export const a = createTable("a", { id: uuid("id") });
export const b = plus("b", { id: uuid("id"), aId: uuid("a_id").references(() => a.id) });
export const c = opaque("c", { id: uuid("id") });
export const d = auth.table("d", { id: uuid("id"), bId: uuid().references(() => b.id) });
export const e = pgSchema("inline").table("e", { dId: uuid().references(() => d.id) });
`,
      `
postgresql app_a = a
  id: uuid?
postgresql x_b = b
  id: uuid?
  aId(a_id): uuid?
  fk (a_id) -> app_a(id)
postgresql c = c
  id: uuid?
postgresql auth.d = d
  id: uuid?
  bId: uuid?
  fk (bId) -> x_b(id)
postgresql inline.e = e
  dId: uuid?
  fk (dId) -> auth.d(id)
`,
    );
  });

  it('names that are not literals', () => {
    lowersTo(
      `
const NAME = "named";
const TABLES = { users: "t_users" } as const;
export const a = pgTable(NAME, { id: uuid("id") });
export const b = pgTable(TABLES.users, { id: uuid("id") });
export const c = pgTable(getName(), { id: uuid("id") });
`,
      `
postgresql named = a
  id: uuid?
postgresql t_users = b
  id: uuid?
postgresql c = c partial
  id: uuid?
`,
    );
  });

  it('wrappers around pgTable', () => {
    lowersTo(
      `
const base = (name: string, columns: any) => pgTable(name, { id: uuid("id").primaryKey(), ...columns });
export const a = base("a", { title: text("title") });
export const b = pgTable("b", { aId: uuid("a_id").references(() => a.id) });
`,
      `
postgresql a = a
  id: uuid unique
  title: text?
  primary key a_pkey (id) inline
postgresql b = b
  aId(a_id): uuid?
  fk (a_id) -> a(id)
`,
    );
  });

  it('wrappers that know the columns', () => {
    lowersTo(
      `
function log<T extends string>(name: T) { return pgTable(name, { id: uuid("id").primaryKey() }); }
export const a = log("a_log");
export const all = { b: log("b_log") };
const label = text("label");
`,
      `
postgresql a_log = a
  id: uuid unique
  primary key a_log_pkey (id) inline
postgresql b_log = b
  id: uuid unique
  primary key b_log_pkey (id) inline
`,
    );
  });

  it('tables inside functions', () => {
    lowersTo(
      `
describe("x", () => {
  it("y", async () => {
    const local = pgTable("local", { id: serial("id").primaryKey() });
    const other = pgTable("other", { localId: integer("local_id").references(() => local.id) });
  });
});
export default pgTable("anonymous", { id: serial("id") });
export const map = { inside: pgTable("inside", { id: serial("id") }) };
`,
      `
postgresql local = local
  id: int32 serial unique default:sequence
  primary key local_pkey (id) inline
postgresql other = other
  localId(local_id): int32?
  fk (local_id) -> local(id)
postgresql anonymous = anonymous
  id: int32 serial default:sequence
postgresql inside = inside
  id: int32 serial default:sequence
`,
    );
  });

  it('row level security', () => {
    lowersTo(
      `
export const a = pgTable("a", { id: uuid("id") }).enableRLS();
export const b = pgTable.withRLS("b", { id: uuid("id"), aId: uuid().references(() => a.id) });
`,
      `
postgresql a = a
  id: uuid?
postgresql b = b
  id: uuid?
  aId: uuid?
  fk (aId) -> a(id)
`,
    );
  });

  it('relations are left alone', () => {
    lowersTo(
      `
import { relations } from "drizzle-orm";
export const users = pgTable("users", { id: uuid("id") });
export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
`,
      `
postgresql users = users
  id: uuid?
`,
    );
  });

  it('views are not read, so foreign keys and hovers know nothing of them', () => {
    lowersTo(
      `
import { pgView } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id") });
export const everybody = pgView("everybody").as((qb) => qb.select().from(users));
export const some = pgView("some", { id: uuid("id") }).as(sql\`select 1\`);
`,
      `
postgresql users = users
  id: uuid?
`,
    );
  });

  it('the columns of another table, spread by a function of Drizzle, are not followed', () => {
    lowersTo(
      `
import { getTableColumns } from "drizzle-orm";
export const users = pgTable("users", { id: uuid("id") });
export const archive = pgTable("archive", { ...getTableColumns(users), at: timestamp("at") });
`,
      `
postgresql users = users
  id: uuid?
postgresql archive = archive partial
  at: timestamp?
`,
    );
  });
});

describe('Drizzle keys, indexes and checks', () => {
  it('indexes in an array', () => {
    lowersTo(
      `
export const t = pgTable("t", { a: uuid("a_"), b: text("b"), c: jsonb("c"), d: timestamp("d") }, (table) => [
  index("one").on(table.a, table.b),
  index().on(table.a.asc(), table.d.desc().nullsFirst()),
  index("gin").using("gin", table.c.op("jsonb_path_ops")),
  index("btree").using("btree", table.a.asc().nullsLast().op("uuid_ops")).where(sql\`\${table.d} is null\`),
  uniqueIndex("lower").on(sql\`lower(\${table.b})\`),
  uniqueIndex().on(table.b),
  index("live").on(table.d.desc()).concurrently(),
  index("only").onOnly(table["a"]),
  index("fn").on(lower(table.b)),
]);
`,
      `
postgresql t = t
  a(a_): uuid?
  b: text?
  c: jsonb?
  d: timestamp?
  index one (a_, b)
  index t_a__d_index (a_, d desc nulls first)
  index gin (c jsonb_path_ops) using gin
  index btree (a_ nulls last uuid_ops) where sql\`\${table.d} is null\`
  unique index lower ({lower(\${table.b})})
  unique index t_b_index (b)
  index live (d desc nulls last) concurrently
  index only (a_)
  index fn ({lower(table.b)})
`,
    );
  });

  it('keys and constraints', () => {
    lowersTo(
      `
export const t = pgTable("t", { a: uuid("a"), b: uuid("b"), c: text("c").unique(), d: text("d").unique("d_key", { nulls: "not distinct" }) }, (t) => [
  primaryKey({ columns: [t.a, t.b], name: "t_key" }),
  unique().on(t.a, t.c),
  unique("named").on(t.c).nullsNotDistinct(),
  check("positive", sql\`\${t.a} > 0\`),
]);
export const old = pgTable("old", { a: uuid("a").notNull(), b: uuid("b").notNull() }, (t) => ({ pk: primaryKey(t.a, t.b) }));
export const auto = pgTable("auto", { a: uuid("a"), b: uuid("b") }, (t) => [primaryKey({ columns: [t.a, t.b] })]);
export const one = pgTable("one", { a: uuid("a").primaryKey(), b: uuid("b") }, (t) => [unique().on(t.b)]);
`,
      `
postgresql t = t
  a: uuid
  b: uuid
  c: text? unique
  d: text? unique
  primary key t_key (a, b)
  unique t_c_unique (c) inline
  unique d_key (d) nulls not distinct inline
  unique t_a_c_unique (a, c)
  unique named (c) nulls not distinct
  check positive: \${t.a} > 0
postgresql old = old
  a: uuid
  b: uuid
  primary key old_a_b_pk (a, b)
postgresql auto = auto
  a: uuid
  b: uuid
  primary key auto_a_b_pk (a, b)
postgresql one = one
  a: uuid unique
  b: uuid? unique
  primary key one_pkey (a) inline
  unique one_b_unique (b)
`,
    );
  });

  it('the object form, and other ways to give the argument', () => {
    lowersTo(
      `
export const a = pgTable("a", { x: text("x") }, (t) => ({ xIdx: index("x_idx").on(t.x), u: unique().on(t.x) }));
export const b = pgTable("b", { x: text("x") }, (t) => { return { xIdx: index("x_idx").on(t.x) }; });
export const c = pgTable("c", { x: text("x") }, ({ x }) => [index("x_idx").on(x)]);
export const d = pgTable("d", { x: text("x") }, function (self) { return [index().on(self.x)]; });
export const e = pgTable("e", { x: text("x") }, () => [index().on(e.x)]);
const common = (t: any) => [index("common").on(t.x)];
export const f = pgTable("f", { x: text("x") }, common);
export const g = pgTable("g", { x: text("x") }, (t) => [...common(t), [index("nested").on(t.x)]]);
export const h = pgTable("h", { x: text("x") }, [] as any);
const xIndex = (t: any) => index("helper").on(t.x);
export const i = pgTable("i", { x: text("x") }, (t) => [xIndex(t), pgPolicy("p", { for: "all" })]);
`,
      `
postgresql a = a
  x: text? unique
  index x_idx (x)
  unique a_x_unique (x)
postgresql b = b
  x: text?
  index x_idx (x)
postgresql c = c
  x: text?
  index x_idx (x)
postgresql d = d
  x: text?
  index d_x_index (x)
postgresql e = e
  x: text?
  index e_x_index (x)
postgresql f = f
  x: text?
  index common (x)
postgresql g = g
  x: text?
  index common (x)
  index nested (x)
postgresql h = h
  x: text?
postgresql i = i
  x: text?
  index helper (x)
`,
    );
  });

  it('parts that can not be read', () => {
    lowersTo(
      `
export const a = pgTable("a", { x: text("x") }, (t) => [flag ? index().on(t.x) : undefined]);
export const b = pgTable("b", { x: text("x") }, (t) => [...unknown(t)]);
export const c = pgTable("c", { x: text("x") }, (t) => [index("half")]);
export const d = pgTable("d", { x: text("x") }, (t) => { if (flag) return []; return [index().on(t.x)]; });
`,
      `
postgresql a = a partial
  x: text?
postgresql b = b partial
  x: text?
postgresql c = c partial
  x: text?
postgresql d = d partial
  x: text?
`,
    );
  });

  it('names in Drizzle 1.0', () => {
    lowersTo(
      `
export const t = pgTable("t", { a: uuid("a"), b: text("b").unique() }, (t) => [primaryKey({ columns: [t.a, t.b] }), unique().on(t.a), index().on(t.b)]);
`,
      `
postgresql t = t
  a: uuid unique
  b: text unique
  primary key t_pkey (a, b)
  unique t_b_key (b) inline
  unique t_a_key (a)
  index t_b_index (b)
`,
      { drizzleVersion: { major: 1, minor: 0 } },
    );
  });
});

describe('Drizzle foreign keys', () => {
  it('references', () => {
    lowersTo(
      `
export const users = pgTable("app_users", { id: uuid("user_id").primaryKey(), managerId: uuid("manager_id").references((): AnyPgColumn => users.id, { onDelete: "set null", onUpdate: "cascade" }) });
const onDelete = { onDelete: "restrict" } as const;
export const a = pgTable("a", {
  plain: uuid("plain").references(() => users.id),
  held: uuid("held").references(() => users.id, onDelete),
  block: uuid("block").references(() => { return users.id; }),
  element: uuid("element").references(() => users["id"], { onDelete: "no action" }),
  lost: uuid("lost").references(() => gone.id),
  half: uuid("half").references(),
});
`,
      `
postgresql app_users = users
  id(user_id): uuid unique
  managerId(manager_id): uuid?
  primary key app_users_pkey (user_id) inline
  fk (manager_id) -> app_users(user_id) delete set null update cascade
postgresql a = a partial
  plain: uuid?
  held: uuid?
  block: uuid?
  element: uuid?
  lost: uuid?
  half: uuid?
  fk (plain) -> app_users(user_id)
  fk (held) -> app_users(user_id) delete restrict
  fk (block) -> app_users(user_id)
  fk (element) -> app_users(user_id) delete no action
  fk (lost) -> gone(id)
`,
    );
  });

  it('foreignKey()', () => {
    lowersTo(
      `
export const users = pgTable("users", { id: uuid("id"), tenantId: uuid("tenant_id") });
export const posts = pgTable("posts", { id: uuid("id"), parentId: uuid("parent_id"), userId: uuid("user_id"), tenantId: uuid("tenant_id") }, (t) => [
  foreignKey({ columns: [t.tenantId, t.userId], foreignColumns: [users.tenantId, users.id], name: "owner" }).onDelete("cascade").onUpdate("no action"),
  foreignKey({ columns: [t.parentId], foreignColumns: [t.id] }),
  foreignKey(() => ({ columns: [t.parentId], foreignColumns: [posts.id] })),
]);
`,
      `
postgresql users = users
  id: uuid?
  tenantId(tenant_id): uuid?
postgresql posts = posts
  id: uuid?
  parentId(parent_id): uuid?
  userId(user_id): uuid?
  tenantId(tenant_id): uuid?
  fk owner (tenant_id, user_id) -> users(tenant_id, id) delete cascade update no action
  fk (parent_id) -> posts(id)
  fk (parent_id) -> posts(id)
`,
    );
  });
});

describe('Drizzle under other imports', () => {
  it('aliases, namespaces and require', () => {
    lowersFrom(
      `
import { pgTable as table, uuid as id } from "drizzle-orm/pg-core";
import * as p from "drizzle-orm/pg-core";
const { pgTable: required, text: words } = require("drizzle-orm/pg-core");
export const a = table("a", { id: id("id") });
export const b = p.pgTable("b", { id: p.uuid("id"), c: p.varchar("c", { length: 3 }) }, (t) => [p.index("i").on(t.id)]);
export const c = required("c", { w: words() });
`,
      `
postgresql a = a
  id: uuid?
postgresql b = b
  id: uuid?
  c: varchar(3)?
  index i (id)
postgresql c = c
  w: text?
`,
    );
  });

  it('other dialects', () => {
    lowersFrom(
      `
import { mysqlTable, int, varchar, timestamp, datetime, mysqlEnum, mysqlSchema, double, tinyint, serial, text } from "drizzle-orm/mysql-core";
import { sqliteTable, integer, text as stext, blob, real } from "drizzle-orm/sqlite-core";
import { singlestoreTable } from "drizzle-orm/singlestore-core";
import { sql } from "drizzle-orm";
import { mssqlTable, bit, nvarchar, datetimeoffset } from "drizzle-orm/mssql-core";
import { cockroachTable, int8, string } from "drizzle-orm/cockroach-core";
import { gelTable } from "drizzle-orm/gel-core";
export const a = mysqlTable("a", { id: serial("id").primaryKey(), n: int("n").autoincrement(), v: varchar("v", { length: 9 }), at: timestamp("at").defaultNow().onUpdateNow(), dt: datetime("dt"), e: mysqlEnum("e", ["x"]), d: double("d"), t: tinyint("t"), x: text("x") });
export const a2 = mysqlSchema("s").table("a2", { id: int("id") });
export const b = sqliteTable("b", { id: integer("id").primaryKey({ autoIncrement: true }), at: integer("at", { mode: "timestamp" }), on: integer({ mode: "boolean" }), j: stext("j", { mode: "json" }), x: blob("x"), r: real("r"), t: stext("t", { enum: ["a"] }) });
export const c = singlestoreTable("c", { id: int("id") });
export const d = mssqlTable("d", { b: bit(), n: nvarchar({ length: 5 }), at: datetimeoffset().defaultGetDate(), on: datetimeoffset().default(sql\`sysutcdatetime()\`) });
export const e = cockroachTable("e", { id: int8("id"), s: string("s") });
export const f = gelTable("f", { id: gelUuid("id") });
`,
      `
mysql a = a
  id: int64 serial unique default:sequence
  n: int32? default:sequence
  v: varchar(9)?
  at: timestamptz? updated default:now
  dt: timestamp?
  e: enum ?
  d: float64?
  t: int8?
  x: text?
  primary key a_pkey (id) inline
mysql s.a2 = a2
  id: int32?
sqlite b = b
  id: int64 unique
  at: timestamptz?
  on: boolean?
  j: json?
  x: bytes?
  r: float64?
  t: text?
  primary key b_pkey (id) inline
singlestore c = c
  id: int32?
sqlserver d = d
  b: boolean?
  n: varchar(5)?
  at: timestamptz? default:now
  on: timestamptz? default:now
cockroachdb e = e
  id: int64?
  s: text?
gel f = f partial
  id: other?
`,
    );
  });

  it('snakeCase and camelCase', () => {
    lowersFrom(
      `
import { snakeCase, camelCase, uuid, text, timestamp, index } from "drizzle-orm/pg-core";
export const a = snakeCase.table("a", { userId: uuid(), createdAt: timestamp(), named: text("Given") }, (t) => [index().on(t.userId)]);
export const b = camelCase.schema("app").table("b", { user_id: uuid().references(() => a.userId) });
export const c = snakeCase.table.withRLS("c", { ownId: uuid() });
`,
      `
postgresql a = a
  userId(user_id): uuid?
  createdAt(created_at): timestamp?
  named(Given): text?
  index a_user_id_index (user_id)
postgresql app.b = b
  user_id(userId): uuid?
  fk (userId) -> a(user_id)
postgresql c = c
  ownId(own_id): uuid?
`,
    );
  });

  it('a package of the author between', () => {
    lowersFrom(
      `
import { pgTable, text, uuid } from "@acme/drizzle";
export const a = pgTable("a", { id: uuid("id").primaryKey(), name: text("name") });
`,
      `
postgresql a = a
  id: uuid unique
  name: text?
  primary key a_pkey (id) inline
`,
    );
  });
});
