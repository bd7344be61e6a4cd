// DO blocks: the plain DDL inside counts like any other, as ORMs wrap it to ignore what exists already. Tables named in
// the rest may be changed in ways that can't be read.
import { parseOne } from '../parse/parser';
import { split } from '../scan/split';
import { dollarTag } from '../scan/quotes';
import { mereChange, type Act, type Effect } from './effects';
import type { TableName } from '../../../model/nodes';
import { Source } from './source';
import { lowerStatement } from './statement';

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
      const { offset, certain } = readableStart(text.slice(start, end));
      const lowered = offset === undefined ? undefined : readInner(source, from + start + offset, text.slice(start + offset, end));
      if (lowered) effects.push(...lowered);
      if (!lowered || !certain) for (const table of tablesIn(text.slice(start, end))) acts.push({ do: 'blur', table });
    }
  }
  return [...effects, { change: { verb: 'other', span }, acts }];
}

interface Start {
  /** Where plain DDL begins behind the words that steer the block; undefined where there is none. */
  readonly offset?: number;
  /** It runs whenever what it makes isn't there yet. */
  readonly certain: boolean;
}

// `BEGIN ALTER …` and `IF NOT EXISTS (…) THEN ALTER …`: words without a semicolon stick to the statement behind them.
function readableStart(text: string): Start {
  const source = new Source({ file: '', offset: 0 }, 0, text);
  const { tokens } = source;
  const ddl = (index: number): boolean => ['ALTER', 'CREATE', 'DROP'].some((word) => source.is(index, word));
  if (ddl(0)) return { offset: 0, certain: true };
  for (let i = 1; i < tokens.length; i++) {
    if (!ddl(i) || !['BEGIN', 'THEN', 'ELSE', 'LOOP'].some((word) => source.is(i - 1, word))) continue;
    const guarded = source.is(i - 1, 'THEN') && source.find({ from: 0, to: i }, 'EXISTS') < i;
    return { offset: tokens[i]?.start ?? 0, certain: guarded || source.is(i - 1, 'BEGIN') };
  }
  return { certain: false };
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
