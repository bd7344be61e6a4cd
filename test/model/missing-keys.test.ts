// Which columns hold another table's keys without a foreign key, told from relations in code and from names.
import assert from 'node:assert/strict';
import { drizzle } from '../../server/src/languages/drizzle';
import { prisma } from '../../server/src/languages/prisma';
import { sql } from '../../server/src/languages/sql';
import { noFacts } from '../../server/src/model/facts';
import { declaredReferences, forgoesForeignKeys, keyIntent, namedReferences, usesForeignKeys, type KeylessReference } from '../../server/src/model/missing-keys';
import type { Schema } from '../../server/src/model/nodes';

const ofSql = (text: string): Schema => sql.lower([sql.parse('/a.sql', text)], { facts: noFacts });
const ofPrisma = (text: string): Schema => prisma.lower([prisma.parse('/a.prisma', text)], { facts: noFacts });

function ofDrizzle(tables: string, relations: string): Schema {
  const files = new Map([['/tables.ts', tables], ['/relations.ts', relations]].map(([path = '', text = '']) => [path, drizzle.parse(path, text)]));
  return drizzle.lower([...files.values()], { facts: noFacts, module: () => files.get('/tables.ts') });
}

function told(references: readonly KeylessReference[]): string[] {
  return references.map(({ table, columns, target, targetColumns }) => `${table.name}.${columns.map(({ name }) => name).join()} -> ${target.name}.${targetColumns.map(({ name }) => name).join()}`);
}

describe('columns that name keys', () => {
  before(() => Promise.all([sql.prepare(), prisma.prepare(), drizzle.prepare()]));

  const named = (text: string): string[] => told(namedReferences(ofSql(`CREATE TABLE users (id bigint PRIMARY KEY);\n${text}`)));

  it('mean a table in any number and style', () => {
    assert.deepEqual(named('CREATE TABLE posts (id bigint PRIMARY KEY, user_id bigint, "userUuid" bigint);'), ['posts.user_id -> users.id', 'posts.userUuid -> users.id']);
    assert.deepEqual(named('CREATE TABLE "OrderItem" (id bigint PRIMARY KEY); CREATE TABLE notes (order_item_id bigint);'), ['notes.order_item_id -> OrderItem.id']);
    assert.deepEqual(told(namedReferences(ofPrisma('model Category {\n  id String @id\n  @@map("tbl_category")\n}\nmodel Item {\n  id String @id\n  categoryId String\n}\n'))), ['Item.categoryId -> Category.id']);
  });

  it('mean users by what they did, and the table itself as a parent', () => {
    assert.deepEqual(named('CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint, created_by_id bigint, owner_user_id bigint, parent_id bigint, parent_post_id bigint);'), [
      'posts.author_id -> users.id',
      'posts.created_by_id -> users.id',
      'posts.owner_user_id -> users.id',
      'posts.parent_id -> posts.id',
      'posts.parent_post_id -> posts.id',
    ]);
  });

  it('are not those of others, of their own table, or of one of several tables', () => {
    for (const column of ['stripe_user_id bigint', 'users_id_old bigint', 'post_id bigint', 'user_id bigint, user_type text', 'user_id bigint, "user" text', 'user_id bigint[]', 'default_user_id bigint', 'user_id text', 'user_id int']) {
      assert.deepEqual(named(`CREATE TABLE posts (id bigint PRIMARY KEY, ${column});`), [], column);
    }
    assert.deepEqual(named('CREATE TABLE accounts (id text PRIMARY KEY); CREATE TABLE bank_accounts (id text PRIMARY KEY, account_id text);'), []);
  });

  it('mean none of several tables of one kind', () => {
    const chats = 'CREATE TABLE chats (id bigint PRIMARY KEY);';
    assert.deepEqual(named(`${chats} CREATE TABLE jobs (source_chat_id bigint);`), ['jobs.source_chat_id -> chats.id']);
    const made = `${chats} CREATE TABLE shared_chats (id bigint PRIMARY KEY, chat_id bigint REFERENCES chats);`;
    assert.deepEqual(named(`${made} CREATE TABLE jobs (source_chat_id bigint);`), ['jobs.source_chat_id -> chats.id']);
    const others = `${made} CREATE TABLE copilot_chats (id bigint PRIMARY KEY); CREATE TABLE work_users (id bigint PRIMARY KEY);`;
    assert.deepEqual(named(`${others} CREATE TABLE jobs (source_chat_id bigint, chat_id bigint, source_user_id bigint);`), [
      'jobs.chat_id -> chats.id',
      'jobs.source_user_id -> users.id',
    ]);
  });

  it('are not those of records, whose rows may outlive what they name', () => {
    for (const name of ['audit_logs', 'user_events', 'daily_usage', 'deleted_posts', 'page_views', 'post_history', 'job_queue', 'post_stats']) {
      assert.deepEqual(named(`CREATE TABLE ${name} (id bigint PRIMARY KEY, user_id bigint);`), [], name);
    }
    const visited = (columns: string): string[] => named(`CREATE TABLE active_sessions (id bigint PRIMARY KEY, user_id bigint, ${columns});`);
    assert.deepEqual(visited('"entryPage" text, pageviews int, browser text'), []);
    assert.deepEqual(visited('referrer text, browser text, operating_system text'), ['active_sessions.user_id -> users.id']);
  });

  it('are left alone where a comment says so', () => {
    const text = (comment: string): string => `model User {\n  id Int @id\n}\nmodel Post {\n  id Int @id\n  userId Int ${comment}\n  authorId Int\n}\n`;
    assert.deepEqual(told(namedReferences(ofPrisma(text('// who wrote it')))), ['Post.userId -> User.id', 'Post.authorId -> User.id']);
    assert.deepEqual(told(namedReferences(ofPrisma(text('// no FK: users come and go')))), []);
    assert.deepEqual(told(namedReferences(ofPrisma(text('// id of the external system')))), ['Post.authorId -> User.id']);
  });
});

describe('columns that name keys, from one text to the next', () => {
  before(() => prisma.prepare());

  it('follow what changes in other tables', () => {
    const text = (user: string, more = ''): string => `model First {\n  id Int @id\n}\nmodel ${user}\nmodel Post {\n  id Int @id\n  userId Int\n}\n${more}`;
    let parsed = prisma.parse('/a.prisma', text('User {\n  id Int @id\n}'));
    const now = (next: string): string[] => {
      parsed = prisma.parse('/a.prisma', next, parsed);
      return told(namedReferences(prisma.lower([parsed], { facts: noFacts })));
    };
    const found = ['Post.userId -> User.id'];
    assert.deepEqual(now(text('User {\n  id Int @id\n}')), found);
    assert.deepEqual(now(text('User {\n  id String @id\n}')), []);
    assert.deepEqual(now(text('User {\n  id Int @id\n}')), found);
    assert.deepEqual(now(text('Person {\n  id Int @id\n}')), []);
    assert.deepEqual(now(text('User {\n  id Int @id\n}', 'model Users {\n  id Int @id\n}\n')), []);
    assert.deepEqual(now(text('User {\n  id Int @id\n  name String\n}')), found);
  });
});

describe('declared relations without keys', () => {
  const TABLES = `import { index, integer, pgTable } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer('id').primaryKey(), bossId: integer('boss_id') });
export const posts = pgTable('posts', { id: integer('id').primaryKey(), authorId: integer('author_id'), userId: integer('user_id').references(() => users.id) });
`;
  const declared = (relations: string): string[] => {
    const schema = ofDrizzle(TABLES, `import { defineRelations, relations } from 'drizzle-orm';\nimport * as schema from './tables';\nconst { posts, users } = schema;\n${relations}`);
    return told(declaredReferences(schema));
  };

  it('are told of in both forms, once', () => {
    assert.deepEqual(declared('export const a = relations(schema.posts, ({ one }) => ({ author: one(schema.users, { fields: [schema.posts.authorId], references: [schema.users.id] }) }));'), ['posts.authorId -> users.id']);
    assert.deepEqual(
      declared(`export const a = defineRelations(schema, (r) => ({
  posts: { author: r.one.users({ from: r.posts.authorId, to: r.users.id }), again: r.one.users({ from: r.posts.authorId, to: r.users.id }), user: r.one.users({ from: r.posts.userId, to: r.users.id }) },
  users: { boss: r.one.users({ from: [r.users.bossId], to: [r.users.id] }), posts: r.many.posts({ from: r.users.id, to: r.posts.authorId }) },
}));`),
      ['posts.authorId -> users.id', 'users.bossId -> users.id'],
    );
  });

  it('are not told of while they are half typed, or lead to what no key could lead to', () => {
    for (const options of ['{ fields: [schema.posts.au], references: [schema.users.id] }', '{ fields: [], references: [] }', '{ fields: [schema.posts.authorId], references: [schema.users.bossId] }', '{ fields: [schema.posts.authorId], references: [schema.nobody.id] }', '{']) {
      assert.deepEqual(declared(`export const a = relations(schema.posts, ({ one }) => ({ author: one(schema.users, ${options}) }));`), [], options);
    }
  });

  it('speak for their columns', () => {
    const relations = `import { relations } from 'drizzle-orm';\nimport { posts, users } from './tables';\nexport const a = relations(posts, ({ one }) => ({ author: one(users, { fields: [posts.authorId], references: [users.id] }) }));`;
    assert.deepEqual(told(namedReferences(ofDrizzle(TABLES, relations))), []);
    assert.deepEqual(told(namedReferences(ofDrizzle(TABLES, ''))), ['posts.authorId -> users.id']);
  });
});

describe('the key that is missing', () => {
  const first = (schema: Schema): KeylessReference => {
    const [found] = namedReferences(schema);
    assert.ok(found);
    return found;
  };

  it('comes with its index, and a delete rule that fits', () => {
    const schema = ofSql('CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint);');
    const intent = keyIntent(first(schema), schema);
    assert.ok(intent?.do === 'addForeignKey');
    assert.deepEqual([intent.columns, intent.targetColumns, intent.onDelete, intent.index], [['author_id'], ['id'], 'set null', ['author_id']]);
    const indexed = ofSql('CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE posts (author_id bigint PRIMARY KEY);');
    const other = keyIntent(first(indexed), indexed);
    assert.ok(other?.do === 'addForeignKey');
    assert.deepEqual([other.onDelete, other.index], ['restrict', undefined]);
  });

  it('is none of a schema that has none by design', () => {
    const mysql = ofPrisma('datasource db {\n  provider = "mysql"\n}\nmodel User {\n  id Int @id\n}\n');
    assert.equal(forgoesForeignKeys(mysql, { ...noFacts, dependencies: new Set(['@planetscale/database']) }), true);
    assert.equal(forgoesForeignKeys(mysql, noFacts), false);
    assert.equal(usesForeignKeys(mysql), false);
  });
});
