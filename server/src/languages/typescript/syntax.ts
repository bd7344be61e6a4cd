// Small questions about syntax nodes.
import type { ts } from 'ts-morph';
import { compiler, SyntaxKind } from './compiler';

export type FunctionNode = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration;

export function isFunction(node: ts.Node): node is FunctionNode {
  switch (node.kind) {
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.MethodDeclaration:
      return true;
    default:
      return false;
  }
}

/** An expression without the parentheses and type assertions around it. */
export function plain(node: ts.Node): ts.Node {
  let inner = node;
  for (;;) {
    // Nearly every node is none of these, so one look at its kind has to do.
    switch (inner.kind) {
      case SyntaxKind.ParenthesizedExpression:
      case SyntaxKind.AsExpression:
      case SyntaxKind.SatisfiesExpression:
      case SyntaxKind.NonNullExpression:
      case SyntaxKind.TypeAssertionExpression:
        if (!isAround(inner)) return inner;
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

function isAround(node: ts.Node): node is ts.Node & { readonly expression: ts.Expression } {
  return 'expression' in node;
}

/** The one expression that a function gives back; undefined where it has several ways out. */
export function returned(fn: FunctionNode): ts.Expression | undefined {
  const { body } = fn;
  if (!body) return undefined;
  if (!compiler.isBlock(body)) return body;
  const last = body.statements.at(-1);
  if (!last || !compiler.isReturnStatement(last)) return undefined;
  const early = body.statements.some(
    (statement) =>
      statement !== last && !compiler.isVariableStatement(statement) && !compiler.isExpressionStatement(statement) && !compiler.isFunctionDeclaration(statement),
  );
  return early ? undefined : last.expression;
}

/** The name of a property where it isn't computed. */
export function propertyName(name: ts.PropertyName | ts.BindingName): string | undefined {
  if (compiler.isIdentifier(name) || compiler.isStringLiteralLike(name) || compiler.isNumericLiteral(name)) return name.text;
  return undefined;
}

/** `owner.name` or `owner["name"]`. */
export function memberOf(node: ts.Node): { readonly owner: ts.Expression; readonly name: string } | undefined {
  const access = plain(node);
  if (compiler.isPropertyAccessExpression(access)) return { owner: access.expression, name: access.name.text };
  if (compiler.isElementAccessExpression(access) && compiler.isStringLiteralLike(access.argumentExpression)) {
    return { owner: access.expression, name: access.argumentExpression.text };
  }
  return undefined;
}

/** Whether a parser invented the node to go on: it stands for text that isn't there yet. */
export function isMissing(node: ts.Node): boolean {
  return compiler.isIdentifier(node) && node.text === '';
}

/**
 * Visits a node and what is below it in the order of the text, without recursion: generated code nests deeper than a
 * stack reaches. What `enter` turns down isn't entered.
 */
export function descend(root: ts.Node, enter: (node: ts.Node) => boolean): void {
  const waiting: ts.Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!enter(node)) continue;
    const first = waiting.length;
    compiler.forEachChild(node, (child) => {
      waiting.push(child);
    });
    // The last one pushed comes first, so the children are turned around.
    for (let from = first, to = waiting.length - 1; from < to; from++, to--) {
      const a = waiting[from];
      const b = waiting[to];
      if (a && b) [waiting[from], waiting[to]] = [b, a];
    }
  }
}
