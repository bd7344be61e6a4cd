// The next migrations that make of a database what the schema declares, in steps that block nobody for long.
import type { Finding } from '../../linter/rule';
import { fillStep, requireSteps } from '../../model/column-steps';
import {
  addColumn, addConstraint, addEnumValue, alterTable, constraintClause, createEnum, createIndex, createTable, dropDefault, dropNotNull, identifier, isConstraint, qualified, setDefault, setRowSecurity, setType, spellingOf, sqlDefault, type Spelling,
} from '../../model/ddl'; // prettier-ignore
import { canReference, hasColumns } from '../../model/drift';
import type { MigrationStep } from '../../model/intents';
import { nameOf } from '../../model/names';
import type { Column, Enum, ForeignKey, Index, Schema, Table } from '../../model/nodes';
import type { Recorded } from '../../model/recorded';
import { wayOut } from '../../model/runners';
import { presenceCheck, stepName } from '../../model/statement-names';
import { isVolatile } from '../../model/volatility';
import { finder } from './schema-drift.words';

/** What is declared, and what the migrations make. */
export interface Sides {
  readonly schema: Schema;
  readonly history: Schema;
}

type Steps = readonly MigrationStep[] | undefined;

/** The fix that writes these steps as the next migrations; none where the model doesn't know them exactly. */
export function writing(steps: Steps, { history }: Sides, title: string): Pick<Finding, 'fixes'> {
  const last = history.migrations.at(-1);
  const way = last && wayOut(last);
  if (!steps || !last || !way || way === 'never') return {};
  // drizzle-kit compares a schema with its record of the last migration, which one by another hand leaves as it is. Where it
  // doesn't say what the steps make, the tool writes them itself.
  if (last.runner !== 'prisma' && !(last.runner === 'drizzle' && steps.some(({ recorded }) => recorded))) return {};
  const out = steps.map((step) => (step.outsideTransaction && way === 'commit' ? { ...step, statements: ['COMMIT;', ...step.statements] } : step));
  const where = steps.length === 1 ? 'the next migration' : last.transaction === 'all' ? 'next migrations for later deploys' : 'next migrations';
  return { fixes: [{ title: `${title} in ${where}`, kind: 'review', preferred: true, intent: () => ({ do: 'writeMigration', steps: out }) }] };
}

/** The steps, where the ORM's tool knows of what they make. */
function known(steps: Steps, recorded: Recorded): MigrationStep[] | undefined {
  return steps?.map((each, at) => (at === 0 ? { ...each, recorded: [...(each.recorded ?? []), recorded] } : each));
}

function recordOf(column: Column): Recorded {
  return { kind: 'column', table: nameOf(column.table), name: column.dbName, required: !column.nullable };
}

export function missingTable(table: Table, sides: Sides): Steps {
  const spelling = spellingOf(sides.schema);
  const enums = table.columns.map((column) => missingType(column, sides));
  const created = createTable(table, spelling);
  // Keys to tables that aren't there yet come with those.
  const keys = sides.schema.emulatedRelations ? [] : table.foreignKeys.filter((key) => key.target.name === table.dbName || isReady(key, sides));
  const added = keys.map((key) => addConstraint(key, spelling));
  // A table is never without its policies, and those are written in the schema's own language.
  if (!created || enums.includes('unknown') || added.includes(undefined) || table.policies?.length) return undefined;
  const types = distinct(enums).map((each) => createEnum(each, spelling));
  const secured = table.rowSecurity ? [setRowSecurity(table, 'ENABLE', spelling)] : [];
  const statements = [...types, ...created, ...secured, ...added.flatMap((each) => each ?? [])];
  return known([{ name: `create_${stepName(table.dbName)}`, statements }], { kind: 'table', ...nameOf(table) });
}

/** Whether the database has what the key references; where it hasn't, that comes first. */
export function isReady(key: ForeignKey, { history }: Sides): boolean {
  const target = finder(history)(key.target);
  return target !== undefined && canReference(key, target);
}

/** The type that a column needs and no migration makes: undefined where there is no need, `unknown` where nobody says what it is. */
function missingType({ type }: Column, { schema, history }: Sides): Enum | 'unknown' | undefined {
  if (type.family !== 'enum' || history.enums.some(({ dbName }) => dbName === type.enumName)) return undefined;
  return schema.enums.find(({ dbName }) => dbName === type.enumName) ?? 'unknown';
}

function distinct(enums: readonly (Enum | 'unknown' | undefined)[]): Enum[] {
  return [...new Set(enums.flatMap((each) => (each === 'unknown' || !each ? [] : [each])))];
}

/** The column, with the indexes and keys that can't be there without it. */
export function missingColumn(column: Column, made: Table, sides: Sides): Steps {
  const { table } = column;
  const own = known(columnSteps(column, sides), recordOf(column));
  const type = missingType(column, sides);
  if (!own || type === 'unknown' || table.primaryKey?.parts.some((part) => part.column === column.dbName)) return undefined;
  const spelling = spellingOf(sides.schema);
  const steps = [...(type ? [{ name: `create_${stepName(type.dbName)}`, statements: [createEnum(type, spelling)] }] : []), ...own];
  const comes = (columns: readonly string[]): boolean => columns.includes(column.dbName) && hasColumns(made, columns.filter((name) => name !== column.dbName));
  for (const index of table.indexes.filter(({ parts }) => comes(parts.map((part) => part.column ?? '')))) steps.push(...(missingIndex(index, sides) ?? []));
  if (sides.schema.emulatedRelations) return steps;
  for (const key of table.foreignKeys.filter((each) => comes(each.columns) && isReady(each, sides))) steps.push(...(missingKey(key, sides) ?? []));
  return steps;
}

function columnSteps(column: Column, { schema, history }: Sides): MigrationStep[] | undefined {
  const spelling = spellingOf(schema);
  const name = stepName(column.table.dbName, column.dbName);
  const value = sqlDefault(column, spelling);
  if (value?.kind !== 'none' && value?.kind !== 'expression') return undefined;
  // A value of its own for each row would write the whole table again.
  const slow = value.kind === 'expression' && isVolatile(value.sql) !== false;
  if (!slow && (column.nullable || value.kind === 'expression')) return step(`add_${name}`, addColumn(column, spelling));
  const added = step(`add_${name}`, addColumn(bare(column), spelling), ...(slow ? [setDefault(column, spelling)] : []));
  if (!added || column.nullable) return added;
  return [...added, ...requiring(column, { schema, history })];
}

/** The column, for whose rows nothing is asked yet. */
function bare({ default: _, ...column }: Column): Column {
  return { ...column, nullable: true };
}

/** Fills what is empty, then proves that nothing is. */
export function required(column: Column, sides: Sides): Steps {
  return known(requiring(column, sides), recordOf(column));
}

function requiring(column: Column, { schema, history }: Sides): MigrationStep[] {
  const { table } = column;
  const spelling = spellingOf(schema);
  const name = stepName(table.dbName, column.dbName);
  const own = identifier(column.dbName, spelling);
  const value = sqlDefault(column, spelling);
  const key = table.primaryKey?.parts.length === 1 ? table.primaryKey.parts[0]?.column : undefined;
  const from = qualified(nameOf(table), spelling);
  const last = history.migrations.at(-1);
  return [
    fillStep(`fill_${name}`, {
      table: from,
      write: `UPDATE ${from} SET ${own} = ${value?.kind === 'expression' ? value.sql : VALUE}`,
      where: `${own} IS NULL`,
      key: key === undefined ? undefined : identifier(key, spelling),
      commits: last !== undefined && wayOut(last) === 'whole',
    }),
    ...requireSteps({ alter: alterTable(table, spelling), column: own, check: identifier(presenceCheck(table.dbName, column.dbName, table), spelling), name }),
  ];
}

const VALUE = 'DEFAULT /* TODO: write the value for existing rows; NULL stops the migration at VALIDATE */';

export function optional(column: Column, { schema }: Sides): Steps {
  return known(step(`relax_${stepName(column.table.dbName, column.dbName)}`, dropNotNull(column, spellingOf(schema))), recordOf(column));
}

/** Only where every value fits as it is: anything else is for people to decide. */
export function otherType(column: Column, made: Column, { schema }: Sides): Steps {
  const [to, from] = [column.type, made.type];
  const wider = to.family === 'text' && from.family === 'text' && to.form === 'varchar' && from.form === 'varchar' && (to.length ?? Infinity) > (from.length ?? Infinity);
  return wider ? step(`widen_${stepName(column.table.dbName, column.dbName)}`, setType(column, spellingOf(schema))) : undefined;
}

export function otherDefault(column: Column, made: Column, { schema }: Sides): Steps {
  // Numbers that go on from those in use are more than a default.
  if (column.default?.kind === 'sequence' || made.default?.kind === 'sequence') return undefined;
  const spelling = spellingOf(schema);
  const name = `default_${stepName(column.table.dbName, column.dbName)}`;
  return step(name, column.default ? setDefault(column, spelling) : dropDefault(column, spelling));
}

export function missingValues(declared: Enum, missing: readonly string[], made: Enum, { schema }: Sides): Steps {
  const spelling = spellingOf(schema);
  const steps = step(`extend_${stepName(declared.dbName)}`, ...missing.map((value) => addEnumValue(declared, value, made.values, spelling)));
  return known(steps, { kind: 'enum', ...nameOf(declared), values: declared.values });
}

export function missingIndex(index: Index, { schema }: Sides): Steps {
  const spelling = spellingOf(schema);
  const { name, table } = index;
  const built = createIndex(index, spelling, { concurrently: true });
  if (built === undefined || name === undefined) return undefined;
  const own = stepName(name);
  const steps: MigrationStep[] = [{ name: `create_${own}`, statements: [built], outsideTransaction: true }];
  if (isConstraint(index)) {
    const as = identifier(name, spelling);
    steps.push({ name: `add_${own}`, statements: [`${alterTable(table, spelling)} ADD CONSTRAINT ${as} UNIQUE USING INDEX ${as};`] });
  }
  return known(steps, { kind: 'index', table: nameOf(table), name });
}

export function missingKey(key: ForeignKey, { schema }: Sides): Steps {
  const spelling = spellingOf(schema);
  const { dbName: name } = key;
  const added = step(`add_${keyName(key)}`, addConstraint({ ...key, validated: false }, spelling));
  if (!added || name === undefined) return undefined;
  return known([...added, validating(key, name, spelling)], keyRecord(key, name));
}

function keyRecord({ table, onDelete }: ForeignKey, name: string): Recorded {
  return { kind: 'foreignKey', table: nameOf(table), name, onDelete: onDelete?.action ?? 'no action' };
}

/** One statement, so that the rows are never without a key. */
export function otherRule(key: ForeignKey, made: ForeignKey, { schema }: Sides): Steps {
  const spelling = spellingOf(schema);
  const clause = constraintClause({ ...key, validated: false }, spelling);
  if (clause === undefined || made.dbName === undefined || key.dbName === undefined) return undefined;
  const statement = `${alterTable(key.table, spelling)} DROP CONSTRAINT ${identifier(made.dbName, spelling)}, ADD ${clause};`;
  return known([{ name: `change_${keyName(key)}`, statements: [statement] }, validating(key, key.dbName, spelling)], keyRecord(key, key.dbName));
}

function validating(key: ForeignKey, name: string, spelling: Spelling): MigrationStep {
  return { name: `validate_${keyName(key)}`, statements: [`${alterTable(key.table, spelling)} VALIDATE CONSTRAINT ${identifier(name, spelling)};`] };
}

function keyName({ table, columns, dbName }: ForeignKey): string {
  return stepName(dbName ?? [table.dbName, ...columns].join('_'));
}

function step(name: string, ...statements: readonly (string | undefined)[]): MigrationStep[] | undefined {
  const all = statements.flatMap((each) => each ?? []);
  return all.length === statements.length ? [{ name, statements: all }] : undefined;
}
