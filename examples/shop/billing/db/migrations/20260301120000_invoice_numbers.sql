-- migrate:up
ALTER TABLE invoices ADD COLUMN number text NOT NULL;

CREATE UNIQUE INDEX invoices_number_key ON invoices (number);

-- migrate:down
ALTER TABLE invoices DROP COLUMN number;
