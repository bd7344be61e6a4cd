// What is already out in databases, and what only this file says so far.
import type { Span } from '../text/span';
import type { Facts } from './facts';
import type { Schema } from './nodes';

/**
 * Whether rows may already have been written under the declaration at `place`: a migration that the main branch has,
 * or a schema that migrations were made from. A declaration in a new migration reaches the database as it stands.
 */
export function mayBeApplied(place: Span, schema: Schema, facts: Facts): boolean {
  return schema.committed ? schema.committed.has(place.file) : facts.hasMigrations;
}
