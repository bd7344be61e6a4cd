// Where quoted parts of PostgreSQL text end. An unterminated one never swallows the statements below it.
import { nextStatementLine } from './recover';

/** The end of a quoted part; `broken` when its closing mark is missing, and the end is then a sensible place to go on. */
export interface Quoted {
  readonly end: number;
  readonly broken: boolean;
}

const QUOTE = 39;
const BACKSLASH = 92;

/** Letters, digits, `_`, `$` and everything beyond ASCII: what may continue an identifier. */
export function isIdentifierPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code >= 128
  );
}

/** What may begin an identifier. */
export function isIdentifierStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Reads the string or quoted identifier that opens at `start` with `'` or `"`. */
export function skipQuoted(text: string, start: number, escapes: boolean): Quoted {
  const mark = text.charCodeAt(start);
  let i = start + 1;
  for (;;) {
    if (i >= text.length) return unterminated(text, start);
    const code = text.charCodeAt(i);
    if (code === BACKSLASH && escapes) {
      i += 2;
    } else if (code !== mark) {
      i++;
    } else if (text.charCodeAt(i + 1) === mark) {
      i += 2;
    } else {
      break;
    }
  }
  return reopened(text, start, i + 1) ?? { end: i + 1, broken: false };
}

// A closing mark with a word stuck to it, after a whole statement inside the quotes, is really the next opening mark.
function reopened(text: string, start: number, end: number): Quoted | undefined {
  const next = text.charCodeAt(end);
  const stuck = isIdentifierPart(next) || next === 123 || next === 37 || next === QUOTE;
  if (!stuck) return undefined;
  const line = nextStatementLine(text, start, end);
  return line === undefined ? undefined : { end: line, broken: true };
}

/** The tag `$tag$` that opens at `start`, or undefined where the dollar sign is something else. */
export function dollarTag(text: string, start: number): string | undefined {
  let i = start + 1;
  const first = text.charCodeAt(i);
  if (first !== 36 && !isIdentifierStart(first)) return undefined;
  while (i < text.length && text.charCodeAt(i) !== 36) {
    if (!isIdentifierPart(text.charCodeAt(i))) return undefined;
    i++;
  }
  return i < text.length ? text.slice(start, i + 1) : undefined;
}

const BODY_WORD = /\s*(?:--|(?:BEGIN|DECLARE|SELECT|INSERT|UPDATE|DELETE|WITH|PERFORM|RETURN|IF|RAISE)\b(?!\s*;))/iy;

/** Reads the dollar-quoted text that opens at `start` with `tag`. */
export function skipDollar(text: string, start: number, tag: string): Quoted {
  const close = text.indexOf(tag, start + tag.length);
  if (close < 0) return unterminated(text, start);
  const end = close + tag.length;
  // The mark that seems to close a body opens the next one when another body follows it.
  BODY_WORD.lastIndex = end;
  if (BODY_WORD.test(text)) {
    const line = nextStatementLine(text, start, end);
    if (line !== undefined) return { end: line, broken: true };
  }
  return { end, broken: false };
}

/** Reads the block comment that opens at `start`; PostgreSQL nests them. */
export function skipBlockComment(text: string, start: number): Quoted {
  if (!text.includes('*/', start + 2)) return unterminated(text, start);
  let depth = 1;
  let i = start + 2;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 42 && text.charCodeAt(i + 1) === 47) {
      i += 2;
      if (--depth === 0) return { end: i, broken: false };
    } else if (code === 47 && text.charCodeAt(i + 1) === 42) {
      depth++;
      i += 2;
    } else {
      i++;
    }
  }
  return unterminated(text, start);
}

function unterminated(text: string, start: number): Quoted {
  return { end: nextStatementLine(text, start, text.length) ?? text.length, broken: true };
}

/** The end of the line that holds `at`, its line break left out. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

/** Whether the quote at `at` is the one of an E'…' string, in which a backslash escapes. */
export function hasEscapePrefix(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return (before === 101 || before === 69) && !(at >= 2 && isIdentifierPart(text.charCodeAt(at - 2)));
}
