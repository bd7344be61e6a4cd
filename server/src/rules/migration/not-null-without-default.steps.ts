// The statements that bring a required column to a filled table without a long lock.
import type { ChangeOf } from '../../model/changes';
import type { MigrationStep } from '../../model/intents';
import { wayOut } from '../../model/runners';
import { inCaseOf, quoted, sourceOf, withoutNotNull } from '../../model/sql-text';

/**
 * Add the column nullable; fill it in batches; promise NOT NULL by a CHECK that scans nothing, prove it under a lock
 * that blocks nobody, and turn the proof into NOT NULL, which then scans nothing. `key` names the primary key's columns.
 */
export function requiredColumnSteps(
  change: ChangeOf<'addColumn'>,
  key: readonly (string | undefined)[] | undefined,
  where: 'here' | 'next',
): MigrationStep[] {
  const table = sourceOf(change.statement, change.tableSpan) ?? quoted(change.table?.name ?? '', true);
  const column = sourceOf(change.statement, change.column.nameSpan) ?? quoted(change.column.dbName, true);
  const definition = withoutNotNull(sourceOf(change.statement, change.column.span) ?? `${column} ${change.column.type.raw}`);
  const name = stepName(change.table?.name ?? 'table', change.column.dbName);
  const check = quoted(constraintName(change.table?.name ?? '', change.column.dbName), column.startsWith('"'));
  // In one file with other statements the whole batch loop may be one transaction, where COMMIT is an error.
  const outside = where === 'next' && wayOut(change.statement.migration) === 'whole';
  const alter = alterTable(change, table);
  const maybe = change.lifetime === 'unknown' && /\bIF EXISTS\b/.test(alter);
  const ifNotExists = change.ifNotExists ? 'IF NOT EXISTS ' : '';
  const only = key?.length === 1 ? key[0] : undefined;
  const steps: MigrationStep[] = [
    { name: `add_${name}`, statements: [`${alter} ADD COLUMN ${ifNotExists}${definition};`] },
    {
      name: `fill_${name}`,
      statements: [only === undefined || maybe ? fillByPage(table, column, outside, maybe) : fillByKey(table, column, quoted(only, column.startsWith('"')), outside)],
      ...(outside && { outsideTransaction: true as const }),
    },
    {
      name: `check_${name}`,
      statements: [`${alter} ADD CONSTRAINT ${check} CHECK (${column} IS NOT NULL) NOT VALID;`],
    },
    {
      name: `require_${name}`,
      statements: [
        `${alter} VALIDATE CONSTRAINT ${check};`,
        `${alter} ALTER COLUMN ${column} SET NOT NULL;`,
        `${alter} DROP CONSTRAINT ${check};`,
      ],
    },
  ];
  return steps.map((step) => ({ ...step, statements: step.statements.map((text) => inCaseOf(change.statement.text, text)) }));
}

const VALUE = 'DEFAULT /* TODO: write the value for existing rows; NULL stops the migration at VALIDATE */';

/** A loop over ranges of the primary key. It ends whatever the value is. */
function fillByKey(table: string, column: string, key: string, outside: boolean): string {
  return `DO $$
DECLARE
  batch_start ${table}.${key}%TYPE;
  batch_end ${table}.${key}%TYPE;
BEGIN
  SELECT ${key} INTO batch_start FROM ${table} ORDER BY ${key} LIMIT 1;
  WHILE batch_start IS NOT NULL LOOP
    SELECT ${key} INTO batch_end FROM ${table} WHERE ${key} >= batch_start ORDER BY ${key} OFFSET 1000 LIMIT 1;
    UPDATE ${table} SET ${column} = ${VALUE}
    WHERE ${key} >= batch_start AND (batch_end IS NULL OR ${key} < batch_end) AND ${column} IS NULL;
${outside ? '    COMMIT;\n' : ''}    batch_start := batch_end;
  END LOOP;
END
$$;`;
}

/** The same by the rows' places on disk, where no single column is the key. */
function fillByPage(table: string, column: string, outside: boolean, maybe: boolean): string {
  const name = `'${table.replaceAll("'", "''")}'`;
  const size = `pg_relation_size(${maybe ? `to_regclass(${name})` : name}) / current_setting('block_size')::int`;
  return `DO $$
DECLARE
  pages int := ${maybe ? `coalesce(${size}, -1)` : size};
BEGIN
  FOR page IN 0 .. pages BY 100 LOOP
    UPDATE ${table} SET ${column} = ${VALUE}
    WHERE ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + 100)::tid AND ${column} IS NULL;
${outside ? '    COMMIT;\n' : ''}  END LOOP;
END
$$;`;
}

/** The author's ALTER TABLE up to the name, IF EXISTS and ONLY included. */
function alterTable({ statement, tableSpan }: ChangeOf<'addColumn'>, table: string): string {
  const head = tableSpan ? statement.text.slice(0, Math.max(tableSpan.start - statement.span.start, 0)) : '';
  return `ALTER TABLE ${/\bIF\s+EXISTS\b/i.test(head) ? 'IF EXISTS ' : ''}${/\bONLY\b/i.test(head) ? 'ONLY ' : ''}${table}`;
}

function stepName(table: string, column: string): string {
  return `${table}_${column}`.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** PostgreSQL cuts names at 63 bytes, and since 18 it calls the NOT NULL itself `…_not_null`. */
function constraintName(table: string, column: string): string {
  return `${`${table}_${column}`.slice(0, 55)}_present`;
}
