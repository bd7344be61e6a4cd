// What queries usually ask of a column in an index: one value, a range, or something inside it.
import { isCreatedAt, isEventTime, isForeignKeyMember, isKeyMember, isUpdatedAt } from './column-roles';
import type { Column } from './nodes';
import { stems, words } from './words';

export type IndexRole = 'equality' | 'range' | 'contents';

/** The usual role of the column in an index, for those who want to say something of every column. */
export function indexRole(column: Column): IndexRole {
  if (isDocument(column)) return 'contents';
  return isRangeLike(column) ? 'range' : 'equality';
}

/** Whether queries ask for what the column's values hold: documents, arrays, words of a text. */
export function isDocument({ type }: Column): boolean {
  return type.array > 0 || type.family === 'json' || type.family === 'tsvector';
}

/**
 * Whether queries compare the column with bounds, or sort by it: moments, measures, amounts. A time that is only there
 * once something happened (`archived_at`) is mostly asked for by IS NULL, and counts as neither.
 */
export function isRangeLike(column: Column): boolean {
  const { type } = column;
  if (type.array > 0 || isForeignKeyMember(column)) return false;
  switch (type.family) {
    case 'timestamp':
    case 'date':
    case 'time':
      return !isMarker(column);
    case 'interval':
    case 'numeric':
    case 'float':
    case 'money':
      return true;
    case 'integer':
      return !isKeyMember(column) && (isMoment(column) || isMeasure(column));
    case 'text':
      return isMoment(column);
    case 'uuid':
    case 'enum':
    case 'boolean':
    case 'bytes':
    case 'json':
    case 'tsvector':
    case 'other':
      return false;
  }
}

/**
 * Whether queries ask for one value of the column, which many rows share: references, tenants, flags, states. A column
 * that tells rows apart by itself stands behind a time to break ties, so it isn't one.
 */
export function isEqualityLike(column: Column): boolean {
  const { type } = column;
  if (type.array > 0 || column.unique) return false;
  if (isForeignKeyMember(column) || type.family === 'boolean' || type.family === 'enum') return true;
  if (isKeyMember(column)) return false;
  if (type.family === 'uuid' || column.allowed) return true;
  if (type.family !== 'integer' && type.family !== 'text') return false;
  const last = words(column.dbName).at(-1) ?? '';
  return last === 'id' || last === 'uuid' || STATES.has(last);
}

const STATES = new Set(['status', 'state', 'type', 'kind', 'category', 'role', 'plan', 'tier', 'visibility', 'environment', 'locale', 'currency']);

const MEASURES = new Set([
  'score', 'rank', 'rating', 'position', 'order', 'priority', 'amount', 'price', 'cost', 'total', 'count', 'quantity', 'size', 'age', 'duration',
  'views', 'likes', 'votes', 'balance', 'weight', 'height', 'distance', 'timestamp', 'popularity',
].map((word) => stems(word)[0] ?? word)); // prettier-ignore

/** The last word says what a number measures: `sort_order`, `view_count`. */
function isMeasure(column: Column): boolean {
  return MEASURES.has(stems(column.dbName).at(-1) ?? '');
}

/** A moment kept as a number or text, as in SQLite. */
function isMoment(column: Column): boolean {
  if (isCreatedAt(column) || isUpdatedAt(column)) return true;
  const last = words(column.dbName).at(-1) ?? '';
  return isEventTime(column) && (last === 'at' || last.endsWith('timestamp'));
}

const DUE = new Set([
  'next', 'due', 'expire', 'expires', 'expiry', 'expiration', 'scheduled', 'schedule', 'retry', 'deliver', 'available', 'visible', 'until', 'lease', 'deadline', 'remind', 'run',
]); // prettier-ignore

/** Whether the column says when something is to happen: jobs ask for what is due, of all owners at once. */
export function isDueTime(column: Column): boolean {
  return isRangeLike(column) && words(column.dbName).some((word) => DUE.has(word));
}

const HAPPENED = new Set(['read', 'sent', 'paid', 'done', 'won', 'lost', 'seen', 'left', 'sold', 'spent', 'withdrawn', 'hidden', 'taken', 'begun']);

/** A moment that is NULL until something happened to the row: `revoked_at`. */
function isMarker(column: Column): boolean {
  const { nullable, default: value } = column;
  if (!nullable || value !== undefined || isCreatedAt(column) || isUpdatedAt(column)) return false;
  const names = words(column.dbName);
  const happened = names.at(-1) === 'at' || names.at(-1) === 'on' ? (names.at(-2) ?? '') : (names.at(-1) ?? '');
  return happened.endsWith('ed') || HAPPENED.has(happened);
}
