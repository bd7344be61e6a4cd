// Turns the object of a table's third argument into an array, in place: values, comments and lines stay as they are.
import type { ts } from 'ts-morph';
import type { IntentOf } from '../../../model/intents';
import { asOne, type Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { isFunction } from '../../typescript/syntax';
import { draftOf, edit, nodeAt, startOf, type Draft } from './draft';

export function useArrayForm({ table }: IntentOf<'useArrayForm'>, context: WriteContext): readonly Edit[] | undefined {
  const at = table.keysObject;
  const draft = at && draftOf(at.file, context);
  const object = draft && nodeAt(draft, at);
  if (!draft || !object || !compiler.isObjectLiteralExpression(object)) return undefined;
  // One that is still being typed has no end yet.
  if (draft.text.charAt(object.end - 1) !== '}') return undefined;
  const values = object.properties.map((property) => withoutKey(draft, property));
  if (values.includes(undefined)) return undefined;
  // A key that another fix puts in between would have a name, which an array has no place for.
  const whole = asOne(draft.text, [...opening(draft, object), ...values.flatMap((edits) => edits ?? []), ...closing(draft, object)]);
  return whole && [whole];
}

/** `key: value` becomes `value`; `value` alone stays; of anything else nobody knows what it gives. */
function withoutKey(draft: Draft, property: ts.ObjectLiteralElementLike): Edit[] | undefined {
  if (compiler.isShorthandPropertyAssignment(property)) return [];
  if (!compiler.isPropertyAssignment(property)) return undefined;
  const colon = /^\s*:[ \t]*/.exec(draft.text.slice(property.name.end));
  return colon ? [edit(draft, startOf(draft, property), property.name.end + colon[0].length, '')] : undefined;
}

/** An arrow function's object needs parentheses around it, its array doesn't. */
function opening(draft: Draft, object: ts.ObjectLiteralExpression): Edit[] {
  const start = startOf(draft, object);
  const around = parentheses(draft, object);
  return [edit(draft, around ? startOf(draft, around) : start, start + 1 + blanks(draft, object).before, '[')];
}

function closing(draft: Draft, object: ts.ObjectLiteralExpression): Edit[] {
  return [edit(draft, object.end - 1 - blanks(draft, object).behind, parentheses(draft, object)?.end ?? object.end, ']')];
}

/** The blanks inside the braces of an object on one line: brackets have none. */
function blanks(draft: Draft, object: ts.ObjectLiteralExpression): { readonly before: number; readonly behind: number } {
  const text = draft.text.slice(startOf(draft, object) + 1, object.end - 1);
  if (text.trim() === '' || text.includes('\n')) return { before: 0, behind: 0 };
  return { before: text.length - text.trimStart().length, behind: text.length - text.trimEnd().length };
}

function parentheses(draft: Draft, object: ts.ObjectLiteralExpression): ts.ParenthesizedExpression | undefined {
  const { parent } = object;
  if (!compiler.isParenthesizedExpression(parent) || !isFunction(parent.parent)) return undefined;
  const before = draft.text.slice(startOf(draft, parent) + 1, startOf(draft, object));
  const behind = draft.text.slice(object.end, parent.end - 1);
  return before.trim() === '' && behind.trim() === '' ? parent : undefined;
}
