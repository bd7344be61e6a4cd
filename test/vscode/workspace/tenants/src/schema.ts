import { sql } from 'drizzle-orm';
import { index, pgPolicy, pgTable, uuid } from 'drizzle-orm/pg-core';

export const posts = pgTable('posts', { id: uuid('id').primaryKey(), tenantId: uuid('tenant_id').notNull() }, (table) => [
  index('posts_tenant_id_idx').on(table.tenantId),
  pgPolicy('tenant_isolation', { using: sql`${table.tenantId} = (SELECT NULLIF(current_setting('app.tenant_id', true), ''))::uuid` }),
]).enableRLS();

export const notes = pgTable('notes', { id: uuid('id').primaryKey(), tenantId: uuid('tenant_id').notNull() }, (table) => [
  index('notes_tenant_id_idx').on(table.tenantId),
]);
