// What stands between an application and its database.
import type { Schema } from './nodes';

/**
 * Whether rows are written through a client that knows the schema, and that can fill columns by itself. Migrations
 * alone tell nothing of those who write, and their triggers may do the same.
 */
export function hasOwnClient({ language }: Pick<Schema, 'language'>): boolean {
  return language !== 'sql';
}
