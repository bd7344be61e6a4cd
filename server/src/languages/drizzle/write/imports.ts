// Brings names into a file and takes out those that a fix left without a use.
import type { ts } from 'ts-morph';
import type { Edit } from '../../../text/edit';
import { compiler } from '../../typescript/compiler';
import { isDrizzleModule } from '../vocabulary';
import { edit, quoted, startOf, type Draft } from './draft';
import { append, listOf, remove } from './lists';

/** A name that the new text uses. */
export interface Wanted {
  readonly module: string;
  readonly name: string;
  /** It is a type, which a value import can't bring in everywhere. */
  readonly type?: true;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * How the file will call a name of a module, under its own alias or namespace where it has one; undefined where the
 * name already means something else there.
 */
export function spelling(draft: Draft, { module, name, type }: Wanted): string | undefined {
  const { bindings } = draft.parsed.scope();
  let namespace: string | undefined;
  for (const [local, binding] of bindings) {
    if (binding.kind !== 'import' || !reaches(binding.specifier, module)) continue;
    if (binding.name === name && (type || !isTypeOnly(draft, local))) return local;
    // A namespace holds what its own module exports, which is less than all that the package spreads.
    if (binding.specifier !== module) continue;
    if (binding.name === '*' || (binding.name === 'default' && module.startsWith('drizzle-orm/'))) namespace ??= `${local}.${name}`;
  }
  const inList = valueImports(draft).some((declaration) => specifierOf(declaration) === module && namedImports(declaration));
  if (namespace !== undefined && !inList) return namespace;
  if (bindings.has(name) && !isTypeOnly(draft, name)) return undefined;
  // A file that only ever requires its modules can't be given an import.
  return imports(draft).length === 0 && /\brequire\(/.test(draft.text) ? undefined : name;
}

/** Edits of the import statements for names to come, and for those that only stood in `removed`. */
export function importEdits(draft: Draft, wanted: readonly Wanted[], removed: readonly Range[] = []): Edit[] {
  const missing = wanted.filter((want) => spelling(draft, want) === want.name && !isImported(draft, want));
  const edits: Edit[] = [];
  const unused = new Set(unusedSpecifiers(draft, removed, wanted));
  for (const declaration of valueImports(draft)) {
    const list = namedImports(declaration);
    const module = specifierOf(declaration);
    if (!list || module === undefined) continue;
    const names = distinct(missing.filter((want) => want.module === module).map(specifier));
    const gone = list.elements.filter((element) => unused.has(element));
    for (const name of names) missing.splice(0, missing.length, ...missing.filter((want) => want.module !== module || specifier(want) !== name));
    edits.push(...editList(draft, declaration, list, names, gone));
  }
  for (const module of distinct(missing.map((want) => want.module))) {
    edits.push(newImport(draft, module, distinct(missing.filter((want) => want.module === module).map(specifier))));
  }
  return edits;
}

/** What stands in the braces of an import. */
function specifier({ name, type }: Wanted): string {
  return type ? `type ${name}` : name;
}

/** Whether a specifier gives what a module does; `drizzle-orm` spreads its own over several. */
function reaches(specifier: string, module: string): boolean {
  return specifier === module || (module === 'drizzle-orm' && isDrizzleModule(specifier));
}

function imports({ parsed }: Draft): ts.ImportDeclaration[] {
  return parsed.sourceFile.statements.filter((node) => compiler.isImportDeclaration(node));
}

function valueImports(draft: Draft): ts.ImportDeclaration[] {
  return imports(draft).filter(({ importClause }) => importClause?.phaseModifier !== compiler.SyntaxKind.TypeKeyword);
}

function specifierOf({ moduleSpecifier }: ts.ImportDeclaration): string | undefined {
  return compiler.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
}

function namedImports({ importClause }: ts.ImportDeclaration): ts.NamedImports | undefined {
  const bindings = importClause?.namedBindings;
  return bindings && compiler.isNamedImports(bindings) ? bindings : undefined;
}

/** Imported with `type`, so that no value can be made of it. */
function isTypeOnly(draft: Draft, local: string): boolean {
  return imports(draft).some((declaration) => {
    const whole = declaration.importClause?.phaseModifier === compiler.SyntaxKind.TypeKeyword;
    return namedImports(declaration)?.elements.some(({ name, isTypeOnly: own }) => name.text === local && (own || whole)) ?? false;
  });
}

function isImported(draft: Draft, { module, name, type }: Wanted): boolean {
  const binding = draft.parsed.scope().bindings.get(name);
  return binding?.kind === 'import' && reaches(binding.specifier, module) && binding.name === name && (type === true || !isTypeOnly(draft, name));
}

function editList(
  draft: Draft,
  declaration: ts.ImportDeclaration,
  list: ts.NamedImports,
  added: readonly string[],
  gone: readonly ts.ImportSpecifier[],
): Edit[] {
  const brackets = listOf(draft, list, list.elements);
  const [first] = gone;
  if (first && added.length > 0) return replaceNames(draft, list, added, gone);
  if (gone.length === 0) return added.length === 0 ? [] : insert(draft, list, added);
  if (gone.length === list.elements.length && !declaration.importClause?.name) return [removeLine(draft, declaration)];
  if (gone.length === 1 && first) return remove(draft, brackets, first);
  return replaceNames(draft, list, [], gone);
}

/** Several changes at once: the list is written anew in its present layout. */
function replaceNames(draft: Draft, list: ts.NamedImports, added: readonly string[], gone: readonly ts.ImportSpecifier[]): Edit[] {
  const { text } = draft;
  const entries = list.elements.map((element) => ({ name: element.name.text, text: text.slice(startOf(draft, element), element.end) }));
  const order = orderOf(entries.map(({ name }) => name));
  const kept = entries.filter((_, at) => !gone.some((element) => element === list.elements[at]));
  for (const name of added) {
    const at = order ? kept.findIndex((entry) => order(name, entry.name) < 0) : -1;
    kept.splice(at < 0 ? kept.length : at, 0, { name, text: name });
  }
  const { open, close, trailingComma } = listOf(draft, list, list.elements);
  const lead = /^\s*/.exec(text.slice(open, close))?.[0] ?? ' ';
  const tail = /\s*$/.exec(text.slice(open, close))?.[0] ?? ' ';
  const separator = lead.includes('\n') ? `,${lead}` : ', ';
  return [edit(draft, open, close, lead + kept.map((entry) => entry.text).join(separator) + (trailingComma ? ',' : '') + tail)];
}

/** Names go where the alphabet wants them in a list that keeps to it, and to the end of any other. */
function insert(draft: Draft, list: ts.NamedImports, added: readonly string[]): Edit[] {
  const order = orderOf(list.elements.map(({ name }) => name.text));
  const atEnd: string[] = [];
  const edits: Edit[] = [];
  for (const name of added) {
    const at = order ? list.elements.findIndex((element) => order(name, element.name.text) < 0) : -1;
    const next = list.elements[at];
    if (!next) {
      atEnd.push(name);
      continue;
    }
    const start = startOf(draft, next);
    const from = at === 0 ? list.getStart(draft.parsed.sourceFile) + 1 : (list.elements[at - 1]?.end ?? start);
    const between = draft.text.slice(from, start);
    const lines = /\r?\n[ \t]*$/.exec(between)?.[0];
    edits.push(edit(draft, start, start, `${name},${lines ?? ' '}`));
  }
  if (atEnd.length > 0) edits.push(...append(draft, listOf(draft, list, list.elements), atEnd));
  return edits;
}

type Order = (a: string, b: string) => number;

function orderOf(names: readonly string[]): Order | undefined {
  const plainly: Order = (a, b) => (bare(a) < bare(b) ? -1 : bare(a) > bare(b) ? 1 : 0);
  const folded: Order = (a, b) => plainly(a.toLowerCase(), b.toLowerCase());
  if (names.length < 2) return undefined;
  return [folded, plainly].find((order) => names.every((name, at) => at === 0 || order(names[at - 1] ?? '', name) <= 0));
}

function bare(name: string): string {
  return name.replace(/^type /, '');
}

function removeLine(draft: Draft, node: ts.Node): Edit {
  const rest = /^[ \t]*\r?\n?/.exec(draft.text.slice(node.end))?.[0] ?? '';
  return edit(draft, startOf(draft, node), node.end + rest.length, '');
}

function newImport(draft: Draft, module: string, names: readonly string[]): Edit {
  const { eol, text } = draft;
  const all = imports(draft);
  const semicolon = all.length === 0 || all.some((node) => text.charAt(node.end - 1) === ';') ? ';' : '';
  const line = `import { ${names.join(', ')} } from ${quoted(draft, module)}${semicolon}`;
  const next = module.startsWith('.') ? undefined : all.find((node) => (specifierOf(node) ?? '') > module && (specifierOf(node) ?? '').startsWith('drizzle-orm'));
  if (next) {
    const start = startOf(draft, next);
    return edit(draft, start, start, line + eol);
  }
  const last = all.at(-1);
  if (last) return edit(draft, last.end, last.end, eol + line);
  const start = draft.parsed.sourceFile.statements[0];
  const at = start ? startOf(draft, start) : 0;
  return edit(draft, at, at, line + eol);
}

/** Imports that are named inside the removed text and nowhere else. */
function unusedSpecifiers(draft: Draft, removed: readonly Range[], wanted: readonly Wanted[]): ts.ImportSpecifier[] {
  if (removed.length === 0) return [];
  const uses = usesOf(draft);
  const staying = new Set(wanted.map((want) => spelling(draft, want)));
  const goes = ({ start, end }: Range): boolean => removed.some((range) => range.start <= start && end <= range.end);
  const unused = ({ name }: ts.ImportSpecifier): boolean => !staying.has(name.text) && (uses.get(name.text)?.every(goes) ?? false);
  return valueImports(draft).flatMap((declaration) => (namedImports(declaration)?.elements ?? []).filter(unused));
}

/** Where each name of a file is used, looked up once for all of its fixes. */
const usesOfFile = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly Range[]>>();

function usesOf(draft: Draft): ReadonlyMap<string, readonly Range[]> {
  const { sourceFile } = draft.parsed;
  const known = usesOfFile.get(sourceFile);
  if (known) return known;
  const uses = new Map<string, Range[]>();
  const visit = (node: ts.Node, parent: ts.Node): void => {
    if (compiler.isImportDeclaration(node)) return;
    if (compiler.isIdentifier(node)) {
      const isName =
        (compiler.isPropertyAccessExpression(parent) && parent.name === node) || (compiler.isPropertyAssignment(parent) && parent.name === node);
      if (isName) return;
      const range = { start: startOf(draft, node), end: node.end };
      const own = uses.get(node.text);
      if (own) own.push(range);
      else uses.set(node.text, [range]);
    }
    compiler.forEachChild(node, (child) => visit(child, node));
  };
  visit(sourceFile, sourceFile);
  usesOfFile.set(sourceFile, uses);
  return uses;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
