// Writing row level security into Drizzle schemas: by version, and into every form of a table.
import assert from 'node:assert/strict';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Facts } from '../../../server/src/model/facts';
import type { Intent } from '../../../server/src/model/intents';
import { compile } from './compile';
import { apply, type Choice } from './write';

before(() => drizzle.prepare());

const IMPORTS = `import { sql } from "drizzle-orm";
import { index, pgPolicy, pgSchema, pgTable, pgTableCreator, uuid } from "drizzle-orm/pg-core";
`;
const BARE = 'import { pgTable, uuid } from "drizzle-orm/pg-core";\n';
const USING = "(SELECT NULLIF(current_setting('app.tenant_id', true), ''))::uuid";

const secure = ({ table, column }: Choice): Intent => ({
  do: 'enableRowSecurity',
  table: table('t'),
  enable: true,
  force: false,
  policy: { column: column('t.tenantId'), setting: 'app.tenant_id' },
});

function secured(body: string, facts: Partial<Facts> = {}, imports = IMPORTS): string | undefined {
  return apply({ '/a.ts': imports + body }, secure, facts);
}

describe('Drizzle row level security, written', () => {
  it('by the call on 0.x, and by the function since 1.0', () => {
    const body = 'export const t = pgTable("t", { tenantId: uuid("tenant_id") }, (t) => [index().on(t.tenantId)]);\n';
    const policy = `pgPolicy("tenant_isolation", { using: sql\`\${t.tenantId} = ${USING}\` })`;
    const old = secured(body, { drizzleVersion: { major: 0, minor: 45 } });
    assert.equal(old, `${IMPORTS}export const t = pgTable("t", { tenantId: uuid("tenant_id") }, (t) => [index().on(t.tenantId), ${policy}]).enableRLS();\n`);
    assert.deepEqual(compile({ 'a.ts': old ?? '' }), []);
    assert.equal(secured(body), old);
    const modern = secured(body, { drizzleVersion: { major: 1, minor: 0 } });
    assert.equal(modern, `${IMPORTS}export const t = pgTable.withRLS("t", { tenantId: uuid("tenant_id") }, (t) => [index().on(t.tenantId), ${policy}]);\n`);
    assert.equal(secured(body, { drizzleVersion: { major: 0, minor: 35 } }), undefined);
  });

  it('into tables without a third argument, with the imports', () => {
    const made = secured('export const t = pgTable("t", { tenantId: uuid("tenant_id") });\n', {}, BARE);
    assert.equal(
      made,
      `import { sql } from "drizzle-orm";
import { pgPolicy, pgTable, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", { tenantId: uuid("tenant_id") }, (table) => [
  pgPolicy("tenant_isolation", { using: sql\`\${table.tenantId} = ${USING}\` }),
]).enableRLS();
`,
    );
    assert.deepEqual(compile({ 'a.ts': made ?? '' }), []);
  });

  it('of schemas and table creators in 1.0', () => {
    const facts = { drizzleVersion: { major: 1, minor: 0 } };
    const shop = secured('const shop = pgSchema("shop");\nexport const t = shop.table("t", { tenantId: uuid() }, () => []);\n', facts);
    assert.match(shop ?? '', /shop\.table\.withRLS\("t"/);
    const own = secured('const own = pgTableCreator((name) => name);\nexport const t = own("t", { tenantId: uuid() }, () => []);\n', facts);
    assert.match(own ?? '', /= own\("t".*\n.*pgPolicy/);
    assert.doesNotMatch(own ?? '', /RLS/);
  });

  it('not where the key is of a type that no setting is cast to, nor with FORCE without migrations', () => {
    assert.equal(secured('export const t = pgTable("t", { tenantId: uuid("tenant_id").array() });\n'), undefined);
    const files = { '/a.ts': `${IMPORTS}export const t = pgTable("t", { tenantId: uuid() }).enableRLS();\n` };
    assert.equal(apply(files, ({ table }) => ({ do: 'enableRowSecurity', table: table('t'), enable: false, force: true })), undefined);
  });
});
