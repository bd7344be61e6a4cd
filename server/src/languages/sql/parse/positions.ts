// PostgreSQL's parser counts bytes of UTF-8 (nodes) and characters (errors); everything else here counts UTF-16 units.

export interface Positions {
  /** UTF-16 offset of a node's location. */
  fromByte(location: number): number;
  /** UTF-16 offset of an error's cursor, counted in characters from 0. */
  fromCharacter(cursor: number): number;
}

const same: Positions = { fromByte: (location) => location, fromCharacter: (cursor) => cursor };

/** The one place that converts positions in `text`. */
export function positionsIn(text: string): Positions {
  if (/^[\0-\x7f]*$/.test(text)) return same;
  const bytes: number[] = [];
  const characters: number[] = [];
  for (let i = 0; i < text.length; ) {
    const code = text.codePointAt(i) ?? 0;
    // A lone surrogate is sent as U+FFFD, which takes three bytes too.
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let b = 0; b < size; b++) bytes.push(i);
    characters.push(i);
    i += code > 0xffff ? 2 : 1;
  }
  return {
    fromByte: (location) => bytes[location] ?? text.length,
    fromCharacter: (cursor) => characters[cursor] ?? text.length,
  };
}
