// Constraints that ALTER TABLE adds: what they are called, what has become of them, and the statements around them in the
// author's own spelling.
import type { Change, ChangeOf } from './changes';
import { around, isOfTable } from './drops';
import { lockOf } from './locks';
import type { Check, ForeignKey, Schema, TableName } from './nodes';
import { inCaseOf, isWord, quoted, sourceOf, sqlTokens } from './sql-text';
import { alterTable } from './statement-names';

export type AddedConstraint = ChangeOf<'addForeignKey' | 'addConstraint'>;
export type Validation = ChangeOf<'dropConstraint' | 'validateConstraint'>;

/** The constraint at the end of the history; undefined where it is gone by then, or is neither a foreign key nor a CHECK. */
export function standing(change: AddedConstraint, { tables }: Pick<Schema, 'tables'>): ForeignKey | Check | undefined {
  const { file, start, end } = change.span;
  const within = ({ span }: ForeignKey | Check): boolean => span.file === file && span.start >= start && span.end <= end;
  for (const { foreignKeys, checks } of tables) {
    const found = change.verb === 'addForeignKey' ? foreignKeys.find(within) : checks.find(within);
    if (found) return found;
  }
  return undefined;
}

/** Its name, PostgreSQL's own where the author wrote none; undefined where that isn't known. */
export function addedName(change: AddedConstraint, schema: Pick<Schema, 'tables'>): string | undefined {
  const written = change.verb === 'addForeignKey' ? change.foreignKey.name : change.name;
  if (written !== undefined) return written;
  const now = standing(change, schema);
  return now?.kind === 'foreignKey' ? now.dbName : now?.name;
}

/** The statement that validates a constraint of the change's table. */
export function validation(change: Change, name: string): string {
  const { statement } = change;
  return `${alterTable(change)} ${inCaseOf(statement.text, 'VALIDATE CONSTRAINT')} ${quoted(name, quotesNames(change))};`;
}

/** The action with NOT VALID, and with its name, which is to be known for the validation. */
export function unvalidated(change: AddedConstraint, name: string): string {
  const { statement, span } = change;
  const action = sourceOf(statement, span) ?? '';
  const written = change.verb === 'addForeignKey' ? change.foreignKey.name : change.name;
  const named = written === undefined ? action.replace(/^ADD\b/i, (add) => `${add} ${inCaseOf(statement.text, 'CONSTRAINT')} ${quoted(name, quotesNames(change))}`) : action;
  return `${named} ${inCaseOf(statement.text, 'NOT VALID')}`;
}

/** Whether the author quotes names that needn't be. */
function quotesNames({ statement, tableSpan }: Change): boolean {
  return (sourceOf(statement, tableSpan) ?? '').endsWith('"');
}

/** Whether the migration of the change has added the column before, and put nothing in it: its rows all hold null. */
export function isNewAndEmpty(change: Change, table: TableName, column: string): boolean {
  const before = around(change).before.filter((each) => isOfTable(each, table));
  const added = before.findIndex((each) => each.verb === 'addColumn' && each.column.dbName === column && each.column.default === undefined && !each.column.generated);
  return added >= 0 && !before.slice(added).some((each) => each.verb === 'write' && each.command !== 'delete');
}

/** NOT ENFORCED: no row is ever checked. */
export function isUnenforced({ statement, span }: Change): boolean {
  const tokens = sqlTokens(sourceOf(statement, span) ?? '');
  return tokens.some((token, at) => isWord(token, 'NOT') && isWord(tokens[at + 1], 'ENFORCED'));
}

/** Whether it is added with NOT VALID, to be validated later. */
export function isUnvalidated(change: Change): change is AddedConstraint {
  return (change.verb === 'addForeignKey' || change.verb === 'addConstraint') && change.notValid && !isUnenforced(change);
}

/**
 * What added the constraint in the transaction that validates it; one statement is always one. Undefined also where
 * something else has locked the table for everybody by then: then this is one of many things that wait for that.
 */
export function constraintAddedWith(change: Validation, table: TableName, schema: Schema): AddedConstraint | undefined {
  const { statement, name } = change;
  const shares = (each: Change): boolean =>
    each.statement === statement || (statement.transaction !== undefined && each.statement.transaction === statement.transaction);
  const before = around(change).before.filter((each) => isOfTable(each, table) && shares(each));
  const locked = before.some((each) => !isUnvalidated(each) && lockOf(each)?.lock === 'ACCESS EXCLUSIVE');
  return locked ? undefined : before.filter(isUnvalidated).find((each) => addedName(each, schema) === name);
}
