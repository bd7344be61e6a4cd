// Tables in every form that Drizzle knows.
import { sql } from 'drizzle-orm';
import { foreignKey, index, pgEnum, pgSchema, pgTable, primaryKey, text, timestamp, unique, uniqueIndex, uuid, varchar, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { key, timestamps } from './columns';

export const state = pgEnum('state', ['open', 'closed']);
const audit = pgSchema('audit');

export const users = pgTable('users', {
  id: key(),
  email: varchar('email', { length: 320 }).notNull().unique(),
  "displayName": text(`display_name`),
  managerId: uuid('manager_id').references((): AnyPgColumn => users.id),
  state: state('state').notNull().default('open'),
  ...timestamps,
});

export const posts = pgTable(
  'posts',
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    authorId: uuid('author_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
    title: text('title').notNull(), // é😀 "quoted"
    publishedAt: timestamp('published_at', { mode: 'string' }),
    ...timestamps,
  },
  (table) => [
    index('posts_author_idx').on(table.authorId),
    index('posts_author_published_idx').on(table.authorId, table.publishedAt.desc()),
    uniqueIndex('posts_title_key').on(sql`lower(${table.title})`).where(sql`${table.publishedAt} is not null`),
  ],
);

/* schema-bible-disable missing-timestamps */
export const tags = pgTable('tags', (t) => ({
  name: t.varchar('name', { length: 20 }).primaryKey(),
  createdAt: t.timestamp('created_at'),
}));

export const postTags = pgTable(
  'post_tags',
  { postId: uuid('post_id').notNull(), tag: text('tag').notNull() },
  (t) => ({
    pk: primaryKey({ columns: [t.postId, t.tag] }),
    post: foreignKey({ columns: [t.postId], foreignColumns: [posts.id], name: 'post_tags_post_fk' }).onDelete('cascade'),
    tag: foreignKey({ columns: [t.tag], foreignColumns: [tags.name] }),
    both: unique('post_tags_both').on(t.postId, t.tag),
  }),
);

export const events = audit.table('events', {
  id: uuid('id').defaultRandom().primaryKey(),
  userId: uuid('user_id').references(() => users.id),
  at: timestamp('at').defaultNow(),
});
