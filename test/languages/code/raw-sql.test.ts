// SQL that code hands over as text: what it says, and that each character stands where it stands in the code.
import assert from 'node:assert/strict';
import { read, sql } from './print';

function reads(text: string, ...expected: string[]): void {
  it(text, async () => assert.deepEqual(await sql(text), expected));
}

describe('raw SQL', () => {
  reads('prisma.$queryRaw`SELECT ${id} FROM users`', 'prisma: SELECT $1 FROM users [bound]');
  reads('prisma.$executeRaw(Prisma.sql`UPDATE users SET a = ${1}`)', 'prisma: UPDATE users SET a = $1 [bound]');
  reads('prisma.$executeRawUnsafe("DELETE FROM users WHERE id = " + id)', 'prisma: DELETE FROM users WHERE id = $1 [pasted]');
  reads('prisma.$queryRawUnsafe(`SELECT ${a}, ${b}`)', 'prisma: SELECT $1 , $1 [pasted,pasted]');
  reads('tx.execute(sql`SELECT 1`)', 'tx (transaction): SELECT 1');
  reads('db.execute(sql.raw(`SELECT ${a}`))', 'db: SELECT $1 [pasted]');
  reads('pool.query({ text: "SELECT 1", values: [] })', 'pool: SELECT 1');
  reads('function f() { const text = "SELECT 1"; return pool.query(text) }', 'pool: SELECT 1');
  reads('sql`SET a.b = 1`', 'sql: SET a.b = 1');
  reads('db.select().from(users).where(sql`${users.a} = 1`)');
  reads('client.query({ query: "SELECT 1" }); router.get("/select"); store.get("select"); prisma.$queryRaw(query)');
  reads("pool.query('SELECT \\'a\\'\\n')", "pool: SELECT 'a'");

  it('stands where the code has it', async () => {
    const text = "const é = '😀';\nawait pool.query('SELECT ' + (a) + `, ${b} AS b` + \" FROM t\");";
    const [found] = (await read(text)).rawSql ?? [];
    assert.ok(found);
    assert.equal(found.text.length, found.textSpan.end - found.textSpan.start);
    for (const word of ['SELECT', 'AS b', 'FROM t']) assert.equal(found.textSpan.start + found.text.indexOf(word), text.indexOf(word), word);
    assert.deepEqual(found.holes.map(({ span }) => text.slice(span.start, span.end)), ['a', 'b']);
  });

  it('knows what else its function sends', async () => {
    const { rawSql = [] } = await read('function a() { pool.query("SET a.b = 1"); pool.query("RESET a.b") } function b() { pool.query("SELECT 1") }');
    assert.deepEqual(rawSql.map(({ alongside }) => alongside.length), [2, 2, 1]);
  });
});
