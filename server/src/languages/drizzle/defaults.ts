// What a column's chain gives a new row that leaves the column out.
import type { ts } from 'ts-morph';
import type { ColumnType, Default } from '../../model/nodes';
import type { Link } from './calls';
import { compiler } from '../typescript/compiler';
import { spanOf } from '../typescript/parse';
import type { Place, Resolver } from './resolver';
import { isFunction, plain, returned } from '../typescript/syntax';

/** The default of a chain; the last one written wins. */
export function readDefault(links: readonly Link[], type: ColumnType, resolver: Resolver): Default | undefined {
  for (const link of [...links].reverse()) {
    const found = ofLink(link, resolver);
    if (found) return found;
  }
  if (type.family === 'integer' && type.serial) return { span: type.span, raw: type.raw, by: 'database', kind: 'sequence' };
  return undefined;
}

function ofLink({ name, nameNode, call }: Link, resolver: Resolver): Default | undefined {
  const { source, node } = call;
  const start = nameNode.getStart(source.sourceFile);
  const own = { span: spanOf(source, start, node.end), raw: source.text.slice(start, node.end) };
  const [argument] = node.arguments;
  switch (name) {
    case 'defaultNow':
    case 'defaultGetDate':
      return { ...own, by: 'database', kind: 'now' };
    case 'defaultRandom':
      return { ...own, by: 'database', kind: 'uuid', version: 4 };
    case 'generatedAlwaysAsIdentity':
    case 'generatedByDefaultAsIdentity':
    case 'identity':
    case 'autoincrement':
      return { ...own, by: 'database', kind: 'sequence' };
    case 'default':
      return argument && databaseDefault({ ...call, node: argument }, resolver);
    case '$default':
    case '$defaultFn':
      return argument && clientDefault({ ...call, node: argument }, resolver);
    default:
      return undefined;
  }
}

function written({ source, node }: Place): { span: Default['span']; raw: string } {
  const start = node.getStart(source.sourceFile);
  return { span: spanOf(source, start, node.end), raw: source.text.slice(start, node.end) };
}

function databaseDefault(place: Place, resolver: Resolver): Default {
  const own = { ...written(place), by: 'database' as const };
  const sql = sqlText(place, resolver);
  if (sql !== undefined) return { ...own, ...ofSql(sql) };
  const node = resolver.node(place)?.node;
  const value = node && literal(node);
  return value === undefined ? { ...own, kind: 'expression' } : { ...own, kind: 'literal', value };
}

type Kind = { kind: 'uuid'; version: 1 | 4 | 7 } | { kind: 'now' | 'sequence' | 'expression' };

function ofSql(sql: string): Kind {
  const call = bare(sql);
  const [, name = call, inside = ''] = /^(?:[a-z_]+\.)?([a-z_0-9]+)\s*\((.*)\)$/s.exec(call) ?? [];
  if (!balanced(inside)) return { kind: 'expression' };
  switch (name) {
    case 'gen_random_uuid':
    case 'uuid_generate_v4':
    case 'uuidv4':
      return { kind: 'uuid', version: 4 };
    case 'uuidv7':
    case 'uuid_generate_v7':
    case 'gen_uuid_v7':
      return { kind: 'uuid', version: 7 };
    case 'uuid_generate_v1':
    case 'uuid_generate_v1mc':
      return { kind: 'uuid', version: 1 };
    case 'now':
    case 'current_timestamp':
    case 'clock_timestamp':
    case 'transaction_timestamp':
    case 'localtimestamp':
    case 'unixepoch':
    case 'getdate':
    case 'getutcdate':
    case 'sysdatetime':
    case 'sysutcdatetime':
    case 'sysdatetimeoffset':
      return { kind: 'now' };
    case 'strftime':
    case 'datetime':
    case 'timezone':
      return { kind: /'now'|\bnow\(\)/.test(call) ? 'now' : 'expression' };
    case 'nextval':
      return { kind: 'sequence' };
    default:
      return { kind: 'expression' };
  }
}

/** An SQL value without the parentheses, casts and time zones around it. */
function bare(sql: string): string {
  const inner = sql.trim().toLowerCase();
  const less = inner
    .replace(/^\((.*)\)$/s, (whole, inside: string) => (balanced(inside) ? inside : whole))
    .replace(/::[a-z ]+$/, '')
    .replace(/ at time zone '[^']*'$/, '')
    .trim();
  return less === inner ? inner : bare(less);
}

/** Whether no parenthesis in a text closes one outside of it. */
function balanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    else if (character === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

function literal(node: ts.Node): string | number | boolean | null | undefined {
  if (compiler.isStringLiteralLike(node)) return node.text;
  if (compiler.isNumericLiteral(node)) return Number(node.text);
  if (compiler.isPrefixUnaryExpression(node) && compiler.isNumericLiteral(node.operand)) {
    return node.operator === compiler.SyntaxKind.MinusToken ? -Number(node.operand.text) : undefined;
  }
  if (node.kind === compiler.SyntaxKind.TrueKeyword) return true;
  if (node.kind === compiler.SyntaxKind.FalseKeyword) return false;
  return node.kind === compiler.SyntaxKind.NullKeyword ? null : undefined;
}

/** The words of an `sql` template, its placeholders as written. */
export function sqlText(place: Place, resolver: Resolver): string | undefined {
  const made = sqlExpression(place, resolver);
  if (!made) return undefined;
  const { source, node } = made;
  if (compiler.isCallExpression(node)) return node.arguments[0] && resolver.text({ ...made, node: node.arguments[0] });
  const template = templateOf(node, source);
  return template && source.text.slice(template.start, template.end);
}

/** Where the words of an `sql` template stand, between its backticks. */
export function sqlPlace(place: Place, resolver: Resolver): { readonly source: Place['source']; readonly start: number; readonly end: number } | undefined {
  const made = sqlExpression(place, resolver);
  const template = made && templateOf(made.node, made.source);
  return made && template && { source: made.source, ...template };
}

function templateOf(node: ts.Node, { sourceFile }: Place['source']): { readonly start: number; readonly end: number } | undefined {
  if (!compiler.isTaggedTemplateExpression(node)) return undefined;
  const { template } = node;
  return { start: template.getStart(sourceFile) + 1, end: template.end - 1 };
}

/** The `sql` template, or the call of `sql.raw`, that an expression comes down to. */
function sqlExpression(place: Place, resolver: Resolver): Place | undefined {
  const found = resolver.node(place);
  if (!found) return undefined;
  let node = found.node;
  // `sql<string>`now()`.mapWith(…)` and its like are still that SQL.
  while (compiler.isCallExpression(node) && compiler.isPropertyAccessExpression(node.expression)) {
    const { expression, name } = node.expression;
    if (name.text === 'raw' && node.arguments.length > 0 && isSql(expression)) return { ...found, node };
    node = plain(expression);
  }
  return compiler.isTaggedTemplateExpression(node) && isSql(node.tag) ? { ...found, node } : undefined;
}

function isSql(tag: ts.Expression): boolean {
  const name = compiler.isPropertyAccessExpression(tag) ? tag.name : tag;
  return compiler.isIdentifier(name) && name.text === 'sql';
}

function clientDefault(argument: Place, resolver: Resolver): Default {
  const fn = resolver.node(argument);
  const inline = compiler.isArrowFunction(argument.node) || compiler.isFunctionExpression(argument.node);
  const result = fn && isFunction(fn.node) ? returned(fn.node) : undefined;
  const value: Place = fn && result ? { ...fn, node: result } : argument;
  const own = { ...written(inline ? value : argument), by: 'client' as const };
  const made = resolver.node(value) ?? value;
  const node = plain(made.node);
  if (compiler.isNewExpression(node)) {
    return { ...own, kind: compiler.isIdentifier(node.expression) && node.expression.text === 'Date' ? 'now' : 'expression' };
  }
  const callee = compiler.isCallExpression(node) ? node.expression : compiler.isIdentifier(argument.node) || !inline ? plain(argument.node) : undefined;
  if (!callee) {
    const known = literal(node);
    return known === undefined ? { ...own, kind: 'expression' } : { ...own, kind: 'literal', value: known };
  }
  return { ...own, ...ofFunction({ ...made, node: callee }, resolver) };
}

/** What a function that makes default values makes, by the name that its module gives it. */
function ofFunction(callee: Place, resolver: Resolver): Kind {
  const meaning = resolver.evaluate(callee);
  const spelled = callee.node.getText(callee.source.sourceFile);
  const name = (meaning?.kind === 'import' ? `${meaning.module}#${meaning.name}` : spelled).toLowerCase();
  const last = name.split(/[.#]/).at(-1) ?? '';
  if (last === 'date' || name.endsWith('date.now')) return { kind: 'now' };
  if (last === 'v7' || last.startsWith('uuidv7')) return { kind: 'uuid', version: 7 };
  if (last === 'v1' && name.startsWith('uuid')) return { kind: 'uuid', version: 1 };
  if (last === 'randomuuid' || last === 'v4' || last === 'uuidv4' || last === 'uuid4') return { kind: 'uuid', version: 4 };
  return { kind: 'expression' };
}
