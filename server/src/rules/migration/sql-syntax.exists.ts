// IF NOT EXISTS where PostgreSQL has none, and the block that asks its catalog in its place.
import { inCaseOf, isWord, type SqlToken } from '../../model/sql-text';
import type { Trap } from './sql-syntax.traps';

const NO_EXISTS = ['TYPE', 'POLICY', 'ROLE', 'USER', 'DOMAIN', 'CONSTRAINT', 'TRIGGER', 'DATABASE'];

export function existsTrap(text: string, tokens: readonly SqlToken[]): Trap | undefined {
  const places = tokens.flatMap((token, at) => (isWord(token, 'IF') && isWord(tokens[at + 1], 'NOT') && isWord(tokens[at + 2], 'EXISTS') && isWord(tokens[at - 1], ...NO_EXISTS) ? [at] : []));
  const [at] = places;
  const start = at === undefined ? undefined : tokens[at]?.start;
  const end = at === undefined ? undefined : tokens[at + 2]?.end;
  if (at === undefined || start === undefined || end === undefined) return undefined;
  const kind = tokens[at - 1]?.text.toLowerCase() ?? '';
  const block = places.length === 1 ? blockFor(text, tokens, at) : undefined;
  return {
    start,
    end,
    message: `PostgreSQL has no \`IF NOT EXISTS\` for a ${kind}, so this statement never runs.`,
    help: block === undefined ? 'Leave the words out.' : 'Ask the catalog in a DO block, or leave the words out.',
    ...(block !== undefined && { title: 'Ask the catalog in a DO block', edits: [{ start: 0, end: text.length, newText: block }] }),
  };
}

/** The statement in a block that runs it where the catalog has no such object. */
function blockFor(text: string, tokens: readonly SqlToken[], at: number): string | undefined {
  const condition = conditionFor(text, tokens, at);
  const from = tokens[at]?.start;
  const to = tokens[at + 3]?.start;
  if (condition === undefined || from === undefined || to === undefined) return undefined;
  const mark = text.includes('$$') ? '$block$' : '$$';
  const plain = (text.slice(0, from) + text.slice(to)).replace(/\n/g, '\n    ');
  const own = (words: string): string => inCaseOf(text, words);
  return `${own(`DO ${mark} BEGIN\n  IF`)} ${own(condition)} ${own('THEN')}\n    ${plain};\n  ${own('END IF')};\n${own('END')} ${mark}`;
}

function conditionFor(text: string, tokens: readonly SqlToken[], at: number): string | undefined {
  const kind = tokens[at - 1]?.text.toUpperCase();
  const name = nameAt(text, tokens, at + 3);
  const own = tokens[at + 3];
  if (!name || !own) return undefined;
  const plain = literal(own.kind === 'quoted' ? own.text.slice(1, -1).replaceAll('""', '"') : own.text.toLowerCase());
  switch (kind) {
    case 'TYPE':
    case 'DOMAIN':
      return `to_regtype(${literal(name)}) IS NULL`;
    case 'ROLE':
    case 'USER':
      return `NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${plain})`;
    case 'CONSTRAINT': {
      const several = tokens.some((token) => token.depth === 0 && token.text === ',');
      return several ? undefined : onTable(tableAfter(text, tokens, 'TABLE'), 'pg_constraint', 'con', plain);
    }
    case 'POLICY':
      return onTable(tableAfter(text, tokens, 'ON'), 'pg_policy', 'pol', plain);
    case 'TRIGGER':
      return onTable(tableAfter(text, tokens, 'ON'), 'pg_trigger', 'tg', plain);
    default:
      return undefined;
  }
}

function onTable(table: string | undefined, catalog: string, prefix: string, name: string): string | undefined {
  if (table === undefined) return undefined;
  return `NOT EXISTS (SELECT FROM ${catalog} WHERE ${prefix}name = ${name} AND ${prefix}relid = ${literal(table)}::regclass)`;
}

function tableAfter(text: string, tokens: readonly SqlToken[], word: string): string | undefined {
  let at = tokens.findIndex((token) => token.depth === 0 && isWord(token, word)) + 1;
  while (isWord(tokens[at], 'IF', 'EXISTS', 'ONLY')) at++;
  return at === 0 ? undefined : nameAt(text, tokens, at);
}

/** A name as it is written, with its schema. */
function nameAt(text: string, tokens: readonly SqlToken[], at: number): string | undefined {
  const first = tokens[at];
  if (!first || (first.kind !== 'word' && first.kind !== 'quoted')) return undefined;
  let last = first;
  for (let i = at; tokens[i + 1]?.text === '.'; i += 2) last = tokens[i + 2] ?? last;
  return text.slice(first.start, last.end);
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
