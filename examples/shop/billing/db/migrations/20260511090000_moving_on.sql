-- migrate:up
BEGIN;
ALTER TABLE ledger_entries ALTER COLUMN rate TYPE numeric(8, 4);
ALTER TABLE ledger_entries ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
UPDATE ledger_entries SET reference = '';
ALTER TABLE payouts RENAME COLUMN cents TO amount;
ALTER TABLE invoice_lines RENAME TO invoice_items;
ALTER TABLE payout_holds DROP COLUMN reason;
DROP TABLE old_accounts CASCADE;
ALTER TABLE payout_limits SET UNLOGGED;
CREATE TRIGGER check_amounts BEFORE UPDATE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TYPE payout_state_new AS ENUM ('planned', 'paid');
ALTER TABLE ledger_entries ALTER COLUMN state TYPE payout_state_new USING state::text::payout_state_new;
DROP TYPE payout_state;
ALTER TYPE payout_state_new RENAME TO payout_state;
COMMIT;

-- migrate:down
