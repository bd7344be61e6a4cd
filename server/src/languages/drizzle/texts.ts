// Lists of strings that syntax shows: array literals, the values of objects, spreads of either.
import { compiler } from '../typescript/compiler';
import type { Place, Resolver } from './resolver';

/** The strings of a list, in order; what can't be read is left out. */
export function textsIn(place: Place, resolver: Resolver): string[] {
  const found = resolver.node(place);
  if (!found) return [];
  const nodes = compiler.isArrayLiteralExpression(found.node)
    ? [...found.node.elements]
    : compiler.isObjectLiteralExpression(found.node)
      ? found.node.properties.flatMap((property) => (compiler.isPropertyAssignment(property) ? [property.initializer] : []))
      : [];
  return nodes.flatMap((node) => {
    if (compiler.isSpreadElement(node)) return textsIn({ ...found, node: node.expression }, resolver);
    const value = resolver.text({ ...found, node });
    return value === undefined ? [] : [value];
  });
}
