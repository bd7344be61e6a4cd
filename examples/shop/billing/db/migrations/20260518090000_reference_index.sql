-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY IF NOT EXISTS ledger_entries_reference_idx ON ledger_entries (reference);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY ledger_entries_reference_idx;
