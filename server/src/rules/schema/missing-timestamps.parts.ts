// Which tables say something of rows elsewhere that have times of their own: sums of them, and more columns for them.
import { isForeignKeyMember, isKeyMember } from '../../model/column-roles';
import type { Column, Table } from '../../model/nodes';
import { keepsVersions } from '../../model/soft-delete';
import { stems, words } from '../../model/words';

/** What is summed up of other rows. */
const SUMS = new Set(['count', 'score', 'total', 'sum', 'average', 'avg', 'rank', 'counter', 'tally']);

/** Whether a row holds nothing but sums of others, which a job or a trigger makes anew. */
export function holdsSums(table: Table): boolean {
  const own = table.columns.filter((column) => !isKeyMember(column) && !isForeignKeyMember(column));
  return own.length > 1 && table.foreignKeys.length > 0 && own.every(isSum);
}

function isSum({ name, type, default: value }: Column): boolean {
  if (type.array > 0 || !(type.family === 'integer' || type.family === 'float' || type.family === 'numeric')) return false;
  return (value?.kind === 'literal' && value.value === 0) || stems(name).some((word) => SUMS.has(word));
}

/** Whether the row's key is that of rows elsewhere, with which it is mostly written: more columns of one, or what two have with each other. */
export function isKeyedByOthers({ primaryKey, columns }: Table): boolean {
  const key = columns.filter((column) => primaryKey?.parts.some((part) => part.column === column.dbName));
  return key.length > 0 && key.length === primaryKey?.parts.length && key.every(isForeignKeyMember);
}

/** Whether the key says of which time the row is, as one of prices or rates does, or the times between which it holds. */
export function isDatedByKey(table: Table): boolean {
  return keepsVersions(table) || table.columns.some((column) => isKeyMember(column) && (column.type.family === 'date' || column.type.family === 'timestamp'));
}

/** Sums of a kind for each thing of a kind, which jobs count anew. */
export function isMetric({ name, dbName, primaryKey }: Table): boolean {
  return (primaryKey?.parts.length ?? 0) > 1 && [name, dbName].some((each) => ['metric', 'stat', 'counter'].includes(stems(each).at(-1) ?? ''));
}

const BEGINNINGS = new Set(['joined', 'enrolled', 'subscribed', 'assigned', 'granted', 'followed', 'registered', 'signed']);

/** Whether the column says when what the row stands for began, as a membership does. */
export function isBeginning({ name, type, nullable }: Column): boolean {
  const [first = '', second = '', ...more] = words(name);
  return type.family === 'timestamp' && !nullable && BEGINNINGS.has(first) && more.length === 0 && /^(?:up|at|on|date|time)?$/.test(second);
}

/** What changes in the life of a row: how far it has come, what it is worth, how it is set up. */
const EDITED = new Set([
  'status', 'state', 'stage', 'phase', 'role', 'settings', 'config', 'configuration', 'preferences', 'position', 'priority', 'price', 'balance', 'quantity',
  'stock', 'description', 'password',
]); // prettier-ignore

/** What people call their things, and call otherwise later. */
const CALLED = new Set(['name', 'title']);

/** What is put there once, name and all. */
const PUT_ONCE = new Set(['attachment', 'upload', 'file']);

/** Whether anything in a row looks as if it were changed after the row was written: a switch, a choice, a measure. */
export function mayChange({ columns, name: table }: Table): boolean {
  const putOnce = PUT_ONCE.has(stems(table).at(-1) ?? '');
  return columns.some((column) => {
    const { type, name } = column;
    if (isKeyMember(column) || isForeignKeyMember(column)) return false;
    return type.family === 'enum' || (type.family === 'boolean' && column.default !== undefined) || (!putOnce && CALLED.has(name.toLowerCase())) || words(name).some((word) => EDITED.has(word));
  });
}
