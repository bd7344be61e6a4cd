// Writes what a column does by itself: defaults ordered by time, and what a foreign key does on delete.
import type { ts } from 'ts-morph';
import type { IntentOf } from '../../../model/intents';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { plain, propertyName } from '../../typescript/syntax';
import { callAt, draftOf, edit, nodeAt, quoted, startOf, textOf, type Draft } from './draft';
import { importEdits, spelling, type Wanted } from './imports';
import { append, listOf } from './lists';

const DEFAULTS = new Set(['defaultRandom', 'default', '$default', '$defaultFn']);

export function setTimeOrderedDefault({ column }: IntentOf<'setTimeOrderedDefault'>, context: WriteContext): readonly Edit[] | undefined {
  const at = column.default?.span;
  const draft = at && draftOf(at.file, context);
  const call = draft && linkAround(nodeAt(draft, at));
  if (!draft || !call || !compiler.isPropertyAccessExpression(call.expression)) return undefined;
  const { facts } = context;
  const native = column.table.dialect === 'postgresql' && facts.postgresVersion !== undefined && facts.postgresVersion >= 18;
  if (!native && !facts.dependencies.has('uuidv7')) return undefined;
  const wanted: Wanted = native ? { module: 'drizzle-orm', name: 'sql' } : { module: 'uuidv7', name: 'uuidv7' };
  const spelled = spelling(draft, wanted);
  if (spelled === undefined) return undefined;
  const start = startOf(draft, call.expression.name);
  const text = native ? `default(${spelled}\`uuidv7()\`)` : `$defaultFn(() => ${spelled}())`;
  return [...importEdits(draft, [wanted], [{ start, end: call.end }]), edit(draft, start, call.end, text)];
}

/** The `.default(…)` that holds a value. */
function linkAround(node: ts.Node | undefined): ts.CallExpression | undefined {
  for (let at = node; at; at = at.parent) {
    if (compiler.isCallExpression(at) && compiler.isPropertyAccessExpression(at.expression) && DEFAULTS.has(at.expression.name.text)) return at;
  }
  return undefined;
}

export function setOnDelete({ foreignKey, action }: IntentOf<'setOnDelete'>, context: WriteContext): readonly Edit[] | undefined {
  const draft = draftOf(foreignKey.nameSpan.file, context);
  const call = draft && callAt(draft, foreignKey.nameSpan);
  if (!draft || !call) return undefined;
  const value = quoted(draft, action);
  const { onDelete } = foreignKey;
  // What is written gives way in place, wherever it stands.
  if (onDelete) return onDelete.span.file === draft.parsed.path ? [edit(draft, onDelete.span.start, onDelete.span.end, value)] : undefined;
  const callee = plain(call.expression);
  if (compiler.isPropertyAccessExpression(callee) && callee.name.text === 'references') return intoReferences(draft, call, value);
  return [edit(draft, call.end, call.end, `.onDelete(${value})`)];
}

function intoReferences(draft: Draft, call: ts.CallExpression, value: string): Edit[] | undefined {
  const [target, options] = call.arguments;
  if (!target) return undefined;
  if (!options) {
    const list = { open: call.arguments.pos, close: call.end - 1, items: call.arguments, trailingComma: call.arguments.hasTrailingComma === true };
    return append(draft, list, [`{ onDelete: ${value} }`]);
  }
  const object = plain(options);
  if (!compiler.isObjectLiteralExpression(object)) {
    return [edit(draft, startOf(draft, options), options.end, `{ ...${textOf(draft, options)}, onDelete: ${value} }`)];
  }
  if (object.properties.some(({ name }) => name && propertyName(name) === 'onDelete')) return undefined;
  if (object.properties.length === 0) return [edit(draft, startOf(draft, object), object.end, `{ onDelete: ${value} }`)];
  return append(draft, listOf(draft, object, object.properties), [`onDelete: ${value}`]);
}
