// Gives something another name, where nobody has run the migration and nothing later names it.
import type { Edit } from '../../../text/edit';
import type { IntentOf } from '../../../model/intents';
import { truncated } from '../../../model/identifiers';
import { isNamedLater } from '../../../model/runners';
import type { Span } from '../../../text/span';
import type { WriteContext } from '../../language';
import { fileOf, identifier, pieceAt, sourceOf, statementAt } from './text';

type Edits = readonly Edit[] | undefined;

export function setIndexName({ index, name }: IntentOf<'setIndexName'>, context: WriteContext): Edits {
  return rename(index.constraint ? index.span : index.nameSpan, index.name, name, context);
}

/** Only where it is written once: all that names it would have to change as well. */
export function setDatabaseName({ of, name }: IntentOf<'setDatabaseName'>, context: WriteContext): Edits {
  const parsed = fileOf(context, of.span);
  const piece = parsed && pieceAt(parsed, of.span);
  const times = piece ? sourceOf(piece).tokens.filter(({ start, end }) => unquoted(piece.text.slice(start, end)) === of.dbName).length : 0;
  return times === 1 ? rename(of.span, of.dbName, name, context) : undefined;
}

export function setForeignKeyName({ foreignKey, name }: IntentOf<'setForeignKeyName'>, context: WriteContext): Edits {
  return rename(foreignKey.span, foreignKey.dbName ?? foreignKey.name, name, context);
}

/** Writes the new name over the old one, the first of its kind in the range. */
function rename(at: Span, old: string | undefined, name: string, context: WriteContext): Edits {
  const parsed = fileOf(context, at);
  const piece = parsed && pieceAt(parsed, at);
  if (!parsed || !piece || old === undefined || context.migration?.(parsed.path)?.committed) return undefined;
  const statement = statementAt(context, at);
  const source = sourceOf(piece);
  const from = source.after(at.start - piece.span.start);
  for (let i = from; i < source.tokens.length; i++) {
    const place = source.span({ from: i, to: i + 1 });
    if (place.start >= at.end) return undefined;
    const written = parsed.text.slice(place.start, place.end);
    if (truncated(unquoted(written)) !== old) continue;
    const later = (each: string): boolean => statement !== undefined && isNamedLater(each, statement, context.schema.migrations);
    if (later(old) || later(unquoted(written))) return undefined;
    return [{ file: parsed.path, start: place.start, end: place.end, newText: identifier(name, written) }];
  }
  return undefined;
}

function unquoted(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
}
