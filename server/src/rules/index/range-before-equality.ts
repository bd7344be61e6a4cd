// Reports composite indexes in which a range stands before what is asked for by equality.
import type { Fix, Rule } from '../../linter/rule';
import { columnOf } from '../../model/column-roles';
import { indexesOf, needlessAfter } from '../../model/covering';
import { isDueTime, isEqualityLike, isRangeLike } from '../../model/index-roles';
import type { Column, Index, IndexPart, Table } from '../../model/nodes';

export const rangeBeforeEquality: Rule = {
  id: 'range-before-equality',
  meta: {
    title: 'An index has a range in front of a column that is asked for by equality.',
    severity: 'info',
    fix: 'review',
    // SingleStore's indexes are hashes, which have no order.
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver', 'mongodb', 'gel', 'unknown'],
    bible: '§5 L',
  },
  visit: {
    *index(index) {
      const order = orderOf(index);
      if (!order || isComplemented(index, order)) return;
      const { range, equal } = order;
      const others = needlessAfter(index, { parts: order.parts });
      yield {
        at: index.nameSpan,
        message: `Queries for one ${list(equal)} in a range of \`${range.name}\` read all rows of that range, because \`${range.name}\` stands first in this index.`,
        help: `Put ${list(equal)} before \`${range.name}\`.`,
        // Queries for the other column alone have an index already, so this one may be there for the range.
        ...(equal.some((column) => leads(index, column)) && { quiet: true as const }),
        fixes: others.some((each) => each === index || each.unique) ? [] : [fix(index, order, others)],
      };
    },
  },
};

interface Order {
  readonly range: Column;
  /** What stands behind it and should stand before. */
  readonly equal: readonly Column[];
  readonly parts: Index['parts'];
}

/**
 * The better order; undefined where the index has it, or where its order may mean something else: what is unique, a
 * list's pages with a key to break ties, jobs that are due. Behind a column for equality a range may well stand before
 * another one, which then only saves looking into the table.
 */
function orderOf({ table, parts, unique, method }: Index): Order | undefined {
  if (table.partitionOf || unique || method !== 'btree' || parts.length < 2) return undefined;
  const columns = parts.flatMap((part) => (part.column === undefined ? [] : (columnOf(table, part.column) ?? [])));
  const [range] = columns;
  if (!range || columns.length < parts.length || !isRangeLike(range) || isDueTime(range)) return undefined;
  const equal = columns.filter(isEqualityLike);
  if (equal.length === 0 || holdsKey(table, columns)) return undefined;
  const names = equal.map(({ dbName }) => dbName);
  const moved = ({ column }: IndexPart): boolean => column !== undefined && names.includes(column);
  return { range, equal, parts: [...parts.filter(moved), ...parts.filter((part) => !moved(part))] };
}

/** Whether the columns tell rows apart: a key among them breaks ties between the pages of a list. */
function holdsKey(table: Table, columns: readonly Column[]): boolean {
  const names = columns.map(({ dbName }) => dbName);
  return [...indexesOf(table)].some(({ unique, where, parts }) => unique && !where && parts.every(({ column }) => column !== undefined && names.includes(column)));
}

/** Whether another index has the better order, so that this one is there for the rest of the queries. */
function isComplemented(index: Index, { parts, range }: Order): boolean {
  const wanted = parts.slice(0, parts.findIndex(({ column }) => column === range.dbName) + 1).map(({ column }) => column);
  for (const other of indexesOf(index.table)) {
    if (other === index || other.method !== 'btree') continue;
    const leading = other.parts.slice(0, wanted.length).map(({ column }) => column);
    if (wanted.every((column) => leading.includes(column)) && leading[0] !== range.dbName) return true;
  }
  return false;
}

/** Whether another index begins with the column. */
function leads(index: Index, column: Column): boolean {
  return [...indexesOf(index.table)].some((other) => other !== index && other.method === 'btree' && other.parts[0]?.column === column.dbName);
}

function fix(index: Index, { equal, range, parts }: Order, needless: readonly Index[]): Fix {
  const also = needless.map((each) => ` and remove the index on ${each.parts.map(({ column }) => `\`${columnOf(each.table, column ?? '')?.name ?? '?'}\``).join(', ')}`);
  return {
    title: `Put ${list(equal)} before \`${range.name}\`${also.join('')}`,
    kind: 'review',
    preferred: true,
    intent: () => ({
      do: 'all',
      intents: [
        { do: 'setParts', index, columns: parts.flatMap(({ column }) => column ?? []) },
        ...needless.map((each) => ({ do: 'removeIndex', index: each }) as const),
      ],
    }),
  };
}

function list(columns: readonly Column[]): string {
  return columns.map(({ name }) => `\`${name}\``).join(' and ');
}
