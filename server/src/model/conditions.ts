// What a condition in SQL says of a column: whether it names it, and whether it proves that it is never null.
import { isWord, nameIn, sqlTokens, type SqlToken } from './sql-text';

/** Whether the expression names the column. */
export function namesColumn(sql: string, column: string): boolean {
  return sqlTokens(sql).some((token) => nameIn(token) === column);
}

/** Whether a CHECK, as written, lets no row pass in which the column is null: `CHECK (a IS NOT NULL AND …)`. */
export function provesNotNull(check: string, column: string): boolean {
  const tokens = sqlTokens(check);
  const open = tokens.findIndex(({ text }) => text === '(');
  const own = tokens.slice(Math.max(open, 0));
  const last = own.findLastIndex(({ text, depth }) => text === ')' && depth === 0);
  return holds(last < 0 ? own : own.slice(0, last + 1), column);
}

function holds(written: readonly SqlToken[], column: string): boolean {
  const tokens = withoutParentheses(written);
  const depth = tokens[0]?.depth ?? 0;
  const at = (...keywords: readonly string[]): number => tokens.findIndex((token) => token.depth === depth && isWord(token, ...keywords));
  if (at('OR', 'CASE') >= 0) return false;
  const and = at('AND');
  if (and >= 0 && at('BETWEEN') < 0) return holds(tokens.slice(0, and), column) || holds(tokens.slice(and + 1), column);
  if (isWord(tokens[0], 'NOT')) {
    const inner = withoutParentheses(tokens.slice(1));
    return inner.length >= 3 && isColumn(inner.slice(0, -2), column) && isWord(inner.at(-2), 'IS') && isWord(inner.at(-1), 'NULL');
  }
  const [is, not, nothing] = tokens.slice(-3);
  return isWord(is, 'IS') && isWord(not, 'NOT') && isWord(nothing, 'NULL') && isColumn(tokens.slice(0, -3), column);
}

function isColumn(written: readonly SqlToken[], column: string): boolean {
  const tokens = withoutParentheses(written);
  const named = tokens.at(-1);
  return named !== undefined && nameIn(named) === column && tokens.slice(0, -1).every((token, i) => (i % 2 === 1 ? token.text === '.' : nameIn(token) !== undefined));
}

/** What stands inside parentheses around the whole. */
export function withoutParentheses(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const [first] = tokens;
  if (first?.text !== '(' || tokens.at(-1)?.text !== ')') return tokens;
  const closes = tokens.findIndex(({ text, depth }) => text === ')' && depth === first.depth);
  return closes === tokens.length - 1 ? withoutParentheses(tokens.slice(1, -1)) : tokens;
}

/**
 * An expression with something else in place of each mention of the columns that `by` knows, qualifiers left out
 * (`orders.total`); undefined where a word may be a column or not. Functions, types and typed literals keep their names.
 */
export function withColumns(sql: string, by: (column: string) => string | undefined): string | undefined {
  const tokens = sqlTokens(sql);
  let text = '';
  let at = 0;
  for (const [i, token] of tokens.entries()) {
    const name = nameIn(token);
    const instead = name === undefined ? undefined : by(name);
    const next = tokens[i + 1];
    if (name === undefined || instead === undefined || next?.text === '(' || next?.text === '.' || (tokens[i - 1]?.text === ':' && tokens[i - 2]?.text === ':')) continue;
    if (SYNTAX.has(name) && (isOtherWord(tokens[i - 1]) || isOtherWord(next))) return undefined;
    const start = qualifierStart(tokens, i);
    text += sql.slice(at, start) + instead;
    at = token.end;
  }
  return text + sql.slice(at);
}

/** Words of SQL's own syntax that may also be the name of a column. */
const SYNTAX = new Set(
  'year month day hour minute second zone time timestamp date interval value row array position substring trim leading trailing both overlay extract escape current without'.split(' '),
);

/** Beside such a word, it may be syntax: `EXTRACT(year FROM at)`, `DATE '2026-01-01'`. */
function isOtherWord(token: SqlToken | undefined): boolean {
  if (token?.kind === 'string') return true;
  return token?.kind === 'word' && !isWord(token, 'AND', 'OR', 'NOT', 'IS', 'IN', 'LIKE', 'ILIKE', 'BETWEEN', 'ASC', 'DESC', 'NULLS', 'COLLATE', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'CHECK', 'WHERE');
}

/** Where a column's name begins, with the table and schema before it. */
function qualifierStart(tokens: readonly SqlToken[], at: number): number {
  let from = at;
  while (tokens[from - 1]?.text === '.' && tokens[from - 2]) from -= 2;
  return tokens[from]?.start ?? 0;
}
