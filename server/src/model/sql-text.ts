// Small readings of a statement's own text, for fixes that keep the author's spelling.
import { partOf, type Span } from '../text/span';
import type { Statement } from './changes';

/**
 * The author's text at a span inside the statement, with the quotes around it, which the spans of names leave out;
 * undefined when the span lies elsewhere.
 */
export function sourceOf({ span, text }: Statement, place: Span | undefined): string | undefined {
  if (!place || place.file !== span.file) return undefined;
  const from = place.start - span.start;
  const to = place.end - span.start;
  if (from < 0 || to > text.length || from >= to) return undefined;
  const inQuotes = text.charAt(from - 1) === '"' && text.charAt(to) === '"';
  return inQuotes ? text.slice(from - 1, to + 1) : text.slice(from, to);
}

/** A name as an identifier, in quotes where it needs them or where the author quotes all names. */
export function quoted(name: string, always: boolean): string {
  return !always && /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** One token of a statement. Blanks and comments are left out. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'backtick' | 'string' | 'number' | 'symbol';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Parentheses open before it. */
  readonly depth: number;
}

const TOKEN =
  /(?<skip>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>[eE]?'(?:[^']|'')*(?:'|$)|\$(?<tag>\w*)\$[\s\S]*?(?:\$\k<tag>\$|$))|(?<quoted>"(?:[^"]|"")*(?:"|$))|(?<backtick>`[^`]*(?:`|$))|(?<number>\d+(?:\.\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<symbol>[\s\S])/gu;

/** The text that was cut last: rules look at a statement one after the other. */
let lastCut: { readonly text: string; readonly tokens: readonly SqlToken[] } | undefined;

/** The statement's tokens, told apart well enough to find keywords; it reads any text, valid or not. */
export function sqlTokens(text: string): readonly SqlToken[] {
  if (lastCut?.text !== text) lastCut = { text, tokens: cut(text) };
  return lastCut.tokens;
}

function cut(text: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let depth = 0;
  for (const match of text.matchAll(TOKEN)) {
    const groups = match.groups ?? {};
    if (groups.skip !== undefined) continue;
    const found = match[0];
    if (found === ')') depth = Math.max(0, depth - 1);
    const kind = (['string', 'quoted', 'backtick', 'number', 'word'] as const).find((each) => groups[each] !== undefined);
    tokens.push({ kind: kind ?? 'symbol', text: found, start: match.index, end: match.index + found.length, depth });
    if (found === '(') depth++;
  }
  return tokens;
}

/** The name that a token stands for, folded as PostgreSQL folds it. */
export function nameIn(token: SqlToken | undefined): string | undefined {
  if (token?.kind === 'quoted') return token.text.slice(1, -1).replaceAll('""', '"');
  return token?.kind === 'word' ? token.text.toLowerCase() : undefined;
}

/** The first line of a statement, without the blanks behind it. */
export function firstLineOf({ span, text }: Statement): Span {
  const [line = ''] = text.split('\n', 1);
  return partOf(span, 0, line.trimEnd().length);
}

/** Whether the token is that keyword. */
export function isWord(token: SqlToken | undefined, ...keywords: readonly string[]): boolean {
  return token?.kind === 'word' && keywords.includes(token.text.toUpperCase());
}

/** A column definition without its NOT NULL, and without the name of that constraint. */
export function withoutNotNull(definition: string): string {
  const tokens = sqlTokens(definition);
  const at = tokens.findIndex((token, i) => token.depth === 0 && isWord(token, 'NOT') && isWord(tokens[i + 1], 'NULL'));
  const not = tokens[at];
  const last = tokens[at + 1];
  if (!not || !last) return definition;
  const named = isWord(tokens[at - 2], 'CONSTRAINT') ? tokens[at - 2] : undefined;
  const before = definition.slice(0, (named ?? not).start).trimEnd();
  return before + definition.slice(last.end);
}

/** Statements, each with the comments that follow it: a comment alone is no statement. */
export function withNotes(statements: readonly string[]): string[] {
  const joined: string[] = [];
  for (const text of statements) {
    const last = text.split('\n').every((line) => line.startsWith('--')) ? joined.pop() : undefined;
    joined.push(last === undefined ? text : `${last}\n${text}`);
  }
  return joined;
}

/** SQL of our own with its keywords in lower case where the author writes them so; `DO $$` blocks included. */
export function inCaseOf(authors: string, own: string): string {
  const first = /[A-Za-z]/.exec(authors)?.[0] ?? 'A';
  if (first !== first.toLowerCase()) return own;
  return own
    .split('$$')
    .map((part) => {
      let lowered = '';
      let at = 0;
      for (const token of sqlTokens(part)) {
        const word = token.kind === 'word' && KEYWORDS.has(token.text) ? token.text.toLowerCase() : token.text;
        lowered += part.slice(at, token.start) + word;
        at = token.end;
      }
      return lowered + part.slice(at);
    })
    .join('$$');
}

const KEYWORDS = new Set(
  `ADD ALTER ALWAYS AND AS ATTACH BEFORE BEGIN BY CHECK COLUMN COMMIT CONCURRENTLY CONSTRAINT CREATE CURRENT DECLARE DEFAULT DISTINCT DO DOMAIN
  DROP EACH ELSE ELSIF END EXECUTE EXISTS FOR FOREIGN FROM FUNCTION GENERATED IDENTITY IF IN INCLUDE INDEX INSERT INTO IS KEY LANGUAGE LIMIT
  LOOP NEW NOT NULL NULLS OFFSET OLD ON ONLY OR ORDER OWNED PARTITION PRIMARY REFERENCES RENAME RETURN RETURNS ROW SELECT SEQUENCE SET TABLE
  THEN TO TRIGGER TYPE UNIQUE UPDATE USING VALID VALIDATE VIEW VIRTUAL WHERE WHILE WITH`.split(/\s+/),
);
