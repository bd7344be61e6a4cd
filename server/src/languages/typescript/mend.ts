// Half-typed code: finds the line that keeps a statement from being read and takes it out, so that the rest of the
// statement, and the statements that it would swallow, can be judged. Offsets stay what they are.
import type { ts } from 'ts-morph';
import { compiler, SyntaxKind } from './compiler';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A text of the same length that reads better, with its tree and the places where it isn't what the author wrote. */
export interface Mended {
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly changed: readonly Range[];
}

type Parse = (text: string) => ts.SourceFile | undefined;

/** More broken statements than this at once are no typing. */
const MOST_STATEMENTS = 4;
/** Lines that are tried in a statement; further away from the complaint the cause hardly ever is. */
const MOST_TRIALS = 80;
/** UTF-16 units of a statement, and of all trials together: a keystroke has to stay cheap. */
const LONGEST_STATEMENT = 20_000;
const MOST_TEXT = 300_000;
/** Words that open a statement where they stand at the start of a line. */
const TOP = /^(?:export|import|const|let|var|function|class|type|interface|enum|declare|async)\b/gm;

/** Takes the lines out that can't be read. What no single change mends stays as the parser took it. */
export function mend(text: string, tree: ts.SourceFile, parse: Parse): Mended {
  let mended: Mended = { text, tree, changed: [] };
  let left = MOST_TEXT;
  const thrifty: Parse = (trial) => {
    left -= trial.length;
    return left < 0 ? undefined : parse(trial);
  };
  for (let round = 0; round < MOST_STATEMENTS && left > 0; round++) {
    const [error] = complaints(mended.tree);
    const better = error && withoutFault(mended, error, thrifty);
    if (!better) break;
    mended = better;
  }
  return mended;
}

/** Where a tree still isn't what the author means. A complaint about a statement's first token is about what stands before it. */
export function faultsOf({ tree, changed }: Mended): Range[] {
  const before = ({ start }: Range | ts.DiagnosticWithLocation): number => Math.max(start - 1, 0);
  return [...changed, ...complaints(tree).map((one) => ({ start: before(one), end: before(one) + 1 }))];
}

/** The parser's own complaints; the public type of a source file doesn't show where it keeps them. */
export function complaints(tree: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  const { parseDiagnostics = [] } = tree as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics;
}

function withoutFault({ text, tree, changed }: Mended, error: Range | ts.DiagnosticWithLocation, parse: Parse): Mended | undefined {
  const region = regionOf(text, tree, error.start);
  if (region.end - region.start > LONGEST_STATEMENT) return undefined;
  const own = text.slice(region.start, region.end);
  const [first] = parseErrors(own, parse) ?? [];
  if (!first) return undefined;
  for (const { start, end, by } of repairs(own, first, region.swallows)) {
    const candidate = own.slice(0, start) + by + own.slice(end);
    const errors = parseErrors(candidate, parse);
    if (!errors) return undefined;
    if (errors.length > 0) continue;
    const whole = text.slice(0, region.start) + candidate + text.slice(region.end);
    const read = parse(whole);
    if (!read) return undefined;
    return { text: whole, tree: read, changed: [...changed, { start: region.start + start, end: region.start + end }] };
  }
  return undefined;
}

function parseErrors(text: string, parse: Parse): readonly ts.DiagnosticWithLocation[] | undefined {
  const tree = parse(text);
  return tree && complaints(tree);
}

/** From the start of the statement in which the parser stumbled to the next line that opens another one. */
function regionOf(text: string, tree: ts.SourceFile, at: number): Range & { readonly swallows: boolean } {
  const statement = tree.statements.findLast((one) => one.getStart(tree) <= at);
  const begun = text.lastIndexOf('\n', (statement?.getStart(tree) ?? 0) - 1) + 1;
  const openings = [...text.matchAll(TOP)].map(({ index }) => index);
  // A brace too many ends a statement early; what is left of it belongs to it all the same.
  const start = openings.findLast((index) => index <= begun) ?? 0;
  const end = openings.find((index) => index > start) ?? text.length;
  return { start, end, swallows: statement !== undefined && statement.end > end };
}

interface Repair extends Range {
  /** What stands in place of the range, as long as it. */
  readonly by: string;
}

/** What may make a statement readable, the likeliest and cheapest first. */
function* repairs(text: string, error: ts.DiagnosticWithLocation, swallows: boolean): Generator<Repair> {
  const at = Math.min(error.start, text.length);
  // Only a comma is missing between two properties.
  if (error.messageText === "',' expected." && /[ \t]/.test(text.charAt(at - 1))) yield { start: at - 1, end: at, by: ',' };
  yield* quoted(text, at);
  const lines = linesOf(text);
  const line = lines.findLastIndex(({ start }) => start <= at);
  const previous = lines.findLastIndex(({ start, end }, index) => index < line && text.slice(start, end).trim() !== '');
  for (const index of [line, previous]) {
    const start = lines[index]?.start ?? 0;
    if (/[ \t]/.test(text.charAt(start))) yield { start, end: start + 1, by: ',' };
  }
  const begins = text.slice(lines[line]?.start, at).trim() === '';
  const order = begins ? [previous, line] : [line, previous];
  for (let index = previous - 1; index > 0; index--) order.push(index);
  for (let index = line + 1; index < lines.length; index++) order.push(index);
  // Without its first line a statement is none.
  const tried = order.filter((index) => index > 0).slice(0, MOST_TRIALS);
  for (const index of tried) yield* blanked(text, lines[index], lines[index]);
  for (const index of tried.slice(0, MOST_TRIALS / 2)) yield* blanked(text, lines[index], lines[index + 1]);
  yield* closed(text);
  // Better lost by itself than with all that follows.
  if (swallows) yield* blanked(text, { start: 0, end: 0 }, { start: text.length, end: text.length });
}

/** A line that is the beginning of a string alone, such as a table's name: closed, with its comma. */
function* quoted(text: string, at: number): Generator<Repair> {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const [line = '', indent = '', begun = '', quote = ''] = /^([ \t]{2,})((["'])[\w-]*)$/m.exec(text.slice(start).split(/[\r\n]/, 1)[0] ?? '') ?? [];
  if (line !== '') yield { start, end: start + line.length, by: `${indent.slice(2)}${begun}${quote},` };
}

function linesOf(text: string): Range[] {
  return [...text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].replace(/[\r\n]+$/, '').length,
  }));
}

function* blanked(text: string, from: Range | undefined, to: Range | undefined): Generator<Repair> {
  if (!from || !to || from.start === to.end) return;
  const by = text.slice(from.start, to.end).replace(/[^\r\n]/g, ' ');
  yield { start: from.start, end: to.end, by };
}

/** Closes what is still open, in the white space before the next statement, so that nothing of that is swallowed. */
function* closed(text: string): Generator<Repair> {
  const closers = openBrackets(text).reverse().join('');
  const end = text.trimEnd().length;
  if (closers === '' || text.length - end < closers.length) return;
  yield { start: end, end: end + closers.length, by: closers };
  const next = text.indexOf('\n', end) + 1;
  if (text.length - next >= closers.length) yield { start: next, end: next + closers.length, by: closers };
}

/** The closing brackets that a text still lacks, the outermost first. */
function openBrackets(text: string): string[] {
  const scanner = compiler.createScanner(compiler.ScriptTarget.Latest, true, compiler.LanguageVariant.Standard, text);
  const open: string[] = [];
  for (let token = scanner.scan(); token !== SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === SyntaxKind.OpenParenToken) open.push(')');
    else if (token === SyntaxKind.OpenBracketToken) open.push(']');
    else if (token === SyntaxKind.OpenBraceToken || token === SyntaxKind.TemplateHead) open.push('}');
    else if (token === SyntaxKind.CloseParenToken || token === SyntaxKind.CloseBracketToken || token === SyntaxKind.CloseBraceToken) open.pop();
  }
  return open;
}
