// The text of one statement with its tokens: turns the parser's starts into spans with ends.
import { spanIn, type Anchor, type Span } from '../../../text/span';
import { positionsIn, type Positions } from '../parse/positions';
import { tokenize, type Token } from '../scan/tokens';

/** A run of tokens, by index, `to` excluded. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

export class Source {
  #tokens: readonly Token[] | undefined;
  #positions: Positions | undefined;

  constructor(
    readonly anchor: Anchor,
    /** Offset of `text` in its chunk. */
    readonly base: number,
    readonly text: string,
  ) {}

  get tokens(): readonly Token[] {
    return (this.#tokens ??= tokenize(this.text));
  }

  /** Index of the first token at or after the parser's `location`. */
  at(location: number | undefined): number {
    this.#positions ??= positionsIn(this.text);
    return this.after(this.#positions.fromByte(location ?? 0));
  }

  /** Index of the first token that starts at `offset` or later. */
  after(offset: number): number {
    const { tokens } = this;
    let low = 0;
    let high = tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether the token is this word (upper case) or symbol. */
  is(index: number, expected: string): boolean {
    const token = this.tokens[index];
    if (!token || token.end - token.start !== expected.length) return false;
    if (token.kind === 'symbol') return this.text.startsWith(expected, token.start);
    return token.kind === 'word' && this.text.slice(token.start, token.end).toUpperCase() === expected;
  }

  /** Whether the tokens from `index` on are these words. */
  are(index: number, ...expected: readonly string[]): boolean {
    return expected.every((word, i) => this.is(index + i, word));
  }

  /** Index of the first token in the run, outside of parentheses, that is one of these words or symbols; else `to`. */
  find(run: Run, ...expected: readonly string[]): number {
    let depth = 0;
    for (let i = run.from; i < run.to; i++) {
      if (depth === 0 && expected.some((word) => this.is(i, word))) return i;
      depth += this.depthChange(i);
    }
    return run.to;
  }

  /** How a bracket at `index` changes the depth. */
  depthChange(index: number): number {
    const token = this.tokens[index];
    if (!token || token.kind !== 'symbol') return 0;
    const code = this.text.charCodeAt(token.start);
    return code === 40 || code === 91 ? 1 : code === 41 || code === 93 ? -1 : 0;
  }

  /** The end (excluded) of a list's element that begins at `from`: its comma, the closing bracket or the text's end. */
  elementEnd(from: number): number {
    let depth = 0;
    for (let i = from; i < this.tokens.length; i++) {
      if (depth === 0 && this.is(i, ',')) return i;
      depth += this.depthChange(i);
      if (depth < 0) return i;
    }
    return this.tokens.length;
  }

  /** Index just behind the bracket that closes the one at `open`. */
  close(open: number): number {
    let depth = 0;
    for (let i = open; i < this.tokens.length; i++) {
      depth += this.depthChange(i);
      if (depth === 0) return i + 1;
    }
    return this.tokens.length;
  }

  /** The elements of a comma-separated run. */
  elements(run: Run): Run[] {
    const elements: Run[] = [];
    for (let from = run.from; from < run.to; ) {
      const to = Math.min(this.elementEnd(from), run.to);
      elements.push({ from, to });
      from = to + 1;
    }
    return elements;
  }

  span(run: Run): Span {
    const { start, end } = this.range(run);
    return this.spanAt(start, end);
  }

  /** A span by offsets in this statement's text. */
  spanAt(start: number, end: number): Span {
    return spanIn(this.anchor, this.base + start, this.base + end);
  }

  raw(run: Run): string {
    const { start, end } = this.range(run);
    return this.text.slice(start, end);
  }

  /** The run's offsets in this statement's text. */
  range({ from, to }: Run): { start: number; end: number } {
    const start = this.tokens[from]?.start ?? this.text.length;
    const end = to > from ? (this.tokens[to - 1]?.end ?? this.text.length) : start;
    return { start, end };
  }

  /** The name at the token, its quotes left out. */
  nameSpan(index: number): Span {
    const token = this.tokens[index];
    if (!token) return this.span({ from: index, to: index });
    const quoted = token.kind === 'quoted' && token.end - token.start > 2 && this.text.charAt(token.start) === '"';
    return quoted ? this.spanAt(token.start + 1, token.end - 1) : this.spanAt(token.start, token.end);
  }

  /** All tokens. */
  get all(): Run {
    return { from: 0, to: this.tokens.length };
  }
}
