// What all writers need: statements at offsets, the author's case, quotes, line breaks and separators.
import type { Edit } from '../../../text/edit';
import type { Span } from '../../../text/span';
import type { Statement } from '../../../model/changes';
import { isReserved } from '../../../model/reserved-words';
import { withNotes } from '../../../model/sql-text';
import type { Parsed, WriteContext } from '../../language';
import { Source } from '../lower/source';
import { replacePlaceholders } from '../scan/placeholders';
import { isSpace, lineEnd, skipBlockComment } from '../scan/quotes';
import type { SqlParsed } from '../parse/parsed';
import type { Piece } from '../parse/chunk';

/** The file of a span as this front end has read it. */
export function fileOf(context: Pick<WriteContext, 'parsed'>, at: Pick<Span, 'file'>): SqlParsed | undefined {
  const parsed = context.parsed(at.file);
  return parsed && isSql(parsed) ? parsed : undefined;
}

function isSql(parsed: Parsed): parsed is SqlParsed {
  return 'chunks' in parsed;
}

/** The statement that holds the span. */
export function pieceAt(parsed: SqlParsed, at: Span): Piece | undefined {
  for (const chunk of parsed.chunks) {
    for (const piece of chunk.pieces) if (piece.span.start <= at.start && at.end <= piece.span.end) return piece;
  }
  return undefined;
}

/** The statement as the model knows it. */
export function statementAt(context: WriteContext, at: Span): Statement | undefined {
  const migration = context.schema.migrations.find((each) => each.file === at.file);
  return migration?.statements.find((each) => each.span.start <= at.start && at.end <= each.span.end);
}

/** The tokens of a statement; its spans are offsets in the file. */
export function sourceOf(piece: { readonly span: Span; readonly text: string }): Source {
  return new Source({ file: piece.span.file, offset: piece.span.start }, 0, piece.text);
}

export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Writes keywords as the sample's first letter is written. */
export function inCaseOf(sample: string, keywords: string): string {
  const letter = /[A-Za-z]/.exec(sample)?.[0] ?? 'A';
  return letter >= 'a' ? keywords.toLowerCase() : keywords.toUpperCase();
}

/** A name as this author would write it: quoted where it must be, or where `sample` quotes its names. */
export function identifier(name: string, sample: string): string {
  const plain = /^[a-z_][a-z0-9_$]*$/.test(replacePlaceholders(name, () => 'x')) && !isReserved(name);
  return plain && !/"\w+"/.test(sample) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function qualified(name: { readonly name: string; readonly schema?: string }, sample: string): string {
  const own = identifier(name.name, sample);
  return name.schema === undefined ? own : `${identifier(name.schema, sample)}.${own}`;
}

/** The offset behind the statement's semicolon, or behind the statement where it has none. */
export function afterSemicolon(text: string, end: number): { readonly offset: number; readonly found: boolean } {
  let at = end;
  for (;;) {
    if (isSpace(text.charCodeAt(at))) at++;
    else if (text.startsWith('--', at) && !text.startsWith(BREAKPOINT, at)) at = lineEnd(text, at);
    else if (text.startsWith('/*', at)) at = skipBlockComment(text, at).end;
    else return text.charAt(at) === ';' ? { offset: at + 1, found: true } : { offset: end, found: false };
  }
}

const BREAKPOINT = '--> statement-breakpoint';

/** Whether statements of this file are told apart by Drizzle's marks. */
export function usesBreakpoints(context: WriteContext, parsed: SqlParsed): boolean {
  return parsed.text.includes(BREAKPOINT) || context.migration?.(parsed.path)?.runner === 'drizzle';
}

/** Statements one after another, as this file separates its own. */
export function joinStatements(context: WriteContext, parsed: SqlParsed, statements: readonly string[]): string {
  const newline = newlineOf(parsed.text);
  const separator = usesBreakpoints(context, parsed) ? `${BREAKPOINT}${newline}` : newline;
  return withNotes(statements).map((each) => each.replaceAll(/\r?\n/g, newline)).join(separator);
}

/** An edit that adds statements behind the one that ends at `end`. */
export function insertAfter(context: WriteContext, parsed: SqlParsed, end: number, statements: readonly string[], heading?: string): Edit {
  const { text } = parsed;
  const newline = newlineOf(text);
  const { offset, found } = afterSemicolon(text, end);
  const marks = usesBreakpoints(context, parsed);
  let at = offset;
  // A comment behind the statement stays with it.
  if (!marks) at += /^[ \t]*--[^\r\n]*/.exec(text.slice(offset))?.[0].length ?? 0;
  const apart = /;[ \t]*\r?\n[ \t]*\r?\n/.test(text) ? newline + newline : newline;
  const titled = heading !== undefined && /^-- (?:CreateTable|AlterTable|AddForeignKey|CreateIndex)\s*$/m.test(text);
  const lead = marks ? `${BREAKPOINT}${newline}` : titled ? `${apart}-- ${heading}${newline}` : apart;
  const newText = `${found ? '' : ';'}${lead}${joinStatements(context, parsed, statements)}`;
  return { file: parsed.path, start: at, end: at, newText };
}

/** What a runner reads in a comment, which belongs to all that stands below it. */
const MARK = /^[ \t]*--[ \t]*(?:\+\w+|migrate:|changeset\b|liquibase\b|atlas:|no-transaction\b)/i;

/** An edit that adds statements before the one at `start`, and before the comments on it. */
export function insertBefore(context: WriteContext, parsed: SqlParsed, start: number, statements: readonly string[], heading?: string): Edit {
  const { text } = parsed;
  const newline = newlineOf(text);
  let at = start;
  for (;;) {
    const above = /(?:^|\n)([ \t]*--(?!>)[^\r\n]*\r?\n)[ \t]*$/.exec(text.slice(0, at))?.[1];
    const line = text.lastIndexOf('\n', at - 1) + 1;
    if (above === undefined || MARK.test(above) || text.slice(line, at).trim() !== '') break;
    at = line - above.length;
  }
  const marks = usesBreakpoints(context, parsed);
  const titled = /^-- (?:CreateTable|CreateEnum|AlterTable)\s*$/m.test(text);
  const lead = heading !== undefined && titled && !marks ? `-- ${heading}${newline}` : '';
  const tail = marks ? `${BREAKPOINT}${newline}` : newline + newline;
  return { file: parsed.path, start: at, end: at, newText: `${lead}${joinStatements(context, parsed, statements)}${tail}` };
}

/** An edit that takes a statement out, with its semicolon, its mark, its heading and the lines it leaves empty. */
export function removeStatement(parsed: SqlParsed, at: Span): Edit {
  const { text } = parsed;
  let end = afterSemicolon(text, at.end).offset;
  let start = at.start;
  const mark = /^[ \t]*--> statement-breakpoint[ \t]*/.exec(text.slice(end));
  if (mark) end += mark[0].length;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  if (text.slice(lineStart, start).trim() === '' && rest) {
    start = lineStart;
    end += rest[0].length;
    const heading = /(?:^|\n)(-- (?:CreateIndex|DropIndex|AlterTable)[ \t]*\r?\n)$/.exec(text.slice(0, start));
    if (heading?.[1]) start -= heading[1].length;
    const blank = /^[ \t]*\r?\n/.exec(text.slice(end));
    if (blank && (start === 0 || /\n[ \t]*\r?\n$/.test(text.slice(0, start)))) end += blank[0].length;
  }
  // The mark between the one before and a last statement goes with it.
  if (!mark && text.slice(end).trim() === '') {
    const before = /[ \t]*--> statement-breakpoint[ \t]*\r?\n?$/.exec(text.slice(0, start));
    if (before) start -= before[0].length;
    // So does the blank line that set a last statement apart.
    else if (start > 0) start -= /(?:(?<=\n)[ \t]*\r?\n)*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  }
  return { file: parsed.path, start, end, newText: '' };
}
