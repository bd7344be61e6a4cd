// Where a statement uses a value of an enum: a literal that PostgreSQL turns into a value of that type when it reads the
// statement, whether or not any row is concerned.
import { partOf, type Span } from '../text/span';
import type { Statement } from './changes';
import type { Column, Schema, Table } from './nodes';
import { isWord, nameIn, sqlTokens, type SqlToken } from './sql-text';

/** What only takes the value's text: functions' bodies are read when they are called, if at all. */
const TEXT_ONLY = new Set(['DoStmt', 'CreateFunctionStmt', 'CommentStmt', 'CreateEnumStmt', 'AlterEnumStmt', 'broken']);

/** The literals that become that value of the enum; `tables` are those at the end of the history. */
export function usesOfValue(statement: Statement, enumName: string, value: string, { tables }: Pick<Schema, 'tables'>): Span[] {
  const { text, node, span } = statement;
  if (TEXT_ONLY.has(node) || !text.includes(value.replaceAll("'", "''"))) return [];
  const tokens = sqlTokens(text);
  const holds = (token: SqlToken): boolean => token.kind === 'string' && valuesOf(token).includes(value);
  if (!tokens.some(holds)) return [];
  const columns = columnsOf(statement, tokens, enumName, tables);
  const given = insertedInto(statement, tokens);
  return tokens.flatMap((token, at) => {
    if (!holds(token)) return [];
    const column = given.get(token) ?? definedBefore(tokens, at) ?? comparedWith(tokens, at);
    const own = column !== undefined && columns.has(column);
    return own || isCastTo(tokens, at, enumName) ? [partOf(span, token.start, token.end)] : [];
  });
}

/** The values that a literal can mean: itself, or the members of an array. */
function valuesOf({ text }: SqlToken): string[] {
  if (!text.startsWith("'")) return [];
  const own = text.slice(1, -1).replaceAll("''", "'");
  const list = /^\{(.*)\}$/s.exec(own)?.[1];
  return list === undefined ? [own] : [own, ...list.split(',').map((each) => each.trim().replace(/^"(.*)"$/, '$1'))];
}

/** Names of the columns of that type in the tables that the statement names, or makes. */
function columnsOf(statement: Statement, tokens: readonly SqlToken[], enumName: string, tables: readonly Table[]): ReadonlySet<string> {
  const known = statement.changes.flatMap((change) => change.before ?? []);
  const named = new Set(tokens.flatMap((token) => nameIn(token) ?? []));
  const others = tables.filter(({ dbName }) => named.has(dbName) && !known.some((each) => each.dbName === dbName));
  const made = statement.changes.flatMap((change) => (change.verb === 'addTable' ? change.created.columns : change.verb === 'addColumn' ? [change.column] : []));
  const columns = [...[...known, ...others].flatMap((table) => table.columns), ...made];
  return new Set(columns.filter((column) => isOfEnum(column, enumName)).map(({ dbName }) => dbName));
}

function isOfEnum({ type }: Column, enumName: string): boolean {
  return type.family === 'enum' ? type.enumName === enumName : type.family === 'other' && typeNamed(sqlTokens(type.raw), 0) === enumName;
}

/** The name of the type that is written from there on, without its schema. */
function typeNamed(tokens: readonly SqlToken[], from: number): string | undefined {
  let at = from;
  while (tokens[at + 1]?.text === '.') at += 2;
  const token = tokens[at];
  return token && nameIn(token);
}

/** `'x'::mood`, `CAST('x' AS mood)`, `ARRAY['x']::mood[]` */
function isCastTo(tokens: readonly SqlToken[], at: number, enumName: string): boolean {
  const next = tokens[at + 1];
  if (isWord(next, 'AS') && tokens[at - 1]?.text === '(' && isWord(tokens[at - 2], 'CAST')) return typeNamed(tokens, at + 2) === enumName;
  let last = at;
  if (isListed(tokens[at - 1])) while (last + 1 < tokens.length && (tokens[last + 1]?.kind === 'string' || tokens[last + 1]?.text === ',')) last++;
  const from = tokens[last + 1]?.text === ']' ? last + 2 : at + 1;
  return tokens[from]?.text === ':' && tokens[from + 1]?.text === ':' && typeNamed(tokens, from + 2) === enumName;
}

function isListed(before: SqlToken | undefined): boolean {
  return before?.text === '[' || before?.text === ',';
}

/** The column whose DEFAULT the literal is. */
function definedBefore(tokens: readonly SqlToken[], at: number): string | undefined {
  let last = at - 1;
  while (tokens[last]?.text === '(') last--;
  const keyword = tokens[last];
  if (!isWord(keyword, 'DEFAULT')) return undefined;
  if (isWord(tokens[last - 1], 'SET')) return nameAt(tokens, last - 2);
  let first = last;
  while (first > 0 && !startsDefinition(tokens[first - 1], keyword?.depth ?? 0)) first--;
  while (isWord(tokens[first], 'COLUMN', 'IF', 'NOT', 'EXISTS')) first++;
  return nameAt(tokens, first);
}

function startsDefinition(before: SqlToken | undefined, depth: number): boolean {
  if (before?.text === '(') return before.depth < depth;
  return before?.depth === depth && (before.text === ',' || isWord(before, 'ADD'));
}

const OPERATOR = /^[=<>!]$/;

/** The column that the literal, or the list that it stands in, is compared with or assigned to. */
function comparedWith(tokens: readonly SqlToken[], at: number): string | undefined {
  const ahead = behindCast(tokens, at + 1);
  if (OPERATOR.test(tokens[ahead]?.text ?? '')) return leftmost(tokens, ahead);
  let before = at - 1;
  // `IN ('a', 'x')`
  while (tokens[before]?.text === ',' || tokens[before]?.kind === 'string') before--;
  if (tokens[before]?.text === '(') {
    if (isWord(tokens[before - 1], 'IN')) return nameAt(tokens, isWord(tokens[before - 2], 'NOT') ? before - 3 : before - 2);
    if (before !== at - 1) return undefined;
    before--;
  } else if (before !== at - 1) return undefined;
  if (isWord(tokens[before], 'FROM') && isWord(tokens[before - 1], 'DISTINCT')) {
    const is = isWord(tokens[before - 2], 'NOT') ? before - 3 : before - 2;
    return isWord(tokens[is], 'IS') ? nameAt(tokens, is - 1) : undefined;
  }
  if (!OPERATOR.test(tokens[before]?.text ?? '')) return undefined;
  while (OPERATOR.test(tokens[before]?.text ?? '')) before--;
  return nameAt(tokens, before);
}

/** Behind a cast that may stand there. */
function behindCast(tokens: readonly SqlToken[], at: number): number {
  if (tokens[at]?.text !== ':' || tokens[at + 1]?.text !== ':') return at;
  let last = at + 2;
  while (tokens[last + 1]?.text === '.') last += 2;
  return last + 1;
}

/** The column that stands behind an operator: `'x' = posts.status`. */
function leftmost(tokens: readonly SqlToken[], at: number): string | undefined {
  let from = at;
  while (OPERATOR.test(tokens[from]?.text ?? '')) from++;
  return typeNamed(tokens, from);
}

function nameAt(tokens: readonly SqlToken[], at: number): string | undefined {
  const token = tokens[tokens[at]?.text === ')' ? at - 1 : at];
  return token && nameIn(token);
}

/** What INSERT gives to which column, where it stands there as a literal. */
function insertedInto({ changes, node }: Statement, tokens: readonly SqlToken[]): ReadonlyMap<SqlToken, string> {
  const given = new Map<SqlToken, string>();
  const into = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'INTO'));
  if (node !== 'InsertStmt' || into < 0) return given;
  let at = into + 1;
  while (tokens[at + 1]?.text === '.') at += 2;
  if (isWord(tokens[at + 1], 'AS')) at += 2;
  const listed = tokens[at + 1]?.text === '(' && !isWord(tokens[at + 2], 'SELECT');
  const rest = tokens.slice(at + 1);
  const columns = listed ? itemsIn(rest, 0).map(([first]) => first && nameIn(first)) : changes.flatMap(({ before }) => before?.columns.map(({ dbName }) => dbName) ?? []);
  for (const items of rowsOf(rest)) {
    for (const [place, item] of items.entries()) {
      const [literal] = item;
      const column = columns[place];
      if (literal && column !== undefined && (item.length === 1 || item[1]?.text === ':')) given.set(literal, column);
    }
  }
  return given;
}

/** The items of each row of VALUES, or of SELECT's list. */
function rowsOf(tokens: readonly SqlToken[]): (readonly SqlToken[])[][] {
  const values = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'VALUES'));
  if (values < 0) {
    const select = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'SELECT'));
    const end = tokens.findIndex((token, i) => i > select && token.depth === 0 && isWord(token, 'FROM', 'WHERE', 'UNION', 'ON'));
    return select < 0 ? [] : [parted(tokens.slice(select + 1, end < 0 ? tokens.length : end), 0)];
  }
  const rows: (readonly SqlToken[])[][] = [];
  for (let at = values + 1; tokens[at]?.text === '('; ) {
    rows.push(itemsIn(tokens, at));
    at = tokens.findIndex((token, i) => i > at && token.depth === 0 && token.text === ')') + 1;
    if (at === 0 || tokens[at]?.text !== ',') break;
    at++;
  }
  return rows;
}

/** What stands, parted by commas, inside the parenthesis that opens there. */
function itemsIn(tokens: readonly SqlToken[], open: number): (readonly SqlToken[])[] {
  const depth = tokens[open]?.depth ?? 0;
  const close = tokens.findIndex((token, i) => i > open && token.depth === depth && token.text === ')');
  return parted(tokens.slice(open + 1, close < 0 ? tokens.length : close), depth + 1);
}

function parted(tokens: readonly SqlToken[], depth: number): (readonly SqlToken[])[] {
  const items: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (token.depth === depth && token.text === ',') items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}
