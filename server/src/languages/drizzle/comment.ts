// What the author's comment on a property says: the lines above it, and what stands behind it on its line.
import { joinComment } from '../../model/column-comment';
import type { Place } from './resolver';

const COMMENT = /\/\/([^\r\n]*)|\/\*([^]*?)\*\//g;

/** The comment's words without its marks; undefined where there is none. */
export function commentOf({ source, node }: Place): string | undefined {
  const { text } = source;
  const behind = /^[ \t]*,?[ \t]*(?=\/[/*])[^\r\n]*/.exec(text.slice(node.end, lineEnd(text, node.end)))?.[0] ?? '';
  const start = node.getStart(source.sourceFile);
  // What follows the comma or bracket before it on the same line belongs to that one.
  const own = text.indexOf('\n', node.pos);
  const above = own >= 0 && own < start ? text.slice(own, start) : '';
  if (behind === '' && !above.includes('/')) return undefined;
  return joinComment([...linesIn(above), ...linesIn(behind)]);
}

function linesIn(trivia: string): string[] {
  return [...trivia.matchAll(COMMENT)].flatMap(([, line, block]) =>
    (line ?? block ?? '')
      .split('\n')
      .map((each) => each.replace(/^[ \t]*\*+/, '').trim()),
  );
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
