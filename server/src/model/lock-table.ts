// What statements lock in PostgreSQL while they run, and the long work they do under that lock. Data, one row a case,
// which a test compares with PostgreSQL 12 to 18.

export type LockMode =
  | 'ACCESS EXCLUSIVE'
  | 'EXCLUSIVE'
  | 'SHARE ROW EXCLUSIVE'
  | 'SHARE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'ROW EXCLUSIVE'
  | 'ROW SHARE';

/**
 * Long work under the lock: `scan` reads the table, `build` makes an index, `rewrite` copies the table and its indexes,
 * `wait` builds beside the running work and waits for older transactions, `rows` takes as long as the rows it touches,
 * `unknown` depends on what the history doesn't tell.
 */
export type Work = 'none' | 'scan' | 'build' | 'rewrite' | 'wait' | 'rows' | 'unknown';

/** What the relation beside the table is to it. */
export type Other = 'referenced' | 'parent' | 'partition' | 'index' | 'users of the domain';

export interface LockRow {
  /** On the table that the change names; absent where no table is locked. */
  readonly lock?: LockMode;
  /** On the other relation, and which one that is. */
  readonly otherLock?: LockMode;
  readonly other?: Other;
  readonly work: Work;
  /** The work is done to the other relation. */
  readonly workOnOther?: true;
  /** PostgreSQL refuses it inside a transaction. */
  readonly outside?: true;
  /** The first version that has it, where 12 didn't. */
  readonly since?: number;
  /** What was otherwise before a version. */
  readonly before?: { readonly version: number } & Partial<Pick<LockRow, 'lock' | 'otherLock' | 'work'>>;
  /** When the work is spared, or what else is good to know: one or two sentences. */
  readonly note?: string;
}

const exclusive = { lock: 'ACCESS EXCLUSIVE', work: 'none' } as const;
const light = { lock: 'SHARE UPDATE EXCLUSIVE', work: 'none' } as const;
const rewrite = { lock: 'ACCESS EXCLUSIVE', work: 'rewrite' } as const;
const concurrent = { lock: 'SHARE UPDATE EXCLUSIVE', work: 'wait', outside: true } as const;
/** Dropping or rebuilding a foreign key takes the triggers off the other table as well. */
const untied = { otherLock: 'ACCESS EXCLUSIVE', other: 'referenced' } as const;
const tied = { otherLock: 'SHARE ROW EXCLUSIVE', other: 'referenced' } as const;

const table = {
  'create table': { work: 'none' },
  'create partition': { otherLock: 'ACCESS EXCLUSIVE', other: 'parent', work: 'none', note: 'A default partition is locked as well, and read for rows that belong to the new one.' },
  'create inheriting table': { otherLock: 'SHARE UPDATE EXCLUSIVE', other: 'parent', work: 'none' },
  'create table with foreign key': { ...tied, work: 'none' },
  'drop table': { ...exclusive, ...untied },
  'drop partition': { ...exclusive, otherLock: 'ACCESS EXCLUSIVE', other: 'parent' },
  truncate: { ...exclusive, note: 'Every row is gone; tables that reference it must be named too, or CASCADE empties them.' },
  rename: { ...exclusive, note: 'Code that still uses the old name fails from this moment on.' },
  'rename constraint': exclusive,
  'rename index': { otherLock: 'SHARE UPDATE EXCLUSIVE', other: 'index', work: 'none' },
  'change of the table': exclusive,
  write: { lock: 'ROW EXCLUSIVE', work: 'rows', note: 'The rows that it changes stay locked until the transaction ends.' },
  'lock table': exclusive,
} as const satisfies Readonly<Record<string, LockRow>>;

const columns = {
  'add column': { ...exclusive, note: 'A default that gives one value for all rows, as `now()` does, needs no rewrite since PostgreSQL 11.' },
  'add column of own type': { ...exclusive, note: 'A domain with constraints would write the table again; an enum does not.' },
  'add column with unknown default': { lock: 'ACCESS EXCLUSIVE', work: 'unknown', note: 'The table is written again if the function is volatile, as every function is that its author declares no other.' },
  'add column with volatile default': { ...rewrite, note: 'Each row gets a value of its own, so the whole table is written again.' },
  'add stored column': { ...rewrite, note: 'A VIRTUAL column, since PostgreSQL 18, needs no rewrite.' },
  'add virtual column': { ...exclusive, since: 18 },
  'add unique column': { lock: 'ACCESS EXCLUSIVE', work: 'build' },
  'add checked column': { lock: 'ACCESS EXCLUSIVE', work: 'scan', note: 'Every row is read for the CHECK, even where the default is a constant.' },
  'add referencing column': { ...exclusive, ...tied, note: 'Without a default no row is looked up.' },
  'add referencing column with default': { lock: 'ACCESS EXCLUSIVE', ...tied, work: 'scan', note: 'Every row is looked up in the referenced table, even where the default is NULL.' },
  'drop column': { ...exclusive, ...untied, note: 'The values stay on disk until the rows are written again.' },
  'set not null': { lock: 'ACCESS EXCLUSIVE', work: 'scan', note: 'A validated CHECK (… IS NOT NULL) spares the scan since PostgreSQL 12, a validated NOT NULL since 18.' },
  'set not null, proven': { ...exclusive, note: 'The validated CHECK, or the NOT NULL that is there already, spares the scan.' },
  'alter column': exclusive,
  'set type': { ...rewrite, ...untied, note: 'The indexes of the table are built again as well.' },
  'set type, same bytes': { ...exclusive, ...untied, note: 'The new type takes in every value of the old one as it is stored.' },
  'set type, check': { lock: 'ACCESS EXCLUSIVE', ...untied, work: 'scan', note: 'The rows stay as they are, but every one is read again for the CHECK on the column.' },
  'set type, index': { lock: 'ACCESS EXCLUSIVE', ...untied, work: 'build', note: 'The rows stay as they are, but an index on the column is built again.' },
  'set type, unknown': {
    lock: 'ACCESS EXCLUSIVE',
    ...untied,
    work: 'unknown',
    note: 'The table is written again unless the new type takes in the old one as it is stored: a longer varchar, text, a wider numeric of the same scale.',
  },
  'set expression': { ...rewrite, since: 17, note: 'A VIRTUAL column needs no rewrite.' },
  'drop expression': { ...exclusive, since: 13 },
  'column statistics': light,
} as const satisfies Readonly<Record<string, LockRow>>;

const indexes = {
  'create index': { lock: 'SHARE', work: 'build' },
  'create index concurrently': concurrent,
  'drop index': { ...exclusive, otherLock: 'ACCESS EXCLUSIVE', other: 'index' },
  'drop index concurrently': { ...concurrent, otherLock: 'SHARE UPDATE EXCLUSIVE', other: 'index', note: 'It takes one index at a time.' },
  reindex: { lock: 'SHARE', otherLock: 'ACCESS EXCLUSIVE', other: 'index', work: 'build', note: 'Reads that would use the index wait too, and so does planning any query of the table.' },
  'reindex concurrently': concurrent,
  'reindex database': { lock: 'SHARE', work: 'build', outside: true, note: 'It takes one table after another.' },
  'refresh view': { lock: 'ACCESS EXCLUSIVE', work: 'build' },
  'refresh view concurrently': { lock: 'EXCLUSIVE', work: 'build', note: 'It needs a unique index on the view.' },
} as const satisfies Readonly<Record<string, LockRow>>;

const constraints = {
  'add foreign key': { lock: 'SHARE ROW EXCLUSIVE', ...tied, work: 'scan' },
  'add foreign key not valid': {
    lock: 'SHARE ROW EXCLUSIVE',
    ...tied,
    work: 'none',
    note: 'New rows are checked at once, old ones by VALIDATE CONSTRAINT. A partitioned table takes it since PostgreSQL 18.',
  },
  'add check': { lock: 'ACCESS EXCLUSIVE', work: 'scan' },
  'add check not valid': { ...exclusive, note: 'New rows are checked at once, old ones by VALIDATE CONSTRAINT.' },
  'add not null': { lock: 'ACCESS EXCLUSIVE', work: 'scan', since: 18 },
  'add not null not valid': { ...exclusive, since: 18, note: 'New rows are checked at once, old ones by VALIDATE CONSTRAINT.' },
  'add key': { lock: 'ACCESS EXCLUSIVE', work: 'build' },
  'add key using index': exclusive,
  'add primary key using index': { lock: 'ACCESS EXCLUSIVE', work: 'scan', note: 'Every row is read because a column of the key may still be null.' },
  'drop foreign key': { ...exclusive, ...untied },
  'drop constraint': exclusive,
  'validate foreign key': { lock: 'SHARE UPDATE EXCLUSIVE', otherLock: 'ROW SHARE', other: 'referenced', work: 'scan' },
  'validate constraint': { lock: 'SHARE UPDATE EXCLUSIVE', work: 'scan' },
} as const satisfies Readonly<Record<string, LockRow>>;

const others = {
  'type without tables': { work: 'none' },
  'add enum value': { work: 'none', note: "It may run in a transaction, but the value can't be used before the commit, unless the type is as new (PostgreSQL 17)." },
  'add domain constraint': { otherLock: 'SHARE', other: 'users of the domain', work: 'scan', workOnOther: true },
  'row security': exclusive,
  policy: exclusive,
  'create trigger': { lock: 'SHARE ROW EXCLUSIVE', work: 'none' },
  'drop trigger': exclusive,
  'switch trigger': { lock: 'SHARE ROW EXCLUSIVE', work: 'none' },
  rule: exclusive,
  'create view': { work: 'none' },
  'replace or drop view': exclusive,
  'attach partition': { ...light, otherLock: 'ACCESS EXCLUSIVE', other: 'partition', work: 'scan', workOnOther: true, note: 'A validated CHECK on the partition that proves its bounds spares the scan. A default partition is locked and read as well.' },
  'detach partition': { ...exclusive, otherLock: 'ACCESS EXCLUSIVE', other: 'partition', before: { version: 14, otherLock: 'SHARE UPDATE EXCLUSIVE' } },
  'detach partition concurrently': { ...concurrent, otherLock: 'ACCESS EXCLUSIVE', other: 'partition', since: 14, note: 'The partition is locked at the very end, for a moment.' },
  inherit: { ...exclusive, otherLock: 'SHARE UPDATE EXCLUSIVE', other: 'parent' },
  'stop inheriting': exclusive,
  'set logged': rewrite,
  'move table': { ...rewrite, note: 'Nothing is done where the table is there already.' },
  'table settings': light,
  'vacuum full': { ...rewrite, outside: true },
  cluster: rewrite,
  vacuum: { lock: 'SHARE UPDATE EXCLUSIVE', work: 'scan', outside: true },
  analyze: { lock: 'SHARE UPDATE EXCLUSIVE', work: 'scan' },
  comment: light,
  'create statistics': light,
  publish: light,
  server: { work: 'none', outside: true },
} as const satisfies Readonly<Record<string, LockRow>>;

const all = { ...table, ...columns, ...indexes, ...constraints, ...others };

export type LockCase = keyof typeof all;

/** Every case, by what it is called. */
export const lockTable: Readonly<Record<LockCase, LockRow>> = all;

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
