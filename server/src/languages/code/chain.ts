// Takes a chain of calls apart: `db.select().from(users).where(…)`.
import type { ts } from 'ts-morph';
import { compiler } from '../typescript/compiler';
import { memberOf, plain } from '../typescript/syntax';

/** One call of a chain. */
export interface Link {
  readonly name: string;
  readonly nameNode: ts.Node;
  readonly call: ts.CallExpression;
  /** What the method is called on. */
  readonly owner: ts.Expression;
}

/** The calls that hang on one another, the one written first first; calls of plain functions aren't among them. */
export function chainOf(outermost: ts.CallExpression): Link[] {
  const links: Link[] = [];
  for (let node: ts.Node = outermost; compiler.isCallExpression(node); ) {
    const callee = plain(node.expression);
    const member = memberOf(callee);
    if (!member) break;
    const nameNode = compiler.isPropertyAccessExpression(callee) ? callee.name : callee;
    links.unshift({ name: member.name, nameNode, call: node, owner: member.owner });
    node = plain(member.owner);
  }
  return links;
}

/** Whether a call is continued by another: `.select()` in `db.select().from(users)`. */
export function isContinued(call: ts.CallExpression): boolean {
  let node: ts.Node = call;
  while (compiler.isParenthesizedExpression(node.parent) || compiler.isNonNullExpression(node.parent)) node = node.parent;
  const access = node.parent;
  return compiler.isPropertyAccessExpression(access) && access.expression === node && compiler.isCallExpression(access.parent) && access.parent.expression === access;
}

/** An expression without `await` and what stands around it without changing it. */
export function awaited(node: ts.Node): ts.Node {
  let inner = plain(node);
  while (compiler.isAwaitExpression(inner)) inner = plain(inner.expression);
  return inner;
}

/** The name of what a call calls: `withTenant` for `this.withTenant(…)`. */
export function calleeName(call: ts.CallExpression | ts.NewExpression): string | undefined {
  const callee = plain(call.expression);
  if (compiler.isIdentifier(callee)) return callee.text;
  return memberOf(callee)?.name;
}

/** A client as the code writes it; calls stand with empty parentheses. */
export function spelled(node: ts.Node, depth = 0): string {
  const inner = awaited(node);
  if (depth > 8) return '…';
  if (compiler.isIdentifier(inner)) return inner.text;
  if (inner.kind === compiler.SyntaxKind.ThisKeyword) return 'this';
  if (compiler.isCallExpression(inner)) return `${spelled(inner.expression, depth + 1)}()`;
  const member = memberOf(inner);
  return member ? `${spelled(member.owner, depth + 1)}.${member.name}` : '…';
}

/** The last name of an expression: `prisma` for `ctx.prisma` and for `this.prisma`, `getDb` for `getDb()`. */
export function lastName(node: ts.Node): string | undefined {
  const inner = awaited(node);
  if (compiler.isIdentifier(inner)) return inner.text;
  if (compiler.isCallExpression(inner)) return calleeName(inner);
  return memberOf(inner)?.name;
}
