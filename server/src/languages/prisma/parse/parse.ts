// One Prisma file: its chunks, each parsed once for as long as its text stays the same.
import type { Anchor } from '../../../text/span';
import type { Comment, Parsed, SyntaxProblem } from '../../language';
import { readBetween, readBlock, type Content } from './block';
import { commentsIn } from './comments';
import { pieceAt, type Piece } from './pieces';

/** A block, or what stands between two blocks. Together the chunks of a file make up its text. */
export interface Chunk extends Content {
  readonly kind: 'block' | 'between';
  readonly closed: boolean;
  /** A comment may begin in it that nothing closes yet: text anywhere behind it can change where it ends. */
  readonly openEnded: boolean;
  readonly text: string;
  readonly anchor: Anchor;
}

export interface PrismaParsed extends Parsed {
  readonly chunks: readonly Chunk[];
}

/** Prisma 8 has another language in files of the same name; it asks for them to be headed like this. */
const OTHER_LANGUAGE = /^\uFEFF?\s*\/\/[ \t]*use prisma-(?:8|next)[ \t]*(?:[\r\n]|$)/;

/** Reads one file. Chunks that `previous` has too, wherever they stood, are taken from it and moved. */
export function parse(path: string, text: string, previous?: PrismaParsed): PrismaParsed {
  if (OTHER_LANGUAGE.test(text)) return parsedFile(path, text, [], 0);
  const old = previous?.path === path ? previous.chunks : [];
  const front = sameAtFront(text, old);
  const back = sameAtBack(text, old, front);
  const chunks = old.slice(0, front.count);
  const middle = new Reusable(old.slice(front.count, back.index));
  let parsedChunks = 0;
  let at = front.end;
  while (at < text.length) {
    // Once a piece begins where an old one begins whose text and all text behind it stayed, so do all that follow.
    const same = back.from(at);
    if (same) {
      for (const chunk of same) {
        chunk.anchor.offset = at;
        chunks.push(chunk);
        at += chunk.text.length;
      }
      break;
    }
    const piece = pieceAt(text, at);
    let chunk = middle.take(piece, text);
    if (!chunk) {
      chunk = newChunk(path, piece, text, old.length > 0);
      if (piece.kind === 'block') parsedChunks++;
    }
    chunk.anchor.offset = at;
    chunks.push(chunk);
    at = piece.end;
  }
  return parsedFile(path, text, chunks, parsedChunks);
}

function parsedFile(path: string, text: string, chunks: readonly Chunk[], parsedChunks: number): PrismaParsed {
  const problems: SyntaxProblem[] = [];
  for (const chunk of chunks) {
    if (chunk.problems.length === 0) continue;
    const { offset } = chunk.anchor;
    for (const { message, start, end } of chunk.problems) problems.push({ message, start: offset + start, end: offset + end });
  }
  let comments: readonly Comment[] | undefined;
  return { path, text, chunks, problems, parsedChunks, comments: () => (comments ??= commentsIn(text)) };
}

function newChunk(path: string, piece: Piece, text: string, copy: boolean): Chunk {
  const slice = text.slice(piece.start, piece.end);
  // A slice keeps the text alive that it was cut from: with each edit another whole file.
  const own = copy ? ` ${slice}`.slice(1) : slice;
  const content = piece.kind === 'block' ? readBlock(own, piece.closed) : readBetween(own);
  const openEnded = own.lastIndexOf('/*') > own.lastIndexOf('*/');
  return { ...content, kind: piece.kind, closed: piece.closed, openEnded, text: own, anchor: { file: path, offset: piece.start } };
}

/** How many old chunks still stand at the front. The last one counts only if what follows can't have changed its end. */
function sameAtFront(text: string, old: readonly Chunk[]): { count: number; end: number } {
  let count = 0;
  let end = 0;
  for (const chunk of old) {
    if (chunk.openEnded || !holds(text, end, chunk.text)) break;
    end += chunk.text.length;
    count++;
  }
  for (;;) {
    const last = old[count - 1];
    if (!last || (last.kind === 'block' && last.closed)) return { count, end };
    count--;
    end -= last.text.length;
  }
}

/** The old chunks that still stand at the back, from number `index` on. */
interface Back {
  readonly index: number;
  /** Those that begin at the offset, once one of them begins there; offsets are asked for in rising order. */
  from(offset: number): readonly Chunk[] | undefined;
}

function sameAtBack(text: string, old: readonly Chunk[], front: { count: number; end: number }): Back {
  let index = old.length;
  let start = text.length;
  for (; index > front.count; index--) {
    const length = old[index - 1]?.text.length ?? 0;
    if (start - length < front.end || !holds(text, start - length, old[index - 1]?.text ?? '')) break;
    start -= length;
  }
  let next = index;
  return {
    index,
    from(offset) {
      while (start < offset && next < old.length) start += old[next++]?.text.length ?? 0;
      return start === offset && next < old.length ? old.slice(next) : undefined;
    },
  };
}

/** Comparing slices is a memory comparison, which `startsWith` is not. */
function holds(text: string, at: number, part: string): boolean {
  return text.slice(at, at + part.length) === part;
}

/** Old chunks by their text, each to be taken once. */
class Reusable {
  readonly #byText = new Map<string, Chunk[]>();

  constructor(chunks: readonly Chunk[]) {
    for (const chunk of chunks) {
      const same = this.#byText.get(chunk.text);
      if (same) same.push(chunk);
      else this.#byText.set(chunk.text, [chunk]);
    }
  }

  take(piece: Piece, text: string): Chunk | undefined {
    if (this.#byText.size === 0) return undefined;
    const same = this.#byText.get(text.slice(piece.start, piece.end));
    const at = same?.findIndex((chunk) => chunk.kind === piece.kind && chunk.closed === piece.closed) ?? -1;
    return at < 0 ? undefined : same?.splice(at, 1)[0];
  }
}
