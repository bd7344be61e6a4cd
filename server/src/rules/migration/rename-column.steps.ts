// The statements that bring a column to a new name while versions of the code that use the old one still run.
import type { ChangeOf } from '../../model/changes';
import { dropSync, fillStep, requireSteps, syncName, syncTrigger } from '../../model/column-steps';
import type { MigrationStep } from '../../model/intents';
import type { Column, Table } from '../../model/nodes';
import { wayOut } from '../../model/runners';
import { inCaseOf, isWord, quoted, sourceOf, sqlTokens } from '../../model/sql-text';
import { schemaPrefix, stepName } from '../../model/statement-names';

/** Types without an equality, of which a trigger can't tell whether a value has changed. */
const WITHOUT_EQUALITY = /^(?:json|xml|point|line|lseg|box|path|polygon|circle|txid_snapshot)\b/i;

/** Whether all of the column can be made again under another name: nothing but its type, default and NOT NULL hangs on it. */
export function mayExpand(table: Table, column: Column): boolean {
  if (table.partial || table.partitionOf || column.generated || column.unique || WITHOUT_EQUALITY.test(column.type.raw) || column.type.raw === '') return false;
  if (column.default?.kind === 'sequence' || (column.type.family === 'integer' && column.type.serial)) return false;
  const own = column.dbName;
  const word = new RegExp(`(?<![\\w$])${own.replace(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i');
  const keys = [...(table.primaryKey ? [table.primaryKey] : []), ...table.indexes];
  if (keys.some(({ parts, include, where }) => include.includes(own) || parts.some((part) => part.column === own || word.test(part.expression ?? '')) || word.test(where?.raw ?? ''))) return false;
  if (table.foreignKeys.some(({ columns }) => columns.includes(own)) || table.checks.some(({ raw }) => word.test(raw))) return false;
  return (table.policies ?? []).length === 0;
}

/**
 * Add the new column, with a trigger that keeps both columns in step whichever of them a version of the code writes;
 * copy the old values in batches; require the new one where the old one is required. What is left for the day when
 * nothing uses the old one any more is written down.
 */
export function expandSteps(change: ChangeOf<'renameColumn'>, table: Table, column: Column, where: 'here' | 'next'): MigrationStep[] {
  const names = namesOf(change, table);
  const steps: MigrationStep[] = [
    { name: `add_${names.step}`, statements: [`${names.alter} ADD COLUMN ${names.now} ${column.type.raw};`, ...trigger(names)] },
    copyStep(change, names, where),
    ...(column.nullable ? [] : requireSteps({ ...names, column: names.now, name: names.step })),
  ];
  const last = steps.pop();
  if (last) steps.push({ ...last, statements: [...last.statements, note(names, column)] });
  return steps.map((step) => ({ ...step, statements: step.statements.map((text) => (text.startsWith('--') ? text : inCaseOf(change.statement.text, text))) }));
}

interface Names {
  /** As the author writes them. */
  readonly table: string;
  readonly old: string;
  readonly now: string;
  /** The function, with the table's schema, and the trigger of the same name. */
  readonly sync: string;
  readonly trigger: string;
  readonly check: string;
  readonly alter: string;
  readonly key: string | undefined;
  readonly step: string;
}

function namesOf(change: ChangeOf<'renameColumn'>, { primaryKey }: Table): Names {
  const { statement, columnName, newName } = change;
  const own = change.table?.name ?? '';
  const table = sourceOf(statement, change.tableSpan) ?? quoted(own, true);
  const quotes = table.includes('"') || /"[^"]*"\s*;?\s*$/.test(statement.text);
  const trigger = quoted(syncName(own, newName), quotes);
  const key = primaryKey?.parts.length === 1 ? primaryKey.parts[0]?.column : undefined;
  return {
    table,
    old: quoted(columnName, quotes),
    now: quoted(newName, quotes),
    sync: `${schemaPrefix(change)}${trigger}`,
    trigger,
    check: quoted(`${`${own}_${newName}`.slice(0, 55)}_present`, quotes),
    alter: `ALTER TABLE ${onlyIn(statement.text) ? 'ONLY ' : ''}${table}`,
    key: key === undefined ? undefined : quoted(key, quotes),
    step: stepName(own, newName),
  };
}

function onlyIn(text: string): boolean {
  return sqlTokens(text).slice(2, 5).some((token) => isWord(token, 'ONLY'));
}

function trigger({ table, old, now, sync, trigger: name }: Names): string[] {
  const body = [
    "IF TG_OP = 'INSERT' THEN",
    `  IF NEW.${now} IS NULL THEN NEW.${now} := NEW.${old}; ELSE NEW.${old} := NEW.${now}; END IF;`,
    `ELSIF NEW.${now} IS DISTINCT FROM OLD.${now} THEN`,
    `  NEW.${old} := NEW.${now};`,
    'ELSE',
    `  NEW.${now} := NEW.${old};`,
    'END IF;',
  ];
  return syncTrigger({ table, sync, trigger: name, body });
}

function copyStep({ statement }: ChangeOf<'renameColumn'>, { table, old, now, key, step }: Names, where: 'here' | 'next'): MigrationStep {
  // In one file with other statements the whole loop may be one transaction, where COMMIT is an error.
  const commits = where === 'next' && wayOut(statement.migration) === 'whole';
  return fillStep(`copy_${step}`, { table, write: `UPDATE ${table} SET ${now} = ${old}`, where: `${now} IS DISTINCT FROM ${old}`, key, commits });
}

/** The last step belongs to a later deploy. */
function note({ alter, old, now, sync, trigger: name, table }: Names, { default: value }: Column): string {
  const fallback = value ? [`${alter} ALTER COLUMN ${now} SET DEFAULT ${value.raw.replace(/\s+/g, ' ')};`] : [];
  const statements = [...dropSync({ table, sync, trigger: name }), ...fallback, `${alter} DROP COLUMN ${old};`];
  return ['-- In a later deploy, once no deployed version uses the old column any more:', ...statements.map((each) => `-- ${each}`)].join('\n');
}
