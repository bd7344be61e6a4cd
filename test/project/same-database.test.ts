// What the surroundings say of one ORM's schema alone: how its names are made, and who else describes its database.
import assert from 'node:assert/strict';
import type { Facts } from '../../server/src/model/facts';
import { open, unitOf } from './helper';

const depends = '{"dependencies": {"drizzle-orm": "0.45.0", "@prisma/client": "6.0.0"}}';
const drizzle = (...names: string[]): string =>
  `import { pgTable } from 'drizzle-orm/pg-core';\n${names.map((name) => `export const ${name} = pgTable('${name}', {});\n`).join('')}`;
const prisma = (...names: string[]): string =>
  `datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n${names.map((name) => `model ${name} {\n  id Int @id\n  @@map("${name.toLowerCase()}")\n}\n`).join('')}`;
const config = (body: string): string => `import { defineConfig } from 'drizzle-kit';\nexport default defineConfig({ dialect: 'postgresql', ${body} });\n`;

async function factsOf(path: string, files: Record<string, string>): Promise<Facts> {
  const { project } = await open({ 'package.json': depends, ...files });
  return (await unitOf(project, path)).facts;
}

describe('casing', () => {
  const casing = async (text: string): Promise<string | undefined> => (await factsOf('src/schema.ts', { 'src/schema.ts': drizzle('a'), 'drizzle.config.ts': text })).drizzleCasing;

  it('is read from the Drizzle configuration', async () => {
    assert.equal(await casing(config("casing: 'snake_case'")), 'snake_case');
    assert.equal(await casing(config('"casing": "camelCase"')), 'camelCase');
    assert.equal(await casing(config("schema: './src/schema.ts', casing: 'snake_case'")), 'snake_case');
  });

  it('is no comment, no other setting of that name, and no expression', async () => {
    assert.equal(await casing(config("/* casing: 'snake_case' */")), undefined);
    assert.equal(await casing(config("introspect: { casing: 'camel' }")), undefined);
    assert.equal(await casing(config('casing: process.env.CASING')), undefined);
  });

  it("is that of the schema's own configuration", async () => {
    const facts = await factsOf('src/schema.ts', {
      'src/schema.ts': drizzle('a'),
      'drizzle-first.config.ts': config("schema: './other.ts', casing: 'camelCase'"),
      'drizzle-second.config.ts': config("schema: './src/schema.ts', casing: 'snake_case'"),
    });
    assert.equal(facts.drizzleCasing, 'snake_case');
  });
});

describe('two ORMs for one database', () => {
  const url = config("schema: './src/schema.ts', dbCredentials: { url: process.env.DATABASE_URL! }");

  it('the smaller schema is told of the larger one', async () => {
    const files = { 'prisma/schema.prisma': prisma('User', 'Post'), 'src/schema.ts': drizzle('jobs'), 'drizzle.config.ts': url };
    assert.deepEqual((await factsOf('src/schema.ts', files)).otherSchema, { own: 'Drizzle', other: 'Prisma', file: 'prisma/schema.prisma' });
    assert.equal((await factsOf('prisma/schema.prisma', files)).otherSchema, undefined);
    const more = { ...files, 'src/schema.ts': drizzle('jobs', 'runs', 'steps') };
    assert.deepEqual((await factsOf('prisma/schema.prisma', more)).otherSchema, { own: 'Prisma', other: 'Drizzle', file: 'src/schema.ts' });
    assert.equal((await factsOf('src/schema.ts', more)).otherSchema, undefined);
  });

  it('share a table where nothing says which database is meant', async () => {
    const files = { 'prisma/schema.prisma': prisma('User', 'Post'), 'src/schema.ts': drizzle('user') };
    assert.equal((await factsOf('src/schema.ts', files)).otherSchema?.other, 'Prisma');
    assert.equal((await factsOf('src/schema.ts', { ...files, 'src/schema.ts': drizzle('jobs') })).otherSchema, undefined);
  });

  const apart: Record<string, Record<string, string>> = {
    'another address': { 'drizzle.config.ts': config("schema: './src/schema.ts', dbCredentials: { url: process.env.ANALYTICS_DATABASE_URL! }") },
    'another kind of database': { 'src/schema.ts': drizzle('user').replace('pg-core', 'sqlite-core').replaceAll('pgTable', 'sqliteTable') },
    'a generator that writes the Drizzle tables': { 'prisma/schema.prisma': `generator drizzle {\n  provider = "drizzle-prisma-generator"\n}\n${prisma('User', 'Post')}` },
    'another package': { 'src/package.json': '{"dependencies": {"drizzle-orm": "0.45.0"}}' },
    'a schema without tables': { 'prisma/schema.prisma': prisma() },
  };
  for (const [name, files] of Object.entries(apart)) {
    it(`${name} is no mixture`, async () => {
      const all = { 'prisma/schema.prisma': prisma('User', 'Post'), 'src/schema.ts': drizzle('user'), 'drizzle.config.ts': url, ...files };
      assert.equal((await factsOf('src/schema.ts', all)).otherSchema, undefined);
      assert.equal((await factsOf('prisma/schema.prisma', all)).otherSchema, undefined);
    });
  }
});
