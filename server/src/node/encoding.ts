// How files hold text: UTF-8, or UTF-16 where the first two bytes say so, as some editors on Windows write it.

/** The text of a file, without a byte order mark. Bytes that mean nothing become U+FFFD. */
export function decode(bytes: Uint8Array): string {
  const text = new TextDecoder(encodingOf(bytes), { ignoreBOM: true }).decode(bytes);
  return text.startsWith(MARK) ? text.slice(1) : text;
}

/** `text` as bytes, encoded and marked as `like` is; undefined where `like` holds bytes that `decode` can't tell. */
export function encodeLike(like: Uint8Array, text: string): Uint8Array | undefined {
  const encode = ENCODERS[encodingOf(like)];
  const marked = new TextDecoder(encodingOf(like), { ignoreBOM: true }).decode(like.subarray(0, 3)).startsWith(MARK);
  const write = (content: string): Buffer => encode(marked ? `${MARK}${content}` : content);
  return write(decode(like)).equals(like) ? write(text) : undefined;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const MARK = '\uFEFF';

const ENCODERS: Readonly<Record<Encoding, (text: string) => Buffer>> = {
  'utf-8': (text) => Buffer.from(text, 'utf8'),
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'utf-16be': (text) => Buffer.from(text, 'utf16le').swap16(),
};

function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
