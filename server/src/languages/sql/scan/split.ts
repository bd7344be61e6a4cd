// Cuts a SQL file into statements without parsing them: quotes, comments, psql's own lines, data blocks, runners' marks.
import {
  dollarTag,
  hasEscapePrefix,
  isIdentifierPart,
  isIdentifierStart,
  isSpace,
  lineEnd,
  skipBlockComment,
  skipDollar,
  skipQuoted,
  type Quoted,
} from './quotes';
import { nextStatementLine } from './recover';

/** A statement's place: from its first token to the end of its last one, the semicolon left out. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Cut {
  readonly statements: readonly Range[];
  readonly comments: readonly Range[];
  /** psql's backslash commands occur, so `:name` may be one of its variables. */
  readonly psql: boolean;
}

/** Cuts the whole text. Never fails; what can't be told apart ends up in one statement. */
export function split(text: string): Cut {
  const splitter = new Splitter(text);
  splitter.run();
  return splitter;
}

// What the first words of a statement say about where it may end.
type Head = 'none' | 'create' | 'routine' | 'rule' | 'copy' | 'other';

const MARK = /--\s*(?:\+goose\b|\+migrate\b|migrate:|>\s*statement-breakpoint|(?:Up|Down) Migration\b|changeset\s+\S|atlas:delimiter\s)/iy;
const FROM_STDIN = /\bFROM\s+STDIN\b/i;
const QUERY_END = /\\(?:g[a-z]*|crosstabview|watch)\b/y;

class Splitter implements Cut {
  readonly statements: Range[] = [];
  readonly comments: Range[] = [];
  psql = false;

  #at = 0;
  #start = -1;
  #lastEnd = 0;
  #head: Head = 'none';
  #words = 0;
  #parentheses = 0;
  #blocks = 0;
  #lastWordBegin = false;
  #delimiter = '';

  constructor(private readonly text: string) {}

  run(): void {
    const { text } = this;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (isSpace(code)) this.#at++;
      else if (this.#delimiter !== '' && this.#isDelimiter()) this.#endAtDelimiter();
      else if (isIdentifierStart(code)) this.#word();
      else this.#symbol(code);
    }
    this.#finish();
  }

  #symbol(code: number): void {
    const { text } = this;
    const at = this.#at;
    switch (code) {
      case 39: // '
        return this.#quoted(skipQuoted(text, at, hasEscapePrefix(text, at)));
      case 34: // "
        return this.#quoted(skipQuoted(text, at, false));
      case 36: {
        // $
        const tag = dollarTag(text, at);
        return tag ? this.#quoted(skipDollar(text, at, tag)) : this.#token(at + 1);
      }
      case 45: // -
        return text.charCodeAt(at + 1) === 45 ? this.#lineComment() : this.#token(at + 1);
      case 47: // /
        return text.charCodeAt(at + 1) === 42 ? this.#blockComment() : this.#token(at + 1);
      case 59: // ;
        return this.#semicolon();
      case 92: // \
        return this.#backslash();
      default:
        if (code === 40) this.#parentheses++;
        else if (code === 41) this.#parentheses--;
        return this.#token(at + 1);
    }
  }

  #token(end: number): void {
    if (this.#start < 0) this.#start = this.#at;
    this.#at = end;
    this.#lastEnd = end;
  }

  #quoted({ end, broken }: Quoted): void {
    if (!broken) return this.#token(end);
    this.#token(end);
    this.#lastEnd = trimmedEnd(this.text, this.#start, end);
    this.#finish();
  }

  #word(): void {
    const { text } = this;
    const start = this.#at;
    let end = start + 1;
    while (end < text.length && isIdentifierPart(text.charCodeAt(end))) end++;
    this.#token(end);
    this.#words++;
    if (this.#head === 'routine') this.#readBlock(start, end);
    else if (this.#words <= 6 && this.#head !== 'other') this.#readHead(start, end);
  }

  #readHead(start: number, end: number): void {
    const word = this.text.slice(start, end).toUpperCase();
    if (this.#words === 1) this.#head = word === 'CREATE' ? 'create' : word === 'COPY' ? 'copy' : 'other';
    else if (this.#head === 'create' && (word === 'FUNCTION' || word === 'PROCEDURE')) this.#head = 'routine';
    else if (this.#head === 'create' && word === 'RULE') this.#head = 'rule';
  }

  // BEGIN ATOMIC … END holds statements of its own; CASE … END may stand inside.
  #readBlock(start: number, end: number): void {
    const length = end - start;
    if (length < 3 || length > 6) return;
    const word = this.text.slice(start, end).toUpperCase();
    if (word === 'ATOMIC' && this.#lastWordBegin) this.#blocks = 1;
    else if (word === 'CASE' && this.#blocks > 0) this.#blocks++;
    else if (word === 'END' && this.#blocks > 0) this.#blocks--;
    this.#lastWordBegin = word === 'BEGIN';
  }

  // A delimiter of the runner's own ends a line; one that may mean something else is the whole line.
  #isDelimiter(): boolean {
    const { text } = this;
    const at = this.#at;
    const delimiter = this.#delimiter;
    if (!text.startsWith(delimiter, at) || text.slice(at + delimiter.length, lineEnd(text, at)).trim() !== '') return false;
    return !/^(?:\/|\w+)$/.test(delimiter) || text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
  }

  #endAtDelimiter(): void {
    this.#finish();
    this.#at += this.#delimiter.length;
  }

  #semicolon(): void {
    const inside = this.#blocks > 0 || (this.#head === 'rule' && this.#parentheses > 0);
    if (inside && !this.#broken()) return this.#token(this.#at + 1);
    const copy = this.#head === 'copy' && FROM_STDIN.test(this.text.slice(this.#start, this.#lastEnd));
    this.#finish();
    this.#at++;
    if (copy) this.#dataBlock();
  }

  // A body whose END never comes must not swallow what follows: another statement at the start of a line tells.
  #broken(): boolean {
    const next = this.#at + 1;
    const line = nextStatementLine(this.text, this.#at, Math.min(this.text.length, next + 2000));
    return line !== undefined && /^\s*$/.test(this.text.slice(next, line)) && STARTS_CREATE.test(this.text.slice(line, line + 7));
  }

  #lineComment(): void {
    const end = lineEnd(this.text, this.#at);
    MARK.lastIndex = this.#at;
    if (MARK.test(this.text)) {
      this.#finish();
      this.#delimiter = delimiterIn(this.text.slice(this.#at, end));
    }
    this.comments.push({ start: this.#at, end });
    this.#at = end;
  }

  #blockComment(): void {
    const { end, broken } = skipBlockComment(this.text, this.#at);
    if (broken) {
      // PostgreSQL rejects the open comment, so it belongs to a statement that doesn't parse.
      if (this.#start < 0) this.#start = this.#at;
      this.#lastEnd = trimmedEnd(this.text, this.#start, end);
      this.#finish();
    } else {
      this.comments.push({ start: this.#at, end });
    }
    this.#at = end;
  }

  #backslash(): void {
    const { text } = this;
    const at = this.#at;
    if (this.#start >= 0) {
      if (text.charCodeAt(at + 1) === 59) return this.#combined();
      QUERY_END.lastIndex = at;
      if (!QUERY_END.test(text)) return this.#token(at + 1);
      this.#finish();
    }
    this.psql = true;
    this.#at = lineEnd(text, at);
    if (/^\\copy\b/i.test(text.slice(at, at + 6)) && FROM_STDIN.test(text.slice(at, this.#at))) this.#dataBlock();
  }

  // `\;` parts statements that psql sends together.
  #combined(): void {
    this.psql = true;
    this.#finish();
    this.#at += 2;
  }

  // Rows of COPY … FROM stdin: everything up to a line that holds `\.` alone.
  #dataBlock(): void {
    const { text } = this;
    const first = text.indexOf('\n', this.#at);
    if (first < 0) return;
    END_OF_DATA.lastIndex = first;
    const end = END_OF_DATA.exec(text);
    this.#at = end ? end.index + end[0].length : (nextStatementLine(text, first, text.length) ?? text.length);
  }

  #finish(): void {
    if (this.#start >= 0) this.statements.push({ start: this.#start, end: this.#lastEnd });
    this.#start = -1;
    this.#head = 'none';
    this.#words = 0;
    this.#parentheses = 0;
    this.#blocks = 0;
    this.#lastWordBegin = false;
  }
}

/** What ends statements besides semicolons, as a line of Liquibase's or Atlas's says: literally, or as the usual patterns for a line. */
function delimiterIn(line: string): string {
  const written = /(?:\bendDelimiter:|\batlas:delimiter\s+)(\S+)/i.exec(line)?.[1] ?? '';
  const [first = ''] = written.split('|');
  const literal = first.replaceAll(/\\[nrs][*+?]?|[$^]$|^\^/g, '').replace(/^"(.*)"$/, '$1');
  return /^(?:\/+|@+|#+|~+|-{3,}|;;+|\w+)$/.test(literal) ? literal : '';
}

const STARTS_CREATE = /^CREATE\s/i;
const END_OF_DATA = /\n\\\.(?=\r?\n|\r?$)/g;

function trimmedEnd(text: string, start: number, end: number): number {
  while (end > start + 1 && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}
