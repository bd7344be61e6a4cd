import { sql } from 'drizzle-orm';
import { check, index, integer, pgEnum, pgTable, primaryKey, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';
import { timestamps } from './columns';

export const shipmentState = pgEnum('shipment_state', ['packed', 'shipped', 'delivered', 'returned']);

export const warehouses = pgTable('warehouses', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull().unique(),
  country: varchar('country', { length: 2 }).notNull(),
  ...timestamps,
});

export const shelves = pgTable(
  'shelves',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    warehouseId: uuid('warehouse_id').notNull().references(() => warehouses.id, { onDelete: 'cascade' }),
    label: text('label').notNull(),
    ...timestamps,
  },
  (table) => [
    index('shelves_warehouse_id_idx').on(table.warehouseId),
    index('shelves_warehouse_id_label_idx').on(table.warehouseId, table.label),
  ],
);

export const stock = pgTable(
  'stock',
  {
    shelfId: integer('shelf_id').notNull().references(() => shelves.id, { onDelete: 'cascade' }),
    sku: text('sku').notNull(),
    quantity: integer('quantity').notNull().default(0),
    countedAt: timestamp('counted_at'),
    ...timestamps,
  },
  (table) => [
    primaryKey({ columns: [table.shelfId, table.sku] }),
    check('stock_quantity_positive', sql`${table.quantity} >= 0`),
  ],
);

export const shipments = pgTable('shipments', {
  id: uuid('id').primaryKey().default(sql`uuidv7()`),
  orderNumber: integer('order_number').notNull(),
  state: shipmentState('state').notNull().default('packed'),
  warehouseId: uuid('warehouse_id').notNull().references(() => warehouses.id),
  ...timestamps,
});
