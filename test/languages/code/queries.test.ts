// What is read of calls to Prisma's and Drizzle's clients.
import assert from 'node:assert/strict';
import { queries, read } from './print';

function reads(text: string, ...expected: string[]): void {
  it(text.length > 90 ? `${text.slice(0, 90)}…` : text, async () => assert.deepEqual(await queries(text), expected));
}

describe('queries with Prisma', () => {
  reads('prisma.user.findMany()', 'prisma: find many .user');
  reads('prisma.user.findUnique({ where: { id, email: "a" } })', 'prisma: find one .user where id equal, email equal a');
  reads('ctx.prisma.user.count({ where: { role: { in: ["a", "b"] } } })', 'ctx.prisma: count many .user where role in a/b');
  reads('this.db.user.delete({ where: { a_b: { a, b } } })', 'this.db: delete one .user where a equal, b equal');
  reads('prisma.user.findFirst({ where: { posts: { some: { live: true } }, org: { is: { id } } } })', 'prisma: find one .user where posts.live equal, org.id equal');
  reads('prisma.user.findFirst({ where: { age: { gte: 1 }, name: { contains: "x", mode: "insensitive" }, gone: null } })', 'prisma: find one .user where age range, name text x, gone null');
  reads('prisma.user.findFirst({ where: { AND: [{ a }, { b }], OR: [{ c }], NOT: { d } } })', 'prisma: find one .user where a equal, b equal, c other, d other');
  reads('prisma.user.findFirst({ where: { id: undefined, ...scope } })', 'prisma: find one .user where …');
  reads('prisma.user.findFirst({ where })', 'prisma: find one .user where …');
  reads('prisma.user.findFirst(args)', 'prisma: find one .user where …');
  reads('function f() { const where = { id, ...(live && { live: true }) }; return prisma.user.findFirst({ where }) }', 'prisma: find one .user where id equal, live equal, …');
  reads('prisma.user.update({ where: { id }, data: { role: { set: "a" }, kind: x ? "b" : "c" } })', 'prisma: update one .user where id equal set role=a, kind=b/c');
  reads('prisma.user.upsert({ where: { id }, create: { role: "a" }, update: { role: "b" } })', 'prisma: upsert one .user where id equal set role=a, role=b');
  reads('prisma.user.createMany({ data: [{ role: "a" }, ...more] })', 'prisma: create many .user set role=a, …');
  reads('prisma.user.create({ data: input })', 'prisma: create one .user set …');
  reads('prisma.user.findUnique({ where: { id } }).posts()', 'prisma: find one .user where id equal');
  reads('prisma!.user?.findMany()', 'prisma: find many .user');
  reads('prisma["user"].findMany()', 'prisma: find many .user');
  reads('getClient().user.update({ where: { id }, data: {} })');
  reads('const client = new PrismaClient().$extends({}); client.user.create({ data: {} })', 'client: create one .user');
  reads('repository.user.findMany()', 'repository: find many .user');
  reads('stripe.customers.create({}); cache.user.delete(id); map.delete(id); this.findMany(); users.findMany()');
  reads('prisma.$transaction(async (inner) => { await inner.user.create({ data: {} }) })', 'inner: create one .user');
});

describe('queries with Drizzle', () => {
  reads('db.select().from(users)', 'db: find many users');
  reads('import { users as table } from "./schema"; db.select().from(table).where(eq(table.id, 1))', 'db: find many users where id equal');
  reads('db.select().from(schema.users).where(and(eq(schema.users.id, id), gt(schema.users.age, 3))).limit(1)', 'db: find one users where id equal, age range');
  reads('db.select({ count: count() }).from(users)', 'db: count many users');
  reads('db.$count(users, eq(users.role, "a"))', 'db: count many users where role equal a');
  reads('db.select().from(users).innerJoin(orgs, eq(orgs.id, users.orgId)).where(inArray(users.role, ["a", "b"]))', 'db: find many users where orgs.id equal, orgId other, role in a/b');
  reads('db.select().from(users).where(or(eq(users.a, 1), not(eq(users.b, 2))))', 'db: find many users where a other, b other');
  reads('db.select().from(users).where(sql`${users.a} > 1`)', 'db: find many users where a other, …');
  reads('db.select().from(users).where(live ? eq(users.a, 1) : undefined)', 'db: find many users where a other, …');
  reads('db.select().from(users).where(and(...conditions))', 'db: find many users where …');
  reads('db.select().from(users).where(mine(users))', 'db: find many users where …');
  reads('db.select().from(users).for("update")', 'db: find many users locked');
  reads('getDb().update(users).set({ role: "a" }).where(eq(users.id, id)).returning()', 'getDb(): update many users where id equal set role=a');
  reads('db.insert(users).values([{ role: "a" }, { role: "b" }])', 'db: create one users set role=a, role=b');
  reads('db.insert(users).values(rows).onConflictDoUpdate({ target: users.id, set: { role: "a" } })', 'db: upsert one users set role=a, …');
  reads('db.delete(users)', 'db: delete many users');
  reads('db.query.users.findMany({ where: eq(users.id, id) })', 'db: find many users where id equal');
  reads('db.query.users.findFirst({ where: (user, { eq }) => eq(user.id, id), with: { posts: true } })', 'db: find one users where id equal');
  reads('db.query.users.findFirst({ where: { id: { eq: 1 } } })', 'db: find one users where id equal');
  reads('db.with(recent).select().from(recent)', 'db: find many recent');
  reads('supabase.from("users").select("*").eq("id", id); supabase.from("users").insert(rows).select()');
  reads('hash.update(data).digest(); new Set().delete(users)');
});

describe('rows that queries gave', () => {
  reads(
    'async function f() { const user = await prisma.user.findUnique({ where: { id } }); if (user.role === "a" || ["b"].includes(user.kind)) return; switch (user.plan) { case "c": case "d": } }',
    'prisma: find one .user where id equal compared role is a, kind is b, plan is c/d',
  );
  reads('async function f() { const [{ role }] = await db.select().from(users); return role !== "a" }', 'db: find many users compared role is a');
  reads('async function f() { for (const user of await prisma.user.findMany()) if (user.role == "a") stop() }', 'prisma: find many .user compared role is a');
  reads('async function f() { const users = await prisma.user.findMany(); return users.filter((user) => user.role === "a").map(({ kind }) => kind === "b") }', 'prisma: find many .user compared role is a, kind is b');
  reads('async function f(user) { await prisma.user.findMany(); return user.role === "a" }', 'prisma: find many .user');
  reads(
    'async function f() { const user = await prisma.user.findUnique({ where: { id } }); const n = user.n + 1; await prisma.user.update({ where: { id }, data: { n, m: user.m, tags: [...user.tags, tag] } }) }',
    'prisma: find one .user where id equal',
    'prisma: update one .user where id equal set n from user.n, m, tags from user.tags',
  );
  reads(
    'async function f() { const user = (await db.select().from(users))[0]; await db.update(users).set({ n: Math.max(user?.n ?? 0, 1) }).where(eq(users.id, id)) }',
    'db: find many users',
    'db: update many users where id equal set n from users.n',
  );
});

describe('the place of a query', () => {
  it('names functions, wrappers and the transaction', async () => {
    const text = 'class Users { async buy() { await withTenant(id, () => db.transaction(async (t) => { await t.execute(sql`SET LOCAL a.b = 1`); return t.select().from(users) }, { isolationLevel: "RepeatableRead" })) } }';
    const [query] = (await read(text)).queries ?? [];
    const { functions, handedTo, inTransaction, transaction } = query?.place ?? assert.fail();
    assert.deepEqual([functions, handedTo, inTransaction], [['buy'], ['transaction', 'withTenant'], true]);
    assert.equal(transaction?.isolation, 'repeatable read');
    assert.deepEqual(transaction.sql.map((sql) => sql.text.trim()), ['SET LOCAL a.b = 1']);
  });

  it('knows a transaction that was handed over, and what made a client', async () => {
    const { queries = [] } = await read('const scoped = forTenant(prisma, id); function f(tx) { tx.user.findMany(); scoped.user.findMany(); prisma.user.findMany() }');
    assert.deepEqual(queries.map(({ place }) => [place.client, place.inTransaction, place.madeBy]), [
      ['tx', true, []],
      ['scoped', false, ['forTenant']],
      ['prisma', false, []],
    ]);
  });
});
