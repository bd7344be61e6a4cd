// What a change locks in PostgreSQL while it runs, and the long work it does under that lock.
import type { Change, ChangeOf } from './changes';
import { provesNotNull } from './conditions';
import { lockTable, type LockCase, type LockRow } from './lock-table';
import { caseByText } from './locks-by-text';
import type { ForeignKey, Table, TableName } from './nodes';
import { isWord, sourceOf, sqlTokens } from './sql-text';
import { typeChangeWork } from './type-changes';
import { isKnownType, typeShape } from './type-shapes';
import { isVolatile } from './volatility';

export { blocks, type LockMode, type Other, type Work } from './lock-table';

export interface LockFact extends Omit<LockRow, 'before'> {
  /** The other tables that are locked with `otherLock`, where the statement or the history names them. */
  readonly others?: readonly TableName[];
}

/**
 * The lock that a change takes on tables that exist, or undefined where it takes none worth naming. Without a version it
 * is what holds in PostgreSQL 14 to 18, all of which agree.
 */
export function lockOf(change: Change, version?: number): LockFact | undefined {
  const which = lockCase(change);
  if (!which) return undefined;
  const { before, ...row } = lockTable[which];
  const { version: until, ...older } = before ?? { version: 0 };
  const fact: LockFact = version !== undefined && version < until ? { ...row, ...older } : row;
  if (!fact.otherLock || (fact.other !== 'referenced' && fact.other !== 'parent')) return fact;
  const others = otherTables(change);
  if (!others) return fact;
  const { otherLock: _lock, other: _other, ...alone } = fact;
  return others.length > 0 ? { ...fact, others } : alone;
}

/** The row of the table of locks that a change is a case of. */
export function lockCase(change: Change): LockCase | undefined {
  switch (change.verb) {
    case 'addTable':
      return tableCase(change);
    case 'dropTable':
      return change.before?.partitionOf ? 'drop partition' : 'drop table';
    case 'truncate':
      return 'truncate';
    case 'renameTable':
    case 'renameColumn':
      return 'rename';
    case 'addColumn':
      return columnCase(change);
    case 'dropColumn':
      return 'drop column';
    case 'setNotNull':
      return isProven(change.before, [change.columnName]) ? 'set not null, proven' : 'set not null';
    case 'dropNotNull':
    case 'setDefault':
    case 'dropDefault':
      return 'alter column';
    case 'setType':
      return typeCases[typeChangeWork(change)];
    case 'addIndex':
      return change.index.concurrently ? 'create index concurrently' : 'create index';
    case 'dropIndex':
      return change.concurrently ? 'drop index concurrently' : 'drop index';
    case 'reindex':
      return reindexCase(change);
    case 'refreshView':
      return change.concurrently ? 'refresh view concurrently' : 'refresh view';
    case 'addForeignKey':
      return change.notValid ? 'add foreign key not valid' : 'add foreign key';
    case 'addConstraint':
      return constraintCase(change);
    case 'dropConstraint':
      return keysNamed(change)?.length === 0 ? 'drop constraint' : 'drop foreign key';
    case 'validateConstraint':
      return keysNamed(change)?.length === 0 ? 'validate constraint' : 'validate foreign key';
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
      return 'type without tables';
    case 'addView':
      return says(change, 'REPLACE') ? 'replace or drop view' : 'create view';
    case 'dropView':
      return 'replace or drop view';
    case 'transaction':
    case 'set':
      return undefined;
    case 'attachPartition':
    case 'detachPartition':
    case 'other':
      return caseByText(change);
  }
}

const typeCases = {
  none: 'set type, same bytes',
  scan: 'set type, check',
  build: 'set type, index',
  rewrite: 'set type',
  unknown: 'set type, unknown',
} as const satisfies Readonly<Record<ReturnType<typeof typeChangeWork>, LockCase>>;

function tableCase(change: ChangeOf<'addTable'>): LockCase {
  if (change.created.partitionOf) return says(change, 'INHERITS') ? 'create inheriting table' : 'create partition';
  return change.created.foreignKeys.length > 0 ? 'create table with foreign key' : 'create table';
}

function columnCase(change: ChangeOf<'addColumn'>): LockCase {
  const { column, checked, targets } = change;
  if (column.generated) return says(change, 'STORED') ? 'add stored column' : 'add virtual column';
  const volatile = column.default && isVolatile(column.default);
  if (volatile === true) return 'add column with volatile default';
  if (column.default && volatile === undefined) return 'add column with unknown default';
  if (column.unique) return 'add unique column';
  if (checked) return 'add checked column';
  if (targets?.length) return column.default ? 'add referencing column with default' : 'add referencing column';
  return isKnownType(typeShape(column.type).name) ? 'add column' : 'add column of own type';
}

function reindexCase(change: Extract<Change, { readonly concurrently: boolean }>): LockCase {
  if (change.concurrently) return 'reindex concurrently';
  return says(change, 'DATABASE', 'SCHEMA', 'SYSTEM') ? 'reindex database' : 'reindex';
}

function constraintCase(change: ChangeOf<'addConstraint'>): LockCase {
  const { constraint, notValid, usingIndex, before } = change;
  switch (constraint) {
    case 'check':
      return notValid ? 'add check not valid' : 'add check';
    case 'not null':
      return notValid ? 'add not null not valid' : 'add not null';
    case 'exclude':
      return 'add key';
    case 'unique':
    case 'primary key': {
      if (usingIndex === undefined) return 'add key';
      const key = before?.indexes.find(({ name }) => name === usingIndex)?.parts.flatMap(({ column }) => column ?? []);
      return constraint === 'unique' || (key && isProven(before, key)) ? 'add key using index' : 'add primary key using index';
    }
  }
}

/** Whether the table, as it is before the statement, lets PostgreSQL know that none of the columns holds a null. */
function isProven(before: Table | undefined, columns: readonly string[]): boolean {
  return columns.every(
    (name) =>
      before?.columns.some((column) => column.dbName === name && !column.nullable) ||
      before?.checks.some((check) => check.validated && provesNotNull(check.raw, name)),
  );
}

/** Whether one of the keywords stands in the change. */
function says({ statement, span }: Change, ...keywords: readonly string[]): boolean {
  return sqlTokens(sourceOf(statement, span) ?? '').some((token) => isWord(token, ...keywords));
}

/** The foreign keys of the name that the change gives; undefined where the history may not know them all. */
function keysNamed({ before, name }: ChangeOf<'dropConstraint' | 'validateConstraint'>): readonly ForeignKey[] | undefined {
  const found = before?.foreignKeys.filter((key) => key.dbName === name);
  const known = before && (!before.partial || [...before.checks, ...before.indexes, ...(before.primaryKey ? [before.primaryKey] : [])].some((each) => each.name === name));
  return found && (found.length > 0 || known) ? found : undefined;
}

/** The tables at the other end of what the change makes or takes away; undefined where the history doesn't tell. */
function otherTables(change: Change): readonly TableName[] | undefined {
  const { before } = change;
  switch (change.verb) {
    case 'addTable': {
      const { partitionOf, foreignKeys, dbName } = change.created;
      if (partitionOf) return [partitionOf];
      return distinct(foreignKeys.map(({ target }) => target)).filter(({ name }) => name !== dbName);
    }
    case 'addForeignKey':
      return [change.foreignKey.target];
    case 'addColumn':
      return change.targets;
    case 'dropTable':
      if (before?.partitionOf) return [before.partitionOf];
      return targetsOf(before, () => true);
    case 'dropColumn':
    case 'setType':
      return targetsOf(before, ({ columns }) => columns.includes(change.columnName));
    case 'dropConstraint':
    case 'validateConstraint':
      return keysNamed(change)?.map(({ target }) => target);
    default:
      return undefined;
  }
}

function targetsOf(before: Table | undefined, concerned: (key: ForeignKey) => boolean): readonly TableName[] | undefined {
  if (!before || before.partial) return undefined;
  return distinct(before.foreignKeys.filter(concerned).map(({ target }) => target));
}

function distinct(names: readonly TableName[]): TableName[] {
  return names.filter((name, at) => names.findIndex((each) => each.name === name.name && each.schema === name.schema) === at);
}
