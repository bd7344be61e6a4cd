// The text of a migration as the main branch has it, and whether another text is an edit of it.
import { sqlTokens } from '../../model/sql-text';
import { decodeUtf8, encodeUtf8 } from './bytes';
import { sha1 } from './sha1';

/** What a migration may say without having been edited; nothing where that can't be told. */
export type Originals = readonly string[];

export interface Part {
  readonly start: number;
  readonly end: number;
}

type Remembered = (text: string) => readonly Part[];

/** Runners that remember a checksum of what they have applied, so that a changed comment stops them too. */
const CHECKED: ReadonlySet<string> = new Set(['prisma', 'flyway', 'sqlx', 'atlas']);

/**
 * Where a migration says something else than it did when it was shared: the first line that does. `remembered`
 * finds the parts of a text that the runner never runs again: the rest, such as its down half, may be mended at any time.
 */
export function editIn(text: string, originals: Originals, runner: string, remembered: Remembered): Part | undefined {
  const [original] = originals;
  if (original === undefined || originals.includes(text)) return undefined;
  const now = linesOf(text);
  if (originals.some((each) => equal(now, linesOf(each)))) return undefined;
  const tokens = tokensOf(text, remembered);
  const same = (each: string): boolean => equal(tokens, tokensOf(each, remembered));
  if (!CHECKED.has(runner) && originals.some(same)) return undefined;
  return lineAt(text, place(tokens, now, original, remembered));
}

/** Something that a text says, with its offset. */
interface Said {
  readonly text: string;
  readonly start: number;
}

function equal(some: readonly Said[], others: readonly Said[]): boolean {
  return some.length === others.length && firstDifference(some, others) === some.length;
}

function firstDifference(some: readonly Said[], others: readonly Said[]): number {
  const at = some.findIndex(({ text }, i) => text !== others[i]?.text);
  return at < 0 ? some.length : at;
}

/** The lines but for what comes and goes by itself: line ends, byte order marks and the comments that silence findings. */
function linesOf(text: string): Said[] {
  const lines: Said[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\n]+|(?<=\n)(?=\n)|^(?=\n)/g)) {
    const bare = line.replace(/^\uFEFF/, '').replace(/\r$/, '');
    const own = bare.replace(/[ \t]*--[ \t]*schema-bible-disable.*$/, '');
    if (own !== '' || own === bare) lines.push({ text: own, start: index });
  }
  return lines;
}

/** The words of the remembered parts without the comments and blanks around them. */
function tokensOf(text: string, remembered: Remembered): Said[] {
  return remembered(text).flatMap(({ start, end }) => sqlTokens(text.slice(start, end)).map((token) => ({ text: token.text, start: start + token.start })));
}

/** The offset of the first word that differs; where only comments do, of the first one behind the difference. */
function place(tokens: readonly Said[], lines: readonly Said[], original: string, remembered: Remembered): number {
  const at = firstDifference(tokens, tokensOf(original, remembered));
  const line = at < tokens.length ? 0 : (lines[firstDifference(lines, linesOf(original))]?.start ?? Infinity);
  const found = tokens[at] ?? tokens.find(({ start }) => start >= line) ?? tokens.at(-1);
  return found?.start ?? 0;
}

/** What the line around a place says. */
function lineAt(text: string, offset: number): Part {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(from))?.[0] ?? '';
  const start = from + (line.length - line.trimStart().length);
  return { start, end: Math.max(start, from + line.trimEnd().length) };
}

/** Whether git would give the text that id, whatever its line ends are on this system. */
export function hasId(text: string, id: string): boolean {
  if (idOf(text) === id) return true;
  const unix = text.replaceAll('\r\n', '\n');
  const variants = [unix, unix.replaceAll('\n', '\r\n'), `\uFEFF${text}`, `\uFEFF${unix}`];
  return variants.some((each) => each !== text && idOf(each) === id);
}

function idOf(text: string): string {
  const content = encodeUtf8(text);
  const head = encodeUtf8(`blob ${content.length}\0`);
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return sha1(bytes);
}

/** The text of a file in git; undefined where it isn't UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes);
  // What git only keeps a pointer to lies elsewhere.
  if (text.startsWith('version https://git-lfs')) return undefined;
  return /[\0\uFFFD]/.test(text) ? undefined : text;
}
