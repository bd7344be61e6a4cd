// Text to syntax tree, cut into top-level statements. A statement whose text didn't change keeps its anchor, and with
// it everything that was lowered from it, however far an edit elsewhere pushed it.
import type { ts } from 'ts-morph';
import { spanIn, type Anchor, type Span } from '../../text/span';
import type { Comment, Parsed, SyntaxProblem } from '../language';
import { findComments, literalRanges } from './comments';
import { compiler } from './compiler';
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
}

export interface DrizzleParsed extends Parsed {
  readonly sourceFile: ts.SourceFile;
  readonly pieces: readonly Piece[];
  /** What its top level declares, imports and exports. */
  scope(): ModuleScope;
}

/** Whether a module that the project handed over was parsed here. */
export function isDrizzleParsed(parsed: Parsed | undefined): parsed is DrizzleParsed {
  return parsed !== undefined && 'sourceFile' in parsed && 'pieces' in parsed;
}

/** Parses a whole file; an unchanged text isn't parsed again. */
export function parseDrizzle(path: string, text: string, previous?: DrizzleParsed): DrizzleParsed {
  if (previous && previous.path === path && previous.text === text) {
    return previous.parsedChunks === 0 ? previous : { ...previous, parsedChunks: 0 };
  }
  const sourceFile = syntaxTree(path, text) ?? syntaxTree(path, '');
  if (!sourceFile) throw new Error('TypeScript can not parse an empty text.');
  const pieces = cut(path, text, sourceFile, previous?.path === path ? previous : undefined);
  let scope: ModuleScope | undefined;
  let comments: readonly Comment[] | undefined;
  return {
    path,
    text,
    sourceFile,
    pieces,
    parsedChunks: 1,
    problems: sourceFile.text === text ? syntaxProblems(sourceFile) : [{ message: 'This file nests too deeply to be read.', start: 0, end: 0 }],
    scope: () => (scope ??= readScope(pieces)),
    comments: () => (comments ??= findComments(sourceFile)),
    inLiteral: (offset) => literalRanges(sourceFile).some(({ start, end }) => start < offset && offset < end),
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

function cut(path: string, text: string, sourceFile: ts.SourceFile, previous: DrizzleParsed | undefined): Piece[] {
  const known = new Map<string, Chunk[]>();
  for (const { chunk } of previous?.pieces ?? []) {
    const same = known.get(chunk.text);
    if (same) same.push(chunk);
    else known.set(chunk.text, [chunk]);
  }
  return sourceFile.statements.map((node) => {
    const start = node.getStart(sourceFile);
    const own = text.slice(start, node.end);
    const chunk = known.get(own)?.shift() ?? { text: own, anchor: { file: path, offset: start } };
    chunk.anchor.offset = start;
    return { chunk, node, start };
  });
}

/** The parser's own complaints; the public type of a source file doesn't show where it keeps them. */
function syntaxProblems(sourceFile: ts.SourceFile): SyntaxProblem[] {
  const { parseDiagnostics = [] } = sourceFile as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics.map(({ messageText, start, length }) => ({
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
export function pieceAt(parsed: DrizzleParsed, offset: number): Piece | undefined {
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

/** The span of `[start, end)` of this parse, moving with the statement that it lies in. */
export function spanOf(parsed: DrizzleParsed, start: number, end: number): Span {
  const piece = pieceAt(parsed, start);
  if (!piece) return { file: parsed.path, start, end };
  return spanIn(piece.chunk.anchor, start - piece.start, end - piece.start);
}
