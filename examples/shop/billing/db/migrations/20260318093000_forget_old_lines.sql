-- migrate:up
UPDATE invoice_lines
SET text = ''
WHERE invoice_id < 1000
LIMIT 5000;

-- migrate:down
