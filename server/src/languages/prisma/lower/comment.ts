// What the author's comment on a field says: the lines right above it, and what stands behind it.
import { joinComment } from '../../../model/column-comment';
import type { Range } from '../parse/syntax';

/** The comment's words without its marks; undefined where there is none. `text` is the block's. */
export function commentOf({ from, to }: Range, text: string): string | undefined {
  const behind = /^[^\S\r\n]*(?:\/\/+([^\r\n]*)|\/\*((?:[^*\r\n]|\*(?!\/))*)\*\/)/.exec(text.slice(to, lineEnd(text, to)));
  const lines = linesAbove(text, from);
  if (behind) lines.push((behind[1] ?? behind[2] ?? '').trim());
  return joinComment(lines);
}

function linesAbove(text: string, at: number): string[] {
  const lines: string[] = [];
  let start = lineStart(text, at);
  for (;;) {
    const end = breakBefore(text, start);
    const above = lineStart(text, end);
    const line = end === start ? '' : text.slice(above, end).trim();
    if (!line.startsWith('//')) return lines.reverse();
    lines.push(line.replace(/^\/+/, '').trim());
    start = above;
  }
}

function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  return start;
}

function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return end;
}

/** Where the line break that ends right before `start` begins; `start` where there is none. */
function breakBefore(text: string, start: number): number {
  if (start === 0) return start;
  return text.startsWith('\r\n', start - 2) ? start - 2 : start - 1;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}
