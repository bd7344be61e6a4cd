// Where reading can go on after something broken: a line that clearly begins a statement.

// These begin a statement wherever they stand at the start of a line.
const STRONG =
  /(?:CREATE\s+(?!POLICY\s*\()[A-Z]+|(?:ALTER|DROP)\s+(?:TABLE|INDEX|TYPE|VIEW|MATERIALIZED|SEQUENCE|SCHEMA|FUNCTION|PROCEDURE|TRIGGER|POLICY|EXTENSION|DOMAIN|ROLE|DEFAULT\s+PRIVILEGES)|COMMENT\s+ON|INSERT\s+INTO|GRANT\s|REVOKE\s|DO\s+\$|TRUNCATE\s|REINDEX\s|REFRESH\s+MATERIALIZED)\b/iy;
// These do where a blank line, a comment or a finished statement stands before them.
const WEAK =
  /(?:BEGIN|COMMIT|ROLLBACK|SET|SELECT|WITH|UPDATE|DELETE|COPY|DO|VACUUM|ANALYZE|CLUSTER|START|LOCK|CALL|EXPLAIN|GRANT|REVOKE|NOTIFY|RESET)\b/iy;

/** The start of the first line after `from`, before `to`, that begins a statement. */
export function nextStatementLine(text: string, from: number, to: number): number | undefined {
  let previous = text.lastIndexOf('\n', from) + 1;
  for (;;) {
    const end = text.indexOf('\n', previous);
    if (end < 0 || end + 1 >= to) return undefined;
    const line = end + 1;
    if (line > from && beginsStatement(text, line, previous, end)) return line;
    previous = line;
  }
}

function beginsStatement(text: string, line: number, previousStart: number, previousEnd: number): boolean {
  const code = text.charCodeAt(line) | 32;
  if (code < 97 || code > 122) return false;
  STRONG.lastIndex = line;
  if (STRONG.test(text)) return true;
  WEAK.lastIndex = line;
  if (!WEAK.test(text)) return false;
  const before = text.slice(previousStart, previousEnd).trim();
  return before === '' || before.endsWith(';') || before.startsWith('--');
}
