// Writes that go over every row of a table.
import type { Change, ChangeOf } from './changes';
import { sameTable } from './names';
import type { TableName } from './nodes';
import { isWord, sqlTokens, type SqlToken } from './sql-text';

/** An UPDATE or DELETE of all rows. Offsets count from the beginning of the statement's text. */
export interface WholeWrite {
  readonly change: ChangeOf<'write'>;
  readonly command: 'update' | 'delete';
  /** Where its UPDATE or DELETE stands. */
  readonly start: number;
  /** The text up to its WHERE, and the condition behind it, which leaves no row out. */
  readonly head: string;
  readonly condition?: string;
  /** Nothing but the one table is read: no WITH, FROM, USING, or RETURNING. */
  readonly plain: boolean;
}

/** The write as one of all rows: no WHERE, or one that only asks for columns which this migration has just added. */
export function wholeWrite(change: Change): WholeWrite | undefined {
  if (change.verb !== 'write' || !change.table || (change.command !== 'update' && change.command !== 'delete')) return undefined;
  const { statement, command } = change;
  if (statement.node !== (command === 'update' ? 'UpdateStmt' : 'DeleteStmt') || isEmptied(change, change.table)) return undefined;
  const tokens = sqlTokens(statement.text);
  const flat = tokens.filter(({ depth }) => depth === 0);
  const verb = flat.find((token) => isWord(token, command.toUpperCase()));
  if (!verb) return undefined;
  const where = flat.find((token) => token.start > verb.start && isWord(token, 'WHERE'));
  const returning = flat.find((token) => token.start > verb.start && isWord(token, 'RETURNING'));
  const condition = where && tokens.filter(({ start }) => start > where.start && start < (returning?.start ?? Infinity));
  if (condition && !leavesNothingOut(condition, addedColumns(change, change.table))) return undefined;
  const joins = flat.some((token, at) => isWord(token, 'WITH', 'USING') || (isWord(token, 'FROM') && !isWord(flat[at - 1], 'DELETE', 'DISTINCT')));
  return {
    change,
    command,
    start: verb.start,
    head: statement.text.slice(0, where?.start ?? statement.text.length).trimEnd(),
    ...(where && { condition: statement.text.slice(where.end).trim() }),
    plain: !joins && !returning,
  };
}

const CONNECTING = ['IS', 'NOT', 'NULL', 'AND', 'OR', 'DISTINCT', 'FROM', 'TRUE'];

/** Only new columns are asked for, which hold the same in every row; or nothing is, as in WHERE true. */
function leavesNothingOut(tokens: readonly SqlToken[], added: readonly string[]): boolean {
  const names = tokens.filter((token, at) => {
    if (token.kind !== 'quoted' && token.kind !== 'word') return false;
    return !isWord(token, ...CONNECTING) && tokens[at + 1]?.text !== '.';
  });
  if (names.length === 0) return /^(true|1=1)$/i.test(tokens.map(({ text }) => text).join(''));
  return names.every((token) => added.includes(token.kind === 'quoted' ? token.text.slice(1, -1) : token.text.toLowerCase()));
}

/** The columns that the migration has added to the table before the statement. */
function addedColumns({ statement }: Change, table: TableName): string[] {
  const before = earlier(statement.migration.statements, statement.position, table);
  // Once rows are written, the new columns tell them apart.
  if (before.some(({ verb }) => verb === 'write')) return [];
  return before.flatMap((change) => (change.verb === 'addColumn' ? [change.column.dbName] : []));
}

/** The migration itself has removed all rows before. */
function isEmptied({ statement }: Change, table: TableName): boolean {
  return earlier(statement.migration.statements, statement.position, table).some(({ verb }) => verb === 'truncate');
}

function earlier(statements: Change['statement']['migration']['statements'], position: number, table: TableName): Change[] {
  return statements
    .filter((each) => each.position < position)
    .flatMap(({ changes }) => changes)
    .filter((change) => change.table && sameTable(change.table, table));
}
