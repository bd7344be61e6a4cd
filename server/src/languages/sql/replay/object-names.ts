// The names that PostgreSQL gives to constraints and indexes whose author gave none.
import { byteLength, LONGEST } from '../../../model/identifiers';
import type { ForeignKeySpec, IndexSpec } from '../lower/effects';

/** `table_columns_label`, with the longer half cut until all fits into 63 bytes. */
export function generatedName(table: string, columns: string, label: string): string {
  let first = table;
  let second = columns;
  const overhead = byteLength(label) + 1 + (second ? 1 : 0);
  while (byteLength(first) + byteLength(second) + overhead > LONGEST) {
    if (byteLength(first) > byteLength(second)) first = cut(first);
    else second = cut(second);
  }
  return second ? `${first}_${second}_${label}` : `${first}_${label}`;
}

function cut(text: string): string {
  return [...text].slice(0, -1).join('');
}

/** The name of an index or key of `table`, unless `taken`. */
export function indexName(table: string, index: IndexSpec, taken: (name: string) => boolean): string {
  if (index.name !== undefined) return index.name;
  if (index.constraint === 'primary key') return free(table, '', 'pkey', taken);
  const parts = index.nameParts ?? index.parts.map((part) => part.column ?? 'expr');
  const columns = distinct([...parts, ...index.include]).join('_');
  return free(table, columns, index.constraint === 'unique' ? 'key' : 'idx', taken);
}

// The second `a` of an index is called `a1` in its name.
function distinct(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let pass = 1; used.has(own); pass++) own = `${name}${pass}`;
    used.add(own);
    return own;
  });
}

export function foreignKeyName(table: string, foreignKey: ForeignKeySpec, taken: (name: string) => boolean): string {
  return foreignKey.name ?? free(table, foreignKey.columns.join('_'), 'fkey', taken);
}

export function checkName(table: string, columns: readonly string[], taken: (name: string) => boolean): string {
  return free(table, columns.length === 1 ? (columns[0] ?? '') : '', 'check', taken);
}

export function looseName(table: string, columns: readonly string[], suffix: string, taken: (name: string) => boolean): string {
  return free(table, columns.join('_'), suffix, taken);
}

function free(table: string, columns: string, label: string, taken: (name: string) => boolean): string {
  for (let pass = 0; ; pass++) {
    const name = generatedName(table, columns, pass === 0 ? label : `${label}${pass}`);
    if (!taken(name)) return name;
  }
}
