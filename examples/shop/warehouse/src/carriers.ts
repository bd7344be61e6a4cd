import { relations } from 'drizzle-orm';
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { timestamps } from './columns';
import { shipments, shelves } from './schema';

export const carriers = pgTable(
  'carriers',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    rating: integer('rating').notNull().default(0),
    ...timestamps,
  },
  (table) => ({
    byRating: index('carriers_rating_idx').on(table.rating.desc(), table.name),
  }),
);

export const carrierRuns = pgTable('carrier_runs', {
  id: uuid('id').primaryKey(),
  carrierId: uuid('carrier_id').notNull(),
  order: integer('order').notNull(),
  ...timestamps,
});

export const carrierRunsRelations = relations(carrierRuns, ({ one }) => ({
  carrier: one(carriers, { fields: [carrierRuns.carrierId], references: [carriers.id] }),
}));

/** Which shelves a shipment is packed from. */
export const shipmentShelves = pgTable(
  'shipment_shelves',
  {
    shipmentId: uuid('shipment_id').notNull().references(() => shipments.id, { onDelete: 'cascade' }),
    shelfId: integer('shelf_id').notNull().references(() => shelves.id, { onDelete: 'cascade' }),
  },
  (table) => [index('shipment_shelves_shipment_id_idx').on(table.shipmentId), index('shipment_shelves_shelf_id_idx').on(table.shelfId)],
);
