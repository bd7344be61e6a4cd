// Writers of column types and defaults.
import type { Edit } from '../../../text/edit';
import type { IntentOf, TypeGoal } from '../../../model/intents';
import type { Column, ColumnType } from '../../../model/nodes';
import { typeName } from '../../../model/type-names';
import type { WriteContext } from '../../language';
import { widenSequence } from './sequences';
import { fileOf, inCaseOf, pieceAt } from './text';

export function setType({ column, also = [], to }: IntentOf<'setType'>, context: WriteContext): readonly Edit[] | undefined {
  const parts = [column, ...also].map((each) => retyped(each, to, context));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function retyped(column: Column, to: TypeGoal, context: WriteContext): Edit[] | undefined {
  const { type } = column;
  const parsed = fileOf(context, type.span);
  const words = parsed && wordsFor(column, to, parsed.text);
  if (words === undefined) return undefined;
  const target = to.family === 'like' ? to.column.type : to;
  const cast = target.family === 'uuid' ? withoutCast(column) : [];
  const counted = target.family === 'integer' ? widenSequence(column, context) : [];
  return [replaceType(type, inCaseOf(type.raw, words)), ...cast, ...counted];
}

function wordsFor({ type }: Column, to: TypeGoal, text: string): string | undefined {
  switch (to.family) {
    case 'text':
    case 'uuid':
      return to.family;
    case 'timestamp':
      return zonedTimestamp(text, to.precision ?? (type.family === 'timestamp' ? type.precision : undefined));
    case 'json':
      return 'jsonb';
    case 'integer':
      return type.family === 'integer' && type.serial ? 'bigserial' : 'bigint';
    case 'float':
      return 'double precision';
    case 'numeric':
      return `numeric(${to.precision}, ${to.scale})`;
    case 'like':
      return likeWords(to.column);
  }
}

/** Another column's type as written there, without the sequence that is its own. */
function likeWords({ type }: Column): string | undefined {
  if (type.array > 0) return undefined;
  if (type.family === 'integer' && /serial/i.test(type.raw)) return typeName(type);
  return type.raw;
}

/** A default that is cast to text keeps its value and loses the cast. */
function withoutCast({ default: value }: Column): Edit[] {
  const cast = value && /\s*::\s*(?:text|varchar|character\s+varying)(?:\s*\(\d+\))?$/i.exec(value.raw);
  if (!value || !cast) return [];
  return [{ file: value.span.file, start: value.span.start + cast.index, end: value.span.end, newText: '' }];
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
