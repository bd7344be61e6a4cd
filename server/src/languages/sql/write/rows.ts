// Makes an index hold only some rows: in a migration nobody has run yet in place, else by next migrations. A unique
// constraint becomes a unique index for that.
import type { Edit } from '../../../text/edit';
import type { IntentOf, MigrationStep, RowsGoal } from '../../../model/intents';
import { nameOf } from '../../../model/names';
import type { Index } from '../../../model/nodes';
import { isNamedLater, wayOut } from '../../../model/runners';
import type { WriteContext } from '../../language';
import type { SqlParsed } from '../parse/parsed';
import type { Piece } from '../parse/chunk';
import { isCommitted, isTooEarly, replaceLater, statementOf, type Found } from './index-shape';
import { freeName } from './keys';
import { removeIndex } from './remove-index';
import { fileOf, identifier, inCaseOf, insertAfter, pieceAt, qualified, statementAt } from './text';

export function setRows({ index, rows }: IntentOf<'setRows'>, context: WriteContext): readonly Edit[] | undefined {
  if (index.where || index.constraint === 'primary key') return undefined;
  const found = statementOf(index, context);
  return found ? ofIndex(found, rows, context) : ofConstraint(index, rows, context);
}

function predicate({ column, is }: RowsGoal, sample: string): string {
  const rest = is === null ? `${inCaseOf(sample, 'IS NULL')}` : `= ${String(is)}`;
  return `${inCaseOf(sample, 'WHERE')} ${identifier(column.dbName, sample)} ${rest}`;
}

function ofIndex(found: Found, rows: RowsGoal, context: WriteContext): readonly Edit[] | undefined {
  const { index, parsed, piece, source, elements } = found;
  const where = predicate(rows, piece.text);
  const columns = index.parts.map((part) => part.column ?? 'expr');
  if (isCommitted(found, context) || isTooEarly(found, [...columns.filter((column) => column !== 'expr'), rows.column.dbName], context)) {
    const parts = elements.map((element) => source.raw(element));
    return replaceLater(found, { method: index.method, columns, parts, where }, context);
  }
  return [{ file: parsed.path, start: piece.span.end, end: piece.span.end, newText: ` ${where}` }];
}

function ofConstraint(index: Index, rows: RowsGoal, context: WriteContext): readonly Edit[] | undefined {
  const parsed = fileOf(context, index.span);
  const piece = parsed && pieceAt(parsed, index.span);
  const names = index.parts.flatMap(({ column }) => column ?? []);
  // Only a constraint can be checked at the end of a transaction.
  const deferrable = /\bDEFERRABLE\b/i.test(parsed?.text.slice(index.span.start, index.span.end) ?? '');
  if (!parsed || !piece || index.name === undefined || names.length !== index.parts.length || deferrable) return undefined;
  const statement = statementAt(context, index.span);
  const committed = context.migration?.(parsed.path)?.committed ?? false;
  const later = committed || !isKnownBefore(rows, piece, parsed, context) || names.some((name) => !piece.text.includes(name));
  if (later || (statement && isNamedLater(index.name, statement, context.schema.migrations))) return replaceConstraint(index, rows, piece, parsed, context);
  const create = definition(index, index.name, names, rows, piece.text, false);
  const alone = piece.node === 'AlterTableStmt' && (statement?.changes.length ?? 0) === 1;
  if (alone) return [{ file: parsed.path, start: piece.span.start, end: piece.span.end, newText: create.slice(0, -1) }];
  const removed = removeIndex({ do: 'removeIndex', index }, context);
  return removed && [...removed, insertAfter(context, parsed, piece.span.end, [create], 'CreateIndex')];
}

/** Whether the column that tells the rows apart is there, under its present name, once the statement has run. */
function isKnownBefore({ column }: RowsGoal, piece: Piece, parsed: SqlParsed, context: WriteContext): boolean {
  const { file, start, end } = column.nameSpan;
  if (fileOf(context, column.nameSpan)?.text.slice(start, end) !== column.dbName) return false;
  if (file === parsed.path) return end <= piece.span.end;
  const files = context.schema.migrations.map((migration) => migration.file);
  return files.indexOf(file) < files.indexOf(parsed.path);
}

function definition(index: Index, name: string, names: readonly string[], rows: RowsGoal, sample: string, concurrently: boolean): string {
  const { table, nullsNotDistinct } = index;
  const say = (words: string): string => inCaseOf(sample, words);
  const target = qualified(nameOf(table), sample);
  const list = names.map((column) => identifier(column, sample)).join(', ');
  const nulls = nullsNotDistinct ? ` ${say('NULLS NOT DISTINCT')}` : '';
  const words = say(`CREATE UNIQUE INDEX${concurrently ? ' CONCURRENTLY' : ''}`);
  return `${words} ${identifier(name, sample)} ${say('ON')} ${target} (${list})${nulls} ${predicate(rows, sample)};`;
}

/** The index is built before the constraint goes, so that no moment lets duplicates in. */
function replaceConstraint(index: Index, rows: RowsGoal, piece: Piece, parsed: SqlParsed, context: WriteContext): readonly Edit[] | undefined {
  const { table, name: old = '' } = index;
  const names = index.parts.flatMap(({ column }) => column ?? []);
  const statement = statementAt(context, index.span);
  const way = statement ? wayOut(statement.migration) : 'whole';
  if (way === 'never') return undefined;
  const say = (words: string): string => inCaseOf(piece.text, words);
  const name = freeName(table, names, context);
  const create = definition(index, name, names, rows, piece.text, true);
  const target = qualified(nameOf(table), piece.text);
  const drop = `${say('ALTER TABLE')} ${target} ${say('DROP CONSTRAINT')} ${identifier(old, piece.text)};`;
  const file = (verb: string, of: string): string => `${verb}_${of}`.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
  const steps: readonly MigrationStep[] = [
    { name: file('create', name), statements: way === 'commit' ? [say('COMMIT;'), create] : [create], outsideTransaction: true },
    { name: file('drop', old), statements: [drop] },
  ];
  return context.nextMigrations(parsed.path, steps);
}
