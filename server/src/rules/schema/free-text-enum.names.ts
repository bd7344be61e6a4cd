// Which text columns are meant for one of a few values, told by their names and by what their author says of them.
import { isToolTable } from '../../model/append-only';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { isForeignKeyMember, isKeyMember, isTimestampLike } from '../../model/column-roles';
import { defaultValue, knownValues, saysThereAreMore } from '../../model/fixed-values';
import type { Column, Table } from '../../model/nodes';
import { folded, stems, words } from '../../model/words';

/** What such a column's name ends with. */
const ENDINGS = new Set([
  'status', 'role', 'type', 'kind', 'plan', 'state', 'visibility', 'tier', 'priority', 'mode', 'level', 'stage', 'phase',
  'severity', 'frequency', 'strategy',
]); // prettier-ignore

/** Names that hardly ever mean anything else, whatever else is known. */
const TELLING = new Set(['status', 'role', 'kind', 'plan', 'visibility', 'type']);

/** Words in front of `type` and the like that make it somebody else's list, or the name of a kind of row. */
const FOREIGN = new Set([
  'mime', 'media', 'content', 'file', 'image', 'data', 'token', 'grant', 'response', 'entity', 'object', 'encoding', 'session',
  'auditable', 'commentable', 'taggable', 'trackable', 'subject', 'font', 'blood', 'http', 'oauth', 'encrypted',
]); // prettier-ignore

const FILES = new Set(['file', 'attachment', 'asset', 'media', 'upload', 'image', 'document']);
const ADDRESS = new Set(['city', 'town', 'zip', 'zipcode', 'postal', 'postcode', 'country', 'street', 'address', 'province', 'latitude']);
const CAREER = new Set(['company', 'employer', 'experience', 'employment', 'career', 'job', 'cast', 'credit', 'contact', 'testimonial', 'speaker']);

/** How sure it is: by the author's own words, by nothing but its name, or not at all. */
export function holdsFewValues(column: Column): 'by its author' | 'by name' | undefined {
  const parts = words(column.name);
  const last = parts.at(-1) ?? '';
  if (!ENDINGS.has(last) || parts.slice(0, -1).some((word) => FOREIGN.has(word))) return undefined;
  if (column.unique || column.generated || isKeyMember(column) || isForeignKeyMember(column)) return undefined;
  const { table } = column;
  if (isToolTable(table) || isGeneratedAuthTable(table) || isHalfOfReference(column, last) || isOthersMatter(column, last)) return undefined;
  if (hasEvidence(column)) return 'by its author';
  return parts.length === 1 && TELLING.has(last) && !mayBeOpen(column, last) ? 'by name' : undefined;
}

/** A word as the default, or a list of values. */
function hasEvidence(column: Column): boolean {
  const value = defaultValue(column);
  // A default that is a version, a size or a language is no name of a value.
  return (value !== undefined && /^[\p{L}_]/u.test(value)) || knownValues(column).length > 1;
}

/** `entityType` beside `entityId`: it names a table. */
function isHalfOfReference({ table, name }: Column, last: string): boolean {
  if (last !== 'type' && last !== 'kind') return false;
  const owner = words(name).slice(0, -1).join('');
  return owner !== '' && table.columns.some((other) => /^(?:ids?|uuid|key|ref)$/.test(folded(other.name).slice(owner.length)) && folded(other.name).startsWith(owner));
}

/** A state of an address, a role in a company: words of the users' own. And what the database is said to check. */
function isOthersMatter({ table, comment }: Column, last: string): boolean {
  if (comment !== undefined && /\bfree[- ]?(?:text|form)\b|\barbitrary\b|\bany (?:text|string)\b|\bcheck constraint\b|\bCHECK\b|\b(?:not|no|instead of|rather than) (?:an? )?(?:\w+ )?enum\b/i.test(comment)) return true;
  const near = [...stems(table.name), ...table.columns.flatMap(({ name }) => words(name))];
  if (isNamedElsewhere(table, last) || isProviders(table, last)) return true;
  if (last === 'state') return near.some((word) => ADDRESS.has(word));
  return last === 'role' && near.some((word) => CAREER.has(word));
}

const PROVIDERS = new Set(['stripe', 'paddle', 'lemonsqueezy', 'polar', 'chargebee', 'razorpay', 'paypal', 'github', 'gitlab', 'shopify', 'twilio']);

/** A status or a plan beside the row's id at a provider, who may add to its values at any time. */
function isProviders({ columns }: Table, last: string): boolean {
  if (last !== 'status' && last !== 'plan') return false;
  return columns.some(({ name }) => words(name).at(-1) === 'id' && words(name).some((word) => PROVIDERS.has(word)));
}

const STAGES = new Set(['column', 'status', 'stage', 'phase', 'lane']);

/** A status beside a reference to the column of a board, or whatever else its users make up its values of. */
function isNamedElsewhere({ foreignKeys }: Table, last: string): boolean {
  return ['status', 'state', 'stage', 'phase'].includes(last) && foreignKeys.some(({ target }) => STAGES.has(stems(target.name.replace(/_?(?:table|tbl)$/i, '')).at(-1) ?? ''));
}

/** Whether the values may well be many, or kept elsewhere, for all that only the name tells. */
function mayBeOpen({ table, dbName, comment }: Column, last: string): boolean {
  if (saysThereAreMore(comment ?? '')) return true;
  const near = new Set(table.columns.flatMap(({ name }) => words(name)));
  // The type of a file is a MIME type, and kinds with versions are the users' own.
  if (last === 'type' && ['size', 'mime', 'bytes', 'filename', 'blob', 'upload'].some((word) => near.has(word))) return true;
  if (last === 'kind' && near.has('version')) return true;
  // One row each: the table lists them itself, or keeps one setting for each.
  const owner = stems(table.dbName).filter((word) => word !== 'table' && word !== 'tbl');
  if (owner.at(-1) === last) return true;
  if (FILES.has(owner.at(-1) ?? '') && last === 'type') return true;
  if (table.indexes.some((index) => index.unique && index.parts.some((part) => part.column === dbName))) return true;
  return table.columns.filter((other) => !isKeyMember(other) && !isTimestampLike(other)).length < 3 && table.foreignKeys.length === 0;
}
