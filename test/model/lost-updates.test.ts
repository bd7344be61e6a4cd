// Which writes undo what somebody else wrote meanwhile, and which table a name in code means.
import assert from 'node:assert/strict';
import { prisma } from '../../server/src/languages/prisma';
import { noFacts } from '../../server/src/model/facts';
import { lostUpdates, versionColumn } from '../../server/src/model/lost-updates';
import type { Table } from '../../server/src/model/nodes';
import { findTable, literalsOf } from '../../server/src/model/queries';
import { span } from '../../server/src/text/span';
import { read } from '../languages/code/print';

async function lost(body: string): Promise<string[]> {
  const { queries = [] } = await read(`async function f(id) { ${body} }`);
  return lostUpdates(queries).map(({ write }) => write.column);
}

const READ = 'const row = await prisma.account.findUnique({ where: { id } });';
const write = (data: string, where = 'id'): string => `await prisma.account.update({ where: { ${where} }, data: { ${data} } });`;

describe('lost updates', () => {
  it('write back what is computed from the row as it was read', async () => {
    assert.deepEqual(await lost(READ + write('n: row.n + 1')), ['n']);
    assert.deepEqual(await lost(READ + write('meta: { ...row.meta, a: 1 }, tags: [...row.tags, tag]')), ['meta', 'tags']);
    assert.deepEqual(await lost('const [row] = await db.select().from(a).where(eq(a.id, id)); await db.update(a).set({ n: row.n - 1 }).where(eq(a.id, id));'), ['n']);
  });

  it('are not what the database computes, what is only passed on, or what comes from another column or table', async () => {
    for (const data of ['n: { increment: 1 }', 'n: row.n', 'n: 1', 'n: row.m + 1', 'n: other.n + 1']) assert.deepEqual(await lost(READ + write(data)), [], data);
    assert.deepEqual(await lost('const row = await prisma.order.findUnique({ where: { id } });' + write('n: row.n + 1')), []);
  });

  it('are not guarded by what the write asks for, a lock or the isolation level', async () => {
    assert.deepEqual(await lost(READ + write('n: row.n + 1', 'id, version: row.version')), []);
    assert.deepEqual(await lost(READ + write('n: row.n + 1', 'id, n: row.n')), []);
    assert.deepEqual(await lost(READ + write('n: row.n + 1', '...where')), []);
    const inside = READ.replace('prisma', 'tx') + write('n: row.n + 1').replace('prisma', 'tx');
    assert.deepEqual(await lost(`await prisma.$transaction(async (tx) => { ${inside} });`), ['n']);
    assert.deepEqual(await lost(`await prisma.$transaction(async (tx) => { ${inside} }, { isolationLevel: 'Serializable' });`), []);
    assert.deepEqual(await lost(`await prisma.$transaction(async (tx) => { await tx.$queryRaw\`SELECT 1 FROM a WHERE id = \${id} FOR UPDATE\`; ${inside} });`), []);
  });
});

describe('tables in code', () => {
  let tables: readonly Table[];
  before(async () => {
    await prisma.prepare();
    tables = prisma.lower([prisma.parse('a.prisma', 'model UserProfile {\n  id Int @id\n  lockVersion Int\n}\n\nmodel post {\n  id Int @id\n}\n')], { facts: noFacts }).tables;
  });
  const found = (name: string, by: 'property' | 'constant') => findTable(tables, { name, by, span: span('a.ts', 0, 0) })?.name;

  it('are found by the property of the client and by the constant', () => {
    assert.deepEqual([found('userProfile', 'property'), found('post', 'property'), found('UserProfile', 'constant')], ['UserProfile', 'post', 'UserProfile']);
    assert.deepEqual([found('UserProfile', 'property'), found('userProfile', 'constant'), found('posts', 'property')], [undefined, undefined, undefined]);
  });

  it('may have a version', () => assert.deepEqual(tables.map((table) => versionColumn(table)?.name), ['lockVersion', undefined]));

  it('tell the literals of a column once each, without those of patterns and of other tables', async () => {
    const { queries = [] } = await read(
      'prisma.a.findMany({ where: { s: { in: ["x", "y"] }, b: { s: "no" }, OR: [{ s: { contains: "no" } }] } }); prisma.a.update({ where: { id }, data: { s: "x" } }); prisma.a.update({ where: { id }, data: { s: "z", t: "no" } });',
    );
    assert.deepEqual(literalsOf(queries, 's'), ['x', 'y', 'z']);
  });
});
