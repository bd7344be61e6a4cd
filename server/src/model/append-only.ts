// Tables whose rows are written once, and tables that a tool keeps for itself.
import type { Table } from './nodes';
import { stems, words } from './words';

/** At the end of a name they say that rows are written once: `page_views`, `PasswordResetToken`. */
const LAST = new Set([
  'event', 'log', 'audit', 'history', 'session', 'token', 'verification', 'attempt', 'snapshot', 'revision', 'metric',
  'measurement', 'click', 'impression', 'visit', 'pageview', 'view', 'receipt', 'archive', 'nonce', 'otp', 'ledger',
  'journal', 'trace', 'span', 'invocation', 'delivery', 'vote', 'like', 'reaction', 'challenge', 'backup', 'reading', 'ban', 'blocklist', 'denylist',
  'grant',
]); // prettier-ignore

/** Anywhere in a name, as in `password_reset_requests`. */
const ANYWHERE = new Set(['audit', 'log', 'logs', 'history', 'verification', 'outbox', 'telemetry', 'banned', 'blocked', 'reset']);

/** At the beginning of a name: rows that keep what was, as `RescheduledDate`, `deleted_accounts` and `SentEmail`. */
const FIRST = new Set(['rescheduled', 'deleted', 'removed', 'archived', 'previous', 'former', 'sent', 'received']);

/** Whether rows of the table are written once and never changed, by its name. */
export function isAppendOnly(table: Table): boolean {
  return [table.name, table.dbName].some((name) => {
    const parts = stems(name);
    const last = parts.at(-1) ?? '';
    return (LAST.has(last) && !isPlanned(last, table)) || FIRST.has(parts[0] ?? '') || parts.some((part) => ANYWHERE.has(part));
  });
}

/** What people say of something that they plan: when it begins and ends, and what it is about. */
const BEGINS = new Set(['start', 'starts', 'begin', 'begins']);
const ENDS = new Set(['end', 'ends']);
const SAID = new Set(['title', 'description', 'location', 'venue', 'enabled', 'active', 'isactive', 'published', 'ispublished', 'capacity']);

/** Whether the events of the table are concerts and campaigns, which somebody plans and changes, and not what happened. */
function isPlanned(last: string, { columns }: Table): boolean {
  if (last !== 'event') return false;
  const names = columns.map(({ name }) => words(name));
  const some = (wanted: ReadonlySet<string>): boolean => names.some(([first = '']) => wanted.has(first));
  return some(BEGINS) && some(ENDS) && names.some((parts) => SAID.has(parts.join('')));
}

const TOOL_TABLES = new Set([
  '_prisma_migrations', '__drizzle_migrations', 'schema_migrations', 'spatial_ref_sys', 'flyway_schema_history',
  'goose_db_version', 'atlas_schema_revisions', 'knex_migrations', 'knex_migrations_lock', 'pgmigrations',
  '_sqlx_migrations', '__diesel_schema_migrations', 'ar_internal_metadata', 'gorp_migrations', 'databasechangelog',
  'databasechangeloglock', 'alembic_version', 'django_migrations', 'typeorm_metadata', 'supabase_migrations',
  'geometry_columns', 'geography_columns', 'sequelizemeta',
]); // prettier-ignore

/** Whether a migration tool or an extension owns the table. */
export function isToolTable(table: Table): boolean {
  const name = table.dbName.toLowerCase();
  // PostgreSQL keeps `pg_` for its own catalogs.
  return TOOL_TABLES.has(name) || name.startsWith('pg_') || table.dbSchema === 'pg_catalog' || table.dbSchema === 'information_schema';
}

/** What is written down each time something happens, by machines as well as by people. */
const STREAMS = new Set([
  'event', 'log', 'audit', 'history', 'metric', 'measurement', 'click', 'impression', 'visit', 'pageview', 'view', 'trace', 'span', 'delivery',
  'reading', 'ledger', 'journal', 'outbox', 'telemetry', 'hit', 'ping', 'heartbeat', 'sample', 'datapoint', 'usage',
]); // prettier-ignore

/** Whether rows of the table come in as long as the system runs and mostly stay, by its name. */
export function isStream(table: Table): boolean {
  return [table.name, table.dbName].some((name) => {
    const last = stems(name).at(-1) ?? '';
    return STREAMS.has(last) && !isPlanned(last, table);
  });
}
