-- migrate:up
CREATE TABLE payouts (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  invoice_id bigint NOT NULL REFERENCES invoices (id) ON DELETE SET NULL,
  debtor_id uuid REFERENCES debtors (id) ON DELETE SET DEFAULT,
  cents bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX payouts_invoice_id_idx ON payouts (invoice_id);
CREATE INDEX payouts_debtor_id_idx ON payouts (debtor_id);

ALTER TABLE payouts ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_payouts ON payouts
  USING (tenant_id = current_setting('app.seller_id')::uuid);

CREATE TABLE payout_holds (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX payout_holds_tenant_id_idx ON payout_holds (tenant_id);

CREATE TABLE payout_limits (
  tenant_id uuid PRIMARY KEY,
  cents bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE POLICY own_limits ON payout_limits
  USING (tenant_id = (SELECT nullif(current_setting('app.seller_id', true), '')::uuid));

CREATE TABLE payout_secrets (
  id uuid PRIMARY KEY,
  account text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE payout_secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE payout_secrets FORCE ROW LEVEL SECURITY;

CREATE INDEX a_name_that_says_what_the_index_is_for_and_when_it_was_made_for_whom ON payout_secrets (account);

-- migrate:down
DROP TABLE payout_secrets;
DROP TABLE payout_limits;
DROP TABLE payout_holds;
DROP TABLE payouts;
