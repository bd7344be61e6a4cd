// Which table a column refers to, as far as its name and type tell: `author_id`, `parentId`, `order_item_id`. Only what is
// nearly certain counts: an id may be somebody else's, of one of several tables, or kept after its row is gone.
import { isForeignKeyMember } from './column-roles';
import { refusesReference } from './joinable-types';
import type { Column, Table } from './nodes';
import { stems, words } from './words';

/** Words that name a person's part in a row, whoever keeps the accounts. */
const ACTORS = new Set([
  'author', 'owner', 'creator', 'createdby', 'updatedby', 'deletedby', 'invitedby', 'assignedto', 'assignedby', 'approvedby',
  'uploadedby', 'assignee', 'inviter', 'reviewer', 'approver', 'uploader',
]); // prettier-ignore

/**
 * Words in front of a table's name that tell one reference to it from another. Those for the one of many that somebody
 * uses now (`default`, `active`, `last`) are none of them: such columns are often kept loose, for they close a circle.
 */
const QUALIFIERS = new Set([
  'parent', 'child', 'source', 'target', 'from', 'to', 'owner', 'author', 'creator', 'createdby', 'updatedby', 'deletedby', 'invitedby',
  'invited', 'assignedby', 'assignedto', 'assigned', 'approvedby', 'sender', 'receiver', 'recipient', 'related', 'assignee', 'uploadedby',
  'reviewer',
]); // prettier-ignore

/** Finds the one table of a name, which is given as one word in the singular. */
export type FindByWords = (name: string) => Table | undefined;

/** In front of the end of a longer name: once for the first table that has it, twice for the second. */
const MORE = '…';
/** So many of one end are looked at. */
const MOST = 8;

/** Where in a list of tables those of each name stand, undefined where several have it, and those with each as the end of a longer name. */
export function positionsByWords(tables: readonly Table[]): ReadonlyMap<string, number | undefined> {
  const positions = new Map<string, number | undefined>();
  tables.forEach((table, at) => {
    const { names, ends } = wordsOf(table);
    for (const name of names) positions.set(name, positions.has(name) ? undefined : at);
    for (const end of ends) {
      let key = MORE + end;
      while (positions.has(key) && key.length < MOST + end.length) key = MORE + key;
      if (!names.includes(end)) positions.set(key, at);
    }
  });
  return positions;
}

interface Words {
  /** All words of a name of the table as one: its own name and that in the database. */
  readonly names: readonly string[];
  /** The same, and all that is left of them without their first words. */
  readonly ends: ReadonlySet<string>;
}

const known = new WeakMap<Table, Words>();

function wordsOf(table: Table): Words {
  let found = known.get(table);
  if (!found) {
    const lists = [table.name, table.dbName].map(stems);
    const names = [...new Set(lists.map((parts) => parts.join('')))];
    known.set(table, (found = { names, ends: new Set(lists.flatMap((parts) => parts.map((_, at) => parts.slice(at).join('')))) }));
  }
  return found;
}

/** Whether the table is called one of these, in whatever case and number. */
export function isCalled(table: Table, ...names: readonly string[]): boolean {
  return wordsOf(table).names.some((each) => names.includes(each));
}

/** A column that by its name holds a key, with the names of the table that it may mean, the likeliest first. */
export interface Naming {
  readonly column: Column;
  readonly targets: readonly string[];
  /** One of these that stands behind a word which may as well belong to it: `sourceChatId` beside `copilotChats`. */
  readonly loose?: string;
}

/** The columns of a table that name something else's key and are free to have a foreign key to it. */
export function keyNamings(table: Table): Naming[] {
  // What is said of foreign keys over one column is mostly meant for those below it too.
  if ([table, ...table.columns].some(({ comment = '' }) => /\bno (?:foreign key|FK)s?\b/i.test(comment))) return [];
  return table.columns.flatMap((column) => {
    const role = roleOf(column.name) ?? roleOf(column.dbName);
    const free = role && column.type.array === 0 && !column.generated && !isForeignKeyMember(column) && !LOOSE.test(column.comment ?? '');
    return free && !hasKindBeside(column, role) ? [{ column, ...targetsOf(table, role) }] : [];
  });
}

/** Words of a comment by which the values are somebody else's, or meant to stay without a foreign key. */
const LOOSE = /foreign key|\bFKs?\b|\bloose|soft ref|denormali[sz]ed|\bexternal|third[- ]party|idempoten|\b(?:stripe|github|google|slack|discord)\b/i;

/** The column of another table, or of the same one, whose values this one holds by all that its name and type say. */
export function referencedColumn({ column, targets, loose }: Naming, find: FindByWords): Column | undefined {
  const { table } = column;
  let target: Table | undefined;
  for (const name of targets) {
    const named = target || name === SELF ? undefined : find(name);
    target ??= name === SELF ? table : named && name === loose && isOneOfMany(named, name, find) ? undefined : named;
  }
  const key = target && isUsable(target, table) ? keyOf(target) : undefined;
  return key && key !== column && sameType(column, key) ? key : undefined;
}

/** Whether another table is of the kind that one is called by: one that isn't made of its rows. */
function isOneOfMany(named: Table, name: string, find: FindByWords): boolean {
  for (let key = MORE + name; ; key = MORE + key) {
    const other = find(key);
    if (!other) return false;
    if (!other.foreignKeys.some(({ target }) => target.name === named.dbName)) return true;
  }
}

/** What a name says without `id`: `author`, `parent`; undefined where it doesn't name a key of something else. */
function roleOf(name: string): readonly string[] | undefined {
  const parts = stems(name);
  return parts.length > 1 && isId(parts.at(-1)) ? parts.slice(0, -1) : undefined;
}

function isId(word: string | undefined): boolean {
  return word === 'id' || word === 'uuid' || word === 'uid';
}

/** In place of a name: the column's own table. */
const SELF = '';

function targetsOf(table: Table, role: readonly string[]): Pick<Naming, 'targets' | 'loose'> {
  const whole = role.join('');
  const { ends } = wordsOf(table);
  // `account.account_id` and `bank_account.account_id` are what somebody else calls the account.
  if (ends.has(whole)) return { targets: [] };
  if (ACTORS.has(whole)) return { targets: [whole, 'user'] };
  if (whole === 'parent') return { targets: [whole, SELF] };
  for (let at = 1; at < role.length; at++) {
    const rest = role.slice(at).join('');
    if (role[0] === 'parent' && ends.has(rest)) return { targets: [whole, SELF] };
    // Users are the same wherever more is kept of them.
    if (QUALIFIERS.has(role.slice(0, at).join(''))) return { targets: [whole, rest], ...(rest !== 'user' && { loose: rest }) };
  }
  return { targets: [whole] };
}

function isUsable(target: Table, table: Table): boolean {
  const { objectKind, ignored, temporary, partial, partitionOf } = target;
  if (objectKind !== 'table' || ignored || temporary || partial || partitionOf) return false;
  return (target.dbSchema ?? 'public') === (table.dbSchema ?? 'public');
}

/** The table's key, where it is one column that is called so. */
function keyOf(table: Table): Column | undefined {
  const [part, ...more] = table.primaryKey?.parts ?? [];
  const column = more.length === 0 ? table.columns.find(({ dbName }) => dbName === part?.column) : undefined;
  return column && words(column.name).some(isId) ? column : undefined;
}

function sameType({ type, table }: Column, { type: other }: Column): boolean {
  if (type.family !== other.family || type.family === 'other' || other.array > 0) return false;
  if (refusesReference(type, other, table.dialect)) return false;
  return type.family !== 'integer' || other.family !== 'integer' || type.bits === other.bits;
}

const KINDS = ['', 'type', 'kind', 'model', 'table', 'class', 'entity', 'source', 'provider', 'name'];

/** `resource_type` beside `resource_id`, or `provider` beside `provider_id`: which table it is differs from row to row. */
function hasKindBeside(column: Column, role: readonly string[]): boolean {
  const whole = role.join('');
  const kinds = new Set(KINDS.map((word) => whole + word));
  const isKind = (name: string): boolean => kinds.has(stems(name).join(''));
  return column.table.columns.some((each) => each !== column && each.type.family !== 'json' && (isKind(each.name) || isKind(each.dbName)));
}
