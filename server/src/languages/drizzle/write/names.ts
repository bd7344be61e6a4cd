// Writes the names that tables, columns and indexes have in the database.
import type { ts } from 'ts-morph';
import type { IntentOf } from '../../../model/intents';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { plain, propertyName } from '../../typescript/syntax';
import { callAt, draftOf, edit, quoted, startOf, tableAt, type Draft } from './draft';
import { append, listOf, prepend } from './lists';

type Edits = readonly Edit[] | undefined;

/** The first argument of a table's or a column's call. */
export function setDatabaseName({ of, name }: IntentOf<'setDatabaseName'>, context: WriteContext): Edits {
  const draft = draftOf(of.span.file, context);
  if (!draft) return undefined;
  if (of.kind === 'table') {
    const found = tableAt(draft, of);
    return found && firstArgument(draft, found.node, name);
  }
  const call = of.type.span.file === of.span.file ? callAt(draft, of.type.span) : undefined;
  return call && firstArgument(draft, call, name);
}

/** The first argument of `index()` or `.unique()`, or the `name` of a key that takes an object. */
export function setIndexName({ index, name }: IntentOf<'setIndexName'>, context: WriteContext): Edits {
  const draft = draftOf(index.nameSpan.file, context);
  const call = draft && callAt(draft, index.nameSpan);
  if (!draft || !call || (index.inline && index.constraint !== 'unique')) return undefined;
  return index.constraint === 'primary key' ? nameProperty(draft, call, name) : firstArgument(draft, call, name);
}

/** Replaces a name that is written, or puts one in front of the other arguments. */
function firstArgument(draft: Draft, call: ts.CallExpression, name: string): Edits {
  const [first] = call.arguments;
  const text = quoted(draft, name);
  if (!first) return [edit(draft, call.arguments.pos, call.end - 1, text)];
  const value = plain(first);
  if (compiler.isStringLiteralLike(value)) return [edit(draft, startOf(draft, first), first.end, text)];
  if (!compiler.isObjectLiteralExpression(value)) return undefined;
  return [edit(draft, startOf(draft, first), startOf(draft, first), `${text}, `)];
}

/** The `name` of a key that takes an object. */
export function nameProperty(draft: Draft, call: ts.CallExpression, name: string): Edits {
  const [first] = call.arguments;
  const object = first && plain(first);
  if (!object || !compiler.isObjectLiteralExpression(object)) return undefined;
  const text = quoted(draft, name);
  for (const property of object.properties) {
    if (!property.name || propertyName(property.name) !== 'name') continue;
    if (!compiler.isPropertyAssignment(property) || !compiler.isStringLiteralLike(property.initializer)) return undefined;
    return [edit(draft, startOf(draft, property.initializer), property.initializer.end, text)];
  }
  const list = listOf(draft, object, object.properties);
  const [next] = object.properties;
  // A name comes first, as people write it; an empty object is about to be filled.
  return next ? [prepend(draft, list, next, `name: ${text}`)] : append(draft, list, [`name: ${text}`]);
}
