// Small looks at the words of a text.
import { tokenize } from '../scan/tokens';

/** Offset of the second token where the first one is `word` (upper case). */
export function nextTokenText(text: string, word: string): number | undefined {
  const [first, second] = tokenize(text);
  if (!first || !second || text.slice(first.start, first.end).toUpperCase() !== word) return undefined;
  return second.start;
}
