// What becomes of the rows that queries gave: which names hold them, what is compared with their columns.
import type { ts } from 'ts-morph';
import { innerBinding } from '../typescript/bindings';
import { compiler, SyntaxKind } from '../typescript/compiler';
import { descend, isFunction, memberOf, plain, propertyName } from '../typescript/syntax';
import { awaited, chainOf, spelled } from './chain';
import { constant, literalsIn } from './values';

/** A column of a row, or the row itself, that a query gave. */
export interface RowRead {
  /** The outermost call of the query's chain. */
  readonly call: ts.Node;
  readonly column?: string;
}

const EACH = new Set(['map', 'filter', 'find', 'findLast', 'some', 'every', 'forEach', 'flatMap', 'sort', 'reduce', 'at']);
const DEPTH = 6;

/** What an expression takes from the rows of a query; `isQuery` knows the calls that are queries. */
export function rowRead(node: ts.Node, isQuery: (node: ts.Node) => boolean, depth = 0): RowRead | undefined {
  const inner = awaited(node);
  if (depth > DEPTH) return undefined;
  if (compiler.isIdentifier(inner)) return ofName(inner, isQuery, depth);
  if (isQuery(inner)) return { call: inner };
  if (compiler.isElementAccessExpression(inner) && !compiler.isStringLiteralLike(inner.argumentExpression)) return rowRead(inner.expression, isQuery, depth + 1);
  if (compiler.isBinaryExpression(inner) && inner.operatorToken.kind === SyntaxKind.QuestionQuestionToken) return rowRead(inner.left, isQuery, depth + 1);
  if (compiler.isCallExpression(inner)) {
    const link = chainOf(inner).at(-1);
    return link && /^(?:filter|find|at|sort|reverse|slice|shift|pop)$/.test(link.name) ? rowRead(link.owner, isQuery, depth + 1) : undefined;
  }
  const member = memberOf(inner);
  const row = member && rowRead(member.owner, isQuery, depth + 1);
  if (!member || !row) return undefined;
  return row.column === undefined ? { call: row.call, column: member.name } : undefined;
}

function ofName(name: ts.Identifier, isQuery: (node: ts.Node) => boolean, depth: number): RowRead | undefined {
  const binding = innerBinding(name);
  if (!binding) return undefined;
  if ('fn' in binding) {
    // `rows.map((row) => …)`
    const { parent } = binding.fn;
    if (!compiler.isCallExpression(parent) || parent.arguments[0] !== binding.fn || binding.parameter.index !== 0) return undefined;
    const link = chainOf(parent).at(-1);
    const row = link && EACH.has(link.name) ? rowRead(link.owner, isQuery, depth + 1) : undefined;
    return row && withMember(row, binding.parameter.member);
  }
  return ofDeclaration(binding.declaration, isQuery, depth);
}

/** The row that a pattern takes apart: `const { email } = await …`, `rows.map(({ email }) => …)`. */
export function patternRow(pattern: ts.ObjectBindingPattern, isQuery: (node: ts.Node) => boolean): RowRead | undefined {
  const holder = pattern.parent;
  if (!compiler.isParameter(holder)) return ofDeclaration(holder, isQuery, 0);
  const fn = holder.parent;
  const call = fn.parent;
  if (!compiler.isCallExpression(call) || call.arguments[0] !== fn || fn.parameters[0] !== holder) return undefined;
  const link = chainOf(call).at(-1);
  return link && EACH.has(link.name) ? rowRead(link.owner, isQuery) : undefined;
}

function ofDeclaration(declaration: ts.Declaration, isQuery: (node: ts.Node) => boolean, depth: number): RowRead | undefined {
  if (compiler.isVariableDeclaration(declaration)) {
    const { parent } = declaration.parent;
    if (compiler.isForOfStatement(parent)) return rowRead(parent.expression, isQuery, depth + 1);
    return declaration.initializer && rowRead(declaration.initializer, isQuery, depth + 1);
  }
  if (!compiler.isBindingElement(declaration)) return undefined;
  const pattern = declaration.parent;
  const holder = pattern.parent;
  if (compiler.isParameter(holder)) return undefined;
  const together = compiler.isArrayBindingPattern(pattern) && compiler.isVariableDeclaration(holder) ? togetherAt(holder, pattern.elements.indexOf(declaration)) : undefined;
  if (together) return rowRead(together, isQuery, depth + 1);
  const row = ofDeclaration(holder, isQuery, depth + 1);
  if (!row || compiler.isArrayBindingPattern(pattern)) return row;
  return withMember(row, propertyName(declaration.propertyName ?? declaration.name));
}

/** What `await Promise.all([…])` waits for at a place. */
function togetherAt({ initializer }: ts.VariableDeclaration, at: number): ts.Node | undefined {
  const call = initializer && awaited(initializer);
  if (!call || !compiler.isCallExpression(call)) return undefined;
  const callee = memberOf(call.expression);
  const [list] = call.arguments;
  if (callee?.name !== 'all' || spelled(callee.owner) !== 'Promise' || !list || !compiler.isArrayLiteralExpression(list)) return undefined;
  return list.elements[at];
}

function withMember(row: RowRead, member: string | undefined): RowRead | undefined {
  if (member === undefined) return row;
  return row.column === undefined ? { ...row, column: member } : undefined;
}

/** Columns of rows, read earlier, that a value is computed from; none where it is only passed on. */
export function readsIn(value: ts.Node, isQuery: (node: ts.Node) => boolean): { read: Required<RowRead>; node: ts.Node }[] {
  const found: { read: Required<RowRead>; node: ts.Node }[] = [];
  const made = constant(value);
  if (!isComputation(made)) return found;
  descend(made, (node) => {
    if (isFunction(node)) return false;
    if (!compiler.isIdentifier(node) && !memberOf(node)) return true;
    if (compiler.isIdentifier(node) && isNameOnly(node)) return false;
    const read = rowRead(node, isQuery);
    if (read?.column === undefined) return true;
    found.push({ read: { call: read.call, column: read.column }, node });
    return false;
  });
  return found;
}

/** The name of a member or of a property isn't a variable. */
function isNameOnly(node: ts.Identifier): boolean {
  const { parent } = node;
  return (compiler.isPropertyAccessExpression(parent) && parent.name === node) || (compiler.isPropertyAssignment(parent) && parent.name === node);
}

const ARITHMETIC = (): readonly ts.SyntaxKind[] => [SyntaxKind.PlusToken, SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken, SyntaxKind.PercentToken];

const COMPUTING = new Set(['concat', 'max', 'min', 'add', 'sub', 'minus', 'plus', 'round', 'floor', 'ceil']);

/** Whether a value is made by arithmetic or put together: a sum, a template, an array with more in it. */
function isComputation(node: ts.Node): boolean {
  if (compiler.isBinaryExpression(node)) {
    if (ARITHMETIC().includes(node.operatorToken.kind)) return true;
    return isComputation(plain(node.left)) || isComputation(plain(node.right));
  }
  if (compiler.isConditionalExpression(node)) return isComputation(plain(node.whenTrue)) || isComputation(plain(node.whenFalse));
  if (compiler.isCallExpression(node)) {
    return COMPUTING.has(chainOf(node).at(-1)?.name ?? '');
  }
  const elements = compiler.isArrayLiteralExpression(node) ? node.elements : compiler.isObjectLiteralExpression(node) ? node.properties : [];
  return elements.some((element) => compiler.isSpreadElement(element) || compiler.isSpreadAssignment(element));
}

/** A column of a row beside the literals that it is compared with. */
export interface Comparison {
  readonly subject: ts.Node;
  readonly values: readonly string[];
}

/** What a node compares, if it compares something with literals. */
export function comparisonIn(node: ts.Node): Comparison | undefined {
  if (compiler.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const equality =
      kind === SyntaxKind.EqualsEqualsEqualsToken || kind === SyntaxKind.ExclamationEqualsEqualsToken || kind === SyntaxKind.EqualsEqualsToken || kind === SyntaxKind.ExclamationEqualsToken;
    const values = equality ? literalsIn(node.right) : [];
    return values.length > 0 ? { subject: node.left, values } : undefined;
  }
  if (compiler.isSwitchStatement(node)) {
    const values = node.caseBlock.clauses.flatMap((clause) => (compiler.isCaseClause(clause) ? literalsIn(clause.expression) : []));
    return values.length > 0 ? { subject: node.expression, values } : undefined;
  }
  // `["a", "b"].includes(row.status)`
  if (!compiler.isCallExpression(node)) return undefined;
  const callee = memberOf(node.expression);
  const [argument] = node.arguments;
  const values = callee?.name === 'includes' && argument ? literalsIn(callee.owner) : [];
  return argument && values.length > 0 ? { subject: argument, values } : undefined;
}
