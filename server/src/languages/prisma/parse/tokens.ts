// Cuts the inside of a block into physical lines of tokens. Comments vanish here, so the parser never meets one.
import type { Range } from './syntax';

/** `unknown` is a character, or an unterminated string, that no Prisma schema holds at that place. */
export interface Token extends Range {
  readonly kind: 'word' | 'string' | 'mark' | 'unknown';
  readonly text: string;
}

/** A physical line with something on it besides comments. */
export interface Line extends Range {
  readonly tokens: readonly Token[];
}

const WORD = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*/uy;
const PATH_OR_NUMBER = /-?[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*(?:\.[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*)*/uy;
const STRING = /"(?:[^"\\\r\n]|\\[^\r\n])*"/y;
const REST_OF_LINE = /[^\r\n]*/y;
const SPACE = /[^\S\r\n]+/y;

/** The lines with content in `[from, to)`. */
export function lexLines(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let tokens: Token[] = [];
  let depth = 0;
  const endLine = (): void => {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (first && last) lines.push({ from: first.from, to: last.to, tokens });
    tokens = [];
    depth = 0;
  };
  let at = from;
  while (at < to) {
    const character = text.charAt(at);
    if (character === '\n' || character === '\r') {
      endLine();
      at++;
      continue;
    }
    const after = skipSpaceOrComment(text, at);
    if (after > at) {
      if (character === '/' && hasLineBreak(text, at, after)) endLine();
      at = after;
      continue;
    }
    const token = tokenAt(text, at, depth > 0);
    if ('([{'.includes(token.text)) depth++;
    else if (')]}'.includes(token.text)) depth = Math.max(0, depth - 1);
    tokens.push(token);
    at = token.to;
  }
  endLine();
  return lines;
}

/** The end of the blanks or of the one comment at `at`; `at` itself where neither stands. An open comment is no comment. */
export function skipSpaceOrComment(text: string, at: number): number {
  const space = match(SPACE, text, at);
  if (space) return at + space.length;
  if (text.charAt(at) !== '/') return at;
  if (text.charAt(at + 1) === '/') return at + (match(REST_OF_LINE, text, at)?.length ?? 0);
  if (text.charAt(at + 1) !== '*') return at;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? at : end + 2;
}

function tokenAt(text: string, at: number, nested: boolean): Token {
  const word = match(nested ? PATH_OR_NUMBER : WORD, text, at);
  if (word) return { kind: 'word', text: word, from: at, to: at + word.length };
  const character = text.charAt(at);
  if (character === '"') {
    const string = match(STRING, text, at);
    if (string) return { kind: 'string', text: string, from: at, to: at + string.length };
    const rest = match(REST_OF_LINE, text, at) ?? character;
    return { kind: 'unknown', text: rest, from: at, to: at + rest.length };
  }
  if (text.startsWith('@@', at)) return { kind: 'mark', text: '@@', from: at, to: at + 2 };
  const kind = '@()[]{},:=?.'.includes(character) ? 'mark' : 'unknown';
  return { kind, text: character, from: at, to: at + 1 };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function hasLineBreak(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return true;
  }
  return false;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** What a string literal, given with its quotes, says. */
export function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, hex?: string, character = '') => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return SIMPLE_ESCAPES[character] ?? character;
  });
}
