// Where a SQL text names a table or a column of it, as far as that can be told without a parser: what might mean another
// table is left out.
import type { TableName } from './nodes';
import { sameTable } from './names';
import { isWord, sqlTokens, type SqlToken } from './sql-text';

/** Offsets in the text. */
export interface NamedAt {
  readonly start: number;
  readonly end: number;
}

interface Relation extends NamedAt {
  readonly table: TableName;
  readonly alias: string | undefined;
}

interface Relations {
  readonly found: readonly Relation[];
  /** All of what the statement reads is among them. */
  readonly whole: boolean;
  /** Tokens that name relations or aliases. */
  readonly taken: ReadonlySet<number>;
}

/**
 * The places where a statement names the table, or the column of it; none where it also names a table that isn't known,
 * as it may be about another database.
 */
export function namedInSql(text: string, table: TableName, column: string | undefined, isKnown: (name: string) => boolean): NamedAt[] {
  if (!text.toLowerCase().includes(table.name.toLowerCase())) return [];
  const tokens = sqlTokens(text);
  const relations = relationsOf(tokens);
  const own = relations.found.filter((relation) => sameTable(relation.table, table));
  const local = new Set(tokens.flatMap((token, at) => (isWord(tokens[at + 1], 'AS') && isOpening(tokens, at + 2) ? (nameIn(token) ?? []) : [])));
  const foreign = relations.found.some((relation) => !own.includes(relation) && !local.has(relation.table.name) && !isSystem(relation.table) && !isKnown(relation.table.name));
  if (foreign) return [];
  if (column === undefined || own.length === 0) return own.map(({ start, end }) => ({ start, end }));
  const qualifiers = new Set(own.map(({ alias, table: { name } }) => alias ?? name));
  const alone = relations.whole && own.length === relations.found.length;
  return tokens.flatMap((token, at): NamedAt[] => {
    if (nameIn(token) !== column || relations.taken.has(at) || isSymbol(tokens[at + 1], '.') || isSymbol(tokens[at + 1], '(')) return [];
    const qualified = isSymbol(tokens[at - 1], '.');
    const means = qualified ? qualifiers.has(nameIn(tokens[at - 2]) ?? '') : alone && mayBeColumn(tokens[at - 1]);
    return means ? [{ start: token.start, end: token.end }] : [];
  });
}

/** `AS (`, `AS MATERIALIZED (`: a query that the statement names. */
function isOpening(tokens: readonly SqlToken[], at: number): boolean {
  let next = at;
  while (isWord(tokens[next], 'NOT', 'MATERIALIZED')) next++;
  return isSymbol(tokens[next], '(');
}

function isSystem({ name, schema }: TableName): boolean {
  return /^pg_/.test(name) || schema === 'pg_catalog' || schema === 'information_schema' || name === 'excluded';
}

/** Words behind which a name without `AS` is no alias. */
const BEFORE_COLUMN = new Set(
  'SELECT DISTINCT ALL WHERE AND OR NOT ON BY SET WHEN THEN ELSE CASE LIKE ILIKE IN BETWEEN HAVING RETURNING USING ANY SOME FROM SIMILAR TO IF'.split(' '),
);

function mayBeColumn(before: SqlToken | undefined): boolean {
  if (!before) return false;
  if (before.kind === 'symbol') return before.text !== ')' && before.text !== ']';
  return before.kind === 'word' && BEFORE_COLUMN.has(before.text.toUpperCase());
}

const INTRODUCING = ['FROM', 'JOIN', 'UPDATE', 'INTO', 'TABLE', 'TRUNCATE'] as const;
const SKIPPED = ['ONLY', 'LATERAL', 'IF', 'EXISTS', 'NOT', 'TABLE'] as const;
/** Words that end the name of a table. */
const NO_ALIAS = new Set(
  `AS ON USING WHERE SET VALUES SELECT GROUP ORDER LIMIT OFFSET HAVING UNION EXCEPT INTERSECT FETCH FOR RETURNING INNER LEFT RIGHT FULL CROSS
  NATURAL JOIN DEFAULT OVERRIDING WINDOW WHEN ADD DROP ALTER RENAME ENABLE DISABLE CASCADE RESTRICT RESTART CONTINUE OWNER TABLESAMPLE AND OR`.split(/\s+/),
);

function relationsOf(tokens: readonly SqlToken[]): Relations {
  const found: Relation[] = [];
  const taken = new Set<number>();
  let whole = true;
  for (const [at, token] of tokens.entries()) {
    if (!isWord(token, ...INTRODUCING) || isSymbol(tokens[at - 1], '.')) continue;
    // `FOR UPDATE`, `DO UPDATE SET`, `IS DISTINCT FROM`
    if (isWord(token, 'UPDATE') && isWord(tokens[at - 1], 'FOR', 'DO', 'KEY', 'ON', 'OR', 'BEFORE', 'AFTER')) continue;
    if (isWord(token, 'FROM') && isWord(tokens[at - 1], 'DISTINCT') && isWord(tokens[at - 2], 'IS', 'NOT')) continue;
    if (isWord(token, 'TABLE') && isWord(tokens[at - 1], 'TRUNCATE')) continue;
    let next = at + 1;
    for (;;) {
      while (isWord(tokens[next], ...SKIPPED)) next++;
      const read = relationAt(tokens, next, isWord(token, 'INTO'));
      if (!read) {
        whole = false;
        break;
      }
      found.push(read.relation);
      for (let each = next; each < read.next; each++) taken.add(each);
      next = read.next;
      // `FROM a, b`
      if (!isWord(token, 'FROM', 'TABLE', 'TRUNCATE') || !isSymbol(tokens[next], ',')) break;
      next++;
    }
  }
  return { found, whole, taken };
}

function relationAt(tokens: readonly SqlToken[], at: number, into: boolean): { readonly relation: Relation; readonly next: number } | undefined {
  const first = tokens[at];
  let name = nameIn(first);
  if (!first || name === undefined) return undefined;
  let last = first;
  let schema: string | undefined;
  let next = at + 1;
  while (isSymbol(tokens[next], '.')) {
    const part = tokens[next + 1];
    const inner = nameIn(part);
    if (!part || inner === undefined) return undefined;
    [schema, name, last] = [name, inner, part];
    next += 2;
  }
  // A function that gives rows.
  if (isSymbol(tokens[next], '(') && !into) return undefined;
  const table: TableName = { name, ...(schema !== undefined && { schema }) };
  const named = isWord(tokens[next], 'AS') ? next + 1 : next;
  const alias = tokens[named];
  const isAlias = alias !== undefined && nameIn(alias) !== undefined && (alias.kind === 'quoted' || !NO_ALIAS.has(alias.text.toUpperCase()));
  return { relation: { table, alias: isAlias ? nameIn(alias) : undefined, start: first.start, end: last.end }, next: isAlias ? named + 1 : next };
}

/** The name that a token means in the database. */
function nameIn(token: SqlToken | undefined): string | undefined {
  if (token?.kind === 'word') return token.text.toLowerCase();
  return token?.kind === 'quoted' && token.text.length > 2 ? token.text.slice(1, -1).replaceAll('""', '"') : undefined;
}

function isSymbol(token: SqlToken | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}
