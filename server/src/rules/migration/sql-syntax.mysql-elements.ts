// MySQL's keys, comments and types inside CREATE TABLE, and how PostgreSQL says them.
import { isWord, type SqlToken } from '../../model/sql-text';
import type { Found } from './sql-syntax.mysql';

/** The token as PostgreSQL writes it: names in double quotes. */
export function inPostgres({ kind, text }: SqlToken): string {
  return kind === 'backtick' ? `"${text.slice(1, -1).replaceAll('"', '""')}"` : text;
}

/** `KEY name (columns)` and `UNIQUE KEY name (columns)` among the elements of a table. */
export function keyElement(tokens: readonly SqlToken[], at: number): Found | undefined {
  const before = tokens[at - 1];
  const token = tokens[at];
  if (!before || !token || token.depth !== 1 || (before.text !== ',' && before.text !== '(')) return undefined;
  const unique = isWord(token, 'UNIQUE');
  const word = tokens[unique ? at + 1 : at];
  if (!isWord(word, 'KEY', 'INDEX')) return undefined;
  const following = tokens[unique ? at + 2 : at + 1];
  const named = following?.text === '(' ? undefined : following;
  const open = (unique ? at + 2 : at + 1) + (named ? 1 : 0);
  const last = closing(tokens, open);
  const close = tokens[last];
  const after = tokens[last + 1]?.text;
  if (tokens[open]?.text !== '(' || !close || (after !== ',' && after !== ')')) return undefined;
  const columns = tokens.slice(open + 1, last).map(inPostgres).join('').replaceAll(',', ', ').replace(/\(\d+\)/g, '');
  const place = { start: token.start, end: close.end, last };
  if (unique) {
    const name = named ? `CONSTRAINT ${inPostgres(named)} ` : '';
    const message = 'PostgreSQL has no `UNIQUE KEY`; a constraint makes the columns unique.';
    return { ...place, message, edits: [{ start: token.start, end: close.end, newText: `${name}UNIQUE (${columns})` }] };
  }
  const table = tableOf(tokens);
  const from = before.text === ',' ? before.start : token.start;
  const to = before.text !== ',' && after === ',' ? (tokens[last + 1]?.end ?? close.end) : close.end;
  const index = `CREATE INDEX ${named ? `${inPostgres(named)} ` : ''}ON ${table ?? ''} (${columns})`;
  if (table === undefined) return undefined;
  return {
    ...place,
    message: 'PostgreSQL creates an index in a statement of its own.',
    edits: [{ start: from, end: to, newText: '' }],
    behind: index,
  };
}

/** The bracket that closes the one at `open`. */
function closing(tokens: readonly SqlToken[], open: number): number {
  const depth = tokens[open]?.depth ?? 0;
  return tokens.findIndex((token, at) => at > open && token.text === ')' && token.depth === depth);
}

function tableOf(tokens: readonly SqlToken[]): string | undefined {
  const at = tokens.findIndex((token) => isWord(token, 'TABLE'));
  if (at < 0 || !isWord(tokens[0], 'CREATE')) return undefined;
  const first = isWord(tokens[at + 1], 'IF') ? at + 4 : at + 1;
  const open = tokens.findIndex((token, i) => i > first && token.text === '(');
  return open < 0 ? undefined : tokens.slice(first, open).map(inPostgres).join('');
}

/** `COMMENT 'words'` in a column's definition. */
export function columnComment(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  const words = tokens[at + 1];
  if (!isWord(token, 'COMMENT') || words?.kind !== 'string' || !token || token.depth === 0) return undefined;
  return {
    start: token.start,
    end: words.end,
    last: at + 1,
    message: 'PostgreSQL has no `COMMENT` in a definition; `COMMENT ON COLUMN` says it.',
    edits: [{ start: token.start, end: words.end, newText: `/* ${words.text.slice(1, -1).replaceAll('*/', '* /')} */` }],
  };
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['DATETIME', 'TIMESTAMPTZ'],
  ['TINYTEXT', 'TEXT'],
  ['MEDIUMTEXT', 'TEXT'],
  ['LONGTEXT', 'TEXT'],
  ['BLOB', 'BYTEA'],
  ['TINYBLOB', 'BYTEA'],
  ['MEDIUMBLOB', 'BYTEA'],
  ['LONGBLOB', 'BYTEA'],
  ['TINYINT', 'SMALLINT'],
  ['MEDIUMINT', 'INTEGER'],
  ['DOUBLE', 'DOUBLE PRECISION'],
]);

/** A type of MySQL's as PostgreSQL writes it; an integer's width is left out. */
export function inPostgresType(type: readonly SqlToken[]): string {
  const text = type.map((token, at) => (at > 0 && token.kind === 'word' && type[at - 1]?.text !== '(' ? ` ${token.text}` : token.text)).join('').replaceAll(',', ', ');
  const plain = text.replace(/^((?:TINY|SMALL|MEDIUM|BIG)?INT(?:EGER)?)\s*\(\d+\)/i, '$1');
  const [first = ''] = /^\w+/.exec(plain) ?? [];
  const unsigned = / UNSIGNED\b/i.test(plain);
  const own = unsigned && /^(?:INT|INTEGER|MEDIUMINT)$/i.test(first) ? 'BIGINT' : TYPES.get(first.toUpperCase());
  const rest = plain.slice(first.length).replace(/ UNSIGNED\b/i, '');
  return own === undefined || /^ PRECISION/i.test(rest) ? first + rest : (first === first.toUpperCase() ? own : own.toLowerCase()) + rest;
}

/** Types that PostgreSQL would take for names of its user's own. */
export function typeName(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  const before = tokens[at - 1];
  const type = token?.kind === 'word' ? TYPES.get(token.text.toUpperCase()) : undefined;
  // A type stands behind a column's name.
  if (!token || type === undefined || !before || (before.kind !== 'word' && before.kind !== 'backtick' && before.kind !== 'quoted')) return undefined;
  if (isWord(tokens[at + 1], 'PRECISION')) return undefined;
  const newText = token.text === token.text.toUpperCase() ? type : type.toLowerCase();
  return { start: token.start, end: token.end, last: at, edits: [{ start: token.start, end: token.end, newText }] };
}
