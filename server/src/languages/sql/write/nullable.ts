// Lets a column take NULL.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import { nameOf, sameTable } from '../../../model/names';
import type { Column } from '../../../model/nodes';
import { withoutNotNull } from '../../../model/sql-text';
import type { WriteContext } from '../../language';
import { fileOf, identifier, inCaseOf, pieceAt, qualified } from './text';

/** Takes NOT NULL out of the column's definition, or drops it in a next migration where the definition is history. */
export function setNullable({ column }: IntentOf<'setNullable'>, context: WriteContext): readonly Edit[] | undefined {
  const { span } = column;
  const parsed = fileOf(context, span);
  // PostgreSQL refuses it for these.
  if (!parsed || column.default?.kind === 'sequence') return undefined;
  const definition = parsed.text.slice(span.start, span.end);
  const without = withoutNotNull(definition);
  const written = without !== definition && !isRequiredLater(column, context);
  if (written && !context.migration?.(span.file)?.committed) return [shortened(span.file, span.start, definition, without)];
  const { table } = column;
  const sample = pieceAt(parsed, span)?.text ?? definition;
  const name = qualified(nameOf(table), sample);
  const words = (text: string): string => inCaseOf(sample, text);
  const statement = `${words('ALTER TABLE')} ${name} ${words('ALTER COLUMN')} ${identifier(column.dbName, sample)} ${words('DROP NOT NULL')};`;
  const step = `${table.dbName}_${column.dbName}_nullable`.replaceAll(/[^A-Za-z0-9]+/g, '_').toLowerCase();
  return context.nextMigrations(span.file, [{ name: step, statements: [statement] }]);
}

/** SET NOT NULL of a later statement would come back. */
function isRequiredLater({ table, dbName }: Column, { schema }: WriteContext): boolean {
  const own = nameOf(table);
  return schema.migrations.some(({ statements }) =>
    statements.some(({ changes }) => changes.some((change) => change.verb === 'setNotNull' && change.columnName === dbName && change.table && sameTable(change.table, own))),
  );
}

/** The smallest edit that takes text out of a definition. */
function shortened(file: string, offset: number, before: string, after: string): Edit {
  let start = 0;
  while (start < after.length && before[start] === after[start]) start++;
  return { file, start: offset + start, end: offset + start + before.length - after.length, newText: '' };
}
