// Reports NOT NULL that reads a whole existing table while nobody can use it.
import type { Context, Fix, Rule } from '../../linter/rule';
import { splitFixes } from '../../linter/split-fixes';
import type { Change } from '../../model/changes';
import { columnOf } from '../../model/column-roles';
import { isEmptied, isRewrittenAnyway } from '../../model/emptied';
import type { MigrationStep } from '../../model/intents';
import { mayBeInUse } from '../../model/lifetime';
import { lockCase } from '../../model/locks';
import { inCaseOf, isWord, nameIn, quoted, sourceOf, sqlTokens } from '../../model/sql-text';
import { alterTable, asWritten, freeName, presenceCheck, stepName } from '../../model/statement-names';

export const scanningNotNull: Rule = {
  id: 'scanning-not-null',
  meta: {
    title: 'NOT NULL is set on an existing table, which is read whole under a lock that blocks all reads and writes.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7 X3',
  },
  visit: {
    *change(change, context) {
      if (!mayBeInUse(change.lifetime) || !change.table) return;
      const column = requiredColumn(change);
      if (column === undefined || isEmptied(change) || isRewrittenAnyway(change)) return;
      const first = change.statement.changes.find((each) => requiredColumn(each) !== undefined);
      yield {
        at: change.span,
        message: `Requiring \`${column}\` reads all of \`${change.table.name}\` under an ACCESS EXCLUSIVE lock: every read and write waits until the last row is checked.`,
        help: helpFor(change, column, context),
        // All that one statement requires is checked in one reading.
        ...(first !== change && { quiet: true as const }),
        fixes: fixesFor(change, column, context),
      };
    },
  },
};

/** The column that the change makes NOT NULL by reading the rows. */
function requiredColumn(change: Change): string | undefined {
  const which = lockCase(change);
  if (change.verb === 'setNotNull') return which === 'set not null' ? change.columnName : undefined;
  if (which !== 'add not null') return undefined;
  const tokens = sqlTokens(sourceOf(change.statement, change.span) ?? '');
  const at = tokens.findIndex((token, i) => isWord(token, 'NULL') && isWord(tokens[i - 1], 'NOT'));
  const named = tokens[at + 1];
  const column = at < 0 || !named ? undefined : nameIn(named);
  return change.before?.columns.some(({ dbName, nullable }) => dbName === column && !nullable) ? undefined : column;
}

function helpFor({ statement }: Change, column: string, { facts }: Context): string {
  const later = statement.migration.transaction === 'all' ? 'in a later deploy' : 'in a later transaction';
  return (facts.postgresVersion ?? 0) >= 18
    ? `Add the NOT NULL as NOT VALID, and validate it ${later}.`
    : `Add CHECK (${quoted(column, false)} IS NOT NULL) NOT VALID; ${later} validate it, then set NOT NULL.`;
}

function fixesFor(change: Change, column: string, { facts, table: find }: Context): Fix[] {
  // Where a later migration drops or renames it, no migration behind that can require it.
  const table = change.table && find(change.table);
  if (change.statement.inTransaction && table && !columnOf(table, column)) return [];
  const inOne = change.verb === 'addConstraint' || (facts.postgresVersion ?? 0) >= 18;
  const steps = (inOne ? notNullSteps : checkSteps)(change, column);
  const cased = steps.map((step) => ({ ...step, statements: step.statements.map((text) => inCaseOf(change.statement.text, text)) }));
  return splitFixes(change, cased, { title: `Promise that \`${column}\` is present, then prove it under a light lock`, kind: 'review' });
}

/** A CHECK that reads nothing; its proof under a lock that blocks nobody; and NOT NULL, which then reads nothing. */
function checkSteps(change: Change, column: string): MigrationStep[] {
  const alter = alterTable(change);
  const written = asWritten(change, column);
  const own = change.table?.name ?? '';
  const check = quoted(presenceCheck(own, column, change.before), written.startsWith('"'));
  const name = stepName(own, column);
  return [
    { name: `check_${name}`, statements: [`${alter} ADD CONSTRAINT ${check} CHECK (${written} IS NOT NULL) NOT VALID;`] },
    {
      name: `require_${name}`,
      statements: [
        `${alter} VALIDATE CONSTRAINT ${check};`,
        `${alter} ALTER COLUMN ${written} SET NOT NULL;`,
        `${alter} DROP CONSTRAINT ${check};`,
      ],
    },
  ];
}

/** Since PostgreSQL 18 a NOT NULL can itself be promised first and proven later. */
function notNullSteps(change: Change, column: string): MigrationStep[] {
  const alter = alterTable(change);
  const written = asWritten(change, column);
  const own = change.table?.name ?? '';
  const given = change.verb === 'addConstraint' ? change.name : undefined;
  const free = freeName(change.before, `${`${own}_${column}`.slice(0, 52)}_not_null`);
  const name = given === undefined ? quoted(free, written.startsWith('"')) : asWritten(change, given);
  const step = stepName(own, column);
  return [
    { name: `promise_${step}`, statements: [`${alter} ADD CONSTRAINT ${name} NOT NULL ${written} NOT VALID;`] },
    { name: `require_${step}`, statements: [`${alter} VALIDATE CONSTRAINT ${name};`] },
  ];
}
