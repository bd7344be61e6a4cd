// DO blocks: the plain DDL inside counts like any other, as ORMs wrap it to ignore what exists already. Tables named in
// the rest may be changed in ways that can't be read.
import { nextTokenText } from './words';
import { parseOne } from '../parse/parser';
import { split } from '../scan/split';
import { dollarTag } from '../scan/quotes';
import { mereChange, type Act, type Effect } from './effects';
import type { TableName } from '../../../model/nodes';
import { Source } from './source';
import { lowerStatement } from './statement';

const READABLE = /^(?:ALTER|CREATE|DROP)\s/i;
const NAMED_TABLE =
  /\b(?:(?:ALTER|DROP|CREATE)\s+TABLE\s+|INDEX\s+(?:[\w"]+\s+)?ON\s+)(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?:ONLY\s+)?((?:"[^"]+"|\w+)(?:\s*\.\s*(?:"[^"]+"|\w+))?)/gi;

/** The effects of a DO block. */
export function lowerDo(source: Source): readonly Effect[] {
  const span = source.span(source.all);
  const body = source.tokens.find((token) => token.kind === 'string' && source.text.charAt(token.start) === '$');
  const effects: Effect[] = [];
  const acts: Act[] = [];
  if (body) {
    const tag = dollarTag(source.text, body.start) ?? '';
    const from = body.start + tag.length;
    const text = source.text.slice(from, body.end - tag.length);
    for (const { start, end } of split(text).statements) {
      // BEGIN has no semicolon, so it sticks to the first statement.
      const begun = start + (nextTokenText(text.slice(start, end), 'BEGIN') ?? 0);
      const inner = text.slice(begun, end);
      const lowered = READABLE.test(inner) ? readInner(source, from + begun, inner) : undefined;
      if (lowered) effects.push(...lowered);
      else for (const table of tablesIn(inner)) acts.push({ do: 'blur', table });
    }
  }
  return [{ change: { verb: 'other', span }, acts }, ...effects];
}

function readInner(source: Source, offset: number, text: string): readonly Effect[] | undefined {
  const outcome = parseOne(text);
  if (!outcome.ok || !outcome.node) return undefined;
  return lowerStatement(outcome.node, new Source(source.anchor, source.base + offset, text));
}

/** Functions and procedures run later, if at all. */
export function lowerRoutine(source: Source): readonly Effect[] {
  return [mereChange({ verb: 'other', span: source.span(source.all) })];
}

function tablesIn(text: string): TableName[] {
  return [...text.matchAll(NAMED_TABLE)].map(([, written = '']) => {
    const parts = written.match(/"[^"]+"|\w+/g) ?? [];
    const names = parts.map((part) => (part.startsWith('"') ? part.slice(1, -1) : part.toLowerCase()));
    const [schema, name] = names.length > 1 ? names : [undefined, names[0]];
    return { name: name ?? '', ...(schema ? { schema } : {}) };
  });
}
