// Cuts a schema into its top-level pieces: blocks, and what stands between them. A piece depends on nothing before it,
// so pieces can be taken over from the previous text wherever it agrees with the new one.
import { skipSpaceOrComment } from './tokens';

/** A block from its keyword to its closing brace, or everything up to the next one. */
export interface Piece {
  readonly kind: 'block' | 'between';
  readonly start: number;
  readonly end: number;
  /** For a block: its closing brace is there. */
  readonly closed: boolean;
}

const NAME = '[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}_-]*';
const KEYWORD = '(?:model|view|type|enum|datasource|generator)';
/** Keyword, name and brace of a block, as one line must hold them. */
export const HEADER = new RegExp(`(${KEYWORD})([^\\S\\r\\n]+)(${NAME})[^\\S\\r\\n]*(\\{?)`, 'uy');
const COMPLETE_HEADER = new RegExp(`${KEYWORD}[^\\S\\r\\n]+${NAME}[^\\S\\r\\n]*\\{`, 'uy');
const LF = 10;
const CR = 13;
const ASTERISK = 42;
const SLASH = 47;
const CLOSING_BRACE = 125;
const OPENS_SOMETHING = /[^\r\n]*\{[^\S\r\n]*(?:\/\/[^\r\n]*)?(?=[\r\n]|$)/y;
const BLANK_OR_COMMENT_TO_LINE_END = /[^\S\r\n]*(?:\/\/[^\r\n]*)?(?=[\r\n]|$)/y;

/** The piece that begins at `at`, which is the start of the text or the end of another piece. */
export function pieceAt(text: string, at: number): Piece {
  const block = blockAt(text, at);
  if (block) return block;
  let end = at;
  while (end < text.length) {
    const next = skipBetween(text, end);
    if (next === end) {
      if (startsBlock(text, end)) break;
      end = strayEnd(text, end);
    } else {
      end = next;
    }
  }
  return { kind: 'between', start: at, end, closed: true };
}

/** The end of the blanks, line breaks or comment at `at`. */
export function skipBetween(text: string, at: number): number {
  const code = text.charCodeAt(at);
  // A byte order mark may open a file.
  if (code === LF || code === CR || code === 0xfeff) return at + 1;
  return skipSpaceOrComment(text, at);
}

function startsBlock(text: string, at: number): boolean {
  return startsCompleteHeader(text, at) || blockAt(text, at) !== undefined;
}

function blockAt(text: string, at: number): Piece | undefined {
  HEADER.lastIndex = at;
  const header = HEADER.exec(text);
  if (!header) return undefined;
  const afterHeader = at + header[0].length;
  const body = bodyEnd(text, lineEnd(text, afterHeader));
  if (header[4] !== '{') {
    // A brace that isn't typed yet: a block only where a body follows.
    BLANK_OR_COMMENT_TO_LINE_END.lastIndex = afterHeader;
    if (!body.closed || !BLANK_OR_COMMENT_TO_LINE_END.test(text)) return undefined;
  }
  return { kind: 'block', start: at, end: body.end, closed: body.closed };
}

/** The end of a line that belongs to no block, with the body that it seems to open. */
export function strayEnd(text: string, at: number): number {
  OPENS_SOMETHING.lastIndex = at;
  const end = lineEnd(text, at);
  if (!OPENS_SOMETHING.test(text)) return end;
  const body = bodyEnd(text, end);
  return body.closed ? body.end : end;
}

/** Where the body that begins at `at` ends: after its closing brace, or before the next block or the text's end. */
function bodyEnd(text: string, at: number): { end: number; closed: boolean } {
  let line = at;
  while (line < text.length) {
    const start = skipBreaksAndBlanks(text, line);
    if (text.charCodeAt(start) === CLOSING_BRACE) return { end: start + 1, closed: true };
    if (startsCompleteHeader(text, start)) return { end: line, closed: false };
    line = endOfLineAndComments(text, start);
  }
  return { end: text.length, closed: false };
}

function startsCompleteHeader(text: string, at: number): boolean {
  // Most lines begin with another letter, and a regular expression costs more than a look.
  if (!'mvtedg'.includes(text.charAt(at))) return false;
  COMPLETE_HEADER.lastIndex = at;
  return COMPLETE_HEADER.test(text);
}

/** The end of the line at `start`, or of the comment which begins on it and ends on a later one. */
function endOfLineAndComments(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return at;
    if (code !== SLASH || text.charCodeAt(at + 1) !== ASTERISK) continue;
    return skipComments(text, start, lineEnd(text, at));
  }
  return text.length;
}

function skipComments(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const after = skipSpaceOrComment(text, at);
    if (after > end) return after;
    if (after > at) at = after;
    else if (text.charAt(at) === '"') at = stringEnd(text, at, end);
    else at++;
  }
  return end;
}

function stringEnd(text: string, at: number, lineEnd: number): number {
  for (let next = at + 1; next < lineEnd; next++) {
    const character = text.charAt(next);
    if (character === '\\') next++;
    else if (character === '"') return next + 1;
  }
  return lineEnd;
}

function skipBreaksAndBlanks(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xa0) next++;
    else return next;
  }
}

/** Offset of the line break that ends the line at `at`, or of the text's end. */
export function lineEnd(text: string, at: number): number {
  for (let end = at; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === LF || code === CR) return end;
  }
  return text.length;
}
