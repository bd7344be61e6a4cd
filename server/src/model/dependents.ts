// What hangs on a table at a moment of the history, so that CASCADE takes it along: foreign keys of others, and views.
import type { Span } from '../text/span';
import type { Change, Migration, Statement } from './changes';
import { sameTable } from './names';
import type { ForeignKey, TableName } from './nodes';

/** A foreign key of another table, or a view. */
export interface Dependent {
  readonly kind: 'foreign key' | 'view';
  /** The table that holds the key, or the view. */
  readonly of: TableName;
  /** Columns that the key references, where they are written. */
  readonly targetColumns: readonly string[];
  readonly at: Span;
  /** What the view reads, as text. */
  readonly text?: string;
}

interface Held extends Dependent {
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: TableName | undefined;
}

/** What depends on the table just before a statement. */
export function dependentsOf(table: TableName, statement: Statement, migrations: readonly Migration[]): readonly Dependent[] {
  return heldBefore(statement, migrations).filter((one) => hangsOn(one, table));
}

/** What is held before the statement at `position` of the migration at `file`. */
interface Progress {
  file: number;
  position: number;
  held: Held[];
}

const reached = new WeakMap<readonly Migration[], Progress>();

/** Goes on from where the last question about the same history was: questions mostly come in order. */
function heldBefore(statement: Statement, migrations: readonly Migration[]): readonly Held[] {
  const file = migrations.indexOf(statement.migration);
  if (statement.migration.statements[statement.position] !== statement || file < 0) return [];
  let progress = reached.get(migrations);
  if (!progress || progress.file > file || (progress.file === file && progress.position > statement.position)) progress = { file: 0, position: 0, held: [] };
  reached.set(migrations, progress);
  while (progress.file < file || progress.position < statement.position) {
    const next = migrations[progress.file]?.statements[progress.position];
    for (const change of next?.changes ?? []) progress.held = after(change, progress.held);
    if (next) progress.position++;
    else Object.assign(progress, { file: progress.file + 1, position: 0 });
  }
  return progress.held;
}

/** The tables that TRUNCATE … CASCADE empties along with a table: those that reference it, and so on. */
export function emptiedWith(table: TableName, statement: Statement, migrations: readonly Migration[]): readonly Dependent[] {
  const found: Dependent[] = [];
  const waiting = [table];
  for (let at = waiting.shift(); at; at = waiting.shift()) {
    for (const each of dependentsOf(at, statement, migrations)) {
      if (each.kind === 'view' || sameTable(each.of, table) || found.some(({ of }) => sameTable(of, each.of))) continue;
      found.push(each);
      waiting.push(each.of);
    }
  }
  return found;
}

/** Whether a dependent of the table depends on that column of it. */
export function namesColumn({ kind, targetColumns, text = '' }: Dependent, column: string): boolean {
  return kind === 'foreign key' ? targetColumns.includes(column) : isNamedIn(text, column);
}

function isNamedIn(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, '\\$&')}(?![\\w$])`).test(text);
}

function hangsOn({ kind, target, of, text = '' }: Held, table: TableName): boolean {
  if (sameTable(of, table)) return false;
  if (kind === 'foreign key') return target !== undefined && sameTable(target, table);
  return isNamedIn(text, table.name);
}

function after(change: Change, held: Held[]): Held[] {
  const { table } = change;
  switch (change.verb) {
    case 'addTable':
      return [...held, ...change.created.foreignKeys.map((key) => keyOf(key, tableName(change.created.dbName, change.created.dbSchema)))];
    case 'addForeignKey':
      return table ? [...held, keyOf(change.foreignKey, table)] : held;
    case 'addColumn': {
      const own = change.column.dbName;
      const keys = (change.targets ?? []).flatMap((target): Held[] => (table ? [{ kind: 'foreign key', of: table, name: `${table.name}_${own}_fkey`, columns: [own], target, targetColumns: [], at: change.column.nameSpan }] : []));
      return keys.length > 0 ? [...held, ...keys] : held;
    }
    case 'addView':
      return [...held, { kind: 'view', of: table ?? { name: change.name }, name: change.name, columns: [], target: undefined, targetColumns: [], at: change.tableSpan ?? change.span, text: change.statement.text }];
    case 'dropView':
    case 'dropTable':
      return table ? held.filter((each) => !sameTable(each.of, table) && !hangsOn(each, table)) : held;
    case 'dropConstraint':
      return table ? held.filter(({ of, name }) => !(name === change.name && sameTable(of, table))) : held;
    case 'dropColumn': {
      if (!table) return held;
      const { columnName, cascade } = change;
      return held.filter((each) => !(sameTable(each.of, table) && each.columns.includes(columnName)) && !(cascade && hangsOn(each, table) && namesColumn(each, columnName)));
    }
    case 'renameTable':
      return table ? held.map((each) => renamed(each, table, change.newName)) : held;
    default:
      return held;
  }
}

function keyOf({ name, dbName, columns, target, targetColumns, nameSpan }: ForeignKey, of: TableName): Held {
  return { kind: 'foreign key', of, name: dbName ?? name ?? `${of.name}_${columns.join('_')}_fkey`, columns, target, targetColumns, at: nameSpan };
}

function renamed(held: Held, table: TableName, newName: string): Held {
  const of = sameTable(held.of, table) ? { ...held.of, name: newName } : held.of;
  const target = held.target && sameTable(held.target, table) ? { ...held.target, name: newName } : held.target;
  return { ...held, of, target };
}

function tableName(name: string, schema: string | undefined): TableName {
  return { name, ...(schema !== undefined && { schema }) };
}
