// References that fixes write, with the imports that they need. The compiler judges each result.
import { strict as assert } from 'node:assert';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Intent } from '../../../server/src/model/intents';
import { compile } from './compile';
import { apply, type Choice } from './write';

before(() => drizzle.prepare());

const key = (of: string, column: string, target: string, more: Partial<Extract<Intent, { do: 'addForeignKey' }>> = {}) => ({ table }: Choice): Intent => ({
  do: 'addForeignKey',
  table: table(of),
  columns: [column],
  target: table(target),
  targetColumns: ['id'],
  ...more,
});

const results: Record<string, string> = {};
let count = 0;

function write(files: Readonly<Record<string, string>>, choose: (choice: Choice) => Intent): string | undefined {
  const after = apply(files, choose);
  // Each result in a folder of its own, all for one run of the compiler.
  if (after !== undefined) for (const [path, text] of Object.entries({ ...files, '/a.ts': after })) results[`/${count}${path}`] = text;
  count++;
  return after;
}

describe('Drizzle: writing a reference', () => {
  it('to a table of the same file, with an index', () => {
    const text = `import { integer, pgTable } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: integer("id").primaryKey() });
export const posts = pgTable("posts", {
  id: integer("id").primaryKey(),
  authorId: integer("author_id").notNull(),
});
`;
    assert.equal(
      write({ '/a.ts': text }, key('posts', 'author_id', 'users', { onDelete: 'cascade', index: ['author_id'] })),
      `import { index, integer, pgTable } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: integer("id").primaryKey() });
export const posts = pgTable("posts", {
  id: integer("id").primaryKey(),
  authorId: integer("author_id").notNull().references(() => users.id, { onDelete: "cascade" }),
}, (table) => [
  index("posts_author_id_idx").on(table.authorId),
]);
`,
    );
  });

  it('to the table itself and round a circle, whose types nobody can infer', () => {
    const nodes = `import { integer, pgTable } from 'drizzle-orm/pg-core';
export const nodes = pgTable('nodes', { id: integer().primaryKey(), parentId: integer('parent_id') });
`;
    assert.match(write({ '/a.ts': nodes }, key('nodes', 'parent_id', 'nodes')) ?? '', /import \{ type AnyPgColumn, integer, pgTable \}[^]*parentId: integer\('parent_id'\)\.references\(\(\): AnyPgColumn => nodes\.id\)/);
    const circle = `import { type AnyPgColumn, integer, pgTable } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer().primaryKey(), teamId: integer('team_id').references((): AnyPgColumn => teams.id) });
export const teams = pgTable('teams', { id: integer().primaryKey(), ownerId: integer('owner_id') });
`;
    assert.match(write({ '/a.ts': circle }, key('teams', 'owner_id', 'users')) ?? '', /import \{ type AnyPgColumn, integer[^]*ownerId: integer\('owner_id'\)\.references\(\(\): AnyPgColumn => users\.id\)/);
  });

  it('to a table of another file', () => {
    const users = `import { integer, pgTable } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', { id: integer().primaryKey() });\nexport const other = 1;\n`;
    const own = (imports: string): string => `import { integer, pgTable } from 'drizzle-orm/pg-core';\n${imports}export const posts = pgTable('posts', { id: integer().primaryKey(), userId: integer('user_id') });\n`;
    const written = (imports: string, path = '/users.ts'): string => write({ '/a.ts': own(imports), [path]: users }, key('posts', 'user_id', 'users')) ?? '';
    assert.match(written(''), /^import \{ integer, pgTable \} from 'drizzle-orm\/pg-core';\nimport \{ users \} from '\.\/users';\n[^]*\(\(\) => users\.id\)/);
    assert.match(written('', '/auth/users.ts'), /\nimport \{ users \} from '\.\/auth\/users';\n/);
    assert.match(written('', '/auth/index.ts'), /\nimport \{ users \} from '\.\/auth';\n/);
    const elsewhere = { '/b.ts': `export { other } from './users.js';\n`, '/users.ts': users };
    assert.match(write({ '/a.ts': own(''), ...elsewhere }, key('posts', 'user_id', 'users')) ?? '', /\nimport \{ users \} from '\.\/users\.js';\n/);
    assert.match(write({ '/a.ts': own(`export {} from './users';\n`), ...elsewhere }, key('posts', 'user_id', 'users')) ?? '', /\nimport \{ users \} from '\.\/users';\n/);
    assert.match(written(`import { other } from './users';\n`), /\nimport \{ other, users \} from '\.\/users';\n/);
    assert.match(written(`import { users as people } from './users';\n`), /\(\(\) => people\.id\)/);
    assert.match(written(`import * as auth from './users';\n`), /\(\(\) => auth\.users\.id\)/);
  });

  it('goes on as the chain does', () => {
    const text = `import { integer, pgTable } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer().primaryKey() });
export const posts = pgTable('posts', {
  id: integer().primaryKey(),
  userId: integer('user_id')
    .notNull()
    .unique(),
});
`;
    assert.match(write({ '/a.ts': text }, key('posts', 'user_id', 'users')) ?? '', /\n {4}\.unique\(\)\n {4}\.references\(\(\) => users\.id\),\n/);
  });

  it('is left to the author where a name is taken, not exported, or in a helper', () => {
    const users = (exported: string): string => `import { integer, pgTable } from 'drizzle-orm/pg-core';\n${exported}const users = pgTable('users', { id: integer().primaryKey() });\n`;
    const posts = (more: string): string => `import { integer, pgTable } from 'drizzle-orm/pg-core';\n${more}export const posts = pgTable('posts', { id: integer().primaryKey(), userId: integer('user_id') });\n`;
    const choose = key('posts', 'user_id', 'users');
    assert.equal(write({ '/a.ts': posts(''), '/users.ts': users('') }, choose), undefined);
    assert.equal(write({ '/a.ts': posts('const users = 1;\n'), '/users.ts': users('export ') }, choose), undefined);
    const helper = `import { integer, pgTable } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer().primaryKey() });
const owned = { userId: integer('user_id') };
export const posts = pgTable('posts', { id: integer().primaryKey(), ...owned });
`;
    assert.equal(write({ '/a.ts': helper }, choose), undefined);
  });

  it('satisfies the compiler', () => {
    assert.ok(Object.keys(results).length > 10);
    assert.deepEqual(compile(results), []);
  });
});

describe('Drizzle: declared relations', () => {
  const tables = `import { integer, pgTable } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer('user_key').primaryKey() });
export const posts = pgTable('posts', { id: integer('id').primaryKey(), authorId: integer('author_id') });
`;
  const relationsOf = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
    const { lower } = await import('./print');
    return (lower(files).schema.relations ?? []).map(({ name, table, columns, target, targetColumns }) => `${name}: ${table.name}(${columns.join()}) -> ${target.name}(${targetColumns.join()})`);
  };

  it('are read from relations()', async () => {
    const text = `import { relations } from 'drizzle-orm';
import * as schema from './tables';
import { posts, users } from './tables';
export const a = relations(posts, ({ one, many }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id], relationName: 'author' }),
  other: one(schema.users, { fields: [schema.posts.authorId], references: [schema.users.id] }),
  inverse: one(users),
  tags: many(users),
}));
export const b = relations(posts, (r) => ({ author: r.one(users, { fields: [posts.authorId], references: [users.id] }) }));
`;
    const expected = 'author: posts(author_id) -> users(user_key)';
    assert.deepEqual(await relationsOf({ '/tables.ts': tables, '/relations.ts': text }), [expected, expected.replace('author:', 'other:'), expected]);
  });

  it('are read from defineRelations()', async () => {
    const text = `import { defineRelations } from 'drizzle-orm';
import * as schema from './tables';
import { posts, users } from './tables';
export const a = defineRelations(schema, (r) => ({
  posts: { author: r.one.users({ from: r.posts.authorId, to: r.users.id }), bare: r.one.users() },
  users: { posts: r.many.posts({ from: r.users.id, to: r.posts.authorId }) },
}));
export const b = defineRelations({ posts, users }, (r) => ({
  posts: { author: r.one.users({ from: [r.posts.authorId], to: [r.users.id], optional: false }) },
}));
`;
    const expected = 'author: posts(author_id) -> users(user_key)';
    assert.deepEqual(await relationsOf({ '/tables.ts': tables, '/relations.ts': text }), [expected, expected]);
  });

  it('survive what is half typed', async () => {
    for (const half of ['relations(', 'relations(posts, () => ({ author: one(users, { fields: [posts.], references: [users.id] }) }))', 'relations(posts, ({ one }) => ({ a: one(users, { fields: [] , references: [] }) }))']) {
      const text = `import { relations } from 'drizzle-orm';\nimport { posts, users } from './tables';\nexport const a = ${half}`;
      assert.ok((await relationsOf({ '/tables.ts': tables, '/relations.ts': text })).length <= 1);
    }
  });
});
