// Which table a column refers to, as far as its name and type tell: `author_id`, `parentId`, `order_item_id`. Only what is
// nearly certain counts: an id may be somebody else's, of one of several tables, or kept after its row is gone.
import { isForeignKeyMember } from './column-roles';
import { refusesReference } from './joinable-types';
import type { Column, Schema, Table } from './nodes';
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

/** The tables of a schema by the words of their names, in whatever case and number. */
export class TablesByWords {
  readonly #tables = new Map<string, Set<Table>>();

  constructor({ tables }: Schema) {
    for (const table of tables) {
      for (const name of namesOf(table)) {
        const known = this.#tables.get(name);
        if (known) known.add(table);
        else this.#tables.set(name, new Set([table]));
      }
    }
  }

  /** The one table of that name. */
  find(name: string): Table | undefined {
    const [found, ...more] = this.#tables.get(name) ?? [];
    return more.length === 0 ? found : undefined;
  }
}

const known = new WeakMap<Table, readonly string[]>();

function namesOf(table: Table): readonly string[] {
  let names = known.get(table);
  if (!names) known.set(table, (names = [...new Set([table.name, table.dbName].map((name) => stems(name).join('')))]));
  return names;
}

/** A column that by its name holds a key, with what its name says without `id`. */
export interface Naming {
  readonly column: Column;
  readonly role: readonly string[];
}

/** The columns of a table that name something else's key and are free to have a foreign key to it. */
export function keyNamings(table: Table): Naming[] {
  // What is said of foreign keys over one column is mostly meant for those below it too.
  if (table.columns.some(({ comment = '' }) => /\bno (?:foreign key|FK)s?\b/i.test(comment))) return [];
  return table.columns.flatMap((column) => {
    const role = roleOf(column.name) ?? roleOf(column.dbName);
    const free = role && column.type.array === 0 && !column.generated && !isForeignKeyMember(column) && !LOOSE.test(column.comment ?? '');
    return free && !hasKindBeside(column, role) ? [{ column, role }] : [];
  });
}

/** Words of a comment by which the values are somebody else's, or meant to stay without a foreign key. */
const LOOSE = /foreign key|\bFKs?\b|\bloose|soft ref|denormali[sz]ed|\bexternal|third[- ]party|idempoten|\b(?:stripe|github|google|slack|discord)\b/i;

/** The column of another table, or of the same one, whose values this one holds by all that its name and type say. */
export function referencedColumn({ column, role }: Naming, tables: TablesByWords): Column | undefined {
  const target = targetOf(column.table, role, tables);
  const key = target && isUsable(target, column.table) ? keyOf(target) : undefined;
  return key && key !== column && sameType(column, key) ? key : undefined;
}

/** What a name says without `id`: `author`, `parent`; undefined where it doesn't name a key of something else. */
function roleOf(name: string): readonly string[] | undefined {
  const parts = stems(name);
  return parts.length > 1 && isId(parts.at(-1)) ? parts.slice(0, -1) : undefined;
}

function isId(word: string | undefined): boolean {
  return word === 'id' || word === 'uuid' || word === 'uid';
}

function targetOf(table: Table, role: readonly string[], tables: TablesByWords): Table | undefined {
  const whole = role.join('');
  // `account.account_id` and `bank_account.account_id` are what somebody else calls the account.
  if (isEndOf(whole, table)) return undefined;
  const named = tables.find(whole);
  if (named) return named;
  if (ACTORS.has(whole)) return tables.find('user');
  if (whole === 'parent') return table;
  for (let at = 1; at < role.length; at++) {
    const rest = role.slice(at).join('');
    if (role[0] === 'parent' && isEndOf(rest, table)) return table;
    if (QUALIFIERS.has(role.slice(0, at).join(''))) return tables.find(rest);
  }
  return undefined;
}

/** Whether a table's name ends in these words. */
function isEndOf(role: string, { name, dbName }: Table): boolean {
  return [name, dbName].some((each) => {
    const parts = stems(each);
    return parts.some((_, at) => parts.slice(at).join('') === role);
  });
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
