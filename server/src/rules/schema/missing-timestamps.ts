// Reports tables that don't tell when their rows were created or changed.
import type { Rule } from '../../linter/rule';
import { isAppendOnly, isToolTable } from '../../model/append-only';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { isCreatedAt, isEventTime, isExpiry, isUpdatedAt } from '../../model/column-roles';
import { mayBeApplied } from '../../model/history';
import type { ColumnGoal } from '../../model/intents';
import { isJunction, isWholeKey } from '../../model/junction';
import type { Table } from '../../model/nodes';
import { keepsVersions } from '../../model/soft-delete';
import { stems } from '../../model/words';
import { holdsSums, isBeginning, isDatedByKey, isKeyedByOthers, isMetric, mayChange } from './missing-timestamps.parts';
import { datesItsSteps } from './missing-timestamps.steps';

interface Options {
  readonly ignoreTables: readonly string[];
}

export const missingTimestamps: Rule<Options> = {
  id: 'missing-timestamps',
  meta: {
    title: 'A table does not tell when its rows were created or changed.',
    severity: 'warning',
    fix: 'safe',
    absence: true,
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver', 'singlestore', 'unknown'],
    bible: '§1 L M8',
    options: {
      ignoreTables: { default: [], description: 'Tables that need no timestamps, by name; `*` stands for any characters.' },
    },
  },
  visit: {
    *table(table, { options, schema, facts }) {
      if (isExempt(table, options)) return;
      const missing = missingIn(table);
      if (missing.length === 0) return;
      yield {
        at: table.nameSpan,
        message: `Nothing tells when a row of \`${table.name}\` was ${sentence(missing)}.`,
        ...(mattersLess(table, missing) && { quiet: true as const }),
        help: 'Add the missing timestamps.',
        fixes: [
          {
            title: `Add ${missing.map((goal) => (goal === 'createdAt' ? 'a creation time' : 'an update time')).join(' and ')} to \`${table.name}\``,
            // Rows that exist already would all claim to date from the migration.
            kind: mayBeApplied(table.span, schema, facts) ? 'review' : 'safe',
            preferred: true,
            intent: () => ({ do: 'addColumns', table, columns: missing }),
          },
        ],
      };
    },
  },
};

/** With one of the two at hand, or by the rows of its key, a row can be dated at least. What a library keeps is its affair. */
function mattersLess(table: Table, missing: readonly ColumnGoal[]): boolean {
  return (missing.length === 1 && !isAppendOnly(table)) || isGeneratedAuthTable(table) || isKeyedByOthers(table);
}

function missingIn(table: Table): ColumnGoal[] {
  const appendOnly = isAppendOnly(table);
  const missing: ColumnGoal[] = [];
  // A row that is written once, or kept up to date by a job, is dated by any time of its own.
  const created = table.columns.some((column) => isCreatedAt(column) || isBeginning(column) || (appendOnly && (isEventTime(column) || isUpdatedAt(column) || isExpiry(column))));
  if (!created && !isDatedByKey(table)) missing.push('createdAt');
  const settled = keepsVersions(table) || (created && (datesItsSteps(table) || isNamedLater(table) || !mayChange(table)));
  if (!appendOnly && !table.columns.some(isUpdatedAt) && !settled) missing.push('updatedAt');
  return missing;
}

/** `${prefix}_payload`: what a tool fills in may well say that rows are written once. */
function isNamedLater({ dbName }: Table): boolean {
  return /[${}]|<.*>/.test(dbName);
}

function isExempt(table: Table, options: Options): boolean {
  if (table.partitionOf || isToolTable(table) || isJunction(table) || isWholeKey(table) || isLookup(table) || holdsSums(table) || isMetric(table) || isCache(table)) return true;
  return options.ignoreTables.some((pattern) => matches(pattern, table.name) || matches(pattern, table.dbName));
}

/** A key and a label: a list of fixed values, written by migrations. */
function isLookup(table: Table): boolean {
  return table.columns.length <= 2;
}

/** Rows that may go at any moment, and are fetched again. */
function isCache({ name, dbName }: Table): boolean {
  return [name, dbName].some((each) => stems(each).at(-1) === 'cache');
}

function matches(pattern: string, name: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 'i').test(name);
}

function sentence(missing: readonly ColumnGoal[]): string {
  if (missing.length === 2) return 'created or last changed';
  return missing[0] === 'createdAt' ? 'created' : 'last changed';
}
