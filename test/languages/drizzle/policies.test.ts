// Row level security and policies in Drizzle.
import assert from 'node:assert/strict';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Policy, Table } from '../../../server/src/model/nodes';
import { lower, lowerPg, type World } from './print';

before(() => drizzle.prepare());

function textAt({ parsed }: World, { file, start, end }: { readonly file: string; readonly start: number; readonly end: number }): string {
  return (parsed.get(file)?.text ?? '').slice(start, end);
}

function shown(world: World): string[] {
  return world.schema.tables.map((table) => {
    const { dbName, rowSecurity, policies = [], partial } = table;
    assert.ok(policies.every((policy) => policy.table === table) && table.columns.every((column) => column.table === table));
    return [dbName, rowSecurity ? `on by ${textAt(world, rowSecurity.span)}` : 'off', ...policies.map(line), ...(partial ? ['partial'] : [])].join('\n  ');
  });
}

function line({ name, command, permissive, roles, using, withCheck }: Policy): string {
  const parts = [`${name}: ${permissive ? '' : 'restrictive '}${command}`, ...(roles.length > 0 ? [`to ${roles.join(',')}`] : [])];
  return [...parts, ...(using ? [`using [${using.raw}]`] : []), ...(withCheck ? [`check [${withCheck.raw}]`] : [])].join(' ');
}

function policies(world: World): readonly Policy[] {
  return world.schema.tables.flatMap((table: Table) => table.policies ?? []);
}

describe('Drizzle row level security', () => {
  it('is on by a call, by the function, or by a policy', () => {
    const world = lower({
      '/schema.ts': `import { integer, pgSchema, pgTable, pgPolicy } from "drizzle-orm/pg-core";
const shop = pgSchema("shop");
const secured = pgTable.withRLS;
export const a = pgTable("a", { id: integer() }).enableRLS();
export const b = pgTable.withRLS("b", { id: integer() });
export const c = shop.table.withRLS("c", { id: integer() });
export const d = pgTable("d", { id: integer() }, () => [pgPolicy("p")]);
export const e = pgTable("e", { id: integer() });
export const f = secured("f", { id: integer() });
`,
    });
    assert.deepEqual(shown(world), [
      'a\n  on by enableRLS()',
      'b\n  on by pgTable.withRLS',
      'c\n  on by shop.table.withRLS',
      'd\n  on by p\n  p: all',
      'e\n  off',
      'f\n  on by secured',
    ]);
  });

  it('has policies with their SQL', () => {
    const world = lowerPg(`
const mine = sql\`user_id = (select auth.uid())\`;
export const a = pgTable("a", { id: integer(), userId: uuid("user_id") }, (t) => [
  pgPolicy("é", { as: "restrictive", for: "update", to: "web", using: sql\`\${t.userId} = current_setting('a.b')::uuid\`, withCheck: sql\`true\` }),
  pgPolicy('two', { to: ["public"], using: mine }),
]);
`);
    assert.deepEqual(shown(world), [
      "a\n  on by é\n  é: restrictive update to web using [${t.userId} = current_setting('a.b')::uuid] check [true]\n  two: all using [user_id = (select auth.uid())]",
    ]);
    for (const policy of policies(world)) if (policy.using) assert.equal(textAt(world, policy.using.span), policy.using.raw);
    assert.deepEqual(policies(world).map(({ nameSpan }) => textAt(world, nameSpan)), ['é', 'two']);
    assert.match(textAt(world, policies(world)[1]?.span ?? { file: '', start: 0, end: 0 }), /^pgPolicy\('two'.*\)$/);
  });

  it("knows Supabase's and Neon's roles, roles of the schema, and crudPolicy", () => {
    const world = lower({
      '/schema.ts': `import { sql } from "drizzle-orm";
import { crudPolicy, authUid, authenticatedRole } from "drizzle-orm/neon";
import { anonRole, authUsers } from "drizzle-orm/supabase";
import { integer, pgTable, pgPolicy, pgRole, text } from "drizzle-orm/pg-core";
export const admin = pgRole("admin");
export const a = pgTable("a", { id: integer(), userId: text() }, (t) => [
  pgPolicy("x", { to: [admin, anonRole], using: sql\`true\` }),
  crudPolicy({ role: authenticatedRole, read: true, modify: authUid(t.userId) }),
]);
export const b = pgTable("b", { id: integer() }, (t) => [...crudPolicy({ role: admin, read: sql\`a\`, modify: null })]);
`,
    });
    const read = 'crud-authenticated-policy';
    assert.deepEqual(shown(world), [
      [
        'a', 'on by x', 'x: all to admin,anon using [true]', `${read}-select: select to authenticated using [true]`,
        `${read}-insert: insert to authenticated check [authUid(t.userId)]`,
        `${read}-update: update to authenticated using [authUid(t.userId)] check [authUid(t.userId)]`,
        `${read}-delete: delete to authenticated using [authUid(t.userId)]`,
      ].join('\n  '), // prettier-ignore
      'b\n  on by crudPolicy\n  crud-admin-policy-select: select to admin using [a]',
    ]);
  });

  it('takes policies that are linked to a table, and keeps the table while they stay', () => {
    const text = `import { sql } from "drizzle-orm";
import { integer, pgTable, pgPolicy } from "drizzle-orm/pg-core";
export const a = pgTable("a", { id: integer().primaryKey() });
export const b = pgTable("b", { id: integer() });
export const p = pgPolicy("p", { using: sql\`id = 1\` }).link(a);
`;
    const world = lower({ '/schema.ts': text });
    assert.deepEqual(shown(world), ['a\n  on by p\n  p: all using [id = 1]', 'b\n  off']);
    const again = lower({ '/schema.ts': `// moved\n${text}` }, { previous: world });
    assert.equal(again.schema.tables[0], world.schema.tables[0]);
    assert.deepEqual(shown(again), ['a\n  on by p\n  p: all using [id = 1]', 'b\n  off']);
    const other = lower({ '/schema.ts': text.replace('id = 1', 'id = 2') }, { previous: again });
    assert.deepEqual(shown(other), ['a\n  on by p\n  p: all using [id = 2]', 'b\n  off']);
    const none = lower({ '/schema.ts': text.replace('.link(a)', '') }, { previous: other });
    assert.deepEqual(shown(none), ['a\n  off', 'b\n  off']);
  });

  it('may be half-typed', () => {
    const text = `import { sql } from "drizzle-orm";
import { integer, pgTable, pgPolicy } from "drizzle-orm/pg-core";
export const a = pgTable.withRLS("a", { id: integer() }, (t) => [pgPolicy("p", { to: [x, "y"], using: sql\`\${t.id} = 1\` }), crudPolicy({ role: z })]).enableRLS();
pgPolicy("q", {}).link(a);
`;
    for (let end = 0; end <= text.length; end += 3) lower({ '/schema.ts': text.slice(0, end) });
  });
});
