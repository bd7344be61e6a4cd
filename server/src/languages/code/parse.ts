// A file of application code, read at once into what the model wants of it, so that no syntax tree is kept: a workspace
// may have thousands of such files.
import type { Comment, Parsed } from '../language';
import { findComments, literalRanges } from '../typescript/comments';
import { readModule, type KnownPiece, type ModuleParsed } from '../typescript/parse';
import { environmentOf } from './environment';
import { lowerPiece, type Lowered } from './lower';

interface CodePiece extends KnownPiece {
  readonly lowered: Lowered;
}

export interface CodeParsed extends Parsed {
  readonly pieces: readonly CodePiece[];
  /** What the file says about its names: another one gives other nodes. */
  readonly environment: string;
}

/** Reads a whole file; statements that stayed as they were keep their nodes. */
export function parseCode(path: string, text: string, previous?: CodeParsed): CodeParsed {
  const earlier = previous?.path === path ? previous : undefined;
  if (earlier?.text === text) return earlier.parsedChunks === 0 ? earlier : { ...earlier, parsedChunks: 0 };
  const { pieces, environment } = readPieces(path, text, earlier);
  let comments: readonly Comment[] | undefined;
  let literals: ReturnType<typeof literalRanges> | undefined;
  const again = (): ModuleParsed['sourceFile'] => readModule(path, text, []).sourceFile;
  return {
    path,
    text,
    pieces,
    environment,
    parsedChunks: 1,
    // The author's own compiler says what is wrong with code.
    problems: [],
    comments: () => (comments ??= findComments(again())),
    inLiteral: (offset) => (literals ??= literalRanges(again())).some(({ start, end }) => start < offset && offset < end),
  };
}

/** Apart, so that nothing that lasts holds on to the syntax tree. */
function readPieces(path: string, text: string, earlier: CodeParsed | undefined): Pick<CodeParsed, 'pieces' | 'environment'> {
  const module = readModule(path, text, earlier?.pieces ?? []);
  const environment = environmentOf(module);
  const known = new Map(environment.key === earlier?.environment ? earlier.pieces.map((piece) => [piece.chunk, piece.lowered]) : []);
  const pieces = module.pieces.map((piece): CodePiece => {
    const { chunk, broken } = piece;
    return { chunk, broken, lowered: known.get(chunk) ?? lowerPiece(piece, module.sourceFile, environment) };
  });
  return { pieces, environment: environment.key };
}
