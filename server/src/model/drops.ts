// Migrations that take something away which code may still use.
import type { Change, Migration } from './changes';
import { mayBeInUse } from './lifetime';
import { sameTable } from './names';
import type { Schema, TableName } from './nodes';

const VERBS: ReadonlySet<Change['verb']> = new Set<Change['verb']>(['dropColumn', 'dropTable', 'renameColumn', 'renameTable']);

const known = new WeakMap<Migration, boolean>();

/** Whether it drops or renames a table or a column that was there before it. */
export function takesAway(migration: Migration): boolean {
  let takes = known.get(migration);
  if (takes === undefined) {
    takes = migration.statements.some(({ changes }) => changes.some(({ verb, lifetime }) => VERBS.has(verb) && mayBeInUse(lifetime)));
    known.set(migration, takes);
  }
  return takes;
}

const names = new WeakMap<Migration, readonly string[]>();

/** The names of all tables that migrations have ever made, given or assumed. */
export function tablesEver({ migrations, tables }: Pick<Schema, 'migrations' | 'tables'>): ReadonlySet<string> {
  const found = new Set(tables.map(({ dbName }) => dbName));
  for (const migration of migrations) {
    let own = names.get(migration);
    if (!own) names.set(migration, (own = migration.statements.flatMap(({ changes }) => changes.flatMap(namesIn))));
    for (const name of own) found.add(name);
  }
  return found;
}

function namesIn(change: Change): string[] {
  const own = change.table ? [change.table.name] : [];
  return change.verb === 'renameTable' ? [...own, change.newName] : own;
}

/** What the same migration does before and behind a change. */
export function around(change: Change): { readonly before: readonly Change[]; readonly after: readonly Change[] } {
  const all = change.statement.migration.statements.flatMap(({ changes }) => changes);
  const at = all.indexOf(change);
  return { before: all.slice(0, Math.max(at, 0)), after: all.slice(at + 1) };
}

/** A drop that is written in case there is something, of which the history knows nothing. */
export function isJustInCase({ statement, lifetime }: Change): boolean {
  return lifetime === 'unknown' && /\bIF\s+EXISTS\b/i.test(statement.text);
}

/** Whether two changes act on one table, as far as it is called the same. */
export function isOfTable(change: Change, table: TableName): boolean {
  return change.table !== undefined && sameTable(change.table, table);
}
