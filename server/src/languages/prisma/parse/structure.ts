// Gives lines of tokens their structure: @mrleebo/prisma-ast parses them, and walking its tree along our tokens tells
// where everything stands. Texts come from the tokens, so the parser sees only the grammar's bones.
import type * as ast from '@mrleebo/prisma-ast';
import type { Argument, Attribute, BlockKind, Field, Member, Range, Value } from './syntax';
import type { Line, Token } from './tokens';
import { unquote } from './tokens';

type GetSchema = typeof ast.getSchema;

let getSchema: GetSchema | undefined;

/** Loads the parser; `structure` may be called once it has settled. */
export async function loadParser(): Promise<void> {
  getSchema ??= (await import('@mrleebo/prisma-ast')).getSchema;
}

/** One member for each line; or the number of the line that the parser stumbled over, where it can be told. */
export type Structure = { readonly members: readonly Member[] } | { readonly members?: never; readonly rejected: number | undefined };

/** Parses the lines of a block as its whole content. */
export function structure(kind: BlockKind, lines: readonly Line[]): Structure {
  if (!getSchema) throw new Error('The Prisma parser is not loaded yet.');
  const unknown = lines.findIndex((line) => line.tokens.some((token) => token.kind === 'unknown'));
  if (unknown >= 0) return { rejected: unknown };
  let block: ast.Block | undefined;
  try {
    [block] = getSchema(`${kind} X {\n${lines.map(bones).join('')}}`).list;
  } catch (error) {
    return { rejected: lineOfError(error, lines.length) };
  }
  const nodes = block && membersOf(block);
  if (nodes?.length !== lines.length) return { rejected: lines.length === 1 ? 0 : undefined };
  const members: Member[] = [];
  for (const [index, line] of lines.entries()) {
    const node = nodes[index];
    const member = node && memberOf(node, line);
    if (!member) return { rejected: index };
    members.push(member);
  }
  return { members };
}

/** The parser's errors name the token at which it gave up; a line break is one, so that is always in the bad line. */
function lineOfError(error: unknown, lines: number): number | undefined {
  const { token } = error as { token?: { startLine?: number } };
  const line = (token?.startLine ?? 0) - 2;
  return line >= 0 && line < lines ? line : undefined;
}

const PLAIN_NAME = /^[a-zA-Z][\w-]*$/;
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const NUMBER = /^-?\d/;
const CONSTANT = /^(?:true|false|null)$/;

/**
 * The line's grammar, in words that prisma-ast knows: it rejects a name like `null`, `address.street` or `größe`.
 * No blank stands before the line break, for the parser would take both for one blank.
 */
function bones({ tokens }: Line): string {
  let depth = 0;
  const words = tokens.map(({ kind, text }, index) => {
    if (kind === 'string') return '""';
    if (kind === 'word') return boneWord(text, depth > 0 && tokens[index + 1]?.text !== ':');
    if ('([{'.includes(text)) depth++;
    else if (')]}'.includes(text)) depth--;
    return text;
  });
  return `${words.join(' ')}\n`;
}

function boneWord(word: string, isValue: boolean): string {
  if (isValue && (NUMBER.test(word) || CONSTANT.test(word))) return PLAIN_NUMBER.test(word) || !NUMBER.test(word) ? word : '0';
  return PLAIN_NAME.test(word) && !CONSTANT.test(word) ? word : 'x';
}

type AstMember = ast.Field | ast.BlockAttribute | ast.Enumerator | ast.Assignment;

function membersOf(block: ast.Block): AstMember[] {
  switch (block.type) {
    case 'model':
    case 'view':
    case 'type':
      return (block.properties ?? []).filter((node) => node?.type === 'field' || node?.type === 'attribute') as AstMember[];
    case 'enum':
      return (block.enumerators ?? []).filter((node) => node?.type === 'enumerator' || node?.type === 'attribute') as AstMember[];
    case 'datasource':
    case 'generator':
      return (block.assignments ?? []).filter((node) => node?.type === 'assignment') as AstMember[];
    case 'comment':
    case 'break':
      return [];
  }
}

/** Walks along the tokens of one line. Once they part from the tree it has failed and gives empty ranges. */
class Walk {
  #at = 0;
  failed = false;

  constructor(private readonly tokens: readonly Token[]) {}

  get done(): boolean {
    return !this.failed && this.#at === this.tokens.length;
  }

  get previousEnd(): number {
    return this.tokens[this.#at - 1]?.to ?? 0;
  }

  get nextStart(): number {
    return this.tokens[this.#at]?.from ?? 0;
  }

  sees(text: string, ahead = 0): boolean {
    return this.tokens[this.#at + ahead]?.text === text;
  }

  /** The next token; the walk fails where it is another than asked for. */
  take(text?: string): Token {
    const token = this.tokens[this.#at];
    if (!token || (text !== undefined && token.text !== text)) {
      this.failed = true;
      return { kind: 'unknown', text: '', from: 0, to: 0 };
    }
    this.#at++;
    return token;
  }
}

function memberOf(node: AstMember, line: Line): Member | undefined {
  const walk = new Walk(line.tokens);
  const range: Range = { from: line.from, to: line.to };
  const member = ((): Member => {
    switch (node.type) {
      case 'field':
        return fieldOf(node, range, walk);
      case 'attribute':
        return { ...range, kind: 'attribute', attribute: attributeOf(node, '@@', walk) };
      case 'enumerator': {
        const name = walk.take();
        return { ...range, kind: 'value', name: name.text, nameAt: rangeOf(name), attributes: attributesOf(node.attributes, walk) };
      }
      case 'assignment': {
        const key = walk.take();
        walk.take('=');
        return { ...range, kind: 'assignment', key: key.text, keyAt: rangeOf(key), value: valueOf(node.value, walk) };
      }
    }
  })();
  return walk.done ? member : undefined;
}

function fieldOf(node: ast.Field, range: Range, walk: Walk): Member {
  const name = walk.take();
  const type = valueOf(node.fieldType, walk);
  if (type.kind !== 'word' && (type.kind !== 'call' || type.name !== 'Unsupported')) walk.failed = true;
  const list = node.array === true && walk.take('[').text !== '' && walk.take(']').text !== '';
  const optional = node.optional === true && walk.take('?').text !== '';
  const field: Field = {
    from: range.from,
    to: range.to,
    kind: 'field',
    name: name.text,
    nameAt: rangeOf(name),
    type: type.kind === 'word' ? type.text : 'Unsupported',
    typeAt: rangeOf(type),
    list,
    optional,
    attributes: attributesOf(node.attributes, walk),
  };
  if (type.kind !== 'call') return field;
  const [content] = type.args;
  return { ...field, unsupported: content?.value.kind === 'string' ? content.value.text : '' };
}

function attributesOf(nodes: readonly ast.Attribute[] | undefined, walk: Walk): Attribute[] {
  return (nodes ?? []).map((node) => attributeOf(node, '@', walk));
}

function attributeOf(node: ast.Attr, mark: '@' | '@@', walk: Walk): Attribute {
  const { from } = walk.take(mark);
  const group = node.group === undefined ? undefined : walk.take();
  if (group) walk.take('.');
  const name = walk.take();
  const args = walk.sees('(') ? argumentsOf((node.args ?? []).map((arg) => arg.value as AstValue), '(', ')', walk) : [];
  const attribute: Attribute = { from, to: walk.previousEnd, name: name.text, nameAt: rangeOf(name), args };
  return group ? { ...attribute, group: group.text } : attribute;
}

type AstValue = ast.Value | ast.KeyValue;

function isKeyed(node: AstValue): node is ast.KeyValue {
  return typeof node === 'object' && node !== null && 'type' in node && node.type === 'keyValue';
}

/** Arguments between brackets. The tree lists a function's named ones last, wherever they stand in the text. */
function argumentsOf(nodes: readonly AstValue[], open: string, close: string, walk: Walk): Argument[] {
  const keyed = nodes.filter(isKeyed);
  const plain = nodes.filter((node) => !isKeyed(node));
  walk.take(open);
  const args: Argument[] = [];
  for (let index = 0; index < nodes.length && !walk.failed; index++) {
    if (index > 0) walk.take(',');
    if (walk.sees(':', 1)) {
      const node = keyed.shift();
      const key = walk.take();
      walk.take(':');
      const value = valueOf(node?.value, walk);
      args.push({ from: key.from, to: value.to, key: key.text, value });
    } else {
      const value = valueOf(plain.shift() as ast.Value | undefined, walk);
      args.push({ from: value.from, to: value.to, value });
    }
  }
  walk.take(close);
  return args;
}

function valueOf(node: ast.Value | undefined, walk: Walk): Value {
  if (node === undefined || node === null || typeof node !== 'object') {
    const token = walk.take();
    const text = token.kind === 'string' ? unquote(token.text) : token.text;
    if (token.kind === 'mark') walk.failed = true;
    return { from: token.from, to: token.to, kind: token.kind === 'string' ? 'string' : 'word', text };
  }
  if (Array.isArray(node)) {
    walk.failed = true;
    return { from: 0, to: 0, kind: 'word', text: '' };
  }
  switch (node.type) {
    case 'function': {
      const name = walk.take();
      const args = argumentsOf(node.params ?? [], '(', ')', walk);
      return { from: name.from, to: walk.previousEnd, kind: 'call', name: name.text, args };
    }
    case 'array': {
      const { from } = walk.take('[');
      const items = (node.args ?? []).map((item, index) => {
        if (index > 0) walk.take(',');
        return valueOf(item, walk);
      });
      walk.take(']');
      return { from, to: walk.previousEnd, kind: 'array', items };
    }
    case 'object': {
      const from = walk.nextStart;
      const entries = argumentsOf(node.properties, '{', '}', walk);
      return { from, to: walk.previousEnd, kind: 'object', entries };
    }
  }
}

function rangeOf({ from, to }: Range): Range {
  return { from, to };
}
