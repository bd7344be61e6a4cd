// Reports NOT VALID constraints that nothing ever validates, or that are validated under the lock that added them.
import type { Finding, Fix, Rule } from '../../linter/rule';
import { splitFixes } from '../../linter/split-fixes';
import { inLaterTransaction } from '../../linter/validated-later';
import { constraintAddedWith, isUnvalidated, standing, validation, type AddedConstraint, type Validation } from '../../model/added-constraints';
import type { Change } from '../../model/changes';
import { mayBeInUse } from '../../model/lifetime';
import { sameTable } from '../../model/names';
import type { Check, ForeignKey, Schema, TableName } from '../../model/nodes';
import { isNamedLater } from '../../model/runners';
import { isWord, quoted, sourceOf, sqlTokens } from '../../model/sql-text';
import { stepName } from '../../model/statement-names';
import { partOf, type Span } from '../../text/span';

export const unfinishedValidation: Rule = {
  id: 'unfinished-validation',
  meta: {
    title: 'A NOT VALID constraint is never validated, or in the very transaction that adds it.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7',
  },
  visit: {
    *change(change, { schema }) {
      if (!change.table || !mayBeInUse(change.lifetime)) return;
      if (isUnvalidated(change)) {
        const now = standing(change, schema);
        if (now && !now.validated && !isValidatedByText(change, now, schema)) yield never(change, now, change.table, schema);
      } else if (change.verb === 'validateConstraint') {
        const addition = constraintAddedWith(change, change.table, schema);
        if (addition) yield atOnce(change, addition, change.table, schema);
      }
    },
  },
};

function nameOf(constraint: ForeignKey | Check): string | undefined {
  return constraint.kind === 'foreignKey' ? constraint.dbName : constraint.name;
}

/** A statement that the replay doesn't follow, such as one that is put together in a block of code. */
function isValidatedByText({ statement }: Change, now: ForeignKey | Check, { migrations }: Schema): boolean {
  const later = migrations.slice(migrations.indexOf(statement.migration)).flatMap((migration) => migration.statements);
  return later.some(({ text }) => /\bVALIDATE\s+CONSTRAINT\b/i.test(text) && text.includes(nameOf(now) ?? ''));
}

function never(change: AddedConstraint, now: ForeignKey | Check, table: TableName, { migrations }: Schema): Finding {
  const { migration } = change.statement;
  const name = nameOf(now);
  const who = name === undefined ? 'this constraint' : `\`${name}\``;
  const fix = name === undefined ? undefined : validate(change, now, name, table);
  return {
    at: notValidSpan(change),
    message: `No migration validates ${who}: rows that were in \`${table.name}\` before it may break it for good.`,
    help: `Add VALIDATE CONSTRAINT ${migration.transaction === 'all' ? inLaterTransaction(change) : 'in the next migration: it scans the table while reads and writes go on'}.`,
    // The second half of the way may still be to come.
    ...(migrations.at(-1) === migration && { quiet: true as const }),
    ...(fix && { fixes: [fix] }),
  };
}

/** By the names that both have at the end of the history. */
function validate(change: AddedConstraint, now: ForeignKey | Check, name: string, table: TableName): Fix {
  const { dbName, dbSchema } = now.table;
  const renamed = !sameTable(table, { name: dbName, schema: dbSchema });
  const qualified = [...(dbSchema === undefined ? [] : [dbSchema]), dbName].map((each) => quoted(each, false)).join('.');
  const text = renamed ? `ALTER TABLE ${qualified} VALIDATE CONSTRAINT ${quoted(name, false)};` : validation(change, name);
  return {
    title: `Validate \`${name}\` in the next migration`,
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'writeMigration', after: change.statement.migration.file, steps: [{ name: `validate_${stepName(name)}`, statements: [text] }] }),
  };
}

/** The words NOT VALID. */
function notValidSpan({ statement, span }: AddedConstraint): Span {
  const tokens = sqlTokens(sourceOf(statement, span) ?? '');
  const at = tokens.findLastIndex((token, i) => token.depth === 0 && isWord(token, 'NOT') && isWord(tokens[i + 1], 'VALID'));
  const [not, valid] = [tokens[at], tokens[at + 1]];
  return not && valid ? partOf(span, not.start, valid.end) : span;
}

function atOnce(change: Validation, addition: AddedConstraint, table: TableName, { migrations }: Schema): Finding {
  const { statement, name } = change;
  const own = `\`${table.name}\``;
  const other = addition.others?.find((each) => mayBeInUse(each.lifetime) && !sameTable(each.name, table))?.name;
  const lock =
    addition.verb === 'addForeignKey'
      ? `its SHARE ROW EXCLUSIVE lock on ${other ? `${own} and \`${other.name}\`` : own} is held while every row is scanned, and all inserts, updates and deletes wait`
      : `its ACCESS EXCLUSIVE lock on ${own} is held while every row is scanned, and all reads and writes wait`;
  const steps = [
    { name: '', statements: [] },
    { name: `validate_${stepName(name)}`, statements: [validation(change, name)] },
  ];
  return {
    at: change.span,
    message: `\`${name}\` is validated in the transaction that adds it: ${lock}.`,
    help: `Validate it ${inLaterTransaction(change)}.`,
    // What comes behind it may count on it.
    fixes: isNamedLater(name, statement, migrations) ? [] : splitFixes(change, steps, { title: `Validate \`${name}\` apart`, kind: 'review' }),
  };
}
