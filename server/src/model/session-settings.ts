// SQL that sets something for a whole connection, which a pool then hands to somebody else.
import type { Edit } from '../text/edit';
import { isWord, sqlTokens, type SqlToken } from './sql-text';

/** One SET or set_config that outlives its transaction. Offsets count from the beginning of the text. */
export interface SessionSetting {
  /** The setting's name, such as `app.tenant_id`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** What to write so that it ends with the transaction. */
  readonly local: Pick<Edit, 'start' | 'end' | 'newText'>;
  /** It stands in the body of a function or block, which runs whenever that is called. */
  readonly inBody: boolean;
}

/** Prefixes of settings that belong to PostgreSQL's own extensions: they tune queries and tell nothing about a tenant. */
const OF_EXTENSIONS = new Set(
  `auto_explain anon citus columnar cron hnsw ivfflat pg_hint_plan pg_net pg_partman_bgw pg_stat_statements pg_trgm pgaudit pgcrypto
  pgrst pljava plperl plpgsql plpython plv8 postgis postgres_fdw sepgsql supautils timescaledb vectors vectorscale diskann rum zombodb`.split(/\s+/),
);

/** What the text sets for the whole session, in the order of the text; functions' bodies included. */
export function sessionSettings(sql: string): SessionSetting[] {
  return settingsIn(sql, 0, false);
}

/** Whether a statement takes a setting's value back. */
export function resets(sql: string, name: string): boolean {
  const written = name.replace('.', '\\s*\\.\\s*');
  return new RegExp(`^\\s*(?:RESET\\s+(?:ALL|${written})|DISCARD\\s+ALL|SET\\s+(?:SESSION\\s+)?${written}\\s+(?:TO|=)\\s+DEFAULT)\\b`, 'i').test(sql.replaceAll('"', ''));
}

function settingsIn(sql: string, base: number, inBody: boolean): SessionSetting[] {
  const tokens = sqlTokens(sql);
  return tokens.flatMap((token, at) => {
    const body = dollarBody(token);
    if (body) return settingsIn(body.text, base + token.start + body.offset, true);
    const found = isWord(token, 'SET') ? setAt(tokens, at) : isWord(token, 'SET_CONFIG') ? configAt(tokens, at) : undefined;
    if (!found) return [];
    const { name, start, end, local } = found;
    return [{ name, start: base + start, end: base + end, local: { ...local, start: base + local.start, end: base + local.end }, inBody }];
  });
}

function dollarBody({ kind, text }: SqlToken): { readonly text: string; readonly offset: number } | undefined {
  const tag = kind === 'string' ? /^\$\w*\$/.exec(text)?.[0] : undefined;
  if (tag === undefined) return undefined;
  return { text: text.slice(tag.length, text.endsWith(tag) && text.length >= 2 * tag.length ? -tag.length : undefined), offset: tag.length };
}

type Found = Omit<SessionSetting, 'inBody'>;

/** Words after which a statement of PL/pgSQL begins. */
const OPENERS = ['BEGIN', 'THEN', 'ELSE', 'LOOP'];

/** `SET [SESSION] app.name = …` at the beginning of a statement: elsewhere SET belongs to ALTER, UPDATE or a function's head. */
function setAt(tokens: readonly SqlToken[], at: number): Found | undefined {
  const before = tokens[at - 1];
  const set = tokens[at];
  if (!set || !(before === undefined || before.text === ';' || isWord(before, ...OPENERS))) return undefined;
  const session = isWord(tokens[at + 1], 'SESSION') ? 1 : 0;
  const first = at + 1 + session;
  if (tokens[first + 1]?.text !== '.') return undefined;
  const name = [tokens[first], tokens[first + 2]].map((token) => (token?.kind === 'quoted' ? token.text.slice(1, -1) : (token?.text ?? '').toLowerCase()));
  const sign = tokens[first + 3];
  if (OF_EXTENSIONS.has(name[0] ?? '') || !(sign?.text === '=' || isWord(sign, 'TO')) || isWord(tokens[first + 4], 'DEFAULT')) return undefined;
  const last = lastOf(tokens, first + 4);
  const word = tokens[at + session] ?? set;
  const written = /[a-z]/.test(set.text) ? 'local' : 'LOCAL';
  const local = session === 1 ? { start: word.start, end: word.end, newText: written } : { start: set.end, end: set.end, newText: ` ${written}` };
  return { name: name.join('.'), start: set.start, end: tokens[last]?.end ?? set.end, local };
}

/** The last token of the statement that goes on at `from`. */
function lastOf(tokens: readonly SqlToken[], from: number): number {
  let at = from;
  while (tokens[at] && tokens[at]?.text !== ';') at++;
  return Math.max(at - 1, from - 1);
}

/** `set_config('app.name', …, false)`. */
function configAt(tokens: readonly SqlToken[], at: number): Found | undefined {
  const open = tokens[at + 1];
  const literal = tokens[at + 2];
  const word = tokens[at];
  if (open?.text !== '(' || !word || literal?.kind !== 'string') return undefined;
  const name = literal.text.slice(1, -1);
  const [prefix = '', own] = name.split('.');
  const close = tokens.findIndex((token, i) => i > at + 1 && token.text === ')' && token.depth === open.depth);
  const value = tokens[close - 1];
  const comma = tokens[close - 2];
  const commas = tokens.filter((token, i) => i > at + 1 && i < close && token.text === ',' && token.depth === open.depth + 1);
  if (own === undefined || OF_EXTENSIONS.has(prefix) || commas.length !== 2 || comma?.text !== ',' || !isWord(value, 'FALSE') || !value) return undefined;
  const first = tokens[at - 1]?.text === '.' ? (tokens[at - 2] ?? word) : word;
  const written = value.text === value.text.toLowerCase() ? 'true' : 'TRUE';
  return { name, start: first.start, end: tokens[close]?.end ?? value.end, local: { start: value.start, end: value.end, newText: written } };
}
