// How long a table has lived when a statement meets it.

/**
 * - `added`: created by this migration, so it is empty and nobody reads it yet;
 * - `existing`: created by an earlier migration of a complete history;
 * - `temporary`: a temporary table;
 * - `unknown`: the history doesn't tell. Never read it as "new".
 */
export type Lifetime = 'added' | 'existing' | 'temporary' | 'unknown';

/** Whether a lock on the table can make somebody wait: true unless the table is known to be new. */
export function mayBeInUse(lifetime: Lifetime): boolean {
  return lifetime === 'existing' || lifetime === 'unknown';
}
