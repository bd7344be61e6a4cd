// What else in the history relies on a column that another one is to replace.
import type { ChangeOf, Statement } from '../../model/changes';
import { namesColumn } from '../../model/conditions';
import { dependentsOf, namesColumn as hangsOnColumn } from '../../model/dependents';
import { nameOf } from '../../model/names';
import type { Column, Schema, Table } from '../../model/nodes';

type TypeChange = ChangeOf<'setType'>;

/**
 * What else in the history relies on the column: something that no step makes again, or what comes behind it; or, behind
 * it, only on the names of its old and new type.
 */
export function relianceOf(change: TypeChange, table: Table, column: Column, { migrations }: Schema): 'none' | 'types' | 'column' {
  const { statement, columnName, table: name } = change;
  if (!name || isReferenced(table, columnName, statement, migrations)) return 'column';
  const hanging = hangingNames(table, columnName);
  const types = [column.type, ...(change.column ? [change.column.type] : [])].flatMap((type) => (type.family === 'enum' ? [type.enumName] : []));
  // A file of one statement becomes a transaction with the second.
  const leaves = statement.migration.transaction !== 'none' && (statement.inTransaction || statement.migration.transaction === 'file-if-many');
  let later = false;
  let reliance: 'none' | 'types' = 'none';
  for (const each of migrations.flatMap(({ statements }) => statements)) {
    if (each === statement) {
      later = true;
      continue;
    }
    const names = (words: readonly string[]): boolean => words.some((word) => each.text.includes(word)) && words.some((word) => namesColumn(each.text, word));
    const isAbout = (): boolean => names(hanging) || (names([name.name]) && names([columnName]));
    if (!later) {
      if (isLoose(each) && isAbout()) return 'column';
      continue;
    }
    // A view of all columns would hold the old one as well.
    if (VIEWS.has(each.node) && names([name.name])) return 'column';
    if (leaves && (names(types) || isAbout())) return 'column';
    if (!names(types)) continue;
    // A default of the old type goes with that, and the column would be left without one.
    if (/\bCASCADE\b/i.test(each.text)) return 'column';
    reliance = 'types';
  }
  return reliance;
}

const VIEWS = new Set(['ViewStmt', 'CreateTableAsStmt']);

/** Statements that give a column or its indexes something that the model doesn't hold. */
function isLoose({ node, text }: Statement): boolean {
  if (LOOSE.has(node)) return true;
  return /\bEXCLUDE\b|\bREPLICA\s+IDENTITY\b|\bCLUSTER\s+ON\b|\bSET\s+(?:STATISTICS|STORAGE|COMPRESSION)\b|\bALTER\s+(?:COLUMN\s+)?\S+\s+(?:RE)?SET\s*\(/i.test(text);
}

const LOOSE = new Set(['CommentStmt', 'GrantStmt', 'CreateStatsStmt', 'CreatePublicationStmt', 'AlterPublicationStmt', 'RuleStmt', 'ClusterStmt', 'AlterSeqStmt', 'CreateSeqStmt']);

/** Whether a foreign key or a view of another table hangs on the column just before the statement, or one of its own. */
export function isReferenced(table: Table, column: string, statement: Statement, migrations: Schema['migrations']): boolean {
  const self = table.foreignKeys.some(({ target, targetColumns }) => target.name === table.dbName && targetColumns.includes(column));
  return self || dependentsOf(nameOf(table), statement, migrations).some((dependent) => hangsOnColumn(dependent, column));
}

function hangingNames({ indexes, checks, foreignKeys }: Table, column: string): string[] {
  return [
    ...indexes.filter(({ parts }) => parts.some((part) => part.column === column)).map(({ name }) => name),
    ...checks.filter(({ raw }) => namesColumn(raw, column)).map(({ name }) => name),
    ...foreignKeys.filter(({ columns }) => columns.includes(column)).map(({ dbName }) => dbName),
  ].flatMap((name) => name ?? []);
}
