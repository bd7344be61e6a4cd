// Which declaration between a name and the top of its module gives the name its meaning.
import type { ts } from 'ts-morph';
import { compiler, SyntaxKind } from './compiler';
import { isFunction, propertyName, type FunctionNode } from './syntax';

/** What declares a name between its use and the top of the module. */
export function innerBinding(
  node: ts.Identifier,
): { readonly fn: FunctionNode; readonly parameter: Parameter } | { readonly declaration: ts.Declaration } | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (isFunction(at)) {
      const parameter = parameterOf(at, node.text);
      if (parameter) return { fn: at, parameter };
    } else if (isBlock(at)) {
      const declaration = localDeclaration(at, node.text);
      if (declaration) return { declaration };
    } else if (isLoop(at) && at.initializer && compiler.isVariableDeclarationList(at.initializer)) {
      const declaration = declaredIn(at.initializer, node.text);
      if (declaration) return { declaration };
    }
  }
  return undefined;
}

function isBlock(node: ts.Node): node is ts.Block | ts.ModuleBlock {
  return node.kind === SyntaxKind.Block || node.kind === SyntaxKind.ModuleBlock;
}

function isLoop(node: ts.Node): node is ts.ForStatement | ts.ForOfStatement | ts.ForInStatement {
  return node.kind === SyntaxKind.ForOfStatement || node.kind === SyntaxKind.ForStatement || node.kind === SyntaxKind.ForInStatement;
}

export interface Parameter {
  readonly index: number;
  /** Set where the parameter is taken apart and the name is one of its members. */
  readonly member: string | undefined;
}

function parameterOf(fn: FunctionNode, name: string): Parameter | undefined {
  for (const [index, parameter] of fn.parameters.entries()) {
    if (compiler.isIdentifier(parameter.name)) {
      if (parameter.name.text === name) return { index, member: undefined };
    } else if (compiler.isObjectBindingPattern(parameter.name)) {
      for (const element of parameter.name.elements) {
        if (!compiler.isIdentifier(element.name) || element.name.text !== name) continue;
        return { index, member: (element.propertyName && propertyName(element.propertyName)) ?? name };
      }
    }
  }
  return undefined;
}

const locals = new WeakMap<ts.Node, Map<string, ts.Declaration>>();

function localDeclaration(block: ts.Block | ts.ModuleBlock, name: string): ts.Declaration | undefined {
  let names = locals.get(block);
  if (!names) {
    names = new Map();
    for (const statement of block.statements) {
      if (compiler.isFunctionDeclaration(statement) && statement.name) names.set(statement.name.text, statement);
      if (!compiler.isVariableStatement(statement)) continue;
      addNames(statement.declarationList, names);
    }
    locals.set(block, names);
  }
  return names.get(name);
}

function declaredIn(list: ts.VariableDeclarationList, name: string): ts.Declaration | undefined {
  const names = new Map<string, ts.Declaration>();
  addNames(list, names);
  return names.get(name);
}

function addNames({ declarations }: ts.VariableDeclarationList, names: Map<string, ts.Declaration>): void {
  for (const declaration of declarations) {
    if (compiler.isIdentifier(declaration.name)) names.set(declaration.name.text, declaration);
    else addElements(declaration.name, names);
  }
}

function addElements(pattern: ts.BindingPattern, names: Map<string, ts.Declaration>): void {
  for (const element of pattern.elements) {
    if (!compiler.isBindingElement(element)) continue;
    if (compiler.isIdentifier(element.name)) names.set(element.name.text, element);
    else addElements(element.name, names);
  }
}
