// Bytes as git's files hold them: texts, object ids, numbers.

/** Decodes UTF-8; bytes that aren't become replacement characters. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at++] ?? 0;
    const more = lead < 0x80 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : -1;
    let code = more === 0 ? lead : lead & (0x3f >> more);
    let valid = more >= 0;
    for (let rest = 0; rest < more; rest++) {
      const next = bytes[at] ?? 0;
      if ((next & 0xc0) !== 0x80) {
        valid = false;
        break;
      }
      code = (code << 6) | (next & 0x3f);
      at++;
    }
    text += valid && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
  }
  return text;
}

/** Encodes as UTF-8; half a surrogate pair becomes a replacement character. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    let code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    else if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) bytes[length++] = code;
    else {
      const rest = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      bytes[length++] = ((0xff00 >> (rest + 1)) & 0xff) | (code >> (6 * rest));
      for (let shift = 6 * (rest - 1); shift >= 0; shift -= 6) bytes[length++] = 0x80 | ((code >> shift) & 0x3f);
    }
  }
  return bytes.subarray(0, length);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The big-endian 32-bit number at `at`; 0 beyond the end. */
export function uint32(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
}

/** The index of the next zero byte; the length where there is none. */
export function nextZero(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(0, from);
  return at < 0 ? bytes.length : at;
}
