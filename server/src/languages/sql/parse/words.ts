// Where comments are in a SQL file and where they could be: not in strings, but in the bodies of DO blocks and functions.
import type { Comment, Parsed } from '../../language';
import { dollarTag } from '../scan/quotes';
import { split, type Range } from '../scan/split';
import { tokenize, type Token } from '../scan/tokens';
import type { Chunk } from './chunk';

/** What a reading says of the comments in its text. `between` are those outside of the bodies. */
export function wordsOf(text: string, chunks: readonly Chunk[], between: readonly Range[]): Required<Pick<Parsed, 'comments' | 'inLiteral'>> {
  // A later reading moves the chunks that it takes over, so their places are those of now.
  const starts = chunks.map(({ anchor }) => anchor.offset);
  let comments: readonly Comment[] | undefined;
  const find = (): readonly Comment[] => {
    const inBodies = chunks.flatMap((chunk, at) => commentsInBody(chunk.text).map((range) => moved(range, starts[at] ?? 0)));
    const all = inBodies.length > 0 ? [...between, ...inBodies].sort((a, b) => a.start - b.start) : between;
    return all.map((range) => commentAt(text, range));
  };
  return {
    comments: () => (comments ??= find()),
    inLiteral: (offset) =>
      chunks.some(({ text: own }, at) => {
        const inside = offset - (starts[at] ?? 0);
        return inside > 0 && inside < own.length && inLiteral(own, inside);
      }),
  };
}

function inLiteral(text: string, offset: number): boolean {
  const token = tokenize(text).find(({ start, end }) => start < offset && offset < end);
  if (!token || (token.kind !== 'string' && token.kind !== 'quoted')) return false;
  const body = bodyOf(text, token);
  return !body || offset < body.start || offset > body.end || inLiteral(text.slice(body.start, body.end), offset - body.start);
}

function commentsInBody(text: string): readonly Range[] {
  if (!hasBody(text)) return [];
  return tokenize(text).flatMap((token) => {
    const body = bodyOf(text, token);
    return body ? split(text.slice(body.start, body.end)).comments.map((range) => moved(range, body.start)) : [];
  });
}

/** A block or function in a language that has SQL's comments. */
function hasBody(text: string): boolean {
  return text.includes('$') && ROUTINE.test(text) && !FOREIGN.test(text);
}

const ROUTINE = /^(?:DO|CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE))\b/i;
const FOREIGN = /\bLANGUAGE\s+['"]?(?:c\b|pl(?!pg))/i;

/** What a block or function holds between its marks: statements that are read like others. */
function bodyOf(text: string, { kind, start, end }: Token): Range | undefined {
  const tag = kind === 'string' && text.charAt(start) === '$' && hasBody(text) ? dollarTag(text, start) : undefined;
  return tag === undefined || end - start < 2 * tag.length ? undefined : { start: start + tag.length, end: end - tag.length };
}

function moved({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

function commentAt(text: string, { start, end }: Range): Comment {
  const line = text.startsWith('--', start);
  return { start, end, text: text.slice(start + 2, line ? end : end - 2).trim() };
}
