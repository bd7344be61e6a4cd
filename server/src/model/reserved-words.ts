// The words that PostgreSQL keeps for itself: as the name of a table or column they need quotes for ever.
import type { Schema } from './nodes';

/** `pg_get_keywords()` of PostgreSQL 18, the words that may name nothing, and those that may name a function or type. */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
  current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc distinct
  do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit
  localtime localtimestamp not null offset on only or order placing primary references returning select session_user some
  symmetric system_user table then to trailing true union unique user using variadic when where window with
  authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like
  natural notnull outer overlaps right similar tablesample verbose`.split(/\s+/),
);

/** Whether PostgreSQL takes the word, as written, for something else than a name unless it is quoted. */
export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/**
 * Whether people write the names of this database themselves: in migrations, and in the SQL fragments of a query
 * builder. A generated client that hides the database writes them all, in quotes.
 */
export function namesAreTyped({ language }: Pick<Schema, 'language'>): boolean {
  return language !== 'prisma';
}
