// Junction tables: rows that only join two others.
import { authorName, isForeignKeyMember, isKeyMember, isPosition, isTimestampLike } from './column-roles';
import { indexesOf } from './covering';
import { plural } from './named-tables';
import type { Column, ForeignKey, Table } from './nodes';
import { isTenantColumn } from './tenant';
import { singular, words } from './words';

/** Whether the table only joins rows of others: two foreign keys or more, and nothing else but a key, times and an order. */
export function isJunction(table: Table): boolean {
  const joined = new Set(table.foreignKeys.map((foreignKey) => foreignKey.columns.join()));
  if (joined.size < 2) return false;
  return table.columns.every(
    (column) => isForeignKeyMember(column) || isKeyMember(column) || isTimestampLike(column) || isPosition(column),
  );
}

/** Whether a row is nothing but a key: all its columns but a surrogate one are of one unique constraint, with a reference among them. */
export function isWholeKey(table: Table): boolean {
  const others = table.columns.filter((column) => !(isKeyMember(column) && table.primaryKey?.parts.length === 1 && !isForeignKeyMember(column)));
  if (!others.some(isForeignKeyMember)) return false;
  return [...indexesOf(table)].some(
    ({ unique, constraint, where, parts }) => (unique || constraint === 'primary key') && !where && others.every(({ dbName }) => parts.some((part) => part.column === dbName)),
  );
}

/**
 * The two foreign keys that a junction table is about: all that it has, or those that are left without who wrote the row
 * and whose it is.
 */
export function joinedPair(table: Table): readonly [ForeignKey, ForeignKey] | undefined {
  const all = table.foreignKeys.filter((key, at, keys) => keys.findIndex((other) => other.columns.join() === key.columns.join()) === at);
  const subjects = all.filter((key) => !key.columns.every((column) => isActor(authorName(table, column))));
  const parts = subjects.filter((key) => !key.columns.every((column) => isTenantColumn(table, column)));
  for (const [left, right, ...more] of [all, subjects, parts]) if (left && right && more.length === 0) return [left, right];
  return undefined;
}

/** Whether a unique constraint keeps two rows of a table from referring to the same rows. */
export function keepsPairApart(table: Table): boolean {
  const columns = new Set(table.foreignKeys.flatMap((foreignKey) => foreignKey.columns));
  return table.indexes.some((index) => index.unique && !index.where && index.parts.every(({ column }) => column !== undefined && columns.has(column)));
}

function isActor(name: string): boolean {
  return words(name.replace(/_?id$/i, '')).at(-1) === 'by';
}

/** The words of the names that a junction table in place of an array of ids has. */
export interface JunctionNames {
  readonly table: readonly string[];
  /** The column that refers to the table with the array. */
  readonly own: readonly string[];
  readonly other: readonly string[];
}

/** `post_tags` with `post_id` and `tag_id` in place of `posts.tag_ids`; undefined where both columns would have one name. */
export function junctionNames({ table, name }: Column): JunctionNames | undefined {
  const owner = words(table.dbName).map((word, at, all) => (at === all.length - 1 ? singular(word) : word));
  const others = words(name.replace(/IDs$/, 'Ids')).slice(0, -1);
  const last = others.at(-1);
  if (last === undefined || owner.join('_') === others.join('_')) return undefined;
  return {
    table: [...owner, ...others.slice(0, -1), plural(singular(last))],
    own: [...owner, 'id'],
    other: [...others.slice(0, -1), singular(last), 'id'],
  };
}
