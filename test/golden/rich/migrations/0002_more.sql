/* block; comment */
ALTER TABLE accounts ADD COLUMN region text NOT NULL, ADD COLUMN plan varchar(10) DEFAULT 'free';
-- schema-bible-disable-next-line blocking-index -- the table is small
CREATE INDEX projects_owner_idx ON "Projects" (owner_id);
CREATE INDEX accounts_region_idx ON accounts (region, email);
UPDATE accounts SET region = 'eu' WHERE region IS NULL LIMIT 100;
ALTER TABLE accounts ALTER COLUMN created_at TYPE timestamptz USING created_at AT TIME ZONE 'UTC';
ALTER TABLE "Projects" RENAME COLUMN "Name" TO title;
