// Comments where PostgreSQL skips them and its parser's library doesn't: between the parts of a string that goes on behind a
// line break, and between two words that are read together, such as WITHOUT and TIME.
import { tokenize } from '../scan/tokens';

/** The text with spaces for its comments; every byte keeps its place. */
export function withoutComments(text: string): string {
  if (!/--|\/\*/.test(text)) return text;
  let blanked = '';
  let from = 0;
  let inString = false;
  for (const { kind, start, end } of tokenize(text)) {
    // A string goes on behind line comments only: a block comment between two is a mistake in PostgreSQL as well.
    const between = inString && kind === 'string' ? LINES : COMMENTS;
    blanked += text.slice(from, start).replace(between, blank) + text.slice(start, end);
    from = end;
    inString = kind === 'string';
  }
  return blanked + text.slice(from);
}

const LINES = /--.*/g;
/** Block comments may stand in one another; what is left of such a one is refused, as it was before. */
const COMMENTS = /--.*|\/\*[\s\S]*?\*\//g;

// As many spaces as the comment has bytes in UTF-8; its line breaks stay.
function blank(comment: string): string {
  let blanked = '';
  for (const character of comment) {
    const code = character.codePointAt(0) ?? 0;
    blanked += character === '\n' ? '\n' : ' '.repeat(code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  }
  return blanked;
}
