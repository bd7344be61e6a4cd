// Git's deltas: an object written as copies from another one and new bytes.

/** The object that the delta makes of its base; undefined where the delta is damaged. */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array | undefined {
  const cursor = { at: 0 };
  if (readSize(delta, cursor) !== base.length) return undefined;
  const size = readSize(delta, cursor);
  const result = new Uint8Array(size);
  let written = 0;
  while (cursor.at < delta.length) {
    const command = delta[cursor.at++] ?? 0;
    let piece: Uint8Array;
    if (command & 0x80) {
      const offset = readBits(delta, cursor, command, [0x01, 0x02, 0x04, 0x08]);
      const length = readBits(delta, cursor, command, [0x10, 0x20, 0x40]) || 0x10000;
      piece = base.subarray(offset, offset + length);
      if (piece.length !== length) return undefined;
    } else {
      piece = delta.subarray(cursor.at, cursor.at + command);
      if (command === 0 || piece.length !== command) return undefined;
      cursor.at += command;
    }
    if (written + piece.length > size) return undefined;
    result.set(piece, written);
    written += piece.length;
  }
  return written === size ? result : undefined;
}

function readSize(bytes: Uint8Array, cursor: { at: number }): number {
  let size = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[cursor.at++] ?? 0;
    size += (byte & 0x7f) * shift;
    if (byte < 0x80) return size;
  }
}

/** A little-endian number of which only the bytes whose flags are set are written. */
function readBits(bytes: Uint8Array, cursor: { at: number }, command: number, flags: readonly number[]): number {
  let value = 0;
  flags.forEach((flag, place) => {
    if (command & flag) value += (bytes[cursor.at++] ?? 0) * 256 ** place;
  });
  return value;
}
