// Strings that go on behind a comment and a line break, which PostgreSQL reads as one and its parser's library doesn't.
import { tokenize } from '../scan/tokens';

/** The text with spaces for the line comments between the parts of a string; every byte keeps its place. */
export function joinContinued(text: string): string {
  if (!/'\s*--/.test(text)) return text;
  let joined = '';
  let from = 0;
  let previous: number | undefined;
  for (const { kind, start, end } of tokenize(text)) {
    const gap = kind === 'string' && previous !== undefined ? text.slice(previous, start) : '';
    if (previous !== undefined && text.charAt(start) === "'" && BETWEEN.test(gap)) {
      joined += text.slice(from, previous) + gap.replace(/--.*/g, blank);
      from = start;
    }
    previous = kind === 'string' && text.charAt(end - 1) === "'" ? end : undefined;
  }
  return joined + text.slice(from);
}

/** White space and line comments, one at least; each ends with its line. */
const BETWEEN = /^\s*--.*\n(?:\s*--.*\n)*\s*$/;

// As many spaces as the comment has bytes in UTF-8.
function blank(comment: string): string {
  let bytes = 0;
  for (const character of comment) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return ' '.repeat(bytes);
}
