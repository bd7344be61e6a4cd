// Finds the comments of a Prisma file, in the order of its text.
import type { Comment } from '../../language';
import { skipSpaceOrComment } from './tokens';

/** `//`, `///` and block comments; the marks in strings are none. */
export function commentsIn(text: string): Comment[] {
  const comments: Comment[] = [];
  const interesting = /"(?:[^"\\\r\n]|\\[^\r\n])*"?|\/[/*]/g;
  for (let found = interesting.exec(text); found; found = interesting.exec(text)) {
    if (found[0].startsWith('"')) continue;
    const start = found.index;
    const end = skipSpaceOrComment(text, start);
    // A comment that is never closed is none.
    if (end === start) continue;
    const whole = text.slice(start, end);
    const words = whole.startsWith('/*') ? whole.slice(2, -2) : whole.replace(/^\/{2,3}/, '');
    comments.push({ start, end, text: words.trim() });
    interesting.lastIndex = end;
  }
  return comments;
}
