// MySQL's actions of ALTER TABLE, and how PostgreSQL says them.
import { isWord, type SqlToken } from '../../model/sql-text';
import type { Found, TextEdit } from './sql-syntax.mysql';
import { inPostgres, inPostgresType } from './sql-syntax.mysql-elements';

/** What may stand behind a column's type in MODIFY and CHANGE, as far as it can be said otherwise. */
interface Definition {
  readonly type: readonly SqlToken[];
  readonly notNull: boolean;
  readonly fallback: readonly SqlToken[];
  /** Where the definition ends, among the tokens. */
  readonly end: number;
}

/** `MODIFY [COLUMN] name type …`, `CHANGE [COLUMN] old new type …`. */
export function alterColumn(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  if (!token || token.depth !== 0 || !isWord(token, 'MODIFY', 'CHANGE') || !isAlterTable(tokens)) return undefined;
  const first = isWord(tokens[at + 1], 'COLUMN') ? at + 2 : at + 1;
  const change = isWord(token, 'CHANGE');
  const from = tokens[first];
  const to = tokens[change ? first + 1 : first];
  if (!from || !to || !isName(from) || !isName(to)) return undefined;
  const action = token.text.toUpperCase();
  const message = `PostgreSQL has no \`${action}\` of a column; \`ALTER COLUMN … TYPE\` changes its type.`;
  const place = { start: token.start, end: token.end, message, last: at };
  const read = definition(tokens, (change ? first + 1 : first) + 1);
  const last = read && tokens[read.end - 1];
  if (!read || !last) return { ...place, edits: [] };
  const actions = actionsOf(inPostgres(to), read);
  const renamed = inPostgres(from) !== inPostgres(to);
  if (!renamed) return { ...place, last: read.end - 1, edits: [{ start: token.start, end: last.end, newText: actions }] };
  // A rename stands alone in its statement.
  const table = tableOf(tokens);
  if (table === undefined || read.end < tokens.length || !isFirstAction(tokens, at)) return { ...place, edits: [] };
  return {
    ...place,
    last: read.end - 1,
    edits: [{ start: token.start, end: last.end, newText: `RENAME COLUMN ${inPostgres(from)} TO ${inPostgres(to)}` }],
    behind: `ALTER TABLE ${table} ${actions}`,
  };
}

function actionsOf(name: string, { type, notNull, fallback }: Definition): string {
  const actions = [`ALTER COLUMN ${name} TYPE ${inPostgresType(type)}`];
  if (notNull) actions.push(`ALTER COLUMN ${name} SET NOT NULL`);
  if (fallback.length > 0) actions.push(`ALTER COLUMN ${name} SET DEFAULT ${fallback.map(({ text }) => text).join('')}`);
  return actions.join(', ');
}

function definition(tokens: readonly SqlToken[], start: number): Definition | undefined {
  let at = start;
  const type: SqlToken[] = [];
  for (; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || (token.depth === 0 && (token.text === ',' || isWord(token, 'NOT', 'NULL', 'DEFAULT')))) break;
    type.push(token);
  }
  let notNull = false;
  let fallback: readonly SqlToken[] = [];
  for (; at < tokens.length && tokens[at]?.text !== ','; ) {
    if (isWord(tokens[at], 'NOT') && isWord(tokens[at + 1], 'NULL')) {
      notNull = true;
      at += 2;
    } else if (isWord(tokens[at], 'NULL')) at++;
    else if (isWord(tokens[at], 'DEFAULT') && tokens[at + 1]) {
      const end = tokens[at + 2]?.text === '(' && tokens[at + 3]?.text === ')' ? at + 4 : at + 2;
      fallback = tokens.slice(at + 1, end);
      at = end;
    } else return undefined;
  }
  const plain = type.every((token) => token.kind === 'word' || token.kind === 'number' || /^[(),]$/.test(token.text));
  const foreign = type.some((token) => isWord(token, 'AFTER', 'FIRST', 'COMMENT', 'AUTO_INCREMENT', 'ENUM', 'SET', 'CHARACTER', 'COLLATE'));
  return type.length > 0 && plain && !foreign ? { type, notNull, fallback, end: at } : undefined;
}

/** `ADD [UNIQUE] INDEX name (columns)`, `DROP INDEX name`, `DROP FOREIGN KEY name` of ALTER TABLE, `DROP INDEX name ON table`. */
export function alterIndex(tokens: readonly SqlToken[], at: number): Found | undefined {
  const token = tokens[at];
  if (!token || token.depth !== 0) return undefined;
  if (at === 0) return dropIndexOn(tokens);
  if (!isAlterTable(tokens)) return undefined;
  if (isWord(token, 'ADD')) return addIndex(tokens, at);
  return isWord(token, 'DROP') ? dropOf(tokens, at) : undefined;
}

function addIndex(tokens: readonly SqlToken[], at: number): Found | undefined {
  const unique = isWord(tokens[at + 1], 'UNIQUE');
  const word = tokens[unique ? at + 2 : at + 1];
  if (!isWord(word, 'INDEX', 'KEY')) return undefined;
  const start = tokens[0]?.start ?? 0;
  const end = tokens.at(-1)?.end ?? 0;
  const open = tokens.findIndex((token, i) => i > at && token.text === '(');
  const named = tokens.slice(unique ? at + 3 : at + 2, Math.max(open, 0));
  const place = placeOf(tokens[at], word, 'PostgreSQL creates an index in a statement of its own.');
  const table = tableOf(tokens);
  const whole = isFirstAction(tokens, at) && open > 0 && named.length <= 1 && tokens.at(-1)?.text === ')' && !tokens.some((token, i) => i > at && token.depth === 0 && token.text === ',');
  if (!place || table === undefined || !whole) return place && { ...place, last: at, edits: [] };
  const columns = tokens.slice(open + 1, -1).map(inPostgres).join('').replaceAll(',', ', ').replace(/\(\d+\)/g, '');
  const name = named[0] ? `${inPostgres(named[0])} ` : '';
  const newText = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name}ON ${table} (${columns})`;
  return { ...place, last: tokens.length - 1, edits: [{ start, end, newText }] };
}

function dropOf(tokens: readonly SqlToken[], at: number): Found | undefined {
  const index = isWord(tokens[at + 1], 'INDEX', 'KEY');
  const key = isWord(tokens[at + 1], 'FOREIGN') && isWord(tokens[at + 2], 'KEY');
  const name = tokens[key ? at + 3 : at + 2];
  if ((!index && !key) || !name) return undefined;
  if (key) {
    const place = placeOf(tokens[at], tokens[at + 2], 'To PostgreSQL a foreign key is a constraint.');
    return place && { ...place, last: at + 2, edits: [{ start: place.start, end: place.end, newText: 'DROP CONSTRAINT' }] };
  }
  const place = placeOf(tokens[at], tokens[at + 1], 'PostgreSQL drops an index in a statement of its own.');
  const whole = isFirstAction(tokens, at) && at + 3 === tokens.length;
  return place && { ...place, last: tokens.length - 1, edits: whole ? [{ start: tokens[0]?.start ?? 0, end: name.end, newText: `DROP INDEX ${inPostgres(name)}` }] : [] };
}

function dropIndexOn(tokens: readonly SqlToken[]): Found | undefined {
  if (!isWord(tokens[0], 'DROP') || !isWord(tokens[1], 'INDEX')) return undefined;
  const at = tokens.findIndex((token) => isWord(token, 'ON'));
  const on = tokens[at];
  const name = tokens[at - 1];
  const end = tokens.at(-1);
  if (!on || !name || !end || at < 3) return undefined;
  const edits: TextEdit[] = [{ start: name.start, end: end.end, newText: inPostgres(name) }];
  return { start: on.start, end: end.end, message: 'PostgreSQL drops an index by its own name, without its table.', edits, last: tokens.length - 1 };
}

function placeOf(from: SqlToken | undefined, to: SqlToken | undefined, message: string): { start: number; end: number; message: string } | undefined {
  return from && to && { start: from.start, end: to.end, message };
}

function isAlterTable(tokens: readonly SqlToken[]): boolean {
  return isWord(tokens[0], 'ALTER') && isWord(tokens[1], 'TABLE');
}

function isName({ kind }: SqlToken): boolean {
  return kind === 'word' || kind === 'backtick' || kind === 'quoted';
}

function nameEnd(tokens: readonly SqlToken[]): number {
  let at = isWord(tokens[2], 'IF') ? 5 : 3;
  while (tokens[at]?.text === '.') at += 2;
  return at;
}

function tableOf(tokens: readonly SqlToken[]): string | undefined {
  const start = isWord(tokens[2], 'IF') ? 4 : 2;
  const name = tokens.slice(start, nameEnd(tokens)).map(inPostgres).join('');
  return name === '' ? undefined : name;
}

function isFirstAction(tokens: readonly SqlToken[], at: number): boolean {
  return at === nameEnd(tokens);
}
