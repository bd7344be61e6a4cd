// Prints what the front end makes of SQL as compact text, for tests to compare.
import { applyEdits, type Edit } from '../../../server/src/text/edit';
import type { Change, RunnerId, TransactionModel } from '../../../server/src/model/changes';
import { noFacts, type Facts } from '../../../server/src/model/facts';
import type { MigrationStep } from '../../../server/src/model/intents';
import type { Column, ColumnType, Default, ForeignKey, Index, Schema, Table } from '../../../server/src/model/nodes';
import { sql, type SqlParsed } from '../../../server/src/languages/sql';
import type { MigrationInfo, WriteContext } from '../../../server/src/languages/language';

export interface World {
  readonly files: Map<string, SqlParsed>;
  readonly schema: Schema;
  readonly context: WriteContext;
}

export interface Setting {
  readonly runner?: RunnerId;
  readonly transaction?: TransactionModel;
  readonly committed?: readonly string[];
  readonly facts?: Partial<Facts>;
}

/** Reads the files, given by path in the runner's order. `nextMigrations` writes `/next/<n>_<name>.sql`. */
export function world(texts: Readonly<Record<string, string>>, setting: Setting = {}): World {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, sql.parse(path, text)]));
  const facts = { ...noFacts, ...setting.facts };
  const migration = (path: string): MigrationInfo => ({
    runner: setting.runner ?? 'plain',
    transaction: setting.transaction ?? 'none',
    up: { start: 0, end: texts[path]?.length ?? 0 },
    committed: setting.committed?.includes(path) ?? false,
  });
  const schema = sql.lower([...files.values()], { facts, migration });
  const context: WriteContext = {
    schema,
    facts,
    parsed: (path) => files.get(path),
    migration,
    nextMigrations: (_after: string, steps: readonly MigrationStep[]): Edit[] =>
      steps.map((step, i) => {
        const mark = step.outsideTransaction ? '-- outside\n' : '';
        return { file: `/next/${i + 1}_${step.name}.sql`, start: 0, end: 0, newText: `${mark}${step.statements.join('\n')}\n`, create: true };
      }),
  };
  return { files, schema, context };
}

/** The texts after the edits; created files are added. */
export function after({ files }: World, edits: readonly Edit[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const file of new Set(edits.map((edit) => edit.file))) {
    texts[file] = applyEdits(files.get(file)?.text ?? '', edits.filter((edit) => edit.file === file));
  }
  return texts;
}

/** The text that a span covers. */
export function cut({ files }: Pick<World, 'files'>, at: { readonly file: string; readonly start: number; readonly end: number }): string {
  return (files.get(at.file)?.text ?? '').slice(at.start, at.end);
}

export function table({ schema }: World, name: string): Table {
  const found = schema.tables.find((each) => each.dbName === name);
  if (!found) throw new Error(`No table ${name} among ${schema.tables.map((each) => each.dbName).join(', ')}.`);
  return found;
}

export function column(from: World, tableName: string, name: string): Column {
  const found = table(from, tableName).columns.find((each) => each.dbName === name);
  if (!found) throw new Error(`No column ${name} in ${tableName}.`);
  return found;
}

/** All tables, one line per part. */
export function print(schema: Schema): string {
  const lines = schema.tables.flatMap((each) => [
    [
      each.objectKind,
      name(each.dbName, each.dbSchema),
      ...(each.temporary ? ['temporary'] : []),
      ...(each.partial ? ['partial'] : []),
      ...(each.partitionOf ? [`of ${each.partitionOf.name}`] : []),
    ].join(' '),
    ...each.columns.map((one) => `  ${printColumn(one)}`),
    ...(each.primaryKey ? [`  ${printIndex(each.primaryKey)}`] : []),
    ...each.indexes.map((one) => `  ${printIndex(one)}`),
    ...each.foreignKeys.map((one) => `  ${printForeignKey(one)}`),
    ...each.checks.map((one) => `  check ${one.name ?? '?'}${one.validated ? '' : ' not valid'}`),
  ]);
  return [...lines, ...schema.enums.map((each) => `enum ${each.dbName} (${each.values.join(', ')})`)].join('\n');
}

/** All changes of the schema's migrations, one line each. */
export function printChanges(schema: Schema): string {
  const changes = schema.migrations.flatMap((migration) => migration.statements.flatMap((statement) => statement.changes));
  return changes.map(printChange).join('\n');
}

function printChange(change: Change): string {
  return [change.verb, ...(change.table ? [name(change.table.name, change.table.schema)] : []), ...details(change), change.lifetime].join(' ');
}

function details(change: Change): string[] {
  switch (change.verb) {
    case 'addColumn':
      return [change.column.name, change.column.type.family, ...(change.required ? ['required'] : [])];
    case 'dropColumn':
    case 'setNotNull':
    case 'dropNotNull':
    case 'setType':
    case 'setDefault':
    case 'dropDefault':
      return [change.columnName];
    case 'renameColumn':
      return [`${change.columnName}->${change.newName}`];
    case 'renameTable':
      return [`->${change.newName}`];
    case 'addIndex':
      return [change.index.name ?? '?', ...(change.index.concurrently ? ['concurrently'] : [])];
    case 'dropIndex':
    case 'reindex':
    case 'refreshView':
      return [change.names.map((each) => name(each.name, each.schema)).join('+'), ...(change.concurrently ? ['concurrently'] : [])];
    case 'addForeignKey':
      return [...(change.notValid ? ['not valid'] : [])];
    case 'addConstraint':
      return [change.constraint, ...(change.usingIndex === undefined ? [] : [`using ${change.usingIndex}`]), ...(change.notValid ? ['not valid'] : [])];
    case 'write':
    case 'transaction':
      return [change.command];
    case 'addEnumValue':
      return [change.name, change.value ?? ''];
    case 'set':
      return [change.name, ...(change.local ? ['local'] : [])];
    default:
      return 'name' in change && change.name !== undefined ? [change.name] : [];
  }
}

const name = (own: string, schema?: string): string => (schema === undefined ? own : `${schema}.${own}`);

function printColumn(one: Column): string {
  return [
    one.dbName,
    printType(one.type),
    ...(one.nullable ? [] : ['required']),
    ...(one.unique ? ['unique'] : []),
    ...(one.generated ? ['generated'] : []),
    ...(one.default ? [`= ${printDefault(one.default)}`] : []),
  ].join(' ');
}

function printType(type: ColumnType): string {
  const array = '[]'.repeat(type.array);
  switch (type.family) {
    case 'integer':
      return `int${type.bits}${type.serial ? ' serial' : ''}${array}`;
    case 'text':
      return `${type.form}${type.length === undefined ? '' : `(${type.length})`}${array}`;
    case 'timestamp':
      return `timestamp${type.zoned ? 'tz' : ''}${type.precision === undefined ? '' : `(${type.precision})`}${array}`;
    case 'enum':
      return `enum ${type.enumName}${array}`;
    default:
      return `${type.family}${array}`;
  }
}

function printDefault(value: Default): string {
  switch (value.kind) {
    case 'uuid':
      return `uuid v${value.version}`;
    case 'literal':
      return JSON.stringify(value.value);
    default:
      return value.kind;
  }
}

function printIndex(one: Index): string {
  const parts = one.parts.map((part) =>
    [part.column ?? `(${part.expression})`, ...(part.ops ? [part.ops] : []), ...(part.sort === 'desc' ? ['desc'] : []), ...(part.nulls ? [`nulls ${part.nulls}`] : [])].join(' '),
  );
  return [
    one.constraint ?? (one.unique ? 'unique index' : 'index'),
    one.name ?? '?',
    ...(one.method === 'btree' ? [] : [one.method]),
    `(${parts.join(', ')})`,
    ...(one.include.length > 0 ? [`include (${one.include.join(', ')})`] : []),
    ...(one.where ? [`where ${one.where.raw}`] : []),
  ].join(' ');
}

function printForeignKey(one: ForeignKey): string {
  const target = `${name(one.target.name, one.target.schema)}(${one.targetColumns.join(', ')})`;
  const rule = one.onDelete ? ` on delete ${one.onDelete.action}` : '';
  return `foreign key ${one.name ?? '?'} (${one.columns.join(', ')}) -> ${target}${rule}${one.validated ? '' : ' not valid'}`;
}
