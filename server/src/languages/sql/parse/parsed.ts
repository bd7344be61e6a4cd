// A whole SQL file: statements cut, parsed by text, reused from the previous reading.
import type { Anchor } from '../../../text/span';
import type { Parsed, SyntaxProblem } from '../../language';
import { split, type Range } from '../scan/split';
import { readChunk, type Chunk } from './chunk';
import { wordsOf } from './words';

export interface SqlParsed extends Parsed {
  /** Statements in the order of the text. A later reading that takes one over moves it. */
  readonly chunks: readonly Chunk[];
}

/** Reads `text`; a statement whose text `previous` has already isn't parsed again. */
export function parseSql(path: string, text: string, previous?: SqlParsed): SqlParsed {
  const cut = split(text);
  const old = new OldChunks(previous?.path === path ? previous.chunks : []);
  const { statements } = cut;
  const chunks: Chunk[] = new Array<Chunk>(statements.length);
  let parsedChunks = 0;
  const read = (index: number, range: Range, reuse: (text: string) => Chunk | undefined): boolean => {
    const own = text.slice(range.start, range.end);
    const kept = reuse(own);
    if (!kept) return false;
    kept.anchor.offset = range.start;
    chunks[index] = kept;
    return true;
  };

  let head = 0;
  for (; head < statements.length; head++) {
    const range = statements[head];
    if (!range || !read(head, range, (own) => old.takeFirst(own))) break;
  }
  let tail = statements.length;
  for (; tail > head; tail--) {
    const range = statements[tail - 1];
    if (!range || !read(tail - 1, range, (own) => old.takeLast(own))) break;
  }
  for (let i = head; i < tail; i++) {
    const range = statements[i];
    if (!range || read(i, range, (own) => old.takeAny(own))) continue;
    const anchor: Anchor = { file: path, offset: range.start };
    chunks[i] = readChunk(anchor, text.slice(range.start, range.end), cut.psql);
    parsedChunks++;
  }
  return { path, text, chunks, parsedChunks, problems: problemsOf(chunks), ...wordsOf(text, chunks, cut.comments) };
}

/** Chunks of the previous reading, each handed out at most once. */
class OldChunks {
  #first = 0;
  #last: number;
  #byText: Map<string, Chunk[]> | undefined;

  constructor(private readonly chunks: readonly Chunk[]) {
    this.#last = chunks.length;
  }

  takeFirst(text: string): Chunk | undefined {
    const chunk = this.chunks[this.#first];
    if (this.#first >= this.#last || chunk?.text !== text) return undefined;
    this.#first++;
    return chunk;
  }

  takeLast(text: string): Chunk | undefined {
    const chunk = this.chunks[this.#last - 1];
    if (this.#last <= this.#first || chunk?.text !== text) return undefined;
    this.#last--;
    return chunk;
  }

  takeAny(text: string): Chunk | undefined {
    if (!this.#byText) {
      this.#byText = new Map();
      for (const chunk of this.chunks.slice(this.#first, this.#last)) {
        const same = this.#byText.get(chunk.text);
        if (same) same.push(chunk);
        else this.#byText.set(chunk.text, [chunk]);
      }
    }
    return this.#byText.get(text)?.shift();
  }
}

function problemsOf(chunks: readonly Chunk[]): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  for (const chunk of chunks) {
    for (const { problem } of chunk.pieces) {
      if (problem) problems.push({ message: problem.message, start: problem.span.start, end: problem.span.end });
    }
  }
  return problems;
}
