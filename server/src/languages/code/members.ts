// Members of names that a file imports or declares: `users.email` and `schema.users.email` may be columns of tables.
import type { ts } from 'ts-morph';
import type { ColumnMember } from '../../model/queries';
import type { Span } from '../../text/span';
import { innerBinding } from '../typescript/bindings';
import { compiler } from '../typescript/compiler';
import { memberOf, plain } from '../typescript/syntax';
import type { Environment } from './environment';

/** The column that a member may be; undefined for what is called, or is a member of something local. */
export function columnMember(node: ts.Node, { tables }: Environment, span: (node: ts.Node) => Span): ColumnMember | undefined {
  if (!compiler.isPropertyAccessExpression(node) && !compiler.isElementAccessExpression(node)) return undefined;
  const member = memberOf(node);
  if (!member || member.name === '' || isCalled(node)) return undefined;
  const owner = plain(member.owner);
  if (compiler.isIdentifier(owner)) {
    const name = tables.get(owner.text);
    if (name === undefined || name === '*' || innerBinding(owner)) return undefined;
    return { table: { name, by: 'constant', span: span(owner) }, column: member.name, span: span(nameNode(node)) };
  }
  const inner = memberOf(owner);
  const module = inner && plain(inner.owner);
  if (!inner || !module || !compiler.isIdentifier(module) || tables.get(module.text) !== '*' || innerBinding(module)) return undefined;
  return { table: { name: inner.name, by: 'constant', span: span(owner) }, column: member.name, span: span(nameNode(node)) };
}

export function isCalled(node: ts.Node): boolean {
  let outer = node;
  while (compiler.isNonNullExpression(outer.parent) || compiler.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  return compiler.isCallExpression(outer.parent) && outer.parent.expression === outer;
}

/** The name alone of `users.email`. */
export function nameNode(node: ts.Node): ts.Node {
  if (compiler.isPropertyAccessExpression(node)) return node.name;
  return compiler.isElementAccessExpression(node) ? node.argumentExpression : node;
}
