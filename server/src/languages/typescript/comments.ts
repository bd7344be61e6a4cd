// Finds comments. Whatever stands inside a literal isn't one, so the literals of the tree are passed over first.
import type { ts } from 'ts-morph';
import type { Comment } from '../language';
import { SyntaxKind } from './compiler';
import { descend } from './syntax';

/** The comments of a file in the order of its text. */
export function findComments(sourceFile: ts.SourceFile): Comment[] {
  const { text } = sourceFile;
  if (!/\/[/*]/.test(text)) return [];
  const literals = literalRanges(sourceFile);
  const comments: Comment[] = [];
  let next = 0;
  for (let at = nextMark(text, 0); at >= 0; ) {
    let literal = literals[next];
    while (literal && literal.end <= at) literal = literals[++next];
    if (literal && literal.start <= at) {
      at = nextMark(text, literal.end);
      continue;
    }
    const block = text.charAt(at + 1) === '*';
    const end = block ? blockEnd(text, at) : lineEnd(text, at);
    const inner = text.slice(at + 2, block && text.startsWith('*/', end - 2) ? end - 2 : end);
    comments.push({ start: at, end, text: inner.replace(/^[ \t]*\*+[ \t]?/gm, '').trim() });
    at = nextMark(text, end);
  }
  return comments;
}

function nextMark(text: string, from: number): number {
  for (let at = text.indexOf('/', from); at >= 0; at = text.indexOf('/', at + 1)) {
    const next = text.charAt(at + 1);
    if (next === '/' || next === '*') return at;
  }
  return -1;
}

function blockEnd(text: string, start: number): number {
  const close = text.indexOf('*/', start + 2);
  return close < 0 ? text.length : close + 2;
}

function lineEnd(text: string, start: number): number {
  const rest = /[\r\n\u2028\u2029]/.exec(text.slice(start));
  return rest ? start + rest.index : text.length;
}

/** Strings, templates without their expressions, patterns and the texts of JSX, in the order of the text. */
export function literalRanges(sourceFile: ts.SourceFile): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  descend(sourceFile, (node) => {
    const { kind } = node;
    if (kind === SyntaxKind.JsxText) {
      ranges.push({ start: node.pos, end: node.end });
      return false;
    }
    const literal =
      (kind >= SyntaxKind.FirstLiteralToken && kind <= SyntaxKind.LastLiteralToken) ||
      (kind >= SyntaxKind.FirstTemplateToken && kind <= SyntaxKind.LastTemplateToken);
    if (literal) ranges.push({ start: node.getStart(sourceFile), end: node.end });
    return !literal;
  });
  return ranges;
}
