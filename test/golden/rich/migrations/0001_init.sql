-- The beginning. 🐘
\set ON_ERROR_STOP on
CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE accounts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email varchar(320) NOT NULL UNIQUE,
  note text DEFAULT 'it''s; not the end',
  created_at timestamp NOT NULL DEFAULT now()
);

CREATE TABLE "Projects" (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id uuid REFERENCES accounts (id),
  "Name" char(40),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamp(3) without time zone
);
CREATE INDEX accounts_email_idx ON accounts (email);

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  NEW.updated_at = now(); -- not a statement of ours
  RETURN NEW;
END;
$body$;
COPY accounts (id, email) FROM stdin;
1	a@example.com
\.
