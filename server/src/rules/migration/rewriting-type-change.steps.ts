// The statements that put a column of another type in the place of a column, while its table is read and written.
import { carriedOver, withoutState, type CarriedOver } from '../../model/carried-over';
import type { Change, ChangeOf } from '../../model/changes';
import { dropSync, fillsOutside, fillStep, presence, syncName, syncTrigger } from '../../model/column-steps';
import { namesColumn, withColumns } from '../../model/conditions';
import type { MigrationStep } from '../../model/intents';
import type { Column, Schema, Table } from '../../model/nodes';
import { isPartitioned } from '../../model/partitions';
import { inCaseOf, isWord, nameIn, quoted, sourceOf, sqlTokens } from '../../model/sql-text';
import { asWritten, presenceCheck, schemaPrefix, stepName, tableAsWritten } from '../../model/statement-names';
import { typeShape } from '../../model/type-shapes';
import { relianceOf } from './rewriting-type-change.reliance';

type TypeChange = ChangeOf<'setType'>;

/**
 * Add a column of the new type, with a trigger that fills it from the old one; copy the values in batches; build again
 * what hangs on the old one, beside the running work; then let the two change names in one short transaction. The old
 * one stays, without anything that hangs on it, unless its type is about to go. Undefined where all that can't be made
 * again as it is.
 */
export function typeChangeSteps(change: TypeChange, schema: Schema): TypeChangeSteps | undefined {
  const { statement } = change;
  // As it is before the whole statement, all of which the steps may replace.
  const table = statement.changes[0]?.before ?? change.before;
  const column = table?.columns.find(({ dbName }) => dbName === change.columnName);
  if (!table || !column || !isPlain(change, table, column) || (change.table && isPartitioned(schema, change.table))) return undefined;
  const names = namesOf(change, table);
  const value = valueOf(change, table, names);
  const type = typeText(change);
  const carried = carriedOver(table, { ...names, from: column.dbName, to: names.plain }, schema.migrations);
  const wanted = wantedOf(change, column);
  const reliance = value && type !== undefined && carried && wanted ? relianceOf(change, table, column, schema) : 'column';
  if (!value || !carried || !wanted || reliance === 'column') return undefined;
  const steps: MigrationStep[] = [
    {
      name: `add_${names.step}`,
      statements: [
        ...wanted.rest,
        `${names.alter} ADD COLUMN ${names.to} ${type ?? ''};`,
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
    ...provenSteps(names, carried, wanted),
    { name: `swap_${names.step}`, statements: swap(names, carried, { column, wanted, keeps: reliance === 'none' }), oneTransaction: true },
  ];
  const cased = steps.map((step) => ({ ...step, statements: step.statements.map((text) => (text.startsWith('--') ? text : inCaseOf(statement.text, text))) }));
  return { steps: cased, change: wanted.whole ? { ...change, span: statement.span } : change };
}

export interface TypeChangeSteps {
  readonly steps: readonly MigrationStep[];
  /** What they replace: the action, or with `span` of the statement all of it. */
  readonly change: Change;
}

/** What the column is to have in the end beside its type, and what the statement does to others. */
interface Wanted {
  readonly nullable: boolean;
  readonly value: string | undefined;
  /** The steps replace the whole statement, of which this is left. */
  readonly whole: boolean;
  readonly rest: readonly string[];
}

/** Undefined where the statement does more to the column than to change its type, its default, or that it is required. */
function wantedOf(change: TypeChange, column: Column): Wanted | undefined {
  const { statement } = change;
  const own = statement.changes.filter((each) => 'columnName' in each && each.columnName === column.dbName);
  let { nullable } = column;
  let value = column.default?.raw;
  for (const each of own) {
    if (each === change) continue;
    if (each.verb === 'dropNotNull') nullable = true;
    else if (each.verb === 'dropDefault') value = undefined;
    else if (each.verb === 'setDefault' && each.value) value = each.value.raw;
    else return undefined;
  }
  if (own.length === 1) return { nullable, value, whole: false, rest: [] };
  const first = statement.changes[0]?.span.start ?? statement.span.start;
  const others = statement.changes.filter((each) => !own.includes(each)).map((each) => sourceOf(statement, each.span) ?? '');
  const rest = others.length > 0 ? [`${statement.text.slice(0, first - statement.span.start)}${others.join(', ')};`] : [];
  return { nullable, value, whole: true, rest };
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
  return statement.changes.every((each) => ('columnName' in each && each.columnName === column.dbName) || isApart(each, column.dbName, table));
}

/** Whether another action of the statement has nothing to do with the column. */
function isApart(each: Change, column: string, { indexes, checks, foreignKeys }: Table): boolean {
  if (each.verb === 'dropConstraint' || namesColumn(sourceOf(each.statement, each.span) ?? '', column)) return false;
  if (each.verb !== 'dropColumn') return true;
  // What holds both goes with the other one.
  const both = [column, each.columnName];
  const held = [...indexes.map(({ parts, include }) => [...parts.map((part) => part.column), ...include]), ...foreignKeys.map(({ columns }) => columns)];
  return !held.some((columns) => both.every((name) => columns.includes(name))) && !checks.some(({ raw }) => both.every((name) => namesColumn(raw, name)));
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

function provenSteps({ alter, to, check, step }: Names, { promises, proofs }: CarriedOver, { nullable }: Wanted): MigrationStep[] {
  const promised = [...(nullable ? [] : [presence({ alter, column: to, check })]), ...promises];
  const proven = [...(nullable ? [] : [`${alter} VALIDATE CONSTRAINT ${check};`]), ...proofs];
  return [
    ...(promised.length > 0 ? [{ name: `check_${step}`, statements: promised }] : []),
    ...(proven.length > 0 ? [{ name: `validate_${step}`, statements: proven }] : []),
  ];
}

interface Swap {
  readonly column: Column;
  readonly wanted: Wanted;
  /** The old column stays for a while. */
  readonly keeps: boolean;
}

function swap(names: Names, { drops, renames }: CarriedOver, { column, wanted, keeps }: Swap): string[] {
  const { alter, from, to, old, check } = names;
  return [
    ...dropSync(names),
    `${alter} RENAME COLUMN ${from} TO ${old};`,
    `${alter} RENAME COLUMN ${to} TO ${from};`,
    ...(column.default && keeps ? [`${alter} ALTER COLUMN ${old} DROP DEFAULT;`] : []),
    ...(wanted.value === undefined ? [] : [`${alter} ALTER COLUMN ${from} SET DEFAULT ${wanted.value};`]),
    ...(column.nullable ? [] : [`${alter} ALTER COLUMN ${old} DROP NOT NULL;`]),
    ...(wanted.nullable ? [] : [`${alter} ALTER COLUMN ${from} SET NOT NULL;`, `${alter} DROP CONSTRAINT ${check};`]),
    ...drops,
    ...renames,
    keeps ? `-- In a later migration, once nobody wants the old values back:\n-- ${alter} DROP COLUMN ${old};` : `${alter} DROP COLUMN ${old};`,
  ];
}

/**
 * Take the checks of the column away, change its type, which then reads nothing, add them again without reading, and
 * prove them in a later transaction. Undefined where a check has no name or can't be added again as it is.
 */
export function checkedSteps(change: TypeChange): MigrationStep[] | undefined {
  const { statement, before, columnName } = change;
  const action = sourceOf(statement, change.span);
  const alter = `ALTER TABLE ${tableAsWritten(change)}`;
  if (!before || action === undefined || !statement.changes.every((each) => each === change || isApart(each, columnName, before))) return undefined;
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
