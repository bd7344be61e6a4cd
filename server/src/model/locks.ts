// What a change locks in PostgreSQL while it runs, and the long work it does under that lock. Data: one row a case,
// as measured on PostgreSQL 12 to 18; where versions differ, the row says since when.
import type { Change } from './changes';
import { lockByText } from './locks-by-text';

export type LockMode =
  | 'ACCESS EXCLUSIVE'
  | 'EXCLUSIVE'
  | 'SHARE ROW EXCLUSIVE'
  | 'SHARE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'ROW EXCLUSIVE'
  | 'ROW SHARE';

/** Long work under the lock: `scan` reads the table, `build` makes an index, `rewrite` copies the table and its indexes. */
export type Work = 'none' | 'scan' | 'build' | 'rewrite' | 'wait' | 'rows';

export interface LockFact {
  /** On the table that the change names; absent where no table is locked. */
  readonly lock?: LockMode;
  /** On the other table of a foreign key, or the parent of a partition. */
  readonly otherLock?: LockMode;
  readonly work: Work;
  /** When the work is spared, or what else is good to know: one sentence. */
  readonly note?: string;
}

/** What a lock makes wait, in words. */
export const blocks: Readonly<Record<LockMode, string>> = {
  'ACCESS EXCLUSIVE': 'all reads and writes',
  EXCLUSIVE: 'all writes (reads go on)',
  'SHARE ROW EXCLUSIVE': 'all writes (reads go on)',
  SHARE: 'all writes (reads go on)',
  'SHARE UPDATE EXCLUSIVE': 'other schema changes and VACUUM only (reads and writes go on)',
  'ROW EXCLUSIVE': 'schema changes only',
  'ROW SHARE': 'schema changes only',
};

const exclusive: LockFact = { lock: 'ACCESS EXCLUSIVE', work: 'none' };
const concurrent: LockFact = {
  lock: 'SHARE UPDATE EXCLUSIVE',
  work: 'wait',
  note: "It waits for older transactions to end, and can't run inside a transaction.",
};

const rows = {
  'create table': { work: 'none' },
  'create partition': { otherLock: 'ACCESS EXCLUSIVE', work: 'none' },
  'create table with foreign key': { otherLock: 'SHARE ROW EXCLUSIVE', work: 'none' },
  'drop table': { ...exclusive, note: 'The tables that its foreign keys reference are locked as well.' },
  truncate: { lock: 'ACCESS EXCLUSIVE', work: 'none', note: 'Every row is gone; tables that reference it must be named too, or CASCADE empties them.' },
  rename: { ...exclusive, note: 'Code that still uses the old name fails from this moment on.' },
  'add column': { ...exclusive, note: "Since PostgreSQL 11 a default that isn't volatile needs no rewrite; `now()` isn't volatile." },
  'add generated column': { lock: 'ACCESS EXCLUSIVE', work: 'rewrite', note: 'A VIRTUAL column, since PostgreSQL 18, needs no rewrite.' },
  'add column with volatile default': { lock: 'ACCESS EXCLUSIVE', work: 'rewrite', note: 'Each row gets a value of its own, so the whole table is written again.' },
  'add unique column': { lock: 'ACCESS EXCLUSIVE', work: 'build' },
  'add checked column': { lock: 'ACCESS EXCLUSIVE', work: 'scan', note: 'Every row is read for the CHECK, even where the default is a constant.' },
  'add referencing column with default': { lock: 'ACCESS EXCLUSIVE', work: 'scan', note: 'Every row is looked up in the referenced table.' },
  'drop column': { ...exclusive, note: 'The values stay on disk until the rows are written again.' },
  'set not null': {
    lock: 'ACCESS EXCLUSIVE',
    work: 'scan',
    note: 'Since PostgreSQL 12 a validated CHECK (… IS NOT NULL) spares the scan.',
  },
  'alter column': exclusive,
  'set type': {
    lock: 'ACCESS EXCLUSIVE',
    work: 'rewrite',
    note: 'Widening or removing the limit of a varchar, and widening a numeric of the same scale, need no rewrite.',
  },
  'create index': { lock: 'SHARE', work: 'build' },
  'create index concurrently': concurrent,
  'drop index': exclusive,
  'drop index concurrently': { ...concurrent, note: `${concurrent.note ?? ''} It takes one index at a time.` },
  reindex: { lock: 'SHARE', work: 'build', note: 'The index itself is locked against reads that would use it.' },
  'refresh view': { lock: 'ACCESS EXCLUSIVE', work: 'build' },
  'refresh view concurrently': { lock: 'EXCLUSIVE', work: 'build', note: 'It needs a unique index on the view.' },
  'add foreign key': { lock: 'SHARE ROW EXCLUSIVE', otherLock: 'SHARE ROW EXCLUSIVE', work: 'scan' },
  'add foreign key not valid': {
    lock: 'SHARE ROW EXCLUSIVE',
    otherLock: 'SHARE ROW EXCLUSIVE',
    work: 'none',
    note: 'New rows are checked at once, old ones by VALIDATE CONSTRAINT.',
  },
  'add check': { lock: 'ACCESS EXCLUSIVE', work: 'scan' },
  'add check not valid': { ...exclusive, note: 'New rows are checked at once, old ones by VALIDATE CONSTRAINT.' },
  'add not null not valid': { ...exclusive, note: 'PostgreSQL 18 and later.' },
  'add key': { lock: 'ACCESS EXCLUSIVE', work: 'build' },
  'add key using index': { ...exclusive, note: 'A primary key scans the table if one of its columns is still nullable.' },
  'drop constraint': { ...exclusive, note: 'For a foreign key the referenced table is locked as well.' },
  'validate constraint': { lock: 'SHARE UPDATE EXCLUSIVE', otherLock: 'ROW SHARE', work: 'scan' },
  'add enum value': { work: 'none', note: "Since PostgreSQL 12 it may run in a transaction, but the value can't be used before the commit." },
  'row security': exclusive,
  policy: exclusive,
  write: { lock: 'ROW EXCLUSIVE', work: 'rows', note: 'The rows that it changes stay locked until the transaction ends.' },
} as const satisfies Readonly<Record<string, LockFact>>;

/** The lock that a change takes on tables that exist, or undefined where it takes none worth naming. */
export function lockOf(change: Change): LockFact | undefined {
  if (change.verb === 'other') return lockByText(change);
  const row = rowOf(change);
  const fact: LockFact | undefined = row && rows[row];
  return fact && change.verb === 'addColumn' && change.targets?.length ? { ...fact, otherLock: 'SHARE ROW EXCLUSIVE' } : fact;
}

function rowOf(change: Change): keyof typeof rows | undefined {
  switch (change.verb) {
    case 'addTable':
      if (change.created.partitionOf) return 'create partition';
      return change.created.foreignKeys.length > 0 ? 'create table with foreign key' : 'create table';
    case 'dropTable':
      return 'drop table';
    case 'truncate':
      return 'truncate';
    case 'renameTable':
    case 'renameColumn':
      return 'rename';
    case 'addColumn':
      return columnRow(change);
    case 'dropColumn':
      return 'drop column';
    case 'setNotNull':
      return 'set not null';
    case 'dropNotNull':
    case 'setDefault':
    case 'dropDefault':
      return 'alter column';
    case 'setType':
      return 'set type';
    case 'addIndex':
      return change.index.concurrently ? 'create index concurrently' : 'create index';
    case 'dropIndex':
      return change.concurrently ? 'drop index concurrently' : 'drop index';
    case 'reindex':
      return change.concurrently ? 'create index concurrently' : 'reindex';
    case 'refreshView':
      return change.concurrently ? 'refresh view concurrently' : 'refresh view';
    case 'addForeignKey':
      return change.notValid ? 'add foreign key not valid' : 'add foreign key';
    case 'addConstraint':
      return constraintRow(change.constraint, change.notValid, change.usingIndex !== undefined);
    case 'dropConstraint':
      return 'drop constraint';
    case 'validateConstraint':
      return 'validate constraint';
    case 'addEnumValue':
      return 'add enum value';
    case 'enableRowSecurity':
    case 'forceRowSecurity':
    case 'disableRowSecurity':
      return 'row security';
    case 'addPolicy':
    case 'dropPolicy':
      return 'policy';
    case 'write':
      return 'write';
    case 'addEnum':
    case 'dropType':
    case 'addView':
    case 'dropView':
    case 'transaction':
    case 'set':
    case 'other':
      return undefined;
  }
}

function columnRow({ column, checked, targets }: Extract<Change, { readonly verb: 'addColumn' }>): keyof typeof rows {
  if (column.generated) return 'add generated column';
  const own = column.default;
  const serial = column.type.family === 'integer' && column.type.serial;
  if (serial || own?.kind === 'sequence' || own?.kind === 'uuid') return 'add column with volatile default';
  if (own && own.kind !== 'literal' && VOLATILE.test(own.raw)) return 'add column with volatile default';
  if (column.unique) return 'add unique column';
  if (checked) return 'add checked column';
  return own && targets?.length ? 'add referencing column with default' : 'add column';
}

/** Functions of PostgreSQL itself that give another value at each call. */
const VOLATILE = /\b(clock_timestamp|timeofday|random|random_normal|gen_random_uuid|uuidv4|uuidv7|uuid_generate_v[0-9]\w*|nextval|pg_sleep)\s*\(/i;

function constraintRow(
  constraint: Extract<Change, { readonly verb: 'addConstraint' }>['constraint'],
  notValid: boolean,
  usingIndex: boolean,
): keyof typeof rows {
  switch (constraint) {
    case 'check':
      return notValid ? 'add check not valid' : 'add check';
    case 'not null':
      return notValid ? 'add not null not valid' : 'set not null';
    case 'unique':
    case 'primary key':
      return usingIndex ? 'add key using index' : 'add key';
    case 'exclude':
      return 'add key';
  }
}
