// Dropping and renaming a column, with everything that names it.
import { withColumns } from '../../../model/conditions';
import type { TableName } from '../../../model/nodes';
import { quoted } from '../../../model/sql-text';
import { means, schemaOf, type Catalog } from './catalog';
import { touch, type Draft } from './draft';

/** Drops the column with every index and constraint that holds it, as PostgreSQL does. */
export function dropColumn(catalog: Catalog, draft: Draft, column: string, cause: object): void {
  // What is computed from it falls with a CASCADE, without which the statement fails.
  draft.columns = draft.columns.filter((each) => each.dbName !== column && !mentions(each.generatedAs, column));
  for (const index of [...draft.indexes]) {
    const named = index.parts.some((part) => part.column === column || mentions(part.expression, column));
    if (named || index.include.includes(column) || mentions(index.where?.raw, column)) catalog.removeIndex(draft, index);
  }
  draft.foreignKeys = draft.foreignKeys.filter((each) => !each.columns.includes(column));
  draft.checks = draft.checks.filter((each) => !each.columns.includes(column));
  draft.loose = draft.loose.filter((each) => !each.columns.includes(column));
  for (const other of catalog.referrers(draft.name)) {
    const kept = other.foreignKeys.filter((each) => !(means(each.target, draft) && each.targetColumns.includes(column)));
    if (kept.length === other.foreignKeys.length) continue;
    other.foreignKeys = kept;
    touch(other, cause);
  }
}

export function renameColumn(catalog: Catalog, draft: Draft, column: string, newName: string, cause: object): void {
  const swap = (name: string): string => (name === column ? newName : name);
  const reworded = (raw: string): string => withColumns(raw, (name) => (name === column ? quoted(newName, false) : undefined)) ?? raw;
  draft.columns = draft.columns.map((each) => (each.dbName === column ? { ...each, name: newName, dbName: newName } : each));
  draft.indexes = draft.indexes.map((index) => ({
    ...index,
    parts: index.parts.map((part) => ({
      ...part,
      ...(part.column === column && { column: newName }),
      ...(part.expression !== undefined && { expression: reworded(part.expression) }),
    })),
    include: index.include.map(swap),
    ...(index.where && { where: { ...index.where, raw: reworded(index.where.raw) } }),
  }));
  draft.foreignKeys = draft.foreignKeys.map((each) => ({
    ...each,
    columns: each.columns.map(swap),
    ...(each.onDelete?.columns && { onDelete: { ...each.onDelete, columns: each.onDelete.columns.map(swap) } }),
  }));
  draft.checks = draft.checks.map((each) => (each.columns.includes(column) ? { ...each, columns: each.columns.map(swap), raw: reworded(each.raw) } : each));
  draft.loose = draft.loose.map((each) => ({ ...each, columns: each.columns.map(swap) }));
  const self: TableName = { name: draft.name, ...schemaOf(draft) };
  for (const other of catalog.referrers(draft.name)) {
    if (!other.foreignKeys.some((each) => means(each.target, self) && each.targetColumns.includes(column))) continue;
    other.foreignKeys = other.foreignKeys.map((each) =>
      means(each.target, self) ? { ...each, targetColumns: each.targetColumns.map(swap) } : each,
    );
    touch(other, cause);
  }
}

function mentions(raw: string | undefined, column: string): boolean {
  if (raw === undefined) return false;
  for (const [word] of raw.matchAll(/"[^"]*"|'[^']*'|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/g)) {
    if (word === `"${column}"` || word.toLowerCase() === column) return true;
  }
  return false;
}
