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
  booked_on date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ledger_entries_payout_id_idx ON ledger_entries (payout_id);
CREATE INDEX ledger_entries_debtor_id_idx ON ledger_entries (debtor_id);

CREATE TABLE secret_uses (
  id uuid PRIMARY KEY,
  secret_id uuid REFERENCES payout_secrets (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX secret_uses_secret_id_idx ON secret_uses (secret_id);

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
DROP TABLE secret_uses;
DROP TABLE ledger_entries;
DROP DOMAIN cents;
DROP TYPE payout_state;
