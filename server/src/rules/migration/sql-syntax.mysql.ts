// Other databases' words in a statement, above all MySQL's, and how PostgreSQL says them.
import { isWord, type SqlToken } from '../../model/sql-text';
import { alterColumn, alterIndex } from './sql-syntax.alter';
import { columnComment, inPostgres, keyElement, typeName } from './sql-syntax.mysql-elements';
import { batchEnd, bracketName, columnPlace, identity, insertIgnore, limitPair, serverType, sqlite } from './sql-syntax.others';

/** An edit at offsets inside the statement's text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** The database whose word it is. */
  readonly from: string;
}

const READERS: readonly ((tokens: readonly SqlToken[], at: number, text: string) => Found | undefined)[] = [
  keyElement,
  columnComment,
  alterColumn,
  alterIndex,
  integer,
  typeName,
  serverType,
  backtick,
  bracketName,
  identity,
  batchEnd,
  sqlite,
  insertIgnore,
  columnPlace,
  limitPair,
  autoIncrement,
  onUpdate,
  engine,
];

/** All edits that PostgreSQL's form needs, and the first place that needs one, with its explanation. */
export function foreignEdits(tokens: readonly SqlToken[], text: string): { edits: TextEdit[]; first?: Place } {
  const edits: TextEdit[] = [];
  const behind: string[] = [];
  let first: Place | undefined;
  let hopeless = false;
  for (let at = 0; at < tokens.length; at++) {
    const found = READERS.reduce<Found | undefined>((known, read) => known ?? read(tokens, at, text), undefined);
    if (!found) continue;
    // What is only explained leaves the rest of the statement unreadable too.
    if (found.edits.length === 0) hopeless = true;
    edits.push(...found.edits);
    if (found.behind !== undefined) behind.push(`;\n${found.behind}`);
    if (found.message !== undefined) first ??= { start: found.start, end: found.end, message: found.message, from: found.from ?? 'MySQL' };
    at = found.last;
  }
  // Display widths and the like are only worth a word beside something that is another database's for sure.
  if (!first) return { edits: [] };
  if (hopeless) return { edits: [], first };
  edits.sort((a, b) => a.start - b.start);
  return { edits: behind.length > 0 ? withEnding(edits, behind.join(''), tokens.at(-1)?.end ?? 0) : edits, first };
}

/** The edits with more text behind the statement, which one of them may end already. */
function withEnding(edits: readonly TextEdit[], text: string, end: number): TextEdit[] {
  const last = edits.at(-1);
  if (last?.end !== end) return [...edits, { start: end, end, newText: text }];
  return [...edits.slice(0, -1), { ...last, newText: last.newText + text }];
}

export interface Found {
  readonly start: number;
  readonly end: number;
  readonly message?: string;
  /** The database whose word it is, where that isn't MySQL. */
  readonly from?: string;
  readonly edits: readonly TextEdit[];
  /** A statement to write behind this one. */
  readonly behind?: string;
  /** The last token that it takes. */
  readonly last: number;
}

function backtick(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  if (token?.kind !== 'backtick' || token.text.length < 3 || !token.text.endsWith('`')) return undefined;
  return {
    ...placeOf(token, token),
    message: 'PostgreSQL quotes names with double quotes, so it can\'t read this name.',
    edits: [{ start: token.start, end: token.end, newText: inPostgres(token) }],
    last: at,
  };
}

function autoIncrement(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  if (!token || !isWord(token, 'AUTO_INCREMENT')) return undefined;
  // `AUTO_INCREMENT=7` after the columns only sets where counting starts.
  if (tokens[at + 1]?.text === '=') return undefined;
  return {
    ...placeOf(token, token),
    message: 'PostgreSQL has no `AUTO_INCREMENT`; a column that counts up is an identity.',
    edits: [{ start: token.start, end: token.end, newText: 'GENERATED ALWAYS AS IDENTITY' }],
    last: at,
  };
}

function onUpdate(tokens: readonly SqlToken[], at: number): Found | undefined {
  const on = tokens[at];
  const value = tokens[at + 2];
  if (!on || !value || !isWord(on, 'ON') || !isWord(tokens[at + 1], 'UPDATE') || !isWord(value, 'CURRENT_TIMESTAMP', 'NOW')) return undefined;
  const call = tokens[at + 3]?.text === '(';
  const close = call ? tokens.findIndex((token, i) => i > at + 3 && token.text === ')') : at + 2;
  const last = close < 0 ? at + 2 : close;
  const end = tokens[last] ?? value;
  const previous = tokens[at - 1];
  return {
    ...placeOf(on, end),
    message: 'PostgreSQL has no `ON UPDATE CURRENT_TIMESTAMP`; a trigger or the application sets the time of an update.',
    edits: [{ start: previous?.end ?? on.start, end: end.end, newText: '' }],
    last,
  };
}

/** `INT(11)`, `BIGINT UNSIGNED`: a display width and a sign that PostgreSQL's integers don't have. */
function integer(tokens: readonly SqlToken[], at: number): Found | undefined {
  const type = tokens[at];
  if (!type || !isWord(type, 'INT', 'INTEGER', 'BIGINT', 'SMALLINT', 'MEDIUMINT', 'TINYINT')) return undefined;
  const width = tokens[at + 1]?.text === '(' && tokens[at + 2]?.kind === 'number' && tokens[at + 3]?.text === ')';
  const next = width ? at + 4 : at + 1;
  const unsigned = tokens[next] !== undefined && isWord(tokens[next], 'UNSIGNED');
  const last = unsigned ? next : next - 1;
  const end = tokens[last];
  if (!end || (!width && !unsigned)) return undefined;
  const name = type.text.toUpperCase();
  const upper = type.text === name;
  const wider = unsigned && name !== 'SMALLINT' && name !== 'TINYINT' ? 'BIGINT' : name === 'MEDIUMINT' ? 'INTEGER' : name === 'TINYINT' ? 'SMALLINT' : name;
  return {
    ...placeOf(tokens[at + 1] ?? type, end),
    message: unsigned ? 'PostgreSQL has no `UNSIGNED` integers; a CHECK keeps a column positive.' : "PostgreSQL's integers take no display width.",
    edits: [{ start: type.start, end: end.end, newText: upper ? wider : wider.toLowerCase() }],
    last,
  };
}

/** `ENGINE=InnoDB DEFAULT CHARSET=utf8mb4` after the columns. */
function engine(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  if (!token || token.depth !== 0 || tokens[at - 1]?.text !== ')') return undefined;
  const starts = isWord(token, 'ENGINE', 'AUTO_INCREMENT', 'CHARSET', 'COLLATE', 'ROW_FORMAT') || (isWord(token, 'DEFAULT') && isWord(tokens[at + 1], 'CHARSET', 'CHARACTER', 'COLLATE'));
  const close = tokens[at - 1];
  const end = tokens.at(-1);
  if (!starts || !close || !end) return undefined;
  return {
    ...placeOf(token, end),
    message: 'PostgreSQL has no storage engines or character sets of a table.',
    edits: [{ start: close.end, end: end.end, newText: '' }],
    last: tokens.length - 1,
  };
}

function placeOf(from: SqlToken, to: SqlToken): { start: number; end: number } {
  return { start: from.start, end: to.end };
}
