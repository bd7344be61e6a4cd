// Columns that code names beside filters and writes: what queries select and sort, what is taken from rows, Drizzle's columns.
import assert from 'node:assert/strict';
import { read } from './print';

/** `table: column, relation.column` for each query. */
async function reads(text: string): Promise<string[]> {
  const { queries = [] } = await read(text);
  return queries.map(({ table, reads: own }) => `${table.name}: ${own.map(({ column, through }) => [...through, column].join('.')).join(', ')}`);
}

async function members(text: string): Promise<string[]> {
  const { columnMembers = [] } = await read(text);
  return columnMembers.map(({ table, column, span }) => `${table.name}.${column} ${text.slice(span.start, span.end)}`);
}

const rows = (body: string, call = 'prisma.user.findMany()'): string => `async function f() { const users = await ${call}; ${body} }`;

describe('columns that code reads', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['prisma.user.findMany({ select: { id: true, name: true } })', 'user: id, name'],
    ['prisma.user.findMany({ include: { posts: { select: { title: true }, where: { live: true }, orderBy: { at: "asc" } } } })', 'user: posts, posts.title, posts.at, posts.live'],
    ['prisma.user.findMany({ omit: { hash: true }, orderBy: [{ at: "asc" }, { org: { name: "desc" } }], distinct: ["city"], cursor: { id } })', 'user: hash, at, org, org.name, city, id'],
    ['prisma.user.groupBy({ by: ["city"], _sum: { score: true } })', 'user: city, score'],
    ['prisma.user.create({ data: { name, posts: { create: [{ title }] }, org: { connect: { slug } } } })', 'user: posts.title, org.slug'],
    ['prisma.user.update({ where: { id }, data: { posts: { update: { where: { id }, data: { title } } } } })', 'user: posts.where, posts.id, posts.data, posts.title'],
    ['db.query.users.findMany({ columns: { name: true }, with: { posts: { columns: { title: true } } }, orderBy: (users, { asc }) => asc(users.at) })', 'users: name, at, posts.title'],
    [rows('return users[0].name;'), 'user: name'],
    [rows('return users.map((user) => user.name.trim());'), 'user: name'],
    [rows('return users.map(({ name, at: time }) => name + time);'), 'user: name, at'],
    [rows('for (const { name } of users) f(name);'), 'user: name'],
    [rows('return users.length;'), 'user: '],
    [rows('return users.count;', 'prisma.user.deleteMany()'), 'user: '],
    ['async function f() { const { name, ...rest } = await prisma.user.findFirst(); return rest; }', 'user: name'],
    ['async function f() { const [user] = await Promise.all([prisma.user.findFirst()]); return user?.name; }', 'user: name'],
    ['async function f() { const [user] = await db.select().from(users); return user.name; }', 'users: name'],
    ['async function f() { const [row] = await db.select({ name: other }).from(users); return row.name; }', 'users: '],
    ['async function f() { const [row] = await db.select().from(users).innerJoin(posts, on); return row.users; }', 'users: '],
    ['async function f() { const [row] = await db.insert(users).values(x).returning(); return row.name; }', 'users: name'],
    ['async function f(user) { const other = await prisma.user.findFirst(); return user.name; }', 'user: '],
  ];
  for (const [text, expected] of cases) it(text, async () => assert.deepEqual(await reads(text), [expected]));
});

describe('members of tables', () => {
  const head = `import { eq } from 'drizzle-orm';\nimport { users, posts as p } from './schema';\nimport * as schema from './schema';\n`;
  it('are those of imported names, whatever they are called here', async () => {
    const text = `${head}const one = eq(users.name, schema.posts.title);\nexport const two = () => p['at'];\n`;
    assert.deepEqual(await members(text), ['users.name name', 'posts.title title', "posts.at 'at'"]);
  });
  it('are none of local names, calls and what Drizzle exports', async () => {
    const text = `${head}export const f = (users) => users.name;\nexport const g = () => users.map((p) => p.x);\nexport const h = () => eq.name;\n`;
    assert.deepEqual(await members(text), []);
  });
  it('are those of tables that queries name, where nothing of Drizzle is imported', async () => {
    const text = `import { users, config } from './schema';\nexport const f = () => db.select({ a: users.a, b: config.b }).from(users);\n`;
    assert.deepEqual(await members(text), ['users.a a']);
  });
});
