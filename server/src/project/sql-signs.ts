// What the path and the text of a SQL file say of its part in a history. Paths are relative to the workspace's root:
// what stands above says nothing about the project.
import { sqlDialect, sqlKind } from '../languages/sql/dialect';

/**
 * - `step`: it builds a database;
 * - `data`: it changes rows only, which makes it a step among steps and nothing by itself;
 * - `none`: queries, tests, seeds, dumps, rollbacks.
 */
export type SqlRole = 'step' | 'data' | 'none';

const UNUSED_PATH =
  /(?:^|\/)(?:sqlc|pgtap|dumps?|backups?|verify|revert|rollbacks?|downs?)\/|[._-](?:down|dn|undo|rollback|revert)\.sql$|(?:^|\/)down\.sql$/i;
/** A dump says so in its first lines, or has what pg_dump writes before and above everything where they were cut off. */
const DUMP = /^-- PostgreSQL database (?:cluster )?dump|^SELECT pg_catalog\.set_config\('search_path', '', false\);|^-- Name: .+; Type: .+; Schema: .+; Owner: /m;
const HEAD = 2000;

export function isPostgres(path: string, text: string): boolean {
  return sqlDialect(path, text) === 'postgresql';
}

export function sqlRole(path: string, text: string): SqlRole {
  if (UNUSED_PATH.test(path) || DUMP.test(text.slice(0, HEAD))) return 'none';
  switch (sqlKind(path, text)) {
    case 'schema':
      return 'step';
    case 'data':
      return 'data';
    case 'query':
    case 'test':
    case 'seed':
      return 'none';
  }
}
