// The names of one module: what its top level declares, imports and exports, read from syntax alone.
import type { ts } from 'ts-morph';
import { compiler } from './compiler';
import type { Piece } from './parse';

export type Binding =
  /** `name` is what the other module calls it: `default`, or `*` for the whole module. */
  | { readonly kind: 'import'; readonly specifier: string; readonly name: string }
  | { readonly kind: 'declaration'; readonly node: ts.Declaration; readonly piece: Piece };

export type Export =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'import'; readonly specifier: string; readonly name: string }
  | { readonly kind: 'expression'; readonly node: ts.Expression; readonly piece: Piece };

export interface ModuleScope {
  readonly bindings: ReadonlyMap<string, Binding>;
  readonly exports: ReadonlyMap<string, Export>;
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[];
}

interface Builder {
  readonly bindings: Map<string, Binding>;
  readonly exports: Map<string, Export>;
  readonly stars: string[];
}

export function readScope(pieces: readonly Piece[]): ModuleScope {
  const scope: Builder = { bindings: new Map(), exports: new Map(), stars: [] };
  for (const piece of pieces) {
    const { node } = piece;
    if (compiler.isImportDeclaration(node)) readImport(node, scope);
    else if (compiler.isExportDeclaration(node)) readExport(node, scope);
    else if (compiler.isExportAssignment(node)) {
      scope.exports.set('default', { kind: 'expression', node: node.expression, piece });
    } else if (compiler.isVariableStatement(node)) {
      for (const declaration of node.declarationList.declarations) declare(declaration, piece, scope);
    } else if (compiler.isFunctionDeclaration(node) || compiler.isEnumDeclaration(node)) {
      if (node.name) scope.bindings.set(node.name.text, { kind: 'declaration', node, piece });
      const isDefault = node.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.DefaultKeyword);
      if (isDefault && node.name) scope.exports.set('default', { kind: 'local', name: node.name.text });
    } else if (compiler.isExpressionStatement(node)) readCommonJsExport(node.expression, piece, scope);
  }
  return scope;
}

function readImport(node: ts.ImportDeclaration, { bindings }: Builder): void {
  const clause = node.importClause;
  if (!clause || !compiler.isStringLiteral(node.moduleSpecifier)) return;
  const specifier = node.moduleSpecifier.text;
  if (clause.name) bindings.set(clause.name.text, { kind: 'import', specifier, name: 'default' });
  if (!clause.namedBindings) return;
  if (compiler.isNamespaceImport(clause.namedBindings)) {
    bindings.set(clause.namedBindings.name.text, { kind: 'import', specifier, name: '*' });
    return;
  }
  for (const { name, propertyName } of clause.namedBindings.elements) {
    bindings.set(name.text, { kind: 'import', specifier, name: (propertyName ?? name).text });
  }
}

function readExport(node: ts.ExportDeclaration, { exports, stars }: Builder): void {
  const from = node.moduleSpecifier;
  const specifier = from && compiler.isStringLiteral(from) ? from.text : undefined;
  if (!node.exportClause) {
    if (specifier !== undefined) stars.push(specifier);
    return;
  }
  if (compiler.isNamespaceExport(node.exportClause)) {
    if (specifier !== undefined) exports.set(node.exportClause.name.text, { kind: 'import', specifier, name: '*' });
    return;
  }
  for (const { name, propertyName } of node.exportClause.elements) {
    const inner = (propertyName ?? name).text;
    exports.set(name.text, specifier === undefined ? { kind: 'local', name: inner } : { kind: 'import', specifier, name: inner });
  }
}

function declare(node: ts.VariableDeclaration, piece: Piece, { bindings }: Builder): void {
  const required = node.initializer && requiredModule(node.initializer);
  if (compiler.isIdentifier(node.name)) {
    // In a statement that can't be read, what looks like a declaration may be the use of an import.
    if (piece.broken && bindings.get(node.name.text)?.kind === 'import') return;
    const binding: Binding =
      required === undefined ? { kind: 'declaration', node, piece } : { kind: 'import', specifier: required, name: '*' };
    bindings.set(node.name.text, binding);
  } else if (compiler.isObjectBindingPattern(node.name)) {
    for (const element of node.name.elements) {
      if (!compiler.isIdentifier(element.name)) continue;
      const inner = element.propertyName && compiler.isIdentifier(element.propertyName) ? element.propertyName : element.name;
      bindings.set(
        element.name.text,
        required === undefined
          ? { kind: 'declaration', node: element, piece }
          : { kind: 'import', specifier: required, name: inner.text },
      );
    }
  }
}

/** The specifier of `require("…")`. */
function requiredModule(node: ts.Expression): string | undefined {
  if (!compiler.isCallExpression(node) || !compiler.isIdentifier(node.expression)) return undefined;
  const [argument] = node.arguments;
  if (node.expression.text !== 'require' || !argument || !compiler.isStringLiteral(argument)) return undefined;
  return argument.text;
}

/** `exports.x = …`, `module.exports.x = …` and `module.exports = { x, … }`. */
function readCommonJsExport(node: ts.Expression, piece: Piece, { exports }: Builder): void {
  if (!compiler.isBinaryExpression(node) || node.operatorToken.kind !== compiler.SyntaxKind.EqualsToken) return;
  const { left, right } = node;
  if (!compiler.isPropertyAccessExpression(left)) return;
  const owner = left.expression;
  const isExports =
    (compiler.isIdentifier(owner) && owner.text === 'exports') ||
    (compiler.isPropertyAccessExpression(owner) && owner.name.text === 'exports');
  if (isExports) {
    exports.set(left.name.text, { kind: 'expression', node: right, piece });
  } else if (left.name.text === 'exports' && compiler.isObjectLiteralExpression(right)) {
    for (const property of right.properties) {
      if (compiler.isShorthandPropertyAssignment(property)) {
        exports.set(property.name.text, { kind: 'local', name: property.name.text });
      } else if (compiler.isPropertyAssignment(property) && compiler.isIdentifier(property.name)) {
        exports.set(property.name.text, { kind: 'expression', node: property.initializer, piece });
      }
    }
  }
}
