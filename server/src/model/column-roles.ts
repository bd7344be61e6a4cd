// What columns are for, told by their names.
import type { Column, Table } from './nodes';
import { folded, words } from './words';

const CREATED = new Set([
  'created', 'createdat', 'createdon', 'createddate', 'createdtime', 'createdts', 'createdtimestamp', 'createdatetime',
  'createtime', 'createdate', 'createts', 'createat', 'createon', 'creationdate', 'creationtime', 'creationtimestamp',
  'datecreated', 'timecreated', 'dateadded', 'added', 'addedat', 'addedon', 'insertedat', 'insertedon', 'inserted',
  'inserttime', 'registeredat', 'registeredon', 'createdatutc', 'ctime', 'tscreated', 'createdateutc',
]); // prettier-ignore

const UPDATED = new Set([
  'updated', 'updatedat', 'updatedon', 'updateddate', 'updatedtime', 'updatedts', 'updatedtimestamp', 'updatetime',
  'updatedate', 'updatets', 'updateat', 'updateon', 'lastupdate', 'lastupdated', 'lastupdatedat', 'lastupdatedon',
  'lastupdatetime', 'dateupdated', 'timeupdated', 'modified', 'modifiedat', 'modifiedon', 'modifieddate', 'modifiedtime',
  'modificationdate', 'modificationtime', 'datemodified', 'lastmodified', 'lastmodifiedat', 'lastmodifiedon',
  'lastmodifieddate', 'changedat', 'changedon', 'lastchanged', 'lastchangedat', 'editedat', 'lasteditedat', 'mtime',
  'tsupdated', 'updatedatutc', 'refreshedat', 'syncedat', 'lastsyncedat',
]); // prettier-ignore

/** Names that tell when a row that never changes came to be. */
const HAPPENED = new Set([
  'timestamp', 'ts', 'time', 'at', 'date', 'datetime', 'occurredat', 'occurredon', 'happenedat', 'recordedat', 'loggedat',
  'eventtime', 'eventat', 'eventdate', 'eventtimestamp', 'receivedat', 'startedat', 'executedat', 'sentat', 'issuedat',
  'performedat', 'triggeredat', 'measuredat', 'capturedat', 'visitedat', 'viewedat', 'clickedat', 'changedat', 'login',
  'loginat', 'attemptedat', 'day', 'starttime', 'firedat', 'deliveredat', 'processedat', 'takenat', 'installedon',
]); // prettier-ignore

const POSITION = new Set(['position', 'order', 'sort', 'sortorder', 'rank', 'index', 'idx', 'ordinal', 'sequence', 'seq', 'priority']);

/** Words of times that are set again after the row was created, whatever their first value is. */
const MOVING = new Set(['update', 'updated', 'modify', 'modified', 'change', 'changed', 'last', 'latest', 'next', 'seen', 'expire', 'expires', 'expiry', 'due', 'refreshed', 'synced', 'until']);

/** Whether the column tells when the row was created: by its name, or because the database fills it with the moment of the insert. */
export function isCreatedAt(column: Column): boolean {
  if (hasName(column, CREATED)) return true;
  const { type, updatedAutomatically } = column;
  if (type.family !== 'timestamp' || column.default?.kind !== 'now' || updatedAutomatically || hasName(column, UPDATED)) return false;
  const parts = [...words(column.name), ...words(column.dbName)];
  return parts[0] === 'first' || !parts.some((word) => MOVING.has(word));
}

/** Whether the column tells when the row was last changed. */
export function isUpdatedAt(column: Column): boolean {
  return column.updatedAutomatically || hasName(column, UPDATED);
}

/** Whether the column tells when something happened, which is when its row was written. */
export function isEventTime(column: Column): boolean {
  return hasName(column, HAPPENED);
}

const EXPIRY = new Set(['expire', 'expires', 'expired', 'expiry', 'expiration']);

/** Whether the column tells when its row is done with, a fixed while after it was written. */
export function isExpiry(column: Column): boolean {
  return !column.nullable && [...words(column.name), ...words(column.dbName)].some((word) => EXPIRY.has(word));
}

/** Whether the column says when a row joined, came or went: `joinedAt`, `assigned_at`, any timestamp by its name. */
export function isTimestampLike(column: Column): boolean {
  return column.type.family === 'timestamp' || isCreatedAt(column) || isUpdatedAt(column) || isEventTime(column);
}

/** Whether the column only orders rows beside each other. */
export function isPosition(column: Column): boolean {
  return hasName(column, POSITION);
}

/** Whether the column is a member of its table's primary key. */
export function isKeyMember(column: Column): boolean {
  return column.table.primaryKey?.parts.some((part) => part.column === column.dbName) ?? false;
}

/** Whether the column refers to another table. */
export function isForeignKeyMember(column: Column): boolean {
  return column.table.foreignKeys.some((foreignKey) => foreignKey.columns.includes(column.dbName));
}

const SECRET = new Set(['token', 'secret', 'otp', 'nonce', 'password', 'hash', 'code', 'share', 'invite', 'apikey', 'signature']);

/** Whether the column's value is a secret that nobody may guess or date. */
export function isSecret(column: Column): boolean {
  return [...words(column.name), ...words(column.dbName)].some((word) => SECRET.has(word));
}

/** The table's column of that database name. */
export function columnOf(table: Table, dbName: string): Column | undefined {
  return table.columns.find((column) => column.dbName === dbName);
}

/** What the author calls the table's column of that database name. */
export function authorName(table: Table, dbName: string): string {
  return columnOf(table, dbName)?.name ?? dbName;
}

/** Whether one of the folded names is the column's, in the author's code or in the database. */
export function hasName({ name, dbName }: Column, names: ReadonlySet<string>): boolean {
  return names.has(folded(name)) || names.has(folded(dbName));
}
