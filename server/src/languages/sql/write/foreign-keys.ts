// Writes foreign keys: into the table while nobody has it yet, else as next migrations that lock it for a moment only.
import type { Edit } from '../../../text/edit';
import type { Span } from '../../../text/span';
import type { IntentOf, MigrationStep } from '../../../model/intents';
import type { Table } from '../../../model/nodes';
import { wayOut } from '../../../model/runners';
import type { WriteContext } from '../../language';
import type { Piece } from '../parse/chunk';
import type { SqlParsed } from '../parse/parsed';
import { generatedName } from '../replay/object-names';
import { addIndex, concurrentIndex, settledAt } from './keys';
import { fileOf, identifier, inCaseOf, insertAfter, pieceAt, qualified, statementAt } from './text';

type Goal = IntentOf<'addForeignKey'>;

export function addForeignKey(goal: Goal, context: WriteContext): readonly Edit[] | undefined {
  const { table, target, index } = goal;
  const parsed = fileOf(context, table.span);
  const piece = parsed && pieceAt(parsed, table.span);
  if (!parsed || !piece) return undefined;
  const isNew = isCreated(table, context) && !context.migration?.(parsed.path)?.committed;
  const here = isNew && isCreated(target, context) ? (inDefinition(goal, context, piece) ?? behindBoth(goal, context)) : undefined;
  if (!here) return context.nextMigrations(parsed.path, steps(goal, context, parsed, piece));
  const added = index ? addIndex({ do: 'addIndex', table, columns: index }, context) : [];
  return added && [...here, ...added];
}

/** `REFERENCES` in the column's definition, where the target is there by then. */
function inDefinition(goal: Goal, context: WriteContext, { text }: Piece): readonly Edit[] | undefined {
  const { table, target, columns, targetColumns } = goal;
  const column = table.columns.find(({ dbName }) => dbName === columns[0]);
  const parsed = fileOf(context, table.span);
  if (!parsed || !column || columns.length > 1 || !isWithin(column.span, table.span) || !isBefore(target, table, context)) return undefined;
  // A later statement may have given it another name or type, which this one can't know.
  const written = parsed.text.slice(column.nameSpan.start, column.nameSpan.end);
  if (written !== column.dbName || !isWithin(column.type.span, column.span)) return undefined;
  const at = column.span.end;
  return [{ file: parsed.path, start: at, end: at, newText: ` ${references(target, targetColumns, goal, text)}` }];
}

/** A statement behind the one from which on both tables and their columns are there. */
function behindBoth(goal: Goal, context: WriteContext): readonly Edit[] | undefined {
  const [own, other] = [settledAt(goal.table, goal.columns, context), settledAt(goal.target, goal.targetColumns, context)];
  const later = compare(own, other, context) < 0 ? other : own;
  const parsed = fileOf(context, later);
  const piece = parsed && pieceAt(parsed, later);
  if (!parsed || !piece || context.migration?.(parsed.path)?.committed) return undefined;
  return [insertAfter(context, parsed, piece.span.end, [`${addition(goal, piece.text)};`], 'AddForeignKey')];
}

function steps(goal: Goal, context: WriteContext, { path }: SqlParsed, { text, span }: Piece): MigrationStep[] {
  const { table, index } = goal;
  const migration = statementAt(context, span)?.migration ?? context.schema.migrations.find(({ file }) => file === path);
  const way = migration ? wayOut(migration) : 'whole';
  const words = (keywords: string): string => inCaseOf(text, keywords);
  const alone = (name: string, statements: readonly string[]): MigrationStep => ({
    name: name.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase(),
    statements,
    ...(way !== 'never' && { outsideTransaction: true as const }),
  });
  const leave = way === 'commit' ? [words('COMMIT;')] : [];
  const name = constraintName(goal);
  const created = index && way !== 'never' ? [alone(`index_${table.dbName}_${index.join('_')}`, [...leave, concurrentIndex(table, index, context, text)])] : [];
  const validation = `${orphans(goal, text)}\n${words('ALTER TABLE')} ${nameOf(table, text)} ${words('VALIDATE CONSTRAINT')} ${identifier(name, text)};`;
  return [
    ...created,
    { name: `add_${name}`.toLowerCase(), statements: [`${addition(goal, text)} ${words('NOT VALID')};`] },
    { name: `validate_${name}`.toLowerCase(), statements: [...(created.length > 0 ? [] : leave), validation] },
  ];
}

/** How to find what would make the validation fail. */
function orphans({ table, columns, target, targetColumns }: Goal, text: string): string {
  const child = nameOf(table, text);
  const pairs = columns.map((column, at) => `t.${identifier(targetColumns[at] ?? '', text)} = ${child}.${identifier(column, text)}`);
  const given = columns.map((column) => `${identifier(column, text)} IS NOT NULL`);
  return `-- Fails while rows refer to none: SELECT * FROM ${child} WHERE ${given.join(' AND ')} AND NOT EXISTS (SELECT FROM ${nameOf(target, text)} t WHERE ${pairs.join(' AND ')})`;
}

function addition(goal: Goal, text: string): string {
  const { table, columns, target, targetColumns } = goal;
  const words = (keywords: string): string => inCaseOf(text, keywords);
  const list = columns.map((column) => identifier(column, text)).join(', ');
  return `${words('ALTER TABLE')} ${nameOf(table, text)} ${words('ADD CONSTRAINT')} ${identifier(constraintName(goal), text)} ${words('FOREIGN KEY')} (${list}) ${references(target, targetColumns, goal, text)}`;
}

function references(target: Table, columns: readonly string[], { onDelete }: Goal, text: string): string {
  const list = columns.map((column) => identifier(column, text)).join(', ');
  return `${inCaseOf(text, 'REFERENCES')} ${nameOf(target, text)} (${list})${onDelete ? ` ${inCaseOf(text, `ON DELETE ${onDelete}`)}` : ''}`;
}

function constraintName({ table, columns }: Goal): string {
  return generatedName(table.dbName, columns.join('_'), 'fkey');
}

function nameOf({ dbName, dbSchema }: Table, text: string): string {
  return qualified({ name: dbName, ...(dbSchema !== undefined && { schema: dbSchema }) }, text);
}

/** Whether the statement at the table's span creates it under the name that it still has. */
function isCreated(table: Table, context: WriteContext): boolean {
  const statement = statementAt(context, table.span);
  return statement?.changes.some((change) => change.verb === 'addTable' && change.table?.name === table.dbName) ?? false;
}

/** Whether the target and its key are there when the table is created. */
function isBefore(target: Table, table: Table, context: WriteContext): boolean {
  if (target === table) return true;
  const { primaryKey } = target;
  if (!primaryKey || !isWithin(primaryKey.span, target.span)) return false;
  return compare(target.span, table.span, context) < 0;
}

/** Which of two places comes first in the history. */
function compare(a: Span, b: Span, { schema }: WriteContext): number {
  return a.file === b.file ? a.start - b.start : schema.files.indexOf(a.file) - schema.files.indexOf(b.file);
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.file === outer.file && outer.start <= inner.start && inner.end <= outer.end;
}
