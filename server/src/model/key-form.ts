// What a UNIQUE or PRIMARY KEY constraint says, in the places where CREATE INDEX has it.
import { isWord, sqlTokens, type SqlToken } from './sql-text';

/** Texts as their author writes them, each with a blank before it, and empty where nothing is written. */
export interface KeyForm {
  readonly kind: 'UNIQUE' | 'PRIMARY KEY';
  /** `(a, b)`; empty where the constraint stands on its column. */
  readonly columns: string;
  /** ` INCLUDE (c)`. */
  readonly include: string;
  /** ` NULLS NOT DISTINCT WITH (fillfactor = 70) TABLESPACE fast`, in the order of CREATE INDEX. */
  readonly options: string;
  /** ` DEFERRABLE INITIALLY DEFERRED`, which only the constraint can say. */
  readonly late: string;
}

/** Undefined where it says what no index can, or what isn't understood. */
export function keyForm(text: string): KeyForm | undefined {
  const tokens = sqlTokens(text);
  const word = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'UNIQUE', 'PRIMARY'));
  const primary = isWord(tokens[word], 'PRIMARY');
  if (word < 0 || (primary && !isWord(tokens[word + 1], 'KEY'))) return undefined;
  const found = { include: '', distinct: '', storage: '', tablespace: '', late: '' };
  let columns = '';
  let at = word + (primary ? 2 : 1);
  /** The text from the token at `at` on to the end of a list that begins `ahead` tokens further. */
  const list = (ahead: number): string | undefined => {
    const end = closing(tokens, at + ahead);
    if (end < 0) return undefined;
    const own = text.slice(tokens[at]?.start, tokens[end]?.end);
    at = end + 1;
    return own;
  };
  while (at < tokens.length) {
    const token = tokens[at];
    if (isWord(token, 'NULLS') && isWord(tokens[at + 1], 'DISTINCT')) at += 2;
    else if (isWord(token, 'NULLS') && isWord(tokens[at + 2], 'DISTINCT')) {
      found.distinct = ' NULLS NOT DISTINCT';
      at += 3;
    } else if (token?.text === '(' && columns === '') {
      columns = list(0) ?? '';
      if (columns === '' || /\bWITHOUT\s+OVERLAPS\b/i.test(columns)) return undefined;
    } else if (isWord(token, 'INCLUDE', 'WITH') && tokens[at + 1]?.text === '(') {
      const kind = isWord(token, 'INCLUDE') ? 'include' : 'storage';
      const own = list(1);
      if (own === undefined) return undefined;
      found[kind] = ` ${own}`;
    } else if (isWord(token, 'USING') && isWord(tokens[at + 1], 'INDEX') && isWord(tokens[at + 2], 'TABLESPACE') && tokens[at + 3]) {
      found.tablespace = ` TABLESPACE ${tokens[at + 3]?.text ?? ''}`;
      at += 4;
    } else if (isWord(token, 'NOT', 'DEFERRABLE', 'INITIALLY', 'DEFERRED', 'IMMEDIATE')) {
      found.late += ` ${token?.text ?? ''}`;
      at++;
    } else return undefined;
  }
  return { kind: primary ? 'PRIMARY KEY' : 'UNIQUE', columns, include: found.include, options: found.distinct + found.storage + found.tablespace, late: found.late };
}

function closing(tokens: readonly SqlToken[], open: number): number {
  if (tokens[open]?.text !== '(') return -1;
  return tokens.findIndex((token, at) => at > open && token.text === ')' && token.depth === tokens[open]?.depth);
}
