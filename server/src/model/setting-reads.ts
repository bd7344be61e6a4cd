// Where a policy's SQL asks who is asking: `current_setting('app.tenant_id')`, `auth.uid()` and their like.
import type { Policy, SqlText } from './row-security';
import { isWord, sqlTokens, type SqlToken } from './sql-text';

export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** One call, with what stands around it. Offsets count from the beginning of the text. */
export interface SettingRead {
  /** The setting's name, such as `app.tenant_id`; absent for `auth.uid()` and for names that aren't literals. */
  readonly setting?: string;
  /** The call as messages name it. */
  readonly shown: string;
  readonly call: Extent;
  /** An unset one gives null rather than an error. */
  readonly missingOk: boolean;
  /** An empty string is taken for unset before anything is made of it. */
  readonly emptyAsNull: boolean;
  /** The type that it is cast to, unless that holds any text. */
  readonly cast?: string;
  /** It stands in a sub-select, so it is called once per query: in one of its own, or somewhere in a larger one. */
  readonly selected: 'alone' | 'within' | false;
  /** The call with its NULLIF: what a sub-select has to hold. */
  readonly value: Extent;
  /** All that belongs to the call: casts and sub-select included. */
  readonly whole: Extent;
}

const IDENTITY = new Set(['uid', 'jwt', 'role', 'email', 'user_id', 'session']);

/** All calls in a piece of SQL, strings and comments left out. */
export function settingReads(sql: string): SettingRead[] {
  const tokens = sqlTokens(sql);
  const subSelects = subSelectsIn(tokens);
  return tokens.flatMap((_, at) => {
    const from = callStart(tokens, at);
    if (from === undefined) return [];
    const to = closing(tokens, at + 1);
    return to === undefined ? [] : [readAt(sql, tokens, from, at, to, subSelects)];
  });
}

/** A call in one of a policy's conditions; its offsets count from the beginning of that. */
export interface PolicyRead extends SettingRead {
  readonly condition: SqlText;
  /** In WITH CHECK, which only looks at rows that are written. */
  readonly onWrite: boolean;
}

/** All calls in a policy's conditions. */
export function readsIn({ using, withCheck }: Policy): PolicyRead[] {
  const of = (condition: SqlText | undefined, onWrite: boolean): PolicyRead[] =>
    condition ? settingReads(condition.raw).map((read) => ({ ...read, condition, onWrite })) : [];
  return [...of(using, false), ...of(withCheck, true)];
}

/** Whether an earlier policy of the same table has such a call already. */
export function isSaidBefore(policy: Policy, such: (read: PolicyRead) => boolean): boolean {
  const all = policy.table.policies ?? [];
  return all.slice(0, Math.max(all.indexOf(policy), 0)).some((earlier) => readsIn(earlier).some(such));
}

/** The right way to read a setting: once per query, null where it is unset or was reset to an empty string. */
export function steadyRead(sql: string, read: SettingRead): string {
  const call = read.missingOk ? sql.slice(read.call.start, read.call.end) : withMissingOk(sql.slice(read.call.start, read.call.end));
  const cast = read.cast === undefined ? '' : `::${read.cast}`;
  const value = read.cast === undefined && !read.emptyAsNull ? call : `NULLIF(${call}, '')`;
  return (read.selected === 'within' ? value : `(SELECT ${value})`) + cast;
}

/** A fresh one, for a policy to be written. */
export function steadyReadOf(setting: string, cast: string | undefined): string {
  const call = `current_setting('${setting.replaceAll("'", "''")}', true)`;
  return cast === undefined ? `(SELECT ${call})` : `(SELECT NULLIF(${call}, ''))::${cast}`;
}

function withMissingOk(call: string): string {
  const tokens = sqlTokens(call);
  const comma = tokens.find((token) => token.text === ',' && token.depth === 1);
  return comma ? `${call.slice(0, comma.start)}, true)` : `${call.slice(0, -1).trimEnd()}, true)`;
}

/** Where the call begins whose function is named at `at`: at its schema, where one is written. */
function callStart(tokens: readonly SqlToken[], at: number): number | undefined {
  if (tokens[at + 1]?.text !== '(') return undefined;
  const name = nameOf(tokens[at]);
  const schema = tokens[at - 1]?.text === '.' ? nameOf(tokens[at - 2]) : undefined;
  if (name === 'current_setting' && (schema === undefined || schema === 'pg_catalog')) return schema === undefined ? at : at - 2;
  return name !== undefined && schema === 'auth' && IDENTITY.has(name) && tokens[at + 2]?.text === ')' ? at - 2 : undefined;
}

function nameOf(token: SqlToken | undefined): string | undefined {
  if (token?.kind === 'word') return token.text.toLowerCase();
  return token?.kind === 'quoted' ? token.text.slice(1, -1) : undefined;
}

/** Index of the bracket that closes the one at `open`. */
function closing(tokens: readonly SqlToken[], open: number): number | undefined {
  const depth = tokens[open]?.depth ?? 0;
  for (let at = open + 1; at < tokens.length; at++) {
    if (tokens[at]?.text === ')' && tokens[at]?.depth === depth) return at;
  }
  return undefined;
}

/** Index ranges of parentheses that begin with SELECT. */
function subSelectsIn(tokens: readonly SqlToken[]): (readonly [number, number])[] {
  return tokens.flatMap((token, at) => {
    if (token.text !== '(' || !isWord(tokens[at + 1], 'SELECT', 'WITH', 'VALUES')) return [];
    return [[at, closing(tokens, at) ?? tokens.length] as const];
  });
}

interface Around {
  from: number;
  to: number;
  value: readonly [number, number];
  emptyAsNull: boolean;
  cast: string | undefined;
  alone: boolean;
}

function readAt(
  sql: string,
  tokens: readonly SqlToken[],
  from: number,
  name: number,
  to: number,
  subSelects: readonly (readonly [number, number])[],
): SettingRead {
  const around: Around = { from, to, value: [from, to], emptyAsNull: false, cast: undefined, alone: false };
  while (widen(sql, tokens, around));
  const extent = ([first, last]: readonly [number, number]): Extent => ({ start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? sql.length });
  const isSetting = nameOf(tokens[name]) === 'current_setting';
  const literal = tokens[name + 2];
  const setting = isSetting && literal?.kind === 'string' && literal.text.startsWith("'") ? literal.text.slice(1, -1).replaceAll("''", "'") : undefined;
  return {
    ...(setting !== undefined && { setting }),
    shown: isSetting ? (setting ?? 'current_setting') : `auth.${nameOf(tokens[name]) ?? ''}()`,
    call: extent([from, to]),
    missingOk: !isSetting || isTrue(tokens, name + 1, to),
    emptyAsNull: around.emptyAsNull,
    ...(around.cast !== undefined && { cast: around.cast }),
    selected: around.alone ? 'alone' : subSelects.some(([open, close]) => open < from && to < close) && 'within',
    value: extent(around.value),
    whole: extent([around.from, around.to]),
  };
}

function isTrue(tokens: readonly SqlToken[], open: number, close: number): boolean {
  const depth = (tokens[open]?.depth ?? 0) + 1;
  const comma = tokens.findIndex((token, at) => at > open && at < close && token.text === ',' && token.depth === depth);
  if (comma < 0) return false;
  const value = tokens[comma + 1];
  // Whatever isn't plainly false may be true.
  return !isWord(value, 'FALSE') && !/^'f/i.test(value?.text ?? '');
}

/** Takes one more layer around the call in, where it is one that this module knows. */
function widen(sql: string, tokens: readonly SqlToken[], around: Around): boolean {
  const before = tokens[around.from - 1];
  const after = tokens[around.to + 1];
  if (after?.text === ':' && tokens[around.to + 2]?.text === ':') return widenByCast(sql, tokens, around, around.to + 3, around.from, 0);
  if (before?.text !== '(') return isWord(before, 'SELECT') && widenBySelect(tokens, around);
  const head = tokens[around.from - 2];
  const empty = after?.text === ',' ? emptyString(tokens, around.to + 2) : undefined;
  if (isWord(head, 'NULLIF') && empty !== undefined && tokens[empty + 1]?.text === ')') {
    around.emptyAsNull ||= around.cast === undefined;
    around.from -= 2;
    around.to = empty + 1;
    if (around.cast === undefined) around.value = [around.from, around.to];
    return true;
  }
  if (isWord(head, 'CAST') && isWord(after, 'AS')) return widenByCast(sql, tokens, around, around.to + 2, around.from - 2, 1);
  if (after?.text !== ')' || isFunctionName(head)) return false;
  around.from--;
  around.to++;
  return true;
}

/** Index of the last token of `''`, which a dump writes as `''::text`. */
function emptyString(tokens: readonly SqlToken[], at: number): number | undefined {
  if (tokens[at]?.text !== "''") return undefined;
  return tokens[at + 1]?.text === ':' && tokens[at + 2]?.text === ':' && tokens[at + 3]?.kind === 'word' ? at + 3 : at;
}

/** `(SELECT x)` and `(SELECT x AS name)`. */
function widenBySelect(tokens: readonly SqlToken[], around: Around): boolean {
  if (tokens[around.from - 2]?.text !== '(' || isFunctionName(tokens[around.from - 3])) return false;
  const last = isWord(tokens[around.to + 1], 'AS') ? around.to + 3 : around.to + 1;
  if (tokens[last]?.text !== ')') return false;
  around.from -= 2;
  around.to = last;
  around.alone = true;
  return true;
}

/** Words before a parenthesis that don't call anything. */
const PLAIN_WORDS = ['AND', 'OR', 'NOT', 'IN', 'IS', 'CHECK', 'USING', 'SELECT', 'WHERE', 'ON', 'THEN', 'ELSE', 'WHEN', 'ANY', 'ALL', 'SOME', 'BETWEEN', 'LIKE'];

function isFunctionName(token: SqlToken | undefined): boolean {
  return token?.kind === 'quoted' || (token?.kind === 'word' && !isWord(token, ...PLAIN_WORDS));
}

const TEXT = /^(?:pg_catalog\.)?(?:text|varchar|citext|name|character varying|bpchar)\b/i;

function widenByCast(sql: string, tokens: readonly SqlToken[], around: Around, typeAt: number, from: number, closers: 0 | 1): boolean {
  let last = typeAt;
  if (!tokens[last] || (tokens[last]?.kind !== 'word' && tokens[last]?.kind !== 'quoted')) return false;
  while (tokens[last + 1]?.text === '.' || (tokens[last]?.text === '.' && last > typeAt)) last++;
  if (isWord(tokens[last], 'DOUBLE', 'CHARACTER') && tokens[last + 1]?.kind === 'word') last++;
  if (tokens[last + 1]?.text === '(') last = closing(tokens, last + 1) ?? last;
  while (tokens[last + 1]?.text === '[' && tokens[last + 2]?.text === ']') last += 2;
  const type = sql.slice(tokens[typeAt]?.start, tokens[last]?.end);
  if (closers === 1 && tokens[last + 1]?.text !== ')') return false;
  if (around.cast === undefined && !TEXT.test(type.replaceAll('"', ''))) around.cast = type;
  around.from = from;
  around.to = last + closers;
  return true;
}
