// Signs, in the path and the text, of SQL that isn't PostgreSQL's or isn't a migration.

/** What a file is to a history: a step or a schema of it, or nothing (queries, tests, seeds, dumps, rollbacks). */
export type MigrationRole = 'step' | 'none';

const OTHER_PATH = /(?:^|[/._-])(?:clickhouse|mysql|mariadb|sqlite3?|mssql|sqlserver|tsql|oracle|snowflake|bigquery|duckdb|singlestore|turso|d1)(?:[/._-]|$)/i;
const POSTGRES_PATH = /(?:^|[/._-])(?:postgres|postgresql|pg|psql|supabase)(?:[/._-]|$)/i;
const OTHER_TEXT = [
  /`\w+`/,
  /\bENGINE\s*=\s*\w+/i,
  /\bAUTO_?INCREMENT\b/i,
  /\bPRAGMA\s+\w+/i,
  /^\s*GO\s*$/m,
  /\bNVARCHAR\b|\bIDENTITY\s*\(\s*\d+\s*,|\[dbo\]/i,
  /\bVARCHAR2\b/i,
];
const NOT_A_STEP_PATH =
  /(?:^|\/)(?:quer(?:y|ies)|sqlc|tests?|__tests__|pgtap|spec|seeds?|seeders?|dumps?|backups?|verify|revert)\/|(?:^|\/)prisma\/sql\/|(?:^|[/._-])seeds?(?:[._-][^/]*)?\.sql$|[._-](?:down|dn|undo|rollback|revert)\.sql$|(?:^|\/)down\.sql$/i;
const NOT_A_STEP_TEXT = /^--\s*name:\s*\w+\s+:\w+|^--\s*@param\b|^-- PostgreSQL database dump|^\s*SELECT\s+(?:no_)?plan\s*\(/im;

/** Whether a file's SQL is PostgreSQL's, another database's, or can't be told. */
export function sqlVerdict(path: string, text: string): 'postgresql' | 'other' | 'unknown' {
  if (POSTGRES_PATH.test(path)) return 'postgresql';
  if (OTHER_PATH.test(path)) return 'other';
  const head = withoutNoise(text.slice(0, 20_000));
  return OTHER_TEXT.some((sign) => sign.test(head)) ? 'other' : 'unknown';
}

export function migrationRole(path: string, text: string): MigrationRole {
  return NOT_A_STEP_PATH.test(path) || NOT_A_STEP_TEXT.test(text.slice(0, 20_000)) ? 'none' : 'step';
}

/** Comments, strings and function bodies may hold anything. */
function withoutNoise(text: string): string {
  return text.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)/g, ' ');
}
