// Where something stands in a text. Every offset in the core counts UTF-16 code units, as JavaScript strings do.

/** A half-open range `[start, end)` of one file, in UTF-16 code units. */
export interface Span {
  /** Path of the file, as the project knows it. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The place of one chunk (a Prisma block, a SQL statement, a whole TypeScript file) in its file.
 * A chunk that an edit merely pushes down keeps its parse, its nodes and their spans: only the anchor moves.
 */
export interface Anchor {
  readonly file: string;
  /** UTF-16 offset of the chunk's first character in the file's current text. */
  offset: number;
}

class AnchoredSpan implements Span {
  constructor(
    private readonly anchor: Anchor,
    private readonly from: number,
    private readonly to: number,
  ) {}

  get file(): string {
    return this.anchor.file;
  }

  get start(): number {
    return this.anchor.offset + this.from;
  }

  get end(): number {
    return this.anchor.offset + this.to;
  }
}

/** A span given by offsets inside its chunk; it moves with the chunk's anchor. */
export function spanIn(anchor: Anchor, from: number, to: number): Span {
  return new AnchoredSpan(anchor, from, to);
}

class PartSpan implements Span {
  constructor(
    private readonly whole: Span,
    private readonly from: number,
    private readonly to: number,
  ) {}

  get file(): string {
    return this.whole.file;
  }

  get start(): number {
    return this.whole.start + this.from;
  }

  get end(): number {
    return this.whole.start + this.to;
  }
}

/** A part of another span, by offsets from its start; it moves with that. */
export function partOf(whole: Span, from: number, to: number): Span {
  return new PartSpan(whole, from, to);
}

/** A span at fixed offsets. */
export function span(file: string, start: number, end: number): Span {
  return { file, start, end };
}

/** Whether `offset` touches the span; both ends count, as a cursor after the last character still belongs to a word. */
export function touches(range: Span, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/** Whether two ranges of one file share a character or a border. */
export function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start <= b.end && b.start <= a.end;
}
