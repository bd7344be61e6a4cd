// What the peers' rules speak of, and which of our rules speak of the same, as data: a hazard by its kind, not by its name.

/**
 * How PostgreSQL is asked about a difference:
 * - `lock`: whether the statement reads through, builds or writes again while it keeps others from a table that was there;
 * - `existing`: whether it locks a table that was there;
 * - `held`: whether its transaction has such a lock already when it does that, or takes a second one;
 * - `rows`: whether it writes all rows of a table;
 * - `again`: whether it fails when it is run a second time, after a failure behind it that has left it done;
 * - `key`: whether the table that it creates has no primary key in the end;
 * - `transaction`: whether psql is warned of a transaction, or left with an open one;
 * - codes: whether PostgreSQL refuses it with one of them (SQLSTATE);
 * - a sentence: why PostgreSQL has nothing to say, and what we do in its place.
 */
export type Judge = 'lock' | 'existing' | 'held' | 'rows' | 'again' | 'key' | 'transaction' | { readonly codes: readonly string[] } | { readonly because: string };

export interface Hazard {
  readonly kind: string;
  readonly ours: readonly string[];
  /** Rules that tell of several statements of a file at one of them: an enum that is made anew, a column that takes another's place. */
  readonly oncePerFile?: readonly string[];
  readonly judge: Judge;
  /** It is said once a script, so a statement is covered by what we say of another one of it. */
  readonly once?: true;
  /** Rules of ours that tell of it as well, where they speak of that statement. */
  readonly here?: readonly string[];
  readonly peers: readonly string[];
}

/** Rules of ours that tell of a statement's lock, whatever it is for. */
const LOCKS = ['missing-lock-timeout', 'work-under-lock'];

/** Rules of ours about what a transaction does behind its first lock. */
const UNDER_LOCK = ['work-under-lock', 'unfinished-validation', 'backfill-under-lock', 'many-changes'];

export const HAZARDS: readonly Hazard[] = [
  {
    kind: 'an index is built under a lock',
    ours: ['blocking-index', 'partitioned-index'],
    judge: 'lock',
    peers: ['require-concurrent-index-creation', 'requireConcurrentIndexCreation', 'create-index-not-concurrent', 'MP001', 'MP092', 'MP110', 'MP104', 'MP112'],
  },
  {
    kind: 'an index is dropped under a lock',
    ours: ['blocking-index'],
    judge: 'lock',
    peers: ['require-concurrent-index-deletion', 'requireConcurrentIndexDeletion', 'drop-index-not-concurrent', 'MP009'],
  },
  { kind: 'an index is rebuilt under a lock', ours: ['blocking-index'], judge: 'lock', peers: ['require-concurrent-reindex', 'requireConcurrentReindex', 'MP021'] },
  { kind: 'a view is refreshed under a lock', ours: ['blocking-index'], judge: 'lock', peers: ['requireConcurrentRefreshMatview', 'concurrentRefreshMatviewLock', 'MP033', 'MP096'] },
  {
    kind: 'CONCURRENTLY in a transaction',
    ours: ['concurrently-in-transaction'],
    judge: { codes: ['25001'] },
    peers: ['ban-concurrent-index-creation-in-transaction', 'banConcurrentIndexCreationInTransaction', 'concurrent-in-transaction', 'MP025'],
  },
  { kind: 'a retry keeps an invalid index', ours: ['invalid-index-retry'], judge: { because: 'Without IF NOT EXISTS the second attempt fails over the invalid index of the first, and says so.' }, peers: ['MP070'] },
  {
    kind: 'a required column without a value for the rows',
    ours: ['not-null-without-default'],
    judge: { codes: ['23502'] },
    peers: ['adding-required-field', 'addingRequiredField', 'add-column-not-null-no-default', 'MP084'],
  },
  {
    kind: 'a new column writes the table again',
    ours: ['rewriting-new-column', 'blocking-unique'],
    judge: 'lock',
    peers: ['adding-field-with-default', 'addingFieldWithDefault', 'add-column-non-constant-default', 'add-column-constant-default', 'addSerialColumn', 'add-column-serial', 'add-column-stored-generated', 'MP003', 'MP015', 'MP048', 'MP062'],
  },
  {
    kind: 'SET NOT NULL reads the table under a lock',
    ours: ['scanning-not-null'],
    judge: 'lock',
    peers: ['adding-not-nullable-field', 'addingNotNullField', 'alter-column-set-not-null', 'MP002', 'MP018', 'MP081'],
  },
  { kind: 'NOT NULL is dropped', ours: [], judge: 'lock', peers: ['ban-drop-not-null', 'banDropNotNull', 'MP029'] },
  {
    kind: 'a column changes its type',
    ours: ['rewriting-type-change'],
    oncePerFile: ['unsafe-enum-change'],
    judge: 'lock',
    peers: ['changing-column-type', 'changingColumnType', 'alter-column-type', 'MP007', 'MP044', 'MP089'],
  },
  {
    kind: 'a column is dropped',
    ours: ['drop-column'],
    judge: 'existing',
    peers: ['ban-drop-column', 'banDropColumn', 'drop-column', 'MP017'],
  },
  { kind: 'a table, schema or database is dropped', ours: ['drop-table', 'cascading-drop'], judge: 'existing', peers: ['ban-drop-table', 'banDropTable', 'drop-table', 'ban-drop-database', 'banDropDatabase', 'MP026', 'MP034', 'MP035'] },
  { kind: 'TRUNCATE or CASCADE', ours: ['cascading-drop', 'drop-table'], judge: 'existing', peers: ['ban-truncate-cascade', 'banTruncate', 'banTruncateCascade', 'truncate', 'truncate-cascade', 'MP022', 'MP036'] },
  { kind: 'a column is renamed', ours: ['rename-column'], oncePerFile: ['drop-column'], judge: 'existing', peers: ['renaming-column', 'renamingColumn', 'rename-column', 'MP010', 'MP071'] },
  { kind: 'a table is renamed', ours: ['rename-table'], judge: 'existing', peers: ['renaming-table', 'renamingTable', 'rename-table', 'MP028', 'MP098'] },
  {
    kind: 'a foreign key is checked under locks',
    ours: ['validating-foreign-key'],
    judge: 'lock',
    peers: ['adding-foreign-key-constraint', 'addingForeignKeyConstraint', 'add-constraint-fk-no-not-valid', 'MP005', 'MP069'],
  },
  {
    kind: 'a constraint is checked under a lock',
    ours: ['validating-check', 'validating-foreign-key', 'blocking-unique', 'exclusion-constraint', ...UNDER_LOCK],
    judge: 'lock',
    peers: ['constraint-missing-not-valid', 'constraintMissingNotValid', 'add-constraint-check-no-not-valid', 'MP030'],
  },
  {
    kind: 'a unique constraint or key builds its index under a lock',
    ours: ['blocking-unique'],
    judge: 'lock',
    peers: ['disallowed-unique-constraint', 'disallowUniqueConstraint', 'add-constraint-unique', 'add-pk-without-using-index', 'adding-serial-primary-key-field', 'addingPrimaryKeyConstraint', 'add-pk-using-index', 'add-constraint-unique-using-index', 'MP027'],
  },
  { kind: 'an exclusion constraint builds its index under a lock', ours: ['exclusion-constraint'], judge: 'lock', peers: ['avoidAddingExclusionConstraint', 'add-constraint-exclude', 'MP031'] },
  {
    kind: 'a constraint is checked in the transaction that adds it',
    ours: UNDER_LOCK,
    judge: 'held',
    peers: ['requireSeparateConstraintValidation', 'not-valid-validate-same-tx', 'validate-constraint'],
  },
  { kind: 'a constraint of a domain', ours: ['domain-constraint'], judge: 'lock', peers: ['ban-create-domain-with-constraint', 'ban-alter-domain-with-add-constraint', 'banCreateDomainWithConstraint', 'MP043'] },
  { kind: 'a partition is attached or detached', ours: ['scanning-partition'], judge: 'lock', peers: ['require-concurrent-partition-detach', 'requireConcurrentDetachPartition', 'avoidAttachingPartition', 'MP046', 'MP094', 'MP072'] },
  { kind: 'the whole table is written again', ours: ['table-rewrite'], judge: 'lock', peers: ['prefer-repack', 'banVacuumFull', 'vacuum-full', 'MP006', 'MP032', 'MP047', 'MP065', 'MP095'] },
  { kind: 'triggers', ours: ['trigger-lock'], judge: 'lock', peers: ['avoidCreateTrigger', 'avoidEnableDisableTrigger', 'banDropTrigger', 'MP064', 'MP090'] },
  { kind: 'a value of an enum', ours: ['unsafe-enum-change'], judge: { codes: ['55P04', '25001'] }, peers: ['avoidAlterEnumAddValue', 'MP012', 'MP054', 'MP024', 'MP060'] },
  { kind: 'rows are written in a migration', ours: ['unbatched-backfill', 'backfill-under-lock'], judge: 'rows', peers: ['banUpdateWithoutWhere', 'banDeleteWithoutWhere', 'update-in-migration', 'delete-without-where', 'MP011', 'MP067', 'MP080', 'MP088'] },
  { kind: 'work while a lock is held', ours: UNDER_LOCK, once: true, here: ['validating-foreign-key', 'validating-check', 'scanning-not-null', 'blocking-index', 'blocking-unique', 'unbatched-backfill'], judge: 'held', peers: ['runningStatementWhileHoldingAccessExclusive', 'avoidWideLockWindow', 'statement-after-access-exclusive', 'multipleAlterTable', 'MP008', 'MP058'] },
  { kind: 'no limit of the wait for a lock', ours: LOCKS, once: true, here: ['blocking-index'], judge: 'existing', peers: ['require-lock-timeout', 'lockTimeoutWarning', 'missing-lock-timeout', 'MP004'] },
  { kind: 'transactions in the file', ours: ['nested-transaction'], once: true, judge: 'transaction', peers: ['transaction-nesting', 'transactionNesting', 'ban-uncommitted-transaction', 'MP053'] },
  { kind: 'a foreign key without a delete rule', ours: ['implicit-delete-rule'], judge: { because: 'It is a question of the schema, not of the migration; DEFERRABLE is none at all.' }, peers: ['MP086', 'MP074'] },
  { kind: 'objects that hang on what is changed', ours: ['drop-column', 'rename-column', 'rename-table', 'drop-table', 'rewriting-type-change', 'cascading-drop'], judge: { because: 'PostgreSQL itself refuses to drop what a view needs, unless CASCADE is written.' }, peers: ['MP052'] },
  { kind: 'a foreign key without an index', ours: ['unindexed-foreign-key'], judge: { because: 'The example tells nothing of the indexes that the table has; we speak where the history does.' }, peers: ['MP016'] },
  { kind: 'a table without a primary key', ours: ['missing-primary-key'], judge: 'key', peers: ['MP045'] },
  { kind: 'varchar, char, timestamp, json, serial, small keys', ours: ['limited-varchar', 'naive-timestamp', 'plain-json', 'sequential-key', 'small-integer-key', 'single-precision', 'long-identifier'], judge: { because: 'A matter of style: we report it on columns whose names or use make it one.' }, peers: ['prefer-text-field', 'preferTextField', 'MP037', 'prefer-timestamp-tz', 'preferTimestamptz', 'prefer-timestamptz', 'MP040', 'ban-char-field', 'banCharField', 'MP041', 'preferJsonb', 'add-column-json', 'prefer-identity', 'preferIdentity', 'MP039', 'prefer-bigint-over-int', 'prefer-bigint-over-smallint', 'preferBigInt', 'preferBigintOverInt', 'preferBigintOverSmallint', 'MP038', 'MP068', 'identifier-too-long'] },
  { kind: 'rows without rights', ours: ['rls-without-policy', 'policy-without-rls'], judge: { because: 'Row level security with no policy hides every row.' }, peers: ['MP057', 'MP079'] },
  { kind: 'statements that cannot be run twice', ours: ['non-idempotent'], judge: 'again', peers: ['prefer-robust-stmts', 'preferRobustStmts', 'prefer-robust-create-index', 'prefer-robust-create-table', 'prefer-robust-drop-index', 'prefer-robust-drop-table', 'MP023', 'MP042'] },
  { kind: 'limits of statements, names of applications', ours: [], judge: { because: 'They are settings of the connection that runs migrations; a limit of the statement kills a long CREATE INDEX CONCURRENTLY and leaves an invalid index.' }, peers: ['require-statement-timeout', 'requireStatementTimeout', 'missing-statement-timeout', 'MP020', 'missing-application-name', 'missing-idle-timeout', 'requireIdleInTransactionTimeout'] },
  { kind: 'a column stands twice in a list', ours: ['repeated-column'], judge: { codes: ['42601', '42701'] }, peers: ['ban-duplicate-column-assignments'] },
  { kind: 'an index goes with its constraint', ours: ['drop-constraint'], here: LOCKS, judge: 'existing', peers: ['MP055', 'MP097'] },
  { kind: 'the order of columns, the next number of a sequence', ours: [], judge: { because: 'Some bytes a row, and a sequence that only the rows of a real table can tell to be behind.' }, peers: ['MP059', 'MP061'] },
  { kind: 'the place of a value in an enum', ours: [], judge: { because: 'A value goes behind the others, which matters only to who sorts by it.' }, peers: ['require-enum-value-ordering'] },
  { kind: 'mistakes of syntax', ours: ['sql-syntax'], judge: { codes: ['42601'] }, peers: ['syntax-error', 'syntax'] },
];
