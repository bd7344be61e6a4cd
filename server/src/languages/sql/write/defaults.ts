// Writes the present moment as a column's default.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import { nameOf, sameTable } from '../../../model/names';
import type { Column } from '../../../model/nodes';
import { isWord, sqlTokens } from '../../../model/sql-text';
import type { WriteContext } from '../../language';
import { fileOf, identifier, inCaseOf, insertAfter, pieceAt, qualified } from './text';

/**
 * In the column's definition in a CREATE TABLE nobody has run yet. A column that is added to a table gets its default
 * afterwards, so that rows from before don't claim to date from the migration.
 */
export function setNowDefault({ column }: IntentOf<'setNowDefault'>, context: WriteContext): readonly Edit[] | undefined {
  const { span, table, dbName } = column;
  const parsed = fileOf(context, span);
  const piece = parsed && pieceAt(parsed, span);
  if (!parsed || !piece) return undefined;
  const definition = parsed.text.slice(span.start, span.end);
  const open = !context.migration?.(span.file)?.committed && !isDroppedLater(column, context) && !hasDefault(definition);
  if (open && piece.node === 'CreateStmt') return [{ file: span.file, start: span.end, end: span.end, newText: ` ${inCaseOf(piece.text, 'DEFAULT')} now()` }];
  const name = qualified(nameOf(table), piece.text);
  const statement = `${inCaseOf(piece.text, 'ALTER TABLE')} ${name} ${inCaseOf(piece.text, 'ALTER COLUMN')} ${identifier(dbName, piece.text)} ${inCaseOf(piece.text, 'SET DEFAULT')} now();`;
  const sameNames = piece.text.includes(dbName) && piece.text.includes(table.dbName);
  if (open && sameNames && piece.node === 'AlterTableStmt') return [insertAfter(context, parsed, piece.span.end, [statement], 'AlterTable')];
  const step = `default_${table.dbName}_${dbName}`.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
  return context.nextMigrations(span.file, [{ name: step, statements: [statement] }]);
}

/** A default that a later statement takes away again stands in the text and holds no more. */
function hasDefault(definition: string): boolean {
  return sqlTokens(definition).some((token) => isWord(token, 'DEFAULT'));
}

function isDroppedLater({ table, dbName }: Column, { schema }: WriteContext): boolean {
  const own = nameOf(table);
  return schema.migrations.some(({ statements }) =>
    statements.some(({ changes }) => changes.some((change) => change.verb === 'dropDefault' && change.columnName === dbName && change.table && sameTable(change.table, own))),
  );
}
