// Words of SQL Server's and SQLite's, and a few more of MySQL's, and how PostgreSQL says them.
import { isWord, type SqlToken } from '../../model/sql-text';
import type { Found } from './sql-syntax.mysql';

/** The name in brackets that begins at a token: `[order]`, not `tags[1]` or `int[]`. */
export function bracketName(tokens: readonly SqlToken[], at: number): Found | undefined {
  const open = tokens[at];
  const before = tokens[at - 1];
  if (open?.text !== '[' || (before && before.end === open.start && !/^[.,(]$/.test(before.text))) return undefined;
  const last = tokens.findIndex((token, i) => i > at && token.text === ']');
  const inner = tokens.slice(at + 1, last);
  const close = tokens[last];
  if (!close || inner.length === 0 || !inner.every(({ kind }) => kind === 'word' || kind === 'number')) return undefined;
  const name = inner.map(({ text }, i) => (i > 0 && inner[i - 1]?.end !== inner[i]?.start ? ` ${text}` : text)).join('');
  return {
    start: open.start,
    end: close.end,
    last,
    from: 'SQL Server',
    message: 'PostgreSQL quotes names with double quotes, so it can\'t read this name.',
    edits: [{ start: open.start, end: close.end, newText: `"${name}"` }],
  };
}

/** `IDENTITY(1,1)` on a column. */
export function identity(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  const [open, seed, comma, step, close] = tokens.slice(at + 1, at + 6);
  if (!token || !isWord(token, 'IDENTITY') || isWord(tokens[at - 1], 'AS') || open?.text !== '(' || !seed || comma?.text !== ',' || !step || close?.text !== ')') return undefined;
  const counting = seed.text === '1' && step.text === '1' ? '' : ` (START WITH ${seed.text} INCREMENT BY ${step.text})`;
  return {
    start: token.start,
    end: close.end,
    last: at + 5,
    from: 'SQL Server',
    message: 'PostgreSQL has no `IDENTITY(…)`; a column that counts up is GENERATED AS IDENTITY.',
    edits: [{ start: token.start, end: close.end, newText: `GENERATED ALWAYS AS IDENTITY${counting}` }],
  };
}

const SERVER_TYPES: ReadonlyMap<string, string> = new Map([
  ['NVARCHAR', 'VARCHAR'],
  ['NTEXT', 'TEXT'],
  ['DATETIME2', 'TIMESTAMPTZ'],
  ['DATETIMEOFFSET', 'TIMESTAMPTZ'],
  ['UNIQUEIDENTIFIER', 'UUID'],
]);

/** SQL Server's types, which PostgreSQL would take for names of its user's own; `(MAX)` is text. */
export function serverType(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (token?.kind !== 'word' || !before || (before.kind !== 'word' && before.kind !== 'quoted' && before.text !== ']')) return undefined;
  const type = SERVER_TYPES.get(token.text.toUpperCase());
  const close = tokens[at + 3];
  const unlimited = /^N?VARCHAR$/i.test(token.text) && isWord(tokens[at + 2], 'MAX') && close?.text === ')';
  if (type === undefined && !unlimited) return undefined;
  const wanted = unlimited ? 'TEXT' : (type ?? token.text);
  const newText = token.text === token.text.toUpperCase() ? wanted : wanted.toLowerCase();
  const end = unlimited && close ? close.end : token.end;
  return { start: token.start, end, last: unlimited ? at + 3 : at, edits: [{ start: token.start, end, newText }] };
}

/** `GO` on a line of its own, which ends a batch. */
export function batchEnd(tokens: readonly SqlToken[], at: number, text: string): Found | undefined {
  const token = tokens[at];
  if (!token || !isWord(token, 'GO') || !/(?:^|\n)[ \t]*$/.test(text.slice(0, token.start)) || !/^[ \t]*(?:\r?\n|$)/.test(text.slice(token.end))) return undefined;
  const before = tokens[at - 1];
  return {
    start: token.start,
    end: token.end,
    last: at,
    from: 'SQL Server',
    message: '`GO` is a command of SQL Server\'s tools; PostgreSQL ends a statement with a semicolon.',
    edits: [{ start: before?.end ?? token.start, end: token.end, newText: before && at + 1 < tokens.length ? ';' : '' }],
  };
}

/** SQLite's `AUTOINCREMENT` and `WITHOUT ROWID`. */
export function sqlite(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (!token) return undefined;
  if (isWord(token, 'AUTOINCREMENT')) {
    return {
      start: token.start,
      end: token.end,
      last: at,
      from: 'SQLite',
      message: 'PostgreSQL has no `AUTOINCREMENT`; a column that counts up is an identity.',
      edits: [{ start: token.start, end: token.end, newText: 'GENERATED ALWAYS AS IDENTITY' }],
    };
  }
  if (!next || !isWord(token, 'WITHOUT') || !isWord(next, 'ROWID')) return undefined;
  const before = tokens[at - 1];
  return {
    start: token.start,
    end: next.end,
    last: at + 1,
    from: 'SQLite',
    message: 'PostgreSQL has no tables `WITHOUT ROWID`.',
    edits: [{ start: before?.end ?? token.start, end: next.end, newText: '' }],
  };
}

/** `INSERT IGNORE INTO`, `INSERT OR IGNORE INTO`. */
export function insertIgnore(tokens: readonly SqlToken[], at: number): Found | undefined {
  const last = isWord(tokens[1], 'OR') ? 2 : 1;
  const word = tokens[last];
  const first = tokens[0];
  const end = tokens.at(-1);
  if (at !== 0 || !first || !end || !isWord(first, 'INSERT') || !isWord(word, 'IGNORE') || !isWord(tokens[last + 1], 'INTO') || !word) return undefined;
  const returning = tokens.find((token) => token.depth === 0 && isWord(token, 'RETURNING'));
  const place = returning ? { start: returning.start, newText: 'ON CONFLICT DO NOTHING ' } : { start: end.end, newText: ' ON CONFLICT DO NOTHING' };
  return {
    start: tokens[1]?.start ?? word.start,
    end: word.end,
    last,
    from: last === 2 ? 'SQLite' : 'MySQL',
    message: 'PostgreSQL leaves rows out that are there already by `ON CONFLICT DO NOTHING`.',
    edits: [{ start: first.end, end: word.end, newText: '' }, { start: place.start, end: place.start, newText: place.newText }],
  };
}

/** `ADD COLUMN … AFTER other`, `… FIRST`: PostgreSQL adds columns at the end. */
export function columnPlace(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (!token || !before || token.depth !== 0 || !isWord(tokens[0], 'ALTER') || !isWord(token, 'AFTER', 'FIRST')) return undefined;
  const after = isWord(token, 'AFTER');
  const end = after ? tokens[at + 1] : token;
  const next = tokens[after ? at + 2 : at + 1];
  const added = tokens.slice(0, at).findLast((each) => each.depth === 0 && isWord(each, 'ADD', 'ALTER', 'DROP', 'MODIFY', 'CHANGE', 'RENAME'));
  if (!end || (next && next.text !== ',') || !isWord(added, 'ADD')) return undefined;
  return {
    start: token.start,
    end: end.end,
    last: after ? at + 1 : at,
    from: 'MySQL',
    message: 'PostgreSQL adds a column behind the others; their order has no meaning.',
    edits: [{ start: before.end, end: end.end, newText: '' }],
  };
}

/** `LIMIT 20, 10`: ten rows behind the first twenty. */
export function limitPair(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  const [skip, comma, count] = tokens.slice(at + 1, at + 4);
  if (!token || !isWord(token, 'LIMIT') || !skip || comma?.text !== ',' || !count) return undefined;
  return {
    start: token.start,
    end: count.end,
    last: at + 3,
    from: 'MySQL',
    message: 'PostgreSQL says `LIMIT` and `OFFSET` apart.',
    edits: [{ start: skip.start, end: count.end, newText: `${count.text} OFFSET ${skip.text}` }],
  };
}
