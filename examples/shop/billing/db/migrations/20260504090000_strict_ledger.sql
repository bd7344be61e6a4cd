-- migrate:up
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_debtor_id_fkey FOREIGN KEY (debtor_id) REFERENCES debtors (id) ON DELETE RESTRICT;
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_rate_check CHECK (rate >= 0);
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_amount_check CHECK (amount <> 0) NOT VALID;
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_reference_key UNIQUE (reference);
ALTER TABLE ledger_entries ALTER COLUMN rate SET NOT NULL;
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_one_a_day EXCLUDE (payout_id WITH =, booked_on WITH =);
ALTER DOMAIN cents ADD CONSTRAINT cents_are_few CHECK (VALUE < 1000000000000);
ALTER TABLE debtors DROP CONSTRAINT debtors_customer_id_key;
ALTER TABLE bookings ATTACH PARTITION bookings_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- migrate:down
