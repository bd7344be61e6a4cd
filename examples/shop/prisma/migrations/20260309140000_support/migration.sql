-- CreateTable
CREATE TABLE "tickets" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "subject" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "label_ids" TEXT[],
    "refund" DOUBLE PRECISION,
    "transcript" JSON,
    "context" JSONB,
    "order_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "labels" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "labels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "replies" (
    "message_id" TEXT NOT NULL,
    "ticket_id" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "tickets_slug_key" ON "tickets"("slug");

-- CreateIndex
CREATE INDEX "tickets_urgent_idx" ON "tickets"("urgent");

-- CreateIndex
CREATE INDEX "tickets_context_idx" ON "tickets"("context");

-- CreateIndex
CREATE INDEX "tickets_created_at_status_idx" ON "tickets"("created_at", "status");

-- CreateIndex
CREATE UNIQUE INDEX "labels_name_key" ON "labels"("name");

-- CreateIndex
CREATE UNIQUE INDEX "replies_message_id_key" ON "replies"("message_id");

-- CreateIndex
CREATE INDEX "replies_ticket_id_idx" ON "replies"("ticket_id");

-- AddForeignKey
ALTER TABLE "replies" ADD CONSTRAINT "replies_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
