// What is already out in databases, and what only this file says so far.
import type { Span } from '../text/span';
import type { Migration } from './changes';
import type { Facts } from './facts';
import type { Schema } from './nodes';

/**
 * Whether rows may already have been written under the declaration at `place`: a migration that the main branch has,
 * or a schema that migrations were made from. A declaration in a new migration reaches the database as it stands.
 */
export function mayBeApplied(place: Span, schema: Schema, facts: Facts): boolean {
  if (schema.language !== 'sql') return facts.hasMigrations;
  return migrationsByFile(schema.migrations).get(place.file)?.committed ?? facts.hasMigrations;
}

const known = new WeakMap<readonly Migration[], ReadonlyMap<string, Migration>>();

function migrationsByFile(migrations: readonly Migration[]): ReadonlyMap<string, Migration> {
  let byFile = known.get(migrations);
  if (!byFile) known.set(migrations, (byFile = new Map(migrations.map((migration) => [migration.file, migration]))));
  return byFile;
}
