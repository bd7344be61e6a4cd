/*
  Warnings:

  - Added the required column `cents` to the `order_lines` table without a default value. This is not possible if the table is not empty.

*/
-- AlterTable
ALTER TABLE "order_lines" ADD COLUMN     "cents" INTEGER NOT NULL;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "paid_at" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "order_lines_order_id_idx" ON "order_lines"("order_id");

-- CreateIndex
CREATE INDEX "orders_customer_id_idx" ON "orders"("customer_id");
