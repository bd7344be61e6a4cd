// What ALTER COLUMN … TYPE does to a table: nothing, or each row is written again. As PostgreSQL decides it, in two
// steps: the bytes must be good for the new type, and its length, precision or scale must take in the old one.
import type { ChangeOf } from './changes';
import { namesColumn, withoutParentheses } from './conditions';
import type { ColumnType, Index } from './nodes';
import { binaryCasts } from './postgres-catalog.generated';
import { isWord, nameIn, sourceOf, sqlTokens, type SqlToken } from './sql-text';
import { isKnownType, shapeOfText, typeShape, type TypeShape } from './type-shapes';

/**
 * `scan` reads every row, `build` makes an index of the column anew, `rewrite` copies the table and all its indexes;
 * `unknown` where a type is one of the database's own that the history doesn't tell of: it may be a domain.
 */
export type TypeWork = 'none' | 'scan' | 'build' | 'rewrite' | 'unknown';

/**
 * What changing the type does to the rows: `none`, `rewrite` or `unknown`. `using` is the expression behind USING, and
 * `column` the name in it. A timestamp that becomes a timestamptz is written again unless the session's time zone is
 * UTC (`utc`), which a migration can't know.
 */
export function typeChange(before: ColumnType, after: ColumnType, using?: { readonly expression: string; readonly column: string }, utc = false): Exclude<TypeWork, 'scan' | 'build'> {
  const goal = typeShape(after);
  const casts = using ? castsOf(using.expression, using.column) : [];
  if (!casts) return 'rewrite';
  let from = typeShape(before);
  const works = [...casts, goal].map((to) => {
    const work = step(from, to, utc);
    from = to;
    return work;
  });
  // A domain takes its base type without being asked; an enum, which doesn't, is written as its numbers.
  if (works.includes('rewrite') || (using && works.includes('unknown'))) return 'rewrite';
  return works.includes('unknown') ? 'unknown' : 'none';
}

/** The same with what the table has on the column: a CHECK is read through again, some indexes are built again. */
export function typeChangeWork(change: ChangeOf<'setType'>): TypeWork {
  const { before: table, column: after, columnName, statement } = change;
  const before = table?.columns.find(({ dbName }) => dbName === columnName);
  if (!table || !before || !after) return 'unknown';
  const expression = sourceOf(statement, change.using);
  const work = typeChange(before.type, after.type, expression === undefined ? undefined : { expression, column: columnName });
  if (work !== 'none') return work;
  const sameOrder = operators(before.type) === operators(after.type) && !sqlTokens(sourceOf(statement, change.span) ?? '').some((token) => isWord(token, 'COLLATE'));
  if (table.checks.some((check) => check.validated && namesColumn(check.raw, columnName))) return 'scan';
  return table.indexes.some((index) => isBuiltAgain(index, columnName, sameOrder)) ? 'build' : 'none';
}

/** An index of plain columns stays as it is while its order does; one with an expression or a condition never does. */
function isBuiltAgain({ parts, where }: Index, column: string, sameOrder: boolean): boolean {
  const expressions = [...parts.flatMap(({ expression }) => expression ?? []), ...(where ? [where.raw] : [])];
  const own = parts.some((part) => part.column === column);
  return expressions.length > 0 ? own || expressions.some((each) => namesColumn(each, column)) : own && !sameOrder;
}

/** Types with the same operators for an index keep it. */
function operators(type: ColumnType): string {
  const { name } = typeShape(type);
  if (name === 'character varying') return 'text';
  return name === 'cidr' ? 'inet' : name;
}

function step(from: TypeShape, to: TypeShape, utc: boolean): 'none' | 'rewrite' | 'unknown' {
  if (from.name !== to.name || from.array !== to.array) {
    if (!isKnownType(from.name) || !isKnownType(to.name)) return 'unknown';
    if (from.array || to.array || !keepsBytes(from.name, to.name, utc)) return 'rewrite';
  }
  // Only the type itself hands its length on; through a cast it is lost.
  const mods = from.name === to.name ? from : undefined;
  if (to.mods.length === 0 && to.fields === '') return 'none';
  if (mods && sameMods(from, to)) return 'none';
  return !to.array && takesIn(to, mods) ? 'none' : 'rewrite';
}

function keepsBytes(from: string, to: string, utc: boolean): boolean {
  if (binaryCasts.has(`${from} > ${to}`)) return true;
  return utc && from.startsWith('timestamp ') && to.startsWith('timestamp ');
}

const sameMods = (a: TypeShape, b: TypeShape): boolean => a.fields === b.fields && a.mods.length === b.mods.length && a.mods.every((mod, i) => mod === b.mods[i]);

/** Whether the new length takes in all values of the old type. */
function takesIn(to: TypeShape, from: TypeShape | undefined): boolean {
  const [length = 0, scale = 0] = to.mods;
  switch (to.name) {
    case 'character varying':
    case 'bit varying':
      return from?.mods[0] !== undefined && from.mods[0] <= length;
    case 'numeric':
      return from?.mods[0] !== undefined && from.mods[0] <= length && (from.mods[1] ?? 0) === scale;
    case 'interval':
      if (to.fields !== '' && !(to.fields === 'DAY TO SECOND' && from)) return false;
      return length >= 6 || (from?.mods[0] ?? 6) <= length;
    case 'timestamp with time zone':
    case 'timestamp without time zone':
    case 'time with time zone':
    case 'time without time zone':
      return length >= 6 || (from?.mods[0] !== undefined && from.mods[0] <= length);
    default:
      // char(n) and bit(n) fill up, whatever they held.
      return false;
  }
}

/** The types that a USING expression casts the column to, one after another; undefined where it does anything else. */
function castsOf(expression: string, column: string): TypeShape[] | undefined {
  let tokens = withoutParentheses(sqlTokens(expression));
  const types: TypeShape[] = [];
  for (;;) {
    const at = tokens.findLastIndex(({ text, depth }, i) => depth === (tokens[0]?.depth ?? 0) && text === ':' && tokens[i + 1]?.text === ':');
    if (at < 0) break;
    const written = tokens.slice(at + 2);
    if (!written.every(isPartOfType)) return undefined;
    types.unshift(shapeOfText(textOf(expression, written)));
    tokens = withoutParentheses(tokens.slice(0, at));
  }
  const [first, second] = tokens;
  if (first?.text.toUpperCase() === 'CAST' && second?.text === '(') {
    const as = tokens.findIndex(({ kind, text, depth }) => depth === first.depth + 1 && kind === 'word' && text.toUpperCase() === 'AS');
    if (as < 0) return undefined;
    const inner = castsOf(textOf(expression, tokens.slice(2, as)), column);
    return inner && [...inner, shapeOfText(textOf(expression, tokens.slice(as + 1, -1))), ...types];
  }
  const last = tokens.at(-1);
  const named = tokens.every((token, i) => (i % 2 === 1 ? token.text === '.' : nameIn(token) !== undefined));
  return last && named && nameIn(last) === column ? types : undefined;
}

function isPartOfType(token: SqlToken): boolean {
  if (token.kind === 'symbol') return '()[].,'.includes(token.text);
  return token.kind !== 'string' && !isWord(token, 'AT', 'COLLATE', 'IS', 'AND', 'OR', 'IN', 'LIKE', 'BETWEEN');
}

function textOf(text: string, tokens: readonly SqlToken[]): string {
  return text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}
