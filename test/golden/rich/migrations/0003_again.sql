BEGIN;
CREATE TABLE tasks (id serial PRIMARY KEY, project_id bigint, account_id uuid, CONSTRAINT tasks_project_fk FOREIGN KEY (project_id) REFERENCES "Projects" (id) ON DELETE CASCADE);
ALTER TABLE tasks ADD CONSTRAINT tasks_account_fk FOREIGN KEY (account_id) REFERENCES accounts (id);
CREATE INDEX tasks_both_idx ON tasks (account_id, project_id);
DROP INDEX accounts_email_idx;
ALTER TABLE "Projects" RENAME TO works;
COMMIT;
CREATE UNIQUE INDEX CONCURRENTLY works_title_key ON works (title) WHERE title IS NOT NULL;
