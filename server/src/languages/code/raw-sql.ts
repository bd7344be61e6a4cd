// Reads SQL that code hands over as text: `$executeRaw`, `execute(sql`…`)`, `pool.query("…")`.
import type { ts } from 'ts-morph';
import type { Span } from '../../text/span';
import type { SqlHole } from '../../model/queries';
import { compiler, SyntaxKind } from '../typescript/compiler';
import { memberOf, plain } from '../typescript/syntax';
import { constant, readObject, valueOf } from './values';

export interface RawDraft {
  readonly node: ts.Node;
  readonly client: ts.Node;
  readonly text: string;
  readonly textSpan: Span;
  readonly holes: readonly SqlHole[];
}

const CALLS = new Set(['$queryRaw', '$executeRaw', '$queryRawUnsafe', '$executeRawUnsafe', 'execute', 'query', 'unsafe', 'run', 'all', 'get', 'values', 'simple']);
const TAGS = new Set(['$queryRaw', '$executeRaw', 'sql']);
const STATEMENT = /^\s*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(?:(?:begin|commit|rollback)\b|(?:select|insert|update|delete|with|set|reset|start|alter|create|drop|truncate|do|call|explain|lock|listen|notify|refresh|vacuum|copy|grant|revoke|discard)[\s(]+\S)/i;

interface Source {
  readonly text: string;
  readonly span: (start: number, end: number) => Span;
  readonly start: (node: ts.Node) => number;
}

/** The SQL that a call or a tagged template sends; undefined where it sends none, or something unreadable. */
export function rawSql(node: ts.Node, source: Source): RawDraft | undefined {
  const sent = compiler.isTaggedTemplateExpression(node) ? tagged(node) : compiler.isCallExpression(node) ? called(node) : undefined;
  if (!sent) return undefined;
  const reader = new Reader(source, sent.text);
  reader.read(sent.text, sent.bound);
  const { text } = reader;
  if (!reader.found || !STATEMENT.test(text)) return undefined;
  return { node, client: sent.client, text, textSpan: source.span(reader.start, reader.end), holes: reader.holes };
}

interface Sent {
  readonly client: ts.Node;
  readonly text: ts.Node;
  readonly bound: boolean;
}

function tagged(node: ts.TaggedTemplateExpression): Sent | undefined {
  const tag = plain(node.tag);
  const member = memberOf(tag);
  const name = member?.name ?? (compiler.isIdentifier(tag) ? tag.text : '');
  if (!TAGS.has(name)) return undefined;
  // `sql` inside of a call that sends it is told there.
  if (name === 'sql' && isSent(node)) return undefined;
  return { client: member?.owner ?? tag, text: node.template, bound: true };
}

function isSent(node: ts.Node): boolean {
  let { parent } = node;
  while (parent && plain(parent) !== parent) ({ parent } = parent);
  return parent !== undefined && compiler.isCallExpression(parent) && parent.expression !== node && called(parent) !== undefined;
}

function called(node: ts.CallExpression): Sent | undefined {
  const member = memberOf(node.expression);
  const [first] = node.arguments;
  if (!member || !first || !CALLS.has(member.name)) return undefined;
  const inner = constant(first);
  // pg takes `{ text, values }` as well.
  const text = compiler.isObjectLiteralExpression(inner) ? valueOf(readObject(inner), 'text') : inner;
  if (!text) return undefined;
  const found = constant(text);
  if (compiler.isTaggedTemplateExpression(found)) {
    const tag = memberOf(found.tag)?.name ?? (compiler.isIdentifier(found.tag) ? found.tag.text : '');
    return tag === 'sql' ? { client: member.owner, text: found.template, bound: true } : undefined;
  }
  if (compiler.isCallExpression(found)) {
    const raw = memberOf(found.expression);
    const [argument] = found.arguments;
    return raw?.name === 'raw' && argument ? { client: member.owner, text: constant(argument), bound: false } : undefined;
  }
  return { client: member.owner, text: found, bound: false };
}

/** Puts the text together, each character at its own place. */
class Reader {
  readonly holes: SqlHole[] = [];
  readonly start: number;
  readonly end: number;
  found = false;
  #quotes = 0;
  readonly #characters: string[];

  constructor(
    private readonly source: Source,
    node: ts.Node,
  ) {
    this.start = source.start(node);
    this.end = node.end;
    this.#characters = Array.from<string>({ length: this.end - this.start }).fill(' ');
  }

  get text(): string {
    return this.#characters.join('');
  }

  read(node: ts.Node, bound: boolean, depth = 0): void {
    const inner = plain(node);
    if (compiler.isStringLiteralLike(inner)) {
      this.found = true;
      this.#copy(this.source.start(inner) + 1, inner.end - 1);
    } else if (compiler.isTemplateExpression(inner)) {
      this.found = true;
      this.#copy(this.source.start(inner.head) + 1, inner.head.end - 2);
      for (const { expression, literal } of inner.templateSpans) {
        this.#hole(expression, this.source.start(expression) - 2, literal.pos + 1, bound);
        this.#copy(this.source.start(literal) + 1, literal.end - (literal.kind === SyntaxKind.TemplateTail ? 1 : 2));
      }
    } else if (compiler.isBinaryExpression(inner) && inner.operatorToken.kind === SyntaxKind.PlusToken && depth < 50) {
      this.read(inner.left, bound, depth + 1);
      this.read(inner.right, bound, depth + 1);
    } else this.#hole(inner, this.source.start(inner), inner.end, bound);
  }

  /** Escapes give blanks; where a quote is escaped, it and a blank that stands outside of what it quotes. */
  #copy(from: number, to: number): void {
    const raw = this.source.text.slice(from, Math.max(from, to));
    const shown = raw.replace(/\\([\s\S])/g, (_, escaped: string) => {
      if (!/["'`]/.test(escaped)) return '  ';
      this.#quotes++;
      return this.#quotes % 2 === 1 ? ` ${escaped}` : `${escaped} `;
    });
    for (let at = 0; at < shown.length; at++) this.#put(from + at, shown.charAt(at));
  }

  #hole(node: ts.Node, from: number, to: number, bound: boolean): void {
    this.holes.push({ span: this.source.span(this.source.start(node), node.end), bound });
    this.#put(from, to - from > 1 ? '$' : '?');
    if (to - from > 1) this.#put(from + 1, '1');
  }

  #put(at: number, character: string): void {
    if (at >= this.start && at < this.end) this.#characters[at - this.start] = character;
  }
}
