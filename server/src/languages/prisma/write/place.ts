// From a node of the model back to the syntax it came from, and edits there. Offsets are the chunk's own.
import type { Edit } from '../../../text/edit';
import type { Span } from '../../../text/span';
import type { Parsed, WriteContext } from '../../language';
import { readDatasource } from '../datasource';
import type { Chunk, PrismaParsed } from '../parse/parse';
import { lineEnd } from '../parse/pieces';
import { fieldsOf, type Attribute, type Block, type Field, type Range } from '../parse/syntax';
import { skipSpaceOrComment } from '../parse/tokens';

/** A block in the current text of its file. */
export interface Place {
  readonly chunk: Chunk;
  readonly block: Block;
}

/** The block that a node's span lies in. */
export function placeOf(at: Span, context: WriteContext): Place | undefined {
  const parsed = context.parsed(at.file);
  if (!parsed || !isPrisma(parsed)) return undefined;
  const chunk = chunkAt(parsed.chunks, at.start);
  return chunk?.block && { chunk, block: chunk.block };
}

/** The chunk that holds an offset; chunks stand in the order of the text. */
function chunkAt(chunks: readonly Chunk[], offset: number): Chunk | undefined {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunks[middle]?.anchor.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = chunks[low];
  return found && found.anchor.offset <= offset && offset < found.anchor.offset + found.text.length ? found : undefined;
}

export function isPrisma(parsed: Parsed): parsed is PrismaParsed {
  return 'chunks' in parsed;
}

/** The field whose line a node's span begins. */
export function fieldAt(at: Span, { chunk, block }: Place): Field | undefined {
  return fieldsOf(block).find((field) => chunk.anchor.offset + field.from === at.start);
}

export function replace({ chunk }: Place, { from, to }: Range, newText: string): Edit {
  return { file: chunk.anchor.file, start: chunk.anchor.offset + from, end: chunk.anchor.offset + to, newText };
}

export function insert(place: Place, at: number, newText: string): Edit {
  return replace(place, { from: at, to: at }, newText);
}

/** Takes an attribute off its field, with the blanks that only it needs: what follows keeps its column. */
export function removeAttribute(place: Place, field: Field, attribute: Attribute): Edit {
  const next = field.attributes[field.attributes.indexOf(attribute) + 1];
  if (next) return replace(place, { from: attribute.from, to: next.from }, '');
  const { text } = place.chunk;
  let from = attribute.from;
  while (/[^\S\r\n]/.test(text.charAt(from - 1))) from--;
  return replace(place, { from, to: attribute.to }, '');
}

/** What separates lines in the place's file. */
export function lineBreak({ chunk }: Place): string {
  return chunk.text.includes('\r\n') ? '\r\n' : '\n';
}

export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--;
  return start;
}

/** The end of the line that holds `at`, behind its comments, even where the last of them runs on. */
export function wholeLineEnd(text: string, at: number): number {
  let end = at;
  for (;;) {
    const next = skipSpaceOrComment(text, end);
    if (next === end) return lineEnd(text, end);
    end = next;
  }
}

/** The blanks in front of the last line of the block's body. */
export function indentation({ chunk, block }: Place): string {
  const last = block.members.at(-1);
  const before = last ? chunk.text.slice(lineStart(chunk.text, last.from), last.from) : '';
  return /^[^\S\r\n]+$/.test(before) ? before : '  ';
}

/** The data source's name, which native types are written with. */
export function datasourceName({ schema, parsed }: WriteContext): string {
  for (const path of schema.files) {
    const file = parsed(path);
    const datasource = file && isPrisma(file) ? readDatasource(file) : undefined;
    if (datasource) return datasource.name;
  }
  return 'db';
}
