// The statements that put a column of another type in the place of a column, while its table is read and written.
import { carriedOver, withoutState, type CarriedOver } from '../../model/carried-over';
import type { Change, ChangeOf, Statement } from '../../model/changes';
import { dropSync, fillsOutside, fillStep, presence, syncName, syncTrigger } from '../../model/column-steps';
import { namesColumn, nameIn, withColumns } from '../../model/conditions';
import { dependentsOf, namesColumn as hangsOnColumn } from '../../model/dependents';
import type { MigrationStep } from '../../model/intents';
import type { Column, Schema, Table } from '../../model/nodes';
import { nameOf } from '../../model/names';
import { isPartitioned } from '../../model/partitions';
import { inCaseOf, isWord, quoted, sourceOf, sqlTokens } from '../../model/sql-text';
import { asWritten, presenceCheck, schemaPrefix, stepName, tableAsWritten } from '../../model/statement-names';
import { typeShape } from '../../model/type-shapes';

type TypeChange = ChangeOf<'setType'>;

/**
 * Add a column of the new type, with a trigger that fills it from the old one; copy the values in batches; build again
 * what hangs on the old one, beside the running work; then let the two change names in one short transaction. The old
 * one stays, without anything that hangs on it. Undefined where all that can't be made again as it is.
 */
export function typeChangeSteps(change: TypeChange, schema: Schema): MigrationStep[] | undefined {
  const { before: table, statement } = change;
  const column = table?.columns.find(({ dbName }) => dbName === change.columnName);
  if (!table || !column || !isPlain(change, table, column) || (change.table && isPartitioned(schema, change.table))) return undefined;
  const names = namesOf(change, table);
  const value = valueOf(change, table, names);
  const type = typeText(change);
  const carried = carriedOver(table, { ...names, from: column.dbName, to: names.plain }, schema.migrations);
  if (!value || type === undefined || !carried || isMentioned(change, table, column, schema)) return undefined;
  const steps: MigrationStep[] = [
    {
      name: `add_${names.step}`,
      statements: [
        `${names.alter} ADD COLUMN ${names.to} ${type};`,
        ...syncTrigger({ ...names, body: [`NEW.${names.to} := ${value.inTrigger};`], settings: settingsFor(change, column) }),
      ],
    },
    fillStep(`copy_${names.step}`, {
      table: names.table,
      write: `UPDATE ${names.table} SET ${names.to} = ${value.inTable}`,
      where: `${names.to} IS NULL AND ${value.inTable === names.from ? names.from : `(${value.inTable})`} IS NOT NULL`,
      key: names.key,
      commits: fillsOutside(statement),
    }),
    ...carried.builds.map(({ name, statement: text }): MigrationStep => ({ name: `build_${name}`, statements: [text], outsideTransaction: true })),
    ...provenSteps(names, carried, column),
    { name: `swap_${names.step}`, statements: swap(names, carried, column), oneTransaction: true },
  ];
  return steps.map((step) => ({ ...step, statements: step.statements.map((text) => (text.startsWith('--') ? text : inCaseOf(statement.text, text))) }));
}

interface Names {
  /** As the author writes them. */
  readonly table: string;
  readonly alter: string;
  readonly from: string;
  readonly to: string;
  readonly old: string;
  readonly sync: string;
  readonly trigger: string;
  readonly check: string;
  readonly key: string | undefined;
  /** What is in front of the names of the table's indexes. */
  readonly prefix: string;
  readonly quotes: boolean;
  /** The new column's name in the database. */
  readonly plain: string;
  readonly step: string;
}

function namesOf(change: TypeChange, before: Table): Names {
  const table = tableAsWritten(change);
  const from = asWritten(change, change.columnName);
  const quotes = from.startsWith('"');
  const own = change.table?.name ?? '';
  const prefix = schemaPrefix(change);
  const plain = freeColumn(before, `${change.columnName.slice(0, 55)}_new`);
  const trigger = quoted(syncName(own, change.columnName), quotes);
  const key = before.primaryKey?.parts.length === 1 ? before.primaryKey.parts[0]?.column : undefined;
  return {
    table,
    alter: `ALTER TABLE ${table}`,
    from,
    to: quoted(plain, quotes),
    old: quoted(freeColumn(before, `${change.columnName.slice(0, 55)}_old`), quotes),
    sync: `${prefix}${trigger}`,
    trigger,
    check: quoted(presenceCheck(own, change.columnName, before), quotes),
    key: key === undefined ? undefined : quoted(key, quotes),
    prefix,
    quotes,
    plain,
    step: stepName(own, change.columnName),
  };
}

function freeColumn({ columns }: Table, name: string): string {
  let free = name;
  for (let number = 2; columns.some(({ dbName }) => dbName === free); number++) free = `${name}${number}`;
  return free;
}

/** An ordinary column of an ordinary table, and a statement that does nothing else to it. */
function isPlain(change: TypeChange, table: Table, column: Column): boolean {
  const { statement } = change;
  if (!/^ALTER\s+TABLE\b/i.test(statement.text) || (/\bIF\s+EXISTS\b/i.test(statement.text) && change.lifetime === 'unknown')) return false;
  if (table.partial || table.objectKind !== 'table' || table.partitionOf || table.rowSecurity?.forced) return false;
  if (column.generated || column.default?.kind === 'sequence' || (column.type.family === 'integer' && column.type.serial)) return false;
  return statement.changes.every((each) => each === change || isApart(each, column.dbName));
}

/** Whether another action of the statement has nothing to do with the column. */
function isApart(each: Change, column: string): boolean {
  return each.verb !== 'dropConstraint' && !namesColumn(sourceOf(each.statement, each.span) ?? '', column);
}

interface Value {
  readonly inTable: string;
  readonly inTrigger: string;
}

/** What the new column holds, by the old one's name: in the table's own columns, and in those of a trigger's row. */
function valueOf(change: TypeChange, table: Table, { from }: Names): Value | undefined {
  if (!change.using) return { inTable: from, inTrigger: `NEW.${from}` };
  const expression = sourceOf(change.statement, change.using);
  // A comment would run on into our own words, and a generated column is empty while a trigger runs.
  if (expression === undefined || /\$\$|--|\/\*/.test(expression)) return undefined;
  if (table.columns.some(({ generated, dbName }) => generated && namesColumn(expression, dbName))) return undefined;
  const known = new Set(table.columns.map(({ dbName }) => dbName));
  const tokens = sqlTokens(expression);
  const inTrigger = withColumns(expression, (name) => {
    if (!known.has(name)) return undefined;
    return `NEW.${tokens.find((token) => nameIn(token) === name)?.text ?? quoted(name, true)}`;
  });
  return inTrigger === undefined ? undefined : { inTable: expression, inTrigger };
}

/** The new type as written, COLLATE included. */
function typeText({ statement, span }: TypeChange): string | undefined {
  const text = sourceOf(statement, span) ?? '';
  const tokens = sqlTokens(text);
  const type = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'TYPE'));
  const using = tokens.findIndex((token, at) => at > type && token.depth === 0 && isWord(token, 'USING'));
  const last = (using < 0 ? tokens.at(-1) : tokens[using - 1])?.end;
  const first = tokens[type + 1]?.start;
  return type < 0 || first === undefined || last === undefined || first >= last ? undefined : text.slice(first, last);
}

/** Times are read by the session's settings, and the application's may differ from the migration's. */
function settingsFor({ column }: TypeChange, { type }: Column): string {
  if (!column || typeShape(type).name === typeShape(column.type).name) return '';
  const isTime = [type, column.type].some(({ family }) => family === 'timestamp' || family === 'time' || family === 'date');
  return isTime ? ' SET TimeZone FROM CURRENT SET DateStyle FROM CURRENT' : '';
}

function provenSteps({ alter, to, check, step }: Names, { promises, proofs }: CarriedOver, { nullable }: Column): MigrationStep[] {
  const promised = [...(nullable ? [] : [presence({ alter, column: to, check })]), ...promises];
  const proven = [...(nullable ? [] : [`${alter} VALIDATE CONSTRAINT ${check};`]), ...proofs];
  return [
    ...(promised.length > 0 ? [{ name: `check_${step}`, statements: promised }] : []),
    ...(proven.length > 0 ? [{ name: `validate_${step}`, statements: proven }] : []),
  ];
}

function swap(names: Names, { drops, renames }: CarriedOver, { nullable, default: value }: Column): string[] {
  const { alter, from, to, old, check } = names;
  return [
    ...dropSync(names),
    `${alter} RENAME COLUMN ${from} TO ${old};`,
    `${alter} RENAME COLUMN ${to} TO ${from};`,
    ...(value ? [`${alter} ALTER COLUMN ${old} DROP DEFAULT;`, `${alter} ALTER COLUMN ${from} SET DEFAULT ${value.raw};`] : []),
    ...(nullable ? [] : [`${alter} ALTER COLUMN ${old} DROP NOT NULL;`, `${alter} ALTER COLUMN ${from} SET NOT NULL;`, `${alter} DROP CONSTRAINT ${check};`]),
    ...drops,
    ...renames,
    `-- In a later migration, once nobody wants the old values back:\n-- ${alter} DROP COLUMN ${old};`,
  ];
}

/** Whether something else in the history is about the column that no step makes again, or comes behind it and relies on it. */
function isMentioned(change: TypeChange, table: Table, column: Column, { migrations }: Schema): boolean {
  const { statement, columnName, table: name } = change;
  if (!name || isReferenced(table, columnName, statement, migrations)) return true;
  const own = [columnName, ...hangingNames(table, columnName)];
  const types = [column.type, ...(change.column ? [change.column.type] : [])].flatMap((type) => (type.family === 'enum' ? [type.enumName] : []));
  // A file of one statement becomes a transaction with the second.
  const leaves = statement.migration.transaction !== 'none' && (statement.inTransaction || statement.migration.transaction === 'file-if-many');
  let later = false;
  for (const each of migrations.flatMap(({ statements }) => statements)) {
    if (each === statement) {
      later = true;
      continue;
    }
    const names = (words: readonly string[]): boolean => words.some((word) => each.text.includes(word)) && words.some((word) => namesColumn(each.text, word));
    if (!later && isLoose(each) && (names(own.slice(1)) || (names([name.name]) && names([columnName])))) return true;
    if (later && (names(types) || (leaves && (names(own.slice(1)) || (names([name.name]) && names([columnName])))))) return true;
  }
  return false;
}

/** Statements that give a column or its indexes something that the model doesn't hold. */
function isLoose({ node, text }: Statement): boolean {
  if (LOOSE.has(node)) return true;
  return /\bEXCLUDE\b|\bREPLICA\s+IDENTITY\b|\bCLUSTER\s+ON\b|\bSET\s+(?:STATISTICS|STORAGE|COMPRESSION)\b|\bALTER\s+(?:COLUMN\s+)?\S+\s+(?:RE)?SET\s*\(/i.test(text);
}

const LOOSE = new Set(['CommentStmt', 'GrantStmt', 'CreateStatsStmt', 'CreatePublicationStmt', 'AlterPublicationStmt', 'RuleStmt', 'ClusterStmt', 'AlterSeqStmt', 'CreateSeqStmt']);

/** Whether a foreign key or a view of another table hangs on the column just before the statement, or one of its own. */
export function isReferenced(table: Table, column: string, statement: Statement, migrations: Schema['migrations']): boolean {
  const self = table.foreignKeys.some(({ target, targetColumns }) => target.name === table.dbName && targetColumns.includes(column));
  return self || dependentsOf(nameOf(table), statement, migrations).some((dependent) => hangsOnColumn(dependent, column));
}

function hangingNames({ indexes, checks, foreignKeys }: Table, column: string): string[] {
  return [
    ...indexes.filter(({ parts }) => parts.some((part) => part.column === column)).map(({ name }) => name),
    ...checks.filter(({ raw }) => namesColumn(raw, column)).map(({ name }) => name),
    ...foreignKeys.filter(({ columns }) => columns.includes(column)).map(({ dbName }) => dbName),
  ].flatMap((name) => name ?? []);
}

/**
 * Take the checks of the column away, change its type, which then reads nothing, add them again without reading, and
 * prove them in a later transaction. Undefined where a check has no name or can't be added again as it is.
 */
export function checkedSteps(change: TypeChange): MigrationStep[] | undefined {
  const { statement, before, columnName } = change;
  const action = sourceOf(statement, change.span);
  const alter = `ALTER TABLE ${tableAsWritten(change)}`;
  if (!before || action === undefined || !statement.changes.every((each) => each === change || isApart(each, columnName))) return undefined;
  const statements: string[] = [`${alter} ${action};`];
  const proofs: string[] = [];
  for (const { name, raw, validated } of before.checks) {
    if (!validated || !namesColumn(raw, columnName)) continue;
    const body = withoutState(raw);
    if (name === undefined || body === undefined) return undefined;
    const own = quoted(name, asWritten(change, columnName).startsWith('"'));
    statements.unshift(`${alter} DROP CONSTRAINT ${own};`);
    statements.push(`${alter} ADD CONSTRAINT ${own} ${body} NOT VALID;`);
    proofs.push(`${alter} VALIDATE CONSTRAINT ${own};`);
  }
  const step = stepName(change.table?.name ?? '', columnName);
  const steps: MigrationStep[] = [
    { name: `change_${step}`, statements, oneTransaction: true },
    { name: `validate_${step}`, statements: proofs },
  ];
  return steps.map((each) => ({ ...each, statements: each.statements.map((text) => inCaseOf(statement.text, text)) }));
}
