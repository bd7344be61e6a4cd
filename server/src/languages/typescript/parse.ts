// Text to syntax tree, cut into top-level statements. A statement whose text didn't change keeps its anchor, and with
// it everything that was lowered from it, however far an edit elsewhere pushed it.
import type { ts } from 'ts-morph';
import { spanIn, type Anchor, type Span } from '../../text/span';
import type { Comment, Parsed, SyntaxProblem } from '../language';
import { findComments, literalRanges } from './comments';
import { compiler } from './compiler';
import { complaints, faultsOf, mend, type Range } from './mend';
import { readScope, type ModuleScope } from './scope';
import { descend } from './syntax';

/** The lasting identity of one top-level statement: the same object as long as its text stays the same. */
export interface Chunk {
  readonly text: string;
  readonly anchor: Anchor;
}

/** One top-level statement of one parse. */
export interface Piece {
  readonly chunk: Chunk;
  readonly node: ts.Statement;
  /** Offset of its first token in this parse. */
  readonly start: number;
  /** Something in it couldn't be read. */
  readonly broken: boolean;
}

/** What a later parse takes over from a piece. */
export type KnownPiece = Pick<Piece, 'chunk' | 'broken'>;

export interface ModuleParsed extends Parsed {
  /** The tree of the text, or of the text without its half-typed lines. */
  readonly sourceFile: ts.SourceFile;
  readonly pieces: readonly Piece[];
  /** What its top level declares, imports and exports. */
  scope(): ModuleScope;
}

/** Whether a module that the project handed over was parsed here. */
export function isModuleParsed(parsed: Parsed | undefined): parsed is ModuleParsed {
  return parsed !== undefined && 'sourceFile' in parsed && 'pieces' in parsed;
}

/** Parses a whole file; an unchanged text isn't parsed again. */
export function parseModule(path: string, text: string, previous?: ModuleParsed): ModuleParsed {
  if (previous && previous.path === path && previous.text === text) {
    return previous.parsedChunks === 0 ? previous : { ...previous, parsedChunks: 0 };
  }
  return readModule(path, text, previous?.path === path ? previous.pieces : []);
}

/** Parses a file in which statements may stand whose chunks are known. */
export function readModule(path: string, text: string, known: readonly KnownPiece[]): ModuleParsed {
  const read = syntaxTree(path, text);
  const tree = read ?? syntaxTree(path, '');
  if (!tree) throw new Error('TypeScript can not parse an empty text.');
  const mended = mend(text, tree, (other) => syntaxTree(path, other));
  const sourceFile = mended.tree;
  const pieces = cut(path, text, sourceFile, faultsOf(mended), known);
  let scope: ModuleScope | undefined;
  let comments: readonly Comment[] | undefined;
  let literals: ReturnType<typeof literalRanges> | undefined;
  return {
    path,
    text,
    sourceFile,
    pieces,
    parsedChunks: 1,
    problems: read ? syntaxProblems(read) : [{ message: 'This file nests too deeply to be read.', start: 0, end: 0 }],
    scope: () => (scope ??= readScope(pieces)),
    comments: () => (comments ??= findComments(sourceFile)),
    inLiteral: (offset) => (literals ??= literalRanges(sourceFile)).some(({ start, end }) => start < offset && offset < end),
  };
}

/** Undefined where the text nests deeper than the parser's stack reaches. */
function syntaxTree(path: string, text: string): ts.SourceFile | undefined {
  try {
    return compiler.createSourceFile(path, text, {
      languageVersion: compiler.ScriptTarget.Latest,
      jsDocParsingMode: compiler.JSDocParsingMode.ParseNone,
    });
  } catch {
    return undefined;
  }
}

function cut(
  path: string,
  text: string,
  sourceFile: ts.SourceFile,
  faults: readonly Range[],
  pieces: readonly KnownPiece[],
): Piece[] {
  const known = new Map<string, Chunk[]>();
  for (const { chunk, broken } of pieces) {
    // What was taken out of a broken statement depends on more than its text.
    if (broken) continue;
    const same = known.get(chunk.text);
    if (same) same.push(chunk);
    else known.set(chunk.text, [chunk]);
  }
  return sourceFile.statements.map((node) => {
    const start = node.getStart(sourceFile);
    const own = text.slice(start, node.end);
    const broken = faults.some((fault) => start < fault.end && fault.start <= node.end);
    const chunk = (broken ? undefined : known.get(own)?.shift()) ?? { text: own, anchor: { file: path, offset: start } };
    chunk.anchor.offset = start;
    return { chunk, node, start, broken };
  });
}

function syntaxProblems(sourceFile: ts.SourceFile): SyntaxProblem[] {
  return complaints(sourceFile).map(({ messageText, start, length }) => ({
    message: compiler.flattenDiagnosticMessageText(messageText, ' '),
    start,
    end: start + length,
  }));
}

const linked = new WeakSet<ts.Node>();

/** Gives the nodes of a statement their parents; only statements that are really read pay for it. */
export function link({ node }: Piece, sourceFile: ts.SourceFile): void {
  if (linked.has(node)) return;
  linked.add(node);
  give(node, sourceFile);
  descend(node, (parent) => {
    compiler.forEachChild(parent, (child) => give(child, parent));
    return true;
  });
}

function give(child: ts.Node, parent: ts.Node): void {
  (child as { parent: ts.Node }).parent = parent;
}

/** The statement that holds an offset of this parse. */
export function pieceAt(parsed: ModuleParsed, offset: number): Piece | undefined {
  const { pieces } = parsed;
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return pieces[low];
}

/** Whether the statement around a node lacks something that couldn't be read. */
export function isBroken(parsed: ModuleParsed, node: ts.Node): boolean {
  return pieceAt(parsed, node.end - 1)?.broken ?? false;
}

/** The span of `[start, end)` of this parse, moving with the statement that it lies in. */
export function spanOf(parsed: ModuleParsed, start: number, end: number): Span {
  const piece = pieceAt(parsed, start);
  if (!piece) return { file: parsed.path, start, end };
  return spanIn(piece.chunk.anchor, start - piece.start, end - piece.start);
}
