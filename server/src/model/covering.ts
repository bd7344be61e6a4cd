// Which index serves which columns, decided once for rules, hovers and fixes.
import type { Column, ForeignKey, Index, IndexPart, Table } from './nodes';

/** The primary key, then every unique constraint and index of the table. */
export function* indexesOf(table: Table): Generator<Index> {
  if (table.primaryKey) yield table.primaryKey;
  yield* table.indexes;
}

/**
 * Whether the index finds rows by equality on all of `columns`: they are its first columns, in any order among
 * themselves. Other methods than B-tree (and hash on one column), expressions and partial indexes never do, save those
 * that leave out nothing but rows whose columns are null: equality never asks for them.
 */
export function covers(index: Index, columns: readonly string[]): boolean {
  if (columns.length === 0 || (index.where && !leavesOutOnlyNulls(index, columns))) return false;
  if (index.method === 'hash') return columns.length === 1 && index.parts.length === 1 && index.parts[0]?.column === columns[0];
  if (index.method !== 'btree' || index.parts.length < columns.length) return false;
  return sameColumns(
    index.parts.slice(0, columns.length).map((part) => part.column ?? ''),
    columns,
  );
}

const NOT_NULL = /^\(*\s*(?:sql`)?\s*\(*\s*(?:\$\{\s*\w+\.(\w+)\s*\}|(?:"?\w+"?\.)?"?(\w+)"?)\s+is\s+not\s+null\s*\)*\s*`?\s*\)*$/i;
const NOT_NULL_CALL = /^isNotNull\(\s*\w+\.(\w+)\s*,?\s*\)$/;
const NOT_NULL_OBJECT = /^\{\s*(\w+)\s*:\s*\{\s*not\s*:\s*null\s*\}\s*\}$/;

/** Whether the predicate says no more than that some of `columns` aren't null, in any language's words. */
function leavesOutOnlyNulls({ table, where }: Index, columns: readonly string[]): boolean {
  const names = new Set(columns);
  for (const column of table.columns) if (names.has(column.dbName)) names.add(column.name);
  return (where?.raw ?? '').trim().split(/\s+and\s+/i).every((part) => {
    const [, first, second] = NOT_NULL.exec(part) ?? NOT_NULL_CALL.exec(part) ?? NOT_NULL_OBJECT.exec(part) ?? [];
    return names.has(first ?? second ?? '');
  });
}

/** The first index of the table that covers the columns. */
export function coveringIndex(table: Table, columns: readonly string[]): Index | undefined {
  for (const index of indexesOf(table)) if (covers(index, columns)) return index;
  return undefined;
}

const GENERATED = /\b(?:cuid2?|ulid|nanoid|createId|newId|generateId|uuid\w*|gen_random_uuid|gen_ulid)\b/i;

/** Whether hardly two rows of its table have the same value in the column: it is unique, or a key that is made afresh for each. */
export function tellsRowsApart(column: Column): boolean {
  const { table, dbName, default: value } = column;
  const alone = [...indexesOf(table)].some(({ unique, where, parts, constraint }) => (unique || constraint === 'primary key') && !where && parts.length === 1 && parts[0]?.column === dbName);
  if (column.unique || alone) return true;
  if (!value || !table.primaryKey?.parts.some((part) => part.column === dbName)) return false;
  return value.kind === 'uuid' || value.kind === 'sequence' || (value.kind === 'expression' && GENERATED.test(value.raw));
}

/**
 * The index that finds the rows which refer to one row of `target`. A tenant is often carried along in a key whose
 * other column says it all: an index on that one finds the same rows as one on both.
 */
export function servingIndex({ table, columns, targetColumns }: ForeignKey, target: Table | undefined): Index | undefined {
  const whole = coveringIndex(table, columns);
  if (whole || !target || columns.length < 2) return whole;
  const named = targetColumns.length > 0 ? targetColumns : (target.primaryKey?.parts.map(({ column }) => column) ?? []);
  for (const [at, column] of columns.entries()) {
    const referenced = target.columns.find(({ dbName }) => dbName === named[at]);
    const index = referenced && tellsRowsApart(referenced) ? coveringIndex(table, [column]) : undefined;
    if (index) return index;
  }
  return undefined;
}

/**
 * The columns in the order that a new index should have: one that makes no index of the table needless, where there is
 * such an order.
 */
export function orderForIndex(table: Table, columns: readonly string[]): readonly string[] {
  const turns = columns.map((_, at) => [...columns.slice(at), ...columns.slice(0, at)]);
  const repeats = (order: readonly string[]): boolean =>
    table.indexes.some(
      (index) =>
        !index.unique && !index.where && index.method === 'btree' && index.parts.length > 0 && index.parts.every((part, at) => part.column !== undefined && part.column === order[at]),
    );
  return turns.find((order) => !repeats(order)) ?? columns;
}

/** Whether two lists hold the same columns, in any order. */
export function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column)) && b.every((column) => a.includes(column));
}

/**
 * The index that makes this one needless: equal to it, or led by it. Of two equal ones the later gives way, a plain
 * index gives way to a constraint, and a unique one only to an equal unique one.
 */
export function replacementOf(index: Index): Index | undefined {
  if (index.constraint === 'primary key' || index.parts.length === 0) return undefined;
  for (const other of indexesOf(index.table)) {
    if (other !== index && !sameName(index, other) && serves(other, index) && givesWay(index, other)) return other;
  }
  return undefined;
}

/** The indexes of the table that nothing makes needless so far, and that would be if `index` had another shape. */
export function needlessAfter(index: Index, shape: Partial<Pick<Index, 'method' | 'parts'>>): readonly Index[] {
  const { table } = index;
  const indexes: Index[] = [];
  const after: Table = { ...table, indexes };
  for (const each of table.indexes) indexes.push({ ...each, ...(each === index && shape), table: after });
  return table.indexes.filter((each, at) => {
    const changed = indexes[at];
    return changed && replacementOf(changed) && !replacementOf(each);
  });
}

/** Two declarations of one name are one index (IF NOT EXISTS), or an error that the database reports itself. */
function sameName(a: Index, b: Index): boolean {
  return a.name !== undefined && a.name === b.name;
}

/** Whether every lookup that `index` serves is served by `other` as well. */
function serves(other: Index, index: Index): boolean {
  if (other.method !== index.method || !samePredicate(other, index)) return false;
  if (other.parts.length < index.parts.length) return false;
  // Only a B-tree is known to serve the leading columns of a longer index as well as a shorter one.
  if (index.method !== 'btree' && other.parts.length > index.parts.length) return false;
  if (index.unique) {
    if (!other.unique || other.parts.length !== index.parts.length) return false;
    if (other.nullsNotDistinct !== index.nullsNotDistinct) return false;
  }
  const leading = other.parts.slice(0, index.parts.length);
  // A B-tree of one column reads as well backwards as forwards.
  const matches =
    leading.every((part, at) => sameOrder(part, index.parts[at], false)) ||
    (index.parts.length === 1 && index.method === 'btree' && sameOrder(leading[0], index.parts[0], true));
  return matches && index.include.every((column) => holds(other, column));
}

function holds(index: Index, column: string): boolean {
  return index.include.includes(column) || index.parts.some((part) => part.column === column);
}

function samePredicate(a: Index, b: Index): boolean {
  return normalized(a.where?.raw) === normalized(b.where?.raw);
}

function sameOrder(a: IndexPart | undefined, b: IndexPart | undefined, backwards: boolean): boolean {
  if (!a || !b) return false;
  if (a.column !== b.column || normalized(a.expression) !== normalized(b.expression)) return false;
  if (a.column === undefined && a.expression === undefined) return false;
  if (a.ops !== b.ops || a.collation !== b.collation) return false;
  return (a.sort === b.sort) !== backwards && (nullsOf(a) === nullsOf(b)) !== backwards;
}

/** Where the nulls stand, by default last in ascending and first in descending order. */
function nullsOf(part: IndexPart): 'first' | 'last' {
  return part.nulls ?? (part.sort === 'desc' ? 'first' : 'last');
}

function normalized(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, ' ').trim();
}

function givesWay(index: Index, other: Index): boolean {
  if (other.parts.length > index.parts.length || other.include.length > index.include.length) return true;
  if (rank(index) !== rank(other)) return rank(index) > rank(other);
  const all = index.table.indexes;
  return all.indexOf(index) > all.indexOf(other);
}

/** What to keep first: the primary key, then constraints, then unique indexes, then plain ones. */
function rank(index: Index): number {
  if (index.constraint === 'primary key') return 0;
  if (index.constraint === 'unique') return index.inline ? 1 : 2;
  return index.unique ? 3 : 4;
}
