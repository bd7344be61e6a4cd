// What the author's comment on a column definition says: the lines above it, and what stands behind it on its line.
import type { CommentStmt } from 'libpg-query';
import { joinComment } from '../../../model/column-comment';
import { mereChange, type Effect } from './effects';
import { itemsOf, nameOf, stringsOf } from './names';
import type { Run, Source } from './source';

/** The comment's words without its marks; undefined where there is none. */
export function commentOf(source: Source, run: Run): string | undefined {
  const { text } = source;
  const { start, end } = source.range(run);
  const lines = linesAbove(text, start);
  const behind = /^[ \t]*,?[ \t]*(?:--([^\r\n]*)|\/\*([^\r\n]*?)\*\/)/.exec(text.slice(end, lineEnd(text, end)));
  if (behind) lines.push((behind[1] ?? behind[2] ?? '').trim());
  return joinComment(lines);
}

function linesAbove(text: string, at: number): string[] {
  const lines: string[] = [];
  let start = text.lastIndexOf('\n', at - 1);
  while (start > 0) {
    const above = text.lastIndexOf('\n', start - 1);
    const line = text.slice(above + 1, start).trim();
    if (!line.startsWith('--')) break;
    lines.push(line.replace(/^-+/, '').trim());
    start = above;
  }
  return lines.reverse();
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** COMMENT ON COLUMN; what is said about other objects has no place in the model. */
export function lowerComment(source: Source, { objtype, object, comment }: CommentStmt): Effect {
  const change = { verb: 'other' as const, span: source.span(source.all) };
  const parts = objtype === 'OBJECT_COLUMN' ? itemsOf(object) : [];
  const column = stringsOf(parts.slice(-1))[0];
  if (column === undefined || parts.length < 2) return mereChange(change);
  return { change, acts: [{ do: 'comment', table: nameOf(parts.slice(0, -1)), column, text: comment ?? '' }] };
}
