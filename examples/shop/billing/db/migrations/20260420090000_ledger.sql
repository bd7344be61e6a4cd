-- migrate:up
CREATE TYPE payout_state AS ENUM ('planned', 'sent');

CREATE DOMAIN cents AS bigint;

CREATE TABLE ledger_entries (
  id uuid PRIMARY KEY,
  payout_id uuid REFERENCES payouts (id) ON DELETE CASCADE,
  debtor_id uuid NOT NULL,
  reference varchar(40),
  amount cents NOT NULL,
  rate integer,
  state payout_state,
  booked_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ledger_entries_payout_id_idx ON ledger_entries (payout_id);
CREATE INDEX ledger_entries_debtor_id_idx ON ledger_entries (debtor_id);

CREATE TABLE old_accounts (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE account_uses (
  id uuid PRIMARY KEY,
  account_id uuid REFERENCES old_accounts (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX account_uses_account_id_idx ON account_uses (account_id);

CREATE TABLE bookings (
  id uuid NOT NULL,
  booked_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, booked_on)
) PARTITION BY RANGE (booked_on);

CREATE TABLE bookings_2026 (LIKE bookings INCLUDING ALL);

-- migrate:down
DROP TABLE bookings_2026;
DROP TABLE bookings;
DROP TABLE account_uses;
DROP TABLE old_accounts;
DROP TABLE ledger_entries;
DROP DOMAIN cents;
DROP TYPE payout_state;
