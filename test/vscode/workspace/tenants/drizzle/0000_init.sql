CREATE TABLE "posts" ("id" uuid PRIMARY KEY NOT NULL, "tenant_id" uuid NOT NULL);
--> statement-breakpoint
ALTER TABLE "posts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "posts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notes" ("id" uuid PRIMARY KEY NOT NULL, "tenant_id" uuid NOT NULL);
--> statement-breakpoint
CREATE INDEX "posts_tenant_id_idx" ON "posts" USING btree ("tenant_id");--> statement-breakpoint
CREATE INDEX "notes_tenant_id_idx" ON "notes" USING btree ("tenant_id");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "posts" AS PERMISSIVE FOR ALL TO public USING ("posts"."tenant_id" = (SELECT NULLIF(current_setting('app.tenant_id', true), ''))::uuid);
