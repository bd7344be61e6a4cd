// How a constraint that would read all rows under a lock is added without that: NOT VALID first, then VALIDATE.
import { addedName, unvalidated, validation, type AddedConstraint } from '../model/added-constraints';
import type { Change, ChangeOf } from '../model/changes';
import { namesColumn } from '../model/conditions';
import { byteLength, LONGEST } from '../model/identifiers';
import { inlineConstraint } from '../model/inline-constraints';
import type { Schema } from '../model/nodes';
import { inCaseOf, quoted, sourceOf } from '../model/sql-text';
import { alterTable, asWritten, freeName, stepName, tableAsWritten } from '../model/statement-names';
import type { Fix } from './rule';
import { splitFixes } from './split-fixes';

/** Fixes in the forms that the runner can execute; none where the constraint's name isn't known. */
export function validateLater(change: AddedConstraint, schema: Schema): Fix[] {
  const name = addedName(change, schema);
  if (name === undefined) return [];
  const title = `Add \`${name}\` with NOT VALID, then validate it`;
  if (change.statement.node === 'DoStmt') return [besideBlock(change, name, title)];
  const step = stepName(name);
  const steps = [
    { name: `add_${step}`, statements: [`${alterTable(change)} ${unvalidated(change, name)};`] },
    { name: `validate_${step}`, statements: [validation(change, name)] },
  ];
  return splitFixes(change, steps, { title, kind: 'safe' });
}

/** A block may ask first whether there is such a constraint, so it stays as it is but for the action. */
function besideBlock(change: AddedConstraint, name: string, title: string): Fix {
  const { span, statement } = change;
  return {
    title: `${title}, in the next migration`,
    kind: 'review',
    preferred: true,
    intent: () => ({
      do: 'all',
      intents: [
        { do: 'replaceText', edits: [{ file: span.file, start: span.start, end: span.end, newText: unvalidated(change, name) }] },
        { do: 'writeMigration', after: statement.migration.file, steps: [{ name: `validate_${stepName(name)}`, statements: [validation(change, name)] }] },
      ],
    }),
  };
}

/** Where VALIDATE goes, as the end of a sentence. */
export function inLaterTransaction({ statement: { migration, inTransaction } }: Pick<Change, 'statement'>): string {
  if (migration.transaction === 'all') return 'in a later deploy: a second file is not a second transaction here';
  if (inTransaction && migration.transaction === 'none') return 'in a transaction of its own';
  return inTransaction || migration.transaction === 'file-if-many' ? 'in the next migration' : 'behind it';
}

/**
 * The same of a constraint that stands on a new column: the column first, then the constraint by itself. None where the
 * column may be there already, or has several of the kind.
 */
export function validateLaterOf(change: ChangeOf<'addColumn'>, kind: 'CHECK' | 'REFERENCES'): Fix[] {
  const { statement, column, before, table } = change;
  const source = sourceOf(statement, column.span);
  const found = source === undefined ? undefined : inlineConstraint(source, kind);
  // A CHECK over several columns is called after none of them.
  const several = kind === 'CHECK' && before?.columns.some(({ dbName }) => dbName !== column.dbName && namesColumn(found?.body ?? '', dbName));
  const plain = `${table?.name ?? ''}${several ? '' : `_${column.dbName}`}_${kind === 'CHECK' ? 'check' : 'fkey'}`;
  if (!found || statement.node === 'DoStmt' || change.ifNotExists || /\bENFORCED\b/i.test(found.body) || byteLength(plain) > LONGEST) return [];
  const name = found.name ?? quoted(freeName(before, plain), tableAsWritten(change).includes('"'));
  const word = (own: string): string => inCaseOf(statement.text, own);
  const body = kind === 'CHECK' ? found.body : `${word('FOREIGN KEY')} (${asWritten(change, column.dbName)}) ${found.body}`;
  const alter = alterTable(change);
  const step = stepName(table?.name ?? '', column.dbName);
  const steps = [
    {
      name: `add_${step}`,
      statements: [`${alter} ${word('ADD COLUMN')} ${found.rest};`, `${alter} ${word('ADD CONSTRAINT')} ${name} ${body} ${word('NOT VALID;')}`],
    },
    { name: `validate_${step}`, statements: [`${alter} ${word('VALIDATE CONSTRAINT')} ${name};`] },
  ];
  return splitFixes(change, steps, { title: `Add \`${column.name}\` first, its constraint with NOT VALID, then validate that`, kind: 'safe' });
}
