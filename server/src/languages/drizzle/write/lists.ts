// Adds to and removes from what stands between brackets and commas: arrays, object literals, import lists.
import type { ts } from 'ts-morph';
import type { Edit } from '../../../text/edit';
import { edit, indentAt, sameLine, startOf, type Draft } from './draft';

/** What stands between a pair of brackets. */
export interface List {
  /** Offset behind the opening bracket. */
  readonly open: number;
  /** Offset of the closing bracket. */
  readonly close: number;
  readonly items: readonly ts.Node[];
  readonly trailingComma: boolean;
}

/** The list of a node that begins and ends with its brackets. */
export function listOf(draft: Draft, node: ts.Node, items: ts.NodeArray<ts.Node>): List {
  return { open: startOf(draft, node) + 1, close: node.end - 1, items, trailingComma: items.hasTrailingComma === true };
}

/** Edits that add items at the end, one line each where the list has lines; an empty list gets lines. */
export function append(draft: Draft, list: List, added: readonly string[]): Edit[] {
  const { open, close, items, trailingComma } = list;
  const { eol, indent, text } = draft;
  const last = items.at(-1);
  if (!last) {
    const inner = text.slice(open, close);
    const base = indentAt(draft, open);
    const kept = inner.trimEnd();
    return [edit(draft, open + kept.length, close, added.map((item) => `${eol}${base}${indent}${item},`).join('') + eol + base)];
  }
  if (sameLine(draft, open, startOf(draft, last)) && sameLine(draft, last.end, close)) {
    return trailingComma
      ? [edit(draft, afterComma(draft, last.end, close), afterComma(draft, last.end, close), added.map((item) => ` ${item},`).join(''))]
      : [edit(draft, last.end, last.end, added.map((item) => `, ${item}`).join(''))];
  }
  const lead = eol + indentAt(draft, startOf(draft, last));
  const at = endOfLine(draft, trailingComma ? afterComma(draft, last.end, close) : last.end, close);
  const lines = added.map((item) => lead + item).join(',') + (trailingComma ? ',' : '');
  if (trailingComma) return [edit(draft, at, at, lines)];
  if (at === last.end) return [edit(draft, at, at, `,${lines}`)];
  return [edit(draft, last.end, last.end, ','), edit(draft, at, at, lines)];
}

/** An edit that adds an item in front of the first one, on a line of its own where that has one. */
export function prepend(draft: Draft, { open }: List, first: ts.Node, added: string): Edit {
  const at = startOf(draft, first);
  return edit(draft, at, at, `${added},${sameLine(draft, open, at) ? ' ' : draft.eol + indentAt(draft, at)}`);
}

/** Edits that remove one item: its whole line where it has one, and one comma. */
export function remove(draft: Draft, list: List, item: ts.Node): Edit[] {
  const { items, open, close, trailingComma } = list;
  const { text } = draft;
  const at = items.indexOf(item);
  const previous = items[at - 1];
  const next = items[at + 1];
  const start = startOf(draft, item);
  const end = next || trailingComma ? afterComma(draft, item.end, close) : item.end;
  if (!previous && !next && text.slice(open, start).trim() === '' && text.slice(end, close).trim() === '') return [edit(draft, open, close, '')];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = endOfLine(draft, end, close);
  const ownLines = text.slice(lineStart, start).trim() === '' && lineStart > open - 1 && lineEnd < close && /^\r?\n/.test(text.slice(lineEnd));
  if (ownLines) {
    const newline = text.startsWith('\r\n', lineEnd) ? 2 : 1;
    const line = edit(draft, lineStart, lineEnd + newline, '');
    if (next || trailingComma || !previous) return [line];
    const comma = afterComma(draft, previous.end, start);
    return [edit(draft, comma - 1, comma, ''), line];
  }
  if (next) return [edit(draft, start, startOf(draft, next), '')];
  return [edit(draft, previous ? previous.end : start, previous ? item.end : end, '')];
}

/** The offset behind the next comma, comments before it passed over; `from` where there is none. */
function afterComma({ text }: Draft, from: number, to: number): number {
  const match = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*,/.exec(text.slice(from, to));
  return match ? from + match[0].length : from;
}

/** Where the line ends, if only white space and comments follow; else `from`. */
function endOfLine({ text }: Draft, from: number, to: number): number {
  const match = /^(?:[ \t]|\/\*(?:[^*\r\n]|\*(?!\/))*\*\/)*(?:\/\/[^\r\n]*)?(?=\r?\n)/.exec(text.slice(from, to));
  return match ? from + match[0].trimEnd().length : from;
}
