// Writers of foreign keys and of the indexes that serve them.
import type { Edit } from '../../../text/edit';
import type { Span } from '../../../text/span';
import type { IntentOf } from '../../../model/intents';
import type { Change, Statement } from '../../../model/changes';
import { nameOf, sameTable } from '../../../model/names';
import { wayOut } from '../../../model/runners';
import type { WriteContext } from '../../language';
import type { Schema, Table } from '../../../model/nodes';
import { generatedName } from '../replay/object-names';
import { fileOf, identifier, inCaseOf, insertAfter, pieceAt, qualified, sourceOf, statementAt } from './text';

export function setOnDelete({ foreignKey, action }: IntentOf<'setOnDelete'>, context: WriteContext): readonly Edit[] | undefined {
  const at = foreignKey.nameSpan;
  const parsed = fileOf(context, at);
  const piece = parsed && pieceAt(parsed, at);
  if (!parsed || !piece) return undefined;
  const words = inCaseOf(parsed.text.slice(at.start, at.end), `ON DELETE ${action}`);
  const written = foreignKey.onDelete?.span;
  if (written) return [{ file: written.file, start: written.start, end: written.end, newText: words }];
  // MATCH FULL stands between the columns and the actions.
  const source = sourceOf(piece);
  const next = source.after(at.end - piece.span.start);
  const end = source.is(next, 'MATCH') ? source.span({ from: next, to: next + 2 }).end : at.end;
  return [{ file: at.file, start: end, end, newText: ` ${words}` }];
}

export function addIndex(intent: IntentOf<'addIndex'>, context: WriteContext): readonly Edit[] | undefined {
  const { table, columns, for: foreignKey } = intent;
  const at = foreignKey?.span ?? settledAt(table, columns, context);
  const parsed = fileOf(context, at);
  const piece = parsed && pieceAt(parsed, at);
  if (!parsed || !piece) return undefined;
  const statement = statementAt(context, at);
  // An old statement knows the table and its columns by their old names.
  const renamed = foreignKey !== undefined && isRenamed(table, columns, statement);
  const history = context.migration?.(parsed.path)?.committed ?? false;
  const isNew = table.span.file === at.file && !isStub(table, context) && !renamed && !history;
  if (isNew) return [insertAfter(context, parsed, piece.span.end, [indexStatement('CREATE INDEX', table, columns, context, piece.text)], 'CreateIndex')];

  const model = statement?.migration.transaction ?? 'none';
  if (statement && !renamed && !history && !statement.inTransaction && model !== 'file-if-many') {
    return [insertAfter(context, parsed, piece.span.end, [concurrentIndex(table, columns, context, piece.text)], 'CreateIndex')];
  }
  const name = `index_${table.dbName}_${columns.join('_')}`.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
  const way = statement ? wayOut(statement.migration) : 'whole';
  if (way === 'never') return undefined;
  // Drizzle's one transaction around everything ends only by an explicit COMMIT.
  const create = concurrentIndex(table, columns, context, piece.text);
  const statements = way === 'commit' ? [inCaseOf(piece.text, 'COMMIT;'), create] : [create];
  return context.nextMigrations(parsed.path, [{ name, statements, outsideTransaction: true }]);
}

/** The statement that builds an index while the table is in use, in the case and quotes of a sample. */
export function concurrentIndex(table: Table, columns: readonly string[], context: WriteContext, sample: string): string {
  return indexStatement('CREATE INDEX CONCURRENTLY', table, columns, context, sample);
}

function indexStatement(keywords: string, table: Table, columns: readonly string[], context: WriteContext, sample: string): string {
  const name = identifier(freeName(table, columns, context), sample);
  const target = qualified(nameOf(table), sample);
  const list = columns.map((column) => identifier(column, sample)).join(', ');
  return `${inCaseOf(sample, keywords)} ${name} ${inCaseOf(sample, 'ON')} ${target} (${list});`;
}

/** The last statement that gives the table or one of the columns its present name or type: from there on all are there. */
export function settledAt(table: Table, columns: readonly string[], { schema }: WriteContext): Span {
  const own = nameOf(table);
  const settles = (change: Change): boolean => {
    if (!change.table) return false;
    if (change.verb === 'renameTable') return change.newName === own.name;
    if (!sameTable(change.table, own)) return false;
    if (change.verb === 'addTable') return true;
    if (change.verb === 'addColumn') return columns.includes(change.column.dbName);
    if (change.verb === 'renameColumn') return columns.includes(change.newName);
    return change.verb === 'setType' && columns.includes(change.columnName);
  };
  for (const { statements } of [...schema.migrations].reverse()) {
    const last = statements.findLast((statement) => statement.changes.some(settles));
    if (last) return last.span;
  }
  return table.span;
}

function isRenamed(table: Table, columns: readonly string[], statement: Statement | undefined): boolean {
  if (!statement) return false;
  const then = statement.changes.find((change) => change.table)?.table;
  const text = statement.text.toLowerCase();
  return (then !== undefined && then.name !== table.dbName) || columns.some((column) => !text.includes(column.toLowerCase()));
}

// A table that the history never creates stands in with the statement that first names it.
function isStub(table: Table, context: WriteContext): boolean {
  const statement = statementAt(context, table.span);
  return !statement?.changes.some((change) => change.verb === 'addTable' && change.table?.name === table.dbName) && table.partial;
}

const takenNames = new WeakMap<Schema, ReadonlySet<string>>();

/** Names of indexes that are there, or that a later migration drops: it would drop a new one of that name. */
function takenIn(schema: Schema): ReadonlySet<string> {
  const known = takenNames.get(schema);
  if (known) return known;
  const there = schema.tables.flatMap(({ indexes }) => indexes.flatMap(({ name }) => name ?? []));
  const changes = schema.migrations.flatMap(({ statements }) => statements.flatMap((statement) => statement.changes));
  const taken = new Set([...there, ...changes.flatMap((change) => (change.verb === 'dropIndex' ? change.names.map(({ name }) => name) : []))]);
  takenNames.set(schema, taken);
  return taken;
}

export function freeName(table: Table, columns: readonly string[], { schema }: WriteContext): string {
  const taken = takenIn(schema);
  for (let pass = 0; ; pass++) {
    const name = generatedName(table.dbName, columns.join('_'), pass === 0 ? 'idx' : `idx${pass}`);
    if (!taken.has(name)) return name;
  }
}
