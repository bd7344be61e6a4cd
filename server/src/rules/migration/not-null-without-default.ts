// Reports required columns that are added to a table without a value for its rows.
import type { Fix, Rule } from '../../linter/rule';
import { splitFixes, staysHere } from '../../linter/split-fixes';
import type { ChangeOf } from '../../model/changes';
import { isEmptied } from '../../model/emptied';
import { mayBeInUse } from '../../model/lifetime';
import { columnOf } from '../../model/column-roles';
import type { Schema, Table } from '../../model/nodes';
import { isWord, sourceOf, sqlTokens } from '../../model/sql-text';
import { requiredColumnSteps } from './not-null-without-default.steps';

export const notNullWithoutDefault: Rule = {
  id: 'not-null-without-default',
  meta: {
    title: 'A migration adds a required column without a value for existing rows.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7 L X3',
  },
  visit: {
    *change(change, { table: find, schema }) {
      if (change.verb !== 'addColumn' || !mayBeInUse(change.lifetime)) return;
      const key = isKey(change);
      if (!change.table || !(change.required || key) || givesValue(change) || isEmptied(change)) return;
      const table = find(change.table);
      yield {
        at: change.column.span,
        message: `Adding \`${change.column.name}\` fails if \`${change.table.name}\` holds a single row, because existing rows have no value for it.`,
        help: key ? 'Add it nullable, fill it, then make it the key.' : helpFor(change),
        // What a primary key of filled rows is to be made of is no matter of steps.
        fixes: key ? [] : splits(change, table, schema),
      };
    },
  },
};

/** A default, an identity, a sequence or an expression fills the rows. */
function givesValue({ column }: ChangeOf<'addColumn'>): boolean {
  const { type } = column;
  const value = column.default !== undefined && !/^NULL\b/i.test(column.default.raw);
  return value || column.generated || (type.family === 'integer' && type.serial);
}

/** PRIMARY KEY requires a value as NOT NULL does. */
function isKey({ statement, column }: ChangeOf<'addColumn'>): boolean {
  const tokens = sqlTokens(sourceOf(statement, column.span) ?? '');
  return tokens.some((token, at) => token.depth === 0 && isWord(token, 'PRIMARY') && isWord(tokens[at + 1], 'KEY'));
}

function helpFor(change: ChangeOf<'addColumn'>): string {
  return change.statement.migration.transaction === 'all'
    ? 'Add it nullable, fill it, then require it, each in a deploy of its own: a second file is not a second transaction here.'
    : 'Add it nullable, fill it, then require it.';
}

function splits(change: ChangeOf<'addColumn'>, table: Table | undefined, schema: Schema): Fix[] {
  const { statement } = change;
  const { transaction } = statement.migration;
  const apart = transaction !== 'none' && (statement.inTransaction || transaction === 'file-if-many');
  const steps = requiredColumnSteps(change, keyBefore(change, table, schema), apart ? 'next' : 'here');
  const fixes = splitFixes(change, steps, { title: `Add \`${change.column.name}\` nullable, fill it, then require it`, kind: 'review' });
  // Where a later migration drops or renames it, nothing behind that can fill it.
  const stays = table !== undefined && columnOf(table, change.column.dbName) !== undefined;
  return stays ? fixes : fixes.filter(staysHere);
}

/** The columns of the primary key, if the table has it already when this statement runs. */
function keyBefore({ statement }: ChangeOf<'addColumn'>, table: Table | undefined, { migrations }: Schema): readonly (string | undefined)[] | undefined {
  const key = table?.primaryKey;
  if (!key) return undefined;
  const made = migrations.findIndex(({ file }) => file === key.span.file);
  const now = migrations.indexOf(statement.migration);
  const before = made < now || (made === now && key.span.start < statement.span.start);
  return before ? key.parts.map((part) => part.column) : undefined;
}
