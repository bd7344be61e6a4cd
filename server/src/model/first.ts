// Which of many columns of one kind is named first, so that a decision that concerns them all is asked for once.
import type { Column, Schema } from './nodes';

const known = new WeakMap<Schema['tables'], Map<(column: Column) => boolean, ReadonlySet<Column>>>();

/**
 * Whether the column is the first of its kind in its file. Reading the schema's tables costs a rule its kept verdict,
 * so it is asked last. The kind must be one constant function.
 */
export function isFirstInFile(column: Column, schema: Schema, kind: (column: Column) => boolean): boolean {
  const { tables } = schema;
  const byKind = known.get(tables) ?? new Map<(column: Column) => boolean, ReadonlySet<Column>>();
  known.set(tables, byKind);
  let first = byKind.get(kind);
  if (!first) {
    const byFile = new Map<string, Column>();
    for (const { objectKind, ignored, temporary, columns } of tables) {
      if (objectKind !== 'table' || ignored || temporary) continue;
      for (const each of columns) {
        const { file, start } = each.type.span;
        const other = byFile.get(file);
        if (kind(each) && (!other || start < other.type.span.start)) byFile.set(file, each);
      }
    }
    byKind.set(kind, (first = new Set(byFile.values())));
  }
  return first.has(column);
}
