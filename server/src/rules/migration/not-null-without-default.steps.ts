// The statements that bring a required column to a filled table without a long lock.
import type { ChangeOf } from '../../model/changes';
import { fillStep, requireSteps } from '../../model/column-steps';
import type { MigrationStep } from '../../model/intents';
import { wayOut } from '../../model/runners';
import { inCaseOf, quoted, sourceOf, withoutNotNull } from '../../model/sql-text';
import { alterTable, presenceCheck, stepName, tableAsWritten } from '../../model/statement-names';

/**
 * Add the column nullable; fill it in batches; promise NOT NULL by a CHECK that scans nothing, prove it under a lock
 * that blocks nobody, and turn the proof into NOT NULL, which then scans nothing. `key` names the primary key's columns.
 */
export function requiredColumnSteps(
  change: ChangeOf<'addColumn'>,
  key: readonly (string | undefined)[] | undefined,
  where: 'here' | 'next',
): MigrationStep[] {
  const table = tableAsWritten(change);
  const column = sourceOf(change.statement, change.column.nameSpan) ?? quoted(change.column.dbName, true);
  const definition = withoutNotNull(sourceOf(change.statement, change.column.span) ?? `${column} ${change.column.type.raw}`);
  const name = stepName(change.table?.name ?? 'table', change.column.dbName);
  const check = quoted(presenceCheck(change.table?.name ?? '', change.column.dbName), column.startsWith('"'));
  // In one file with other statements the whole batch loop may be one transaction, where COMMIT is an error.
  const outside = where === 'next' && wayOut(change.statement.migration) === 'whole';
  const alter = alterTable(change);
  const maybe = change.lifetime === 'unknown' && /\bIF EXISTS\b/i.test(alter);
  const ifNotExists = change.ifNotExists ? 'IF NOT EXISTS ' : '';
  const only = key?.length === 1 ? key[0] : undefined;
  const steps: MigrationStep[] = [
    { name: `add_${name}`, statements: [`${alter} ADD COLUMN ${ifNotExists}${definition};`] },
    fillStep(`fill_${name}`, {
      table,
      write: `UPDATE ${table} SET ${column} = ${VALUE}`,
      where: `${column} IS NULL`,
      key: only === undefined || maybe ? undefined : quoted(only, column.startsWith('"')),
      commits: outside,
      maybe,
    }),
    ...requireSteps({ alter, column, check, name }),
  ];
  return steps.map((step) => ({ ...step, statements: step.statements.map((text) => inCaseOf(change.statement.text, text)) }));
}

const VALUE = 'DEFAULT /* TODO: write the value for existing rows; NULL stops the migration at VALIDATE */';
