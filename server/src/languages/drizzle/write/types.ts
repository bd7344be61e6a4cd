// Writes text in place of limited strings, and options of column builders.
import type { ts } from 'ts-morph';
import type { IntentOf } from '../../../model/intents';
import type { Column } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { isDrizzleModule } from '../vocabulary';
import { plain, propertyName } from '../../typescript/syntax';
import { callAt, draftOf, edit, place, sameLine, startOf, textOf, type Draft } from './draft';
import { insertExtra, memberText } from './extra';
import { importEdits, spelling, type Wanted } from './imports';
import { append, listOf, remove } from './lists';

export function dropLength({ column, check }: IntentOf<'dropLength'>, context: WriteContext): readonly Edit[] | undefined {
  const draft = draftOf(column.type.span.file, context);
  const call = draft && callAt(draft, column.type.span);
  if (!draft || !call) return undefined;
  return check ? toCheckedText(draft, call, column, context) : toText(draft, call);
}

function calleeName(call: ts.CallExpression): string | undefined {
  const callee = plain(call.expression);
  if (compiler.isIdentifier(callee)) return callee.text;
  return compiler.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
}

/** A property to be, its value, and whether one that is written already has to give way. */
export type Option = readonly [name: string, value: string, replace: boolean];

/** The call with these options, in whichever form its arguments are written. */
export function withOptions(draft: Draft, call: ts.CallExpression, options: readonly Option[]): Edit[] | undefined {
  const written = options.map(([name, value]) => `${name}: ${value}`).join(', ');
  const [first, second] = call.arguments;
  if (!first) return [edit(draft, call.end - 1, call.end - 1, `{ ${written} }`)];
  const given = second ?? first;
  const object = plain(given);
  if (compiler.isObjectLiteralExpression(object)) return intoObject(draft, object, options);
  const known = draft.resolver.node(place(draft, given))?.node;
  const isOptions = second !== undefined || (known !== undefined && compiler.isObjectLiteralExpression(known));
  if (!isOptions) return [edit(draft, first.end, first.end, `, { ${written} }`)];
  return [edit(draft, startOf(draft, given), given.end, `{ ...${textOf(draft, given)}, ${written} }`)];
}

function intoObject(draft: Draft, object: ts.ObjectLiteralExpression, options: readonly Option[]): Edit[] {
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [name, value, replace] of options) {
    const property = object.properties.find((one) => one.name && propertyName(one.name) === name);
    if (!property) added.push(`${name}: ${value}`);
    else if (!replace) continue;
    else if (compiler.isPropertyAssignment(property)) edits.push(edit(draft, startOf(draft, property.initializer), property.end, value));
    else edits.push(edit(draft, startOf(draft, property), property.end, `${name}: ${value}`));
  }
  if (added.length === 0) return edits;
  if (object.properties.length > 0) return [...edits, ...append(draft, listOf(draft, object, object.properties), added)];
  return [...edits, edit(draft, startOf(draft, object), object.end, `{ ${added.join(', ')} }`)];
}

/** The builder's call as one of `text`, with the imports that this takes. */
export function toText(draft: Draft, call: ts.CallExpression): Edit[] | undefined {
  const change = textCall(draft, call);
  return change && [...change.edits, ...importEdits(draft, change.wanted, [change.removed])];
}

interface TextCall {
  readonly edits: readonly Edit[];
  readonly wanted: readonly Wanted[];
  readonly removed: { readonly start: number; readonly end: number };
}

/** The builder's call as one of `text`: its name, its argument without the length, the rest as it was. */
function textCall(draft: Draft, call: ts.CallExpression): TextCall | undefined {
  const name = calleeName(call);
  if (call.typeArguments || (name !== 'varchar' && name !== 'char' && !isAliased(draft, call))) return undefined;
  const callee = plain(call.expression);
  const options = call.arguments.find((argument) => compiler.isObjectLiteralExpression(plain(argument)));
  const unreadable = call.arguments.some((argument, at) => argument !== options && at > 0);
  if (unreadable) return undefined;
  const withoutLength = options ? dropLengthOption(draft, call, options) : [];
  if (compiler.isPropertyAccessExpression(callee)) {
    const at = callee.name;
    const removed = { start: at.end, end: at.end };
    return { edits: [edit(draft, startOf(draft, at), at.end, 'text'), ...withoutLength], wanted: [], removed };
  }
  const wanted: Wanted = { module: moduleOf(draft, callee) ?? 'drizzle-orm/pg-core', name: 'text' };
  const spelled = spelling(draft, wanted);
  if (spelled === undefined) return undefined;
  const removed = { start: startOf(draft, callee), end: callee.end };
  return { edits: [edit(draft, removed.start, removed.end, spelled), ...withoutLength], wanted: [wanted], removed };
}

function isAliased(draft: Draft, call: ts.CallExpression): boolean {
  const name = drizzleNameOf(draft, call);
  return name === 'varchar' || name === 'char';
}

/** What Drizzle itself calls the builder, under whatever name the file imports it. */
function drizzleNameOf(draft: Draft, call: ts.CallExpression): string | undefined {
  return draft.resolver.drizzleName(place(draft, call.expression))?.name;
}

function moduleOf(draft: Draft, callee: ts.Node): string | undefined {
  const found = draft.resolver.drizzleName(place(draft, callee));
  return found && isDrizzleModule(found.module) ? found.module : undefined;
}

function dropLengthOption(draft: Draft, call: ts.CallExpression, options: ts.Expression): Edit[] {
  const object = plain(options);
  if (!compiler.isObjectLiteralExpression(object)) return [];
  const length = object.properties.find((property) => property.name && propertyName(property.name) === 'length');
  if (!length) return [];
  if (object.properties.length > 1) return remove(draft, listOf(draft, object, object.properties), length);
  const at = call.arguments.indexOf(options);
  const previous = call.arguments[at - 1];
  const open = call.arguments.pos;
  // A call that was broken over lines for its options has no more need of them.
  const tight = previous === undefined || !sameLine(draft, open, startOf(draft, previous));
  return [edit(draft, previous ? previous.end : open, tight && !previous ? call.end - 1 : options.end, '')];
}

/** Text with the old limit kept as a CHECK of the table. */
function toCheckedText(draft: Draft, call: ts.CallExpression, column: Column, context: WriteContext): Edit[] | undefined {
  const { table, type } = column;
  if (type.family !== 'text' || type.length === undefined || type.array > 0) return undefined;
  // A column from a shared helper belongs to several tables, and a CHECK to one.
  const own = table.span.file === type.span.file && table.span.start <= type.span.start && type.span.end <= table.span.end;
  const change = own ? textCall(draft, call) : undefined;
  if (!change) return undefined;
  const sql: Wanted = { module: 'drizzle-orm', name: 'sql' };
  const tag = spelling(draft, sql);
  const limit = type.length;
  if (tag === undefined) return undefined;
  return insertExtra(draft, table, context, {
    symbol: 'check',
    key: `${column.name}Length`,
    text: (check, owner) => {
      const name = JSON.stringify(`${table.dbName}_${column.dbName}_length`).slice(1, -1);
      return `${check}(${draft.quote}${name}${draft.quote}, ${tag}\`char_length(\${${memberText(draft, owner, column.name)}}) <= ${limit}\`)`;
    },
    members: [column.name],
    edits: change.edits,
    wanted: [...change.wanted, sql],
    removed: [change.removed],
  });
}
