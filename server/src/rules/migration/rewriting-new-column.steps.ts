// The statements that bring a column with a value of its own for each row to a filled table.
import type { ChangeOf } from '../../model/changes';
import { fillsOutside, fillStep, requireSteps } from '../../model/column-steps';
import type { MigrationStep } from '../../model/intents';
import { inCaseOf, isWord, sourceOf, sqlTokens, withoutNotNull } from '../../model/sql-text';
import { alterTable, asWritten, presenceCheck, stepName, tableAsWritten } from '../../model/statement-names';

/**
 * Add the column empty with its default for new rows, fill the old ones in batches, and require it where the author
 * does. Undefined where more hangs on the column than its type, default and NOT NULL, or the table may be missing.
 */
export function newColumnSteps(change: ChangeOf<'addColumn'>): MigrationStep[] | undefined {
  const { statement, column, before } = change;
  const value = column.default;
  const source = sourceOf(statement, column.span);
  if (!value || source === undefined || change.ifNotExists || /\bIF\s+EXISTS\b/i.test(statement.text)) return undefined;
  const plain = withoutNotNull(source);
  if (sqlTokens(plain).some((token) => token.depth === 0 && isWord(token, 'UNIQUE', 'PRIMARY', 'REFERENCES', 'CHECK', 'CONSTRAINT', 'COLLATE', 'NULL'))) return undefined;
  const table = tableAsWritten(change);
  const name = asWritten(change, column.dbName);
  const alter = alterTable(change);
  const parts = before?.primaryKey?.parts ?? [];
  const only = parts.length === 1 ? parts[0]?.column : undefined;
  const own = stepName(change.table?.name ?? '', column.dbName);
  const check = asWritten(change, presenceCheck(change.table?.name ?? '', column.dbName, before));
  const steps: MigrationStep[] = [
    { name: `add_${own}`, statements: [`${alter} ADD COLUMN ${name} ${column.type.raw};`, `${alter} ALTER COLUMN ${name} SET DEFAULT ${value.raw};`] },
    fillStep(`fill_${own}`, {
      table,
      write: `UPDATE ${table} SET ${name} = ${value.raw}`,
      where: `${name} IS NULL`,
      key: only === undefined ? undefined : asWritten(change, only),
      commits: fillsOutside(statement),
    }),
    ...(change.required ? requireSteps({ alter, column: name, check, name: own }) : []),
  ];
  return steps.map((step) => ({ ...step, statements: step.statements.map((text) => inCaseOf(statement.text, text)) }));
}
