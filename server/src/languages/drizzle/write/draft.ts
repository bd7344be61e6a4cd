// What every writer begins with: the file in its current text, its style, and the nodes that the model's spans name.
import type { ts } from 'ts-morph';
import type { Edit } from '../../../text/edit';
import type { Table } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { tableCall, type TableCall } from '../calls';
import { compiler } from '../../typescript/compiler';
import { resolverOf } from '../lower';
import { isModuleParsed, link, pieceAt, type ModuleParsed } from '../../typescript/parse';
import { Resolver, type Place } from '../resolver';

/** One file to be edited. */
export interface Draft {
  readonly parsed: ModuleParsed;
  readonly text: string;
  readonly resolver: Resolver;
  readonly quote: string;
  readonly eol: string;
  /** One step of indentation. */
  readonly indent: string;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

export function draftOf(file: string, context: WriteContext): Draft | undefined {
  const parsed = context.parsed(file);
  if (!isModuleParsed(parsed)) return undefined;
  return { parsed, text: parsed.text, resolver: resolverOf(context.schema) ?? new Resolver([parsed], undefined), ...styleOf(parsed) };
}

type Style = Pick<Draft, 'quote' | 'eol' | 'indent'>;

/** The style of a file, looked up once for all of its fixes. */
const styles = new WeakMap<ModuleParsed, Style>();

function styleOf(parsed: ModuleParsed): Style {
  const known = styles.get(parsed);
  if (known) return known;
  const { text } = parsed;
  const single = (text.match(/'/g) ?? []).length;
  const double = (text.match(/"/g) ?? []).length;
  const specifier = /\bfrom\s*(["'])/.exec(text)?.[1];
  const style = {
    quote: specifier ?? (single > double ? "'" : '"'),
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    indent: /^(\t| {2,8})(?=\S)(?!\*)/m.exec(text)?.[1] ?? '  ',
  };
  styles.set(parsed, style);
  return style;
}

export function place<N extends ts.Node>(draft: Draft, node: N): Place<N> {
  return { source: draft.parsed, node, env: undefined };
}

export function startOf({ parsed }: Draft, node: ts.Node): number {
  return node.getStart(parsed.sourceFile);
}

export function textOf(draft: Draft, node: ts.Node): string {
  return draft.text.slice(startOf(draft, node), node.end);
}

/** The innermost node that holds a whole range. */
export function nodeAt(draft: Draft, { start, end }: Range): ts.Node | undefined {
  const piece = pieceAt(draft.parsed, start);
  if (!piece || piece.node.end < end) return undefined;
  link(piece, draft.parsed.sourceFile);
  const holds = (node: ts.Node) => startOf(draft, node) <= start && end <= node.end;
  let node: ts.Node = piece.node;
  for (;;) {
    const inner: ts.Node | undefined = compiler.forEachChild(node, (child) => (holds(child) ? child : undefined));
    if (!inner) return holds(node) ? node : undefined;
    node = inner;
  }
}

/** The call that a span of the model covers: a builder, a link of a chain, a table. Not one that is still being typed. */
export function callAt(draft: Draft, range: Range): ts.CallExpression | undefined {
  const node = nodeAt(draft, range);
  return node && compiler.isCallExpression(node) && draft.text.charAt(node.end - 1) === ')' ? node : undefined;
}

/** The table's call, where the author wrote Drizzle's own and not a wrapper around it. */
export function tableAt(draft: Draft, table: Table): { readonly node: ts.CallExpression; readonly call: TableCall } | undefined {
  const node = callAt(draft, table.span);
  const call = node && tableCall(place(draft, node), draft.resolver);
  return node && call?.place.node === node ? { node, call } : undefined;
}

export function edit({ parsed }: Draft, start: number, end: number, newText: string): Edit {
  return { file: parsed.path, start, end, newText };
}

export function quoted({ quote }: Draft, text: string): string {
  return quote + text.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** The white space in front of the line on which an offset stands. */
export function indentAt({ text }: Draft, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

export function sameLine({ text }: Draft, from: number, to: number): boolean {
  return !text.slice(from, to).includes('\n');
}

/** `owner.key`, or `owner["odd key"]`. */
export function access(draft: Draft, owner: string, key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${owner}.${key}` : `${owner}[${quoted(draft, key)}]`;
}
