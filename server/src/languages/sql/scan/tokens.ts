// The tokens of one statement. The parser gives starts of nodes without ends; the ends come from here.
import { dollarTag, hasEscapePrefix, isIdentifierPart, isIdentifierStart, isSpace, lineEnd, skipBlockComment } from './quotes';
import { placeholderEnd } from './placeholders';

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'symbol';

/** A token at `[start, end)` of the statement's text; comments aren't tokens. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const OPERATOR = /[+\-*/<>=~!@#%^&|`?]/;
const NUMBER = /(?:0[xXoObB][0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9]+)?)/y;

/** Reads all tokens of a text that may be broken anywhere; an unterminated quote reaches to the end. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at++;
      continue;
    }
    const comment = commentEnd(text, at, code);
    if (comment !== undefined) {
      at = comment;
      continue;
    }
    const token = readToken(text, at, code);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function commentEnd(text: string, at: number, code: number): number | undefined {
  if (code === 45 && text.charCodeAt(at + 1) === 45) return lineEnd(text, at);
  if (code !== 47 || text.charCodeAt(at + 1) !== 42) return undefined;
  const comment = skipBlockComment(text, at);
  return comment.broken ? text.length : comment.end;
}

function readToken(text: string, start: number, code: number): Token {
  if (code === 36 || code === 123 || code === 60) {
    const end = placeholderEnd(text, start);
    if (end !== undefined) return { kind: 'word', start, end: wordEnd(text, end) };
  }
  if (isIdentifierStart(code)) return readWord(text, start);
  if (code >= 48 && code <= 57) {
    NUMBER.lastIndex = start;
    return { kind: 'number', start, end: start + (NUMBER.exec(text)?.[0].length ?? 1) };
  }
  switch (code) {
    case 39: // '
      return { kind: 'string', start, end: quotedEnd(text, start, hasEscapePrefix(text, start)) };
    case 34: // "
      return { kind: 'quoted', start, end: quotedEnd(text, start, false) };
    case 36: // $
      return readDollar(text, start);
    case 58: // :
      return { kind: 'symbol', start, end: text.charCodeAt(start + 1) === 58 ? start + 2 : start + 1 };
    default:
      return { kind: 'symbol', start, end: operatorEnd(text, start) };
  }
}

// E'…', B'…', X'…', N'…' and U&'…' are one token with their prefix.
function readWord(text: string, start: number): Token {
  const end = wordEnd(text, start + 1);
  const next = text.charCodeAt(end);
  if (end === start + 1) {
    const letter = text.charCodeAt(start) | 32;
    if (next === 39 && (letter === 101 || letter === 98 || letter === 120 || letter === 110)) {
      return { kind: 'string', start, end: quotedEnd(text, end, letter === 101) };
    }
    const quote = text.charCodeAt(end + 1);
    if (letter === 117 && next === 38 && (quote === 39 || quote === 34)) {
      return { kind: quote === 39 ? 'string' : 'quoted', start, end: quotedEnd(text, end + 1, false) };
    }
  }
  return { kind: 'word', start, end };
}

// A placeholder may be part of a name.
function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const placeholder = code === 36 || code === 123 || code === 60 ? placeholderEnd(text, end) : undefined;
    if (placeholder === undefined && !isIdentifierPart(code)) break;
    end = placeholder ?? end + 1;
  }
  return end;
}

function readDollar(text: string, start: number): Token {
  const tag = dollarTag(text, start);
  if (tag) {
    const close = text.indexOf(tag, start + tag.length);
    return { kind: 'string', start, end: close < 0 ? text.length : close + tag.length };
  }
  let end = start + 1;
  while (end < text.length && /[0-9]/.test(text.charAt(end))) end++;
  return { kind: 'symbol', start, end };
}

function quotedEnd(text: string, start: number, escapes: boolean): number {
  const mark = text.charCodeAt(start);
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92 && escapes) i++;
    else if (code === mark) {
      if (text.charCodeAt(i + 1) !== mark) return i + 1;
      i++;
    }
  }
  return text.length;
}

function operatorEnd(text: string, start: number): number {
  let end = start + 1;
  if (!OPERATOR.test(text.charAt(start))) return end;
  while (end < text.length && OPERATOR.test(text.charAt(end)) && commentEnd(text, end, text.charCodeAt(end)) === undefined) end++;
  return end;
}
