// Statements keep their nodes while they stay the same; no text makes the front end throw; files are chosen by name.
import assert from 'node:assert/strict';
import { code, mayBeCode, mayQuery } from '../../../server/src/languages/code/index';
import { noFacts } from '../../../server/src/model/facts';

const text = `import { users } from './schema';
export const a = () => prisma.user.findMany();
export const b = () => db.select().from(users).where(eq(users.id, 1));
`;

describe('application code', () => {
  before(() => code.prepare());
  const lower = (parsed: ReturnType<typeof code.parse>) => code.lower([parsed], { facts: noFacts });

  it('keeps the nodes of statements that are only pushed down', () => {
    const first = code.parse('/w/a.ts', text);
    const [a, b] = lower(first).queries ?? [];
    const second = lower(code.parse('/w/a.ts', `// é😀\n${text.replace('findMany', 'findFirst')}`, first)).queries ?? [];
    assert.equal(second[1], b);
    assert.notEqual(second[0], a);
    assert.equal(b?.nameSpan.start, `// é😀\n${text.replace('findMany', 'findFirst')}`.indexOf('select'));
  });

  it('reads statements again when what their names mean has changed', () => {
    const first = code.parse('/w/a.ts', text);
    const second = lower(code.parse('/w/a.ts', text.replace('{ users }', '{ people as users }'), first)).queries ?? [];
    assert.deepEqual(second.map(({ table }) => table.name), ['user', 'people']);
  });

  it('gives the same object for the same text', () => {
    const first = code.parse('/w/a.ts', text, code.parse('/w/a.ts', text));
    assert.equal(first.parsedChunks, 0);
    assert.equal(code.parse('/w/a.ts', text, first), first);
  });

  it('finds comments and literals when asked', () => {
    const parsed = code.parse('/w/a.ts', `${text}// schema-bible-disable x\nconst t = "db";`);
    assert.deepEqual(parsed.comments().map((comment) => comment.text), ['schema-bible-disable x']);
    assert.equal(parsed.inLiteral?.(parsed.text.indexOf('db";') + 1), true);
  });

  it('survives being cut anywhere, typed and deleted', () => {
    const whole = `${text}async function f(tx) { for (const x of await prisma.user.findMany({ where: { a: { in: ['b'] }, OR: [{ c }] } })) { await tx.$executeRaw\`SET a.b = \${x}\`; await db.update(users).set({ n: x.n + 1 }).where(and(eq(users.id, x.id), sql\`\${users.n} > 1\`)); await pool.query("SELECT '" + x + "'"); } }`;
    let previous = code.parse('/w/a.ts', whole);
    for (let at = whole.length; at >= 0; at--) {
      previous = code.parse('/w/a.ts', whole.slice(0, at), previous);
      const schema = lower(previous);
      for (const { span, nameSpan, table } of schema.queries ?? []) {
        for (const each of [span, nameSpan, table.span]) assert.ok(each.start <= each.end && each.end <= at, `${at}`);
      }
      for (const { textSpan, text: own } of schema.rawSql ?? []) assert.equal(own.length, textSpan.end - textSpan.start);
    }
    for (let at = 0; at < whole.length; at += 3) lower(code.parse('/w/a.ts', whole.slice(0, at) + whole.slice(at + 7)));
  });

  it('survives what no author writes', () => {
    for (const strange of ['prisma.'.repeat(3000), `${'db.select('.repeat(2000)}`, 'prisma.user.findMany('.repeat(500), `pool.query(${'"SELECT a" + '.repeat(3000)}"b")`, 'db\u0000.select().from()', 'prisma.user.findMany({ where: where })', 'const where = where; prisma.user.findMany({ where })', 'function f() { const a = b, b = a; return prisma.user.findMany({ where: a }) }']) {
      assert.doesNotThrow(() => lower(code.parse('/w/a.ts', strange)), strange.slice(0, 40));
    }
  });
});

describe('files of application code', () => {
  for (const path of ['/src/users.ts', '/app/page.tsx', '/lib/db.mjs', '/prisma/seed.ts']) it(`may be ${path}`, () => assert.equal(mayBeCode(path), true));
  for (const path of ['/src/users.test.ts', '/types/a.d.ts', '/tests/users.ts', '/src/__mocks__/db.ts', '/src/generated/client.ts', '/e2e/login.ts', '/src/button.stories.tsx', '/schema.sql']) {
    it(`are not ${path}`, () => assert.equal(mayBeCode(path), false));
  }
  for (const found of ['await prisma.user.findMany()', 'tx.user.update({', 'ctx.db\n  .select()', 'getDb().insert(users)', "pool.query('SET app.x = 1')", 'prisma.$queryRaw`x`', 'sql`SET a.b = 1`', 'dbRead.user.count()']) {
    it(`may query: ${found}`, () => assert.equal(mayQuery(found), true));
  }
  for (const other of ['export const a = 1;', 'users.map((user) => user.id)', 'new Map().delete(x)', "import { prisma } from './db';", 'document.querySelector("select")']) {
    it(`don't: ${other}`, () => assert.equal(mayQuery(other), false));
  }
});
