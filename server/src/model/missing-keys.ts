// References between tables that no foreign key keeps: those that code declares, and those that names tell of.
import { isToolTable } from './append-only';
import { isGeneratedAuthTable } from './auth-tables';
import { coveringIndex, sameColumns } from './covering';
import { likelyDeleteRule } from './delete-rules';
import { hasDeleteTrigger } from './delete-triggers';
import type { Facts } from './facts';
import type { Intent } from './intents';
import { refusesReference } from './joinable-types';
import { finderOf, nameOf, sameTable } from './names';
import type { Column, DeclaredRelation, Schema, Table, TableName } from './nodes';
import { isPartitioned } from './partitions';
import { isCalled, keyNamings, positionsByWords, referencedColumn } from './reference-names';
import { folded, stems } from './words';

/** Columns that hold the key of a row elsewhere, in pairs with those of that key. */
export interface KeylessReference {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly target: Table;
  readonly targetColumns: readonly Column[];
}

export interface DeclaredReference extends KeylessReference {
  readonly relation: DeclaredRelation;
}

/** The references that code declares as relations and no foreign key keeps, each once. */
export function declaredReferences({ relations = [], tables }: Schema): readonly DeclaredReference[] {
  const found = new Map<string, DeclaredReference>();
  const find = finderOf(relations.length > 0 ? tables : []);
  for (const relation of relations) {
    const from = endOf(find, relation.table, relation.columns);
    const to = endOf(find, relation.target, relation.targetColumns);
    if (!from || !to) continue;
    // A relation may be declared at the side that is referred to.
    const turned = isKey(from.table, from.columns) && !isKey(to.table, to.columns);
    const [child, parent] = turned ? [to, from] : [from, to];
    if (!isUnique(parent.table, parent.columns) || hasKey(child, parent) || hasKey(parent, child)) continue;
    const id = JSON.stringify([child.table.dbSchema, child.table.dbName, child.columns.map(({ dbName }) => dbName)]);
    if (!found.has(id)) found.set(id, { ...child, target: parent.table, targetColumns: parent.columns, relation });
  }
  return [...found.values()];
}

/** The references that names and types tell of, for which neither a foreign key nor a declared relation stands. */
export function namedReferences(schema: Schema): readonly KeylessReference[] {
  const { relations = [], tables } = schema;
  const { positions, looks } = lookAround(tables);
  const found = looks.flatMap(({ references }) => references);
  if (found.length === 0) return [];
  const declared = new Set(relations.flatMap(({ table, columns }) => columns.map((column) => `${table.name}.${column}`)));
  const invitation = tables[positions.get('invitation') ?? -1];
  // What better-auth keeps of an organization has a shape of its own, which its options change.
  const organized = invitation?.columns.some(({ name }) => stems(name).join('') === 'inviterid') ?? false;
  return found.filter(({ table, columns, target }) => {
    if (columns.some(({ dbName }) => declared.has(`${table.dbName}.${dbName}`)) || hasDeleteTrigger(schema, target)) return false;
    return !(organized && isCalled(table, 'invitation', 'member', 'teammember')) && !isPartitioned(schema, nameOf(table));
  });
}

/** What one table's columns refer to, and where the tables stand that were looked at for it. */
interface Look {
  readonly references: readonly KeylessReference[];
  readonly at: readonly number[];
}

interface Looks {
  readonly tables: readonly Table[];
  readonly positions: ReadonlyMap<string, number | undefined>;
  readonly looks: readonly Look[];
}

/** By the first table of a schema: of the last look at it, all that a keystroke leaves alone is taken again. */
const lastLooks = new WeakMap<Table, Looks>();

function lookAround(tables: readonly Table[]): Looks {
  const [first] = tables;
  const before = first && lastLooks.get(first);
  const named = before?.tables.length === tables.length && tables.every((table, at) => isNamedAlike(table, before.tables[at])) ? before : undefined;
  const positions = named?.positions ?? positionsByWords(tables);
  const same = (at: number): boolean => named !== undefined && tables[at] === named.tables[at];
  const looks = tables.map((table, at) => {
    const kept = same(at) ? named?.looks[at] : undefined;
    return kept?.at.every(same) ? kept : look(table, tables, positions);
  });
  const found = { tables, positions, looks };
  if (first) lastLooks.set(first, found);
  return found;
}

function isNamedAlike(table: Table, other: Table | undefined): boolean {
  return table === other || (table.name === other?.name && table.dbName === other.dbName);
}

const NOTHING: Look = { references: [], at: [] };

function look(table: Table, tables: readonly Table[], positions: Looks['positions']): Look {
  const namings = isLiving(table) ? keyNamings(table) : [];
  if (namings.length === 0) return NOTHING;
  const at: number[] = [];
  const find = (name: string): Table | undefined => {
    const position = positions.get(name);
    if (position === undefined) return undefined;
    at.push(position);
    return tables[position];
  };
  const references = namings.flatMap((naming) => {
    const target = referencedColumn(naming, find);
    return target ? [{ table, columns: [naming.column], target: target.table, targetColumns: [target] }] : [];
  });
  return { references, at };
}

/** Whether the schema has any foreign key, so that its authors mean to have them. */
export function usesForeignKeys({ tables }: Schema): boolean {
  return tables.some(({ foreignKeys }) => foreignKeys.length > 0);
}

/** Whether the database may be one that has no foreign keys by design, as PlanetScale has none by default. */
export function forgoesForeignKeys({ dialect, emulatedRelations }: Schema, { dependencies }: Facts): boolean {
  return dialect === 'mysql' && !emulatedRelations && dependencies.has('@planetscale/database');
}

/** What makes the reference a foreign key, with the delete rule that is likely meant and the index that it needs. */
export function keyIntent({ table, columns, target, targetColumns }: KeylessReference, { emulatedRelations }: Schema): Intent | undefined {
  const refused = columns.some((column, at) => {
    const other = targetColumns[at];
    return !other || refusesReference(column.type, other.type, table.dialect);
  });
  if (refused) return undefined;
  const names = columns.map(({ dbName }) => dbName);
  // SQL Server refuses rules that could reach a row on two ways, which only NO ACTION never does.
  const onDelete = table.dialect === 'sqlserver' ? 'no action' : likelyDeleteRule({ table, columns: names }, target.name);
  // MySQL makes the index of a real foreign key itself.
  const indexed = (table.dialect === 'mysql' && !emulatedRelations) || coveringIndex(table, names) !== undefined;
  const targetNames = targetColumns.map(({ dbName }) => dbName);
  return { do: 'addForeignKey', table, columns: names, target, targetColumns: targetNames, onDelete, ...(!indexed && { index: names }) };
}

/** Words of tables that keep the ids of rows which may be gone, and of copies that something else writes. */
const RECORDS = new Set([
  'audit', 'log', 'history', 'event', 'metric', 'stat', 'statistic', 'usage', 'activity', 'daily', 'hourly', 'weekly', 'monthly', 'tombstone',
  'deleted', 'archive', 'archived', 'tracking', 'analytic', 'analytics', 'snapshot', 'telemetry', 'trace', 'rank', 'ranking', 'impression',
  'click', 'view', 'visit', 'invocation', 'attribution', 'queue', 'outbox', 'staging', 'cache', 'backup', 'shadow', 'tmp', 'temp', 'legacy',
  'replica', 'index', 'helper',
]); // prettier-ignore

/** Columns by which a table of visits to somebody's site is known: who is called a user there has no account. */
const VISITS = new Set(['pageviews', 'entrypage', 'exitpage', 'landingpage', 'referrer', 'referer', 'utmsource', 'screenwidth']);

function isOfVisits({ columns }: Table): boolean {
  return columns.filter(({ name, dbName }) => [name, dbName].some((each) => VISITS.has(folded(each)))).length > 1;
}

/** Whether the table's rows are meant to refer to rows that are there. */
function isLiving(table: Table): boolean {
  const { objectKind, partial, ignored, temporary, partitionOf } = table;
  if (objectKind !== 'table' || partial || ignored || temporary || partitionOf || isToolTable(table) || isGeneratedAuthTable(table) || isOfVisits(table)) return false;
  return ![table.name, table.dbName].some((name) => stems(name).some((word) => RECORDS.has(word)));
}

interface End {
  readonly table: Table;
  readonly columns: readonly Column[];
}

function endOf(find: (name: TableName) => Table | undefined, name: TableName, columns: readonly string[]): End | undefined {
  const table = find(name);
  const found = columns.flatMap((dbName) => table?.columns.find((column) => column.dbName === dbName) ?? []);
  const whole = table && !table.partial && !table.ignored && !table.partitionOf && found.length === columns.length;
  return whole ? { table, columns: found } : undefined;
}

function isKey({ primaryKey }: Table, columns: readonly Column[]): boolean {
  return primaryKey !== undefined && holdsExactly(primaryKey.parts, columns);
}

function isUnique(table: Table, columns: readonly Column[]): boolean {
  return isKey(table, columns) || table.indexes.some(({ unique, where, parts }) => unique && !where && holdsExactly(parts, columns));
}

function holdsExactly(parts: readonly { readonly column?: string }[], columns: readonly Column[]): boolean {
  return sameColumns(
    parts.map(({ column }) => column ?? ''),
    columns.map(({ dbName }) => dbName),
  );
}

/** Whether a foreign key leads over these columns or some of them. */
function hasKey(child: End, parent: End): boolean {
  const names = child.columns.map(({ dbName }) => dbName);
  return child.table.foreignKeys.some(
    ({ columns, target }) =>
      sameTable(target, nameOf(parent.table)) && (columns.every((column) => names.includes(column)) || names.every((name) => columns.includes(name))),
  );
}
