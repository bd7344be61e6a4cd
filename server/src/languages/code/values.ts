// Reads values and object literals, through constants of the same function.
import type { ts } from 'ts-morph';
import { innerBinding } from '../typescript/bindings';
import { compiler } from '../typescript/compiler';
import { plain, propertyName } from '../typescript/syntax';

/** The texts that an expression may be, as far as they are written in it. */
export function literalsIn(node: ts.Node, depth = 0): string[] {
  const inner = plain(node);
  if (depth > 8) return [];
  if (compiler.isStringLiteralLike(inner)) return [inner.text];
  if (compiler.isConditionalExpression(inner)) return [...literalsIn(inner.whenTrue, depth + 1), ...literalsIn(inner.whenFalse, depth + 1)];
  if (compiler.isArrayLiteralExpression(inner)) return inner.elements.flatMap((element) => literalsIn(element, depth + 1));
  if (compiler.isBinaryExpression(inner) && isFallback(inner)) return [...literalsIn(inner.left, depth + 1), ...literalsIn(inner.right, depth + 1)];
  return [];
}

function isFallback({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === compiler.SyntaxKind.QuestionQuestionToken || kind === compiler.SyntaxKind.BarBarToken;
}

/** What a name stands for in its function: the initializer of a local `const`; other expressions are what they are. */
export function constant(node: ts.Node): ts.Node {
  const inner = plain(node);
  if (!compiler.isIdentifier(inner)) return inner;
  const binding = innerBinding(inner);
  if (!binding || !('declaration' in binding) || !compiler.isVariableDeclaration(binding.declaration)) return inner;
  const { declaration } = binding;
  const isConstant = (compiler.getCombinedNodeFlags(declaration) & compiler.NodeFlags.Const) !== 0;
  return isConstant && declaration.initializer ? plain(declaration.initializer) : inner;
}

export interface Property {
  readonly name: string;
  readonly node: ts.ObjectLiteralElementLike;
  /** Of a shorthand the name itself. */
  readonly value: ts.Node;
}

export interface ObjectRead {
  readonly properties: readonly Property[];
  /** It has no other properties than those. */
  readonly whole: boolean;
}

const NOTHING: ObjectRead = { properties: [], whole: false };

/** The properties of an object literal; what it spreads is read where it is an object literal too. */
export function readObject(node: ts.Node | undefined, depth = 0): ObjectRead {
  if (!node) return NOTHING;
  const inner = plain(node);
  const found = constant(inner);
  if (depth > 8 || !compiler.isObjectLiteralExpression(found)) return NOTHING;
  const properties: Property[] = [];
  // A constant's properties may be added to behind its declaration.
  let whole = found === inner;
  for (const element of found.properties) {
    if (compiler.isSpreadAssignment(element)) {
      for (const spread of spreadObjects(element.expression)) properties.push(...readObject(spread, depth + 1).properties);
      whole = false;
      continue;
    }
    const name = element.name && propertyName(element.name);
    if (name === undefined || name === '') whole = false;
    else if (compiler.isPropertyAssignment(element)) properties.push({ name, node: element, value: element.initializer });
    else if (compiler.isShorthandPropertyAssignment(element)) properties.push({ name, node: element, value: element.name });
    else whole = false;
  }
  return { properties, whole };
}

/** `...(condition && { … })`, `...(condition ? { … } : {})`. */
function spreadObjects(node: ts.Expression): ts.Node[] {
  const inner = plain(node);
  if (compiler.isBinaryExpression(inner)) return [inner.right];
  if (compiler.isConditionalExpression(inner)) return [inner.whenTrue, inner.whenFalse];
  return [inner];
}

export function valueOf({ properties }: ObjectRead, name: string): ts.Node | undefined {
  return properties.find((property) => property.name === name)?.value;
}
