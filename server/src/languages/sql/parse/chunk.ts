// One statement as cut from the file, parsed and lowered once and for all; only its anchor moves.
import { spanIn, type Anchor, type Span } from '../../../text/span';
import type { LongName, RepeatedColumn } from '../../../model/changes';
import type { Effect } from '../lower/effects';
import { longNames } from '../lower/long-names';
import { repeatedColumns } from '../lower/repeated-columns';
import { lowerStatement } from '../lower/statement';
import { Source } from '../lower/source';
import { nextStatementLine } from '../scan/recover';
import type { ParseOutcome } from './parser';
import { parseTolerant } from './placeholders';
import { positionsIn } from './positions';

/** A piece of a chunk that stands for one statement; a chunk has several only where a semicolon is missing. */
export interface Piece {
  readonly span: Span;
  readonly text: string;
  /** Name of the parse node, or `broken`. */
  readonly node: string;
  readonly effects: readonly Effect[];
  readonly longNames?: readonly LongName[];
  readonly repeated?: readonly RepeatedColumn[];
  readonly problem?: { readonly message: string; readonly span: Span };
}

export interface Chunk {
  readonly anchor: Anchor;
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** Parses the text of one statement. `psql` allows psql's variables in it. */
export function readChunk(anchor: Anchor, text: string, psql: boolean): Chunk {
  const outcome = parseTolerant(text, psql);
  if (outcome.ok) return { anchor, text, pieces: [piece(anchor, 0, text, outcome)] };
  const cut = nextStatementLine(text, 0, text.length);
  if (cut === undefined) return { anchor, text, pieces: [piece(anchor, 0, text, outcome)] };
  return { anchor, text, pieces: readPieces(anchor, text, psql, outcome) };
}

// Where a semicolon is missing, each line that begins a statement begins one here too.
function readPieces(anchor: Anchor, text: string, psql: boolean, whole: ParseOutcome): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < text.length; ) {
    const next = nextStatementLine(text, from, text.length) ?? text.length;
    const part = text.slice(from, next).trimEnd();
    if (part) pieces.push(piece(anchor, from, part, parseTolerant(part, psql)));
    from = next;
  }
  if (!pieces.some((each) => each.problem) && !whole.ok) {
    const at = offendingToken(text, whole.cursor);
    const index = pieces.findLastIndex((each) => each.span.start - anchor.offset <= at.start);
    const culprit = pieces[index];
    const problem = { message: whole.message, span: spanIn(anchor, at.start, at.end) };
    if (culprit) pieces[index] = { ...culprit, problem };
  }
  return pieces;
}

function piece(anchor: Anchor, from: number, text: string, outcome: ParseOutcome): Piece {
  const span = spanIn(anchor, from, from + text.length);
  if (outcome.ok) {
    const [node = 'other'] = Object.keys(outcome.node ?? {});
    const source = new Source(anchor, from, text);
    const long = longNames(source);
    const repeated = outcome.node ? repeatedColumns(outcome.node, source) : [];
    return {
      span,
      text,
      node,
      effects: outcome.node ? lowerStatement(outcome.node, source) : [],
      ...(long.length > 0 ? { longNames: long } : {}),
      ...(repeated.length > 0 ? { repeated } : {}),
    };
  }
  const at = offendingToken(text, outcome.cursor);
  const problem = { message: outcome.message, span: spanIn(anchor, from + at.start, from + at.end) };
  return { span, text, node: 'broken', effects: [], problem };
}

// The token at the cursor, or the last one where the text ends too early.
function offendingToken(text: string, cursor: number): { start: number; end: number } {
  const at = positionsIn(text).fromCharacter(cursor);
  const source = new Source({ file: '', offset: 0 }, 0, text);
  const token = source.tokens.find((each) => each.end > at) ?? source.tokens.at(-1);
  return token ? { start: token.start, end: token.end } : { start: 0, end: text.length };
}
