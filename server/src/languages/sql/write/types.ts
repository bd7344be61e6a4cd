// Writers of column types and defaults.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import type { ColumnType } from '../../../model/nodes';
import type { WriteContext } from '../../language';
import { fileOf, inCaseOf, pieceAt } from './text';

export function setType({ column, to }: IntentOf<'setType'>, context: WriteContext): readonly Edit[] | undefined {
  const parsed = fileOf(context, column.type.span);
  if (!parsed) return undefined;
  const { type } = column;
  const own = type.family === 'timestamp' ? type.precision : undefined;
  const words = to.family === 'text' ? 'text' : to.family === 'timestamp' ? zonedTimestamp(parsed.text, to.precision ?? own) : undefined;
  if (words === undefined) return undefined;
  return [replaceType(type, inCaseOf(type.raw, words))];
}

/** timestamptz, spelled long where the file spells its other zoned timestamps long. */
export function zonedTimestamp(text: string, precision: number | undefined): string {
  const digits = precision === undefined ? '' : `(${precision})`;
  const long = /\btimestamp\s*(?:\(\d\)\s*)?with\s+time\s+zone\b/i.test(text) && !/\btimestamptz\b/i.test(text);
  return long ? `timestamp${digits} with time zone` : `timestamptz${digits}`;
}

export function dropLength({ column, check }: IntentOf<'dropLength'>, context: WriteContext): readonly Edit[] | undefined {
  const { type, span: whole } = column;
  const parsed = fileOf(context, type.span);
  if (!parsed) return undefined;
  const change = replaceType(type, inCaseOf(type.raw, 'text'));
  if (!check) return [change];
  // The check stands in the column's definition, so the type must stand there too.
  const length = type.family === 'text' ? type.length : undefined;
  const inside = whole.file === type.span.file && whole.start <= type.span.start && type.span.end <= whole.end;
  const definition = parsed.text.slice(whole.start, whole.end);
  if (length === undefined || !inside || /^ALTER\b/i.test(definition)) return undefined;
  const quoted = parsed.text.charAt(column.nameSpan.start - 1) === '"';
  const written = parsed.text.slice(column.nameSpan.start, column.nameSpan.end);
  const name = quoted ? `"${written}"` : written;
  const words = `${inCaseOf(pieceAt(parsed, whole)?.text ?? type.raw, 'CHECK')} (char_length(${name}) <= ${length})`;
  return [change, { file: whole.file, start: whole.end, end: whole.end, newText: ` ${words}` }];
}

function replaceType({ span, raw }: ColumnType, newText: string): Edit {
  const brackets = /(?:\s*\[\d*\])+$|\s+array(?:\s*\[\d+\])?$/i.exec(raw)?.[0] ?? '';
  return { file: span.file, start: span.start, end: span.end, newText: newText + brackets };
}

/** PostgreSQL makes ordered UUIDs itself from version 18 on; before, nothing built in can take the place. */
export function setTimeOrderedDefault({ column }: IntentOf<'setTimeOrderedDefault'>, context: WriteContext): readonly Edit[] | undefined {
  const at = column.default?.span;
  if (!at || (context.facts.postgresVersion ?? 0) < 18) return undefined;
  return [{ file: at.file, start: at.start, end: at.end, newText: 'uuidv7()' }];
}
