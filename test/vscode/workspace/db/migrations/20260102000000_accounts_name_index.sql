-- migrate:up
CREATE INDEX accounts_name_idx ON accounts (name);

-- migrate:down
DROP INDEX accounts_name_idx;
