// Writes other column types: the builder's name and its options change, the rest of the chain stays.
import type { ts } from 'ts-morph';
import { atLeast } from '../../../model/facts';
import type { IntentOf, TypeGoal } from '../../../model/intents';
import type { Column, Dialect } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { plain, propertyName } from '../../typescript/syntax';
import { coreModule, isDrizzleModule } from '../vocabulary';
import { callAt, draftOf, edit, nodeAt, place, startOf, textOf, type Draft } from './draft';
import { importEdits, spelling, type Wanted } from './imports';
import { toText, withOptions, type Option } from './types';

export function setType({ column, also = [], to }: IntentOf<'setType'>, context: WriteContext): readonly Edit[] | undefined {
  if (to.family === 'text' || to.family === 'timestamp') return also.length > 0 ? undefined : simply(column, to, context);
  const drafts = new Map<string, { readonly draft: Draft; readonly changes: Change[] }>();
  const done = new Set<ts.Node>();
  for (const each of [column, ...also]) {
    const { file } = each.type.span;
    const draft = drafts.get(file)?.draft ?? draftOf(file, context);
    const call = draft && callAt(draft, each.type.span);
    if (!draft || !call) return undefined;
    // Tables may share a helper that makes the column.
    if (done.has(call)) continue;
    done.add(call);
    const change = retyped(draft, call, each, to, context);
    if (!change) return undefined;
    drafts.set(file, { draft, changes: [...(drafts.get(file)?.changes ?? []), change] });
  }
  return [...drafts.values()].flatMap(({ draft, changes }) => [
    ...changes.flatMap(({ edits }) => edits),
    ...importEdits(draft, changes.flatMap(({ wanted }) => wanted), changes.flatMap(({ removed }) => removed)),
  ]);
}

function simply(column: Column, to: TypeGoal, context: WriteContext): Edit[] | undefined {
  const draft = draftOf(column.type.span.file, context);
  const call = draft && callAt(draft, column.type.span);
  if (!draft || !call) return undefined;
  if (to.family !== 'timestamp') return toText(draft, call);
  if (builderName(draft, call) !== 'timestamp') return undefined;
  return withOptions(draft, call, [
    ['withTimezone', 'true', true],
    ...(to.precision === undefined ? [] : [['precision', String(to.precision), false] as const]),
  ]);
}

interface Change {
  readonly edits: readonly Edit[];
  readonly wanted: readonly Wanted[];
  readonly removed: readonly { readonly start: number; readonly end: number }[];
}

/** A builder and what happens to the options of the call. */
interface Goal {
  readonly name: string;
  /** Undefined where the options stay as they are; otherwise these take the place of all others. */
  readonly options?: readonly Option[];
  /** Options to add beside those that are written. */
  readonly added?: readonly Option[];
}

function retyped(draft: Draft, call: ts.CallExpression, column: Column, to: TypeGoal, context: WriteContext): Change | undefined {
  const from = builderName(draft, call);
  if (from === undefined || call.typeArguments) return undefined;
  const { dialect } = column.table;
  const goal = to.family === 'like' ? likeGoal(to.column, column, context) : goalOf(from, to, dialect, draft, context);
  if (!goal) return undefined;
  const arguments_ = goal.options ? replaceOptions(draft, call, goal.options) : goal.added ? withOptions(draft, call, goal.added) : [];
  const cast = to.family === 'uuid' ? withoutCast(draft, column) : [];
  const name = renamed(draft, call, goal.name, dialect);
  return arguments_ && cast && name && { ...name, edits: [...name.edits, ...arguments_, ...cast] };
}

function goalOf(from: string, to: Exclude<TypeGoal, { family: 'like' }>, dialect: Dialect, draft: Draft, context: WriteContext): Goal | undefined {
  const postgres = dialect === 'postgresql' || dialect === 'cockroachdb';
  switch (to.family) {
    case 'uuid':
      return postgres && TEXTS.has(from) ? { name: 'uuid', options: [] } : undefined;
    case 'json':
      return dialect === 'postgresql' && from === 'json' ? { name: 'jsonb' } : undefined;
    case 'float':
      if (dialect === 'postgresql') return from === 'real' ? { name: 'doublePrecision' } : undefined;
      return dialect === 'mysql' && from === 'float' ? { name: 'double' } : undefined;
    case 'integer':
      return wideInteger(from, dialect, draft);
    case 'numeric':
      return FLOATS.has(from) ? { name: dialect === 'postgresql' ? 'numeric' : 'decimal', options: decimals(to, draft, context) } : undefined;
    case 'text':
    case 'timestamp':
      return undefined;
  }
}

const TEXTS: ReadonlySet<string> = new Set(['text', 'varchar', 'char', 'string']);
const FLOATS: ReadonlySet<string> = new Set(['real', 'float', 'double', 'doublePrecision', 'float4', 'float8']);

/** Numbers on both sides, as the code has them now. */
function wideInteger(from: string, dialect: Dialect, draft: Draft): Goal | undefined {
  const mode: Option = ['mode', `${draft.quote}number${draft.quote}`, false];
  if (/^(?:small)?serial$/.test(from) && dialect === 'postgresql') return { name: 'bigserial', added: [mode] };
  if (!/^(?:integer|int|int4|smallint|int2|mediumint|tinyint)$/.test(from)) return undefined;
  return { name: dialect === 'cockroachdb' ? 'int8' : 'bigint', added: [mode] };
}

function decimals(to: { readonly precision: number; readonly scale: number }, draft: Draft, { facts }: WriteContext): Option[] {
  const digits: Option[] = [['precision', String(to.precision), true], ['scale', String(to.scale), true]];
  // Before 0.41 every numeric came as a string.
  if (atLeast(facts.drizzleVersion, 0, 41) === false) return digits;
  return [...digits, ['mode', `${draft.quote}number${draft.quote}`, true]];
}

/** The builder of another column; undefined where it can't be carried over as it stands. */
function likeGoal(model: Column, column: Column, context: WriteContext): Goal | undefined {
  const draft = draftOf(model.type.span.file, context);
  const call = draft && callAt(draft, model.type.span);
  const name = draft && call && builderName(draft, call);
  if (name === undefined || !draft || !call || model.table.dialect !== column.table.dialect) return undefined;
  const options = call.arguments.map((argument) => plain(argument)).find((argument) => compiler.isObjectLiteralExpression(argument));
  const extra = call.arguments.filter((argument) => plain(argument) !== options && !compiler.isStringLiteralLike(argument));
  if (extra.length > 0) return undefined;
  const written: Option[] = [];
  for (const property of options && compiler.isObjectLiteralExpression(options) ? options.properties : []) {
    const key = property.name && propertyName(property.name);
    if (!key || !compiler.isPropertyAssignment(property) || !isLiteral(property.initializer)) return undefined;
    written.push([key, textOf(draft, property.initializer), true]);
  }
  // MySQL's serial is an unsigned bigint.
  if (name === 'serial' && model.table.dialect === 'mysql') {
    const quote = draft.quote;
    return { name: 'bigint', options: [['mode', `${quote}number${quote}`, true], ['unsigned', 'true', true]] };
  }
  return { name: WITHOUT_SEQUENCE[name] ?? name, options: written };
}

const WITHOUT_SEQUENCE: Readonly<Record<string, string>> = { serial: 'integer', bigserial: 'bigint', smallserial: 'smallint' };

function isLiteral(node: ts.Expression): boolean {
  const { SyntaxKind } = compiler;
  return compiler.isStringLiteralLike(node) || compiler.isNumericLiteral(node) || node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword;
}

/** The call's arguments with these options and no others. */
function replaceOptions(draft: Draft, call: ts.CallExpression, options: readonly Option[]): Edit[] | undefined {
  const name = call.arguments.find((argument) => compiler.isStringLiteralLike(plain(argument)));
  const [other, ...more] = call.arguments.filter((argument) => argument !== name);
  const object = other && plain(other);
  if (more.length > 0 || (object && !compiler.isObjectLiteralExpression(object))) return undefined;
  // Values of an enum are something else than what the other type holds.
  if (object && compiler.isObjectLiteralExpression(object) && object.properties.some((one) => one.name && propertyName(one.name) === 'enum')) return undefined;
  const open = call.arguments.pos;
  const written = options.length === 0 ? '' : `{ ${options.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
  if (!other) return written === '' ? [] : [edit(draft, name?.end ?? open, name?.end ?? open, name ? `, ${written}` : written)];
  if (written !== '') return [edit(draft, startOf(draft, other), other.end, written)];
  return [edit(draft, name ? name.end : open, name ? other.end : call.end - 1, '')];
}

/** A default that the database casts to text keeps its value and loses the cast. */
function withoutCast(draft: Draft, { default: value }: Column): Edit[] | undefined {
  if (!value || value.by === 'client' || value.span.file !== draft.parsed.path) return [];
  const cast = /::\s*(?:text|varchar|character varying)(?=\s*`?$)/i.exec(value.raw);
  if (!cast) return [];
  const start = value.span.start + cast.index;
  return nodeAt(draft, value.span) ? [edit(draft, start, start + cast[0].length, '')] : undefined;
}

/** What Drizzle itself calls the builder, under whatever name the file imports it. */
function builderName(draft: Draft, call: ts.CallExpression): string | undefined {
  const found = draft.resolver.drizzleName(place(draft, call.expression));
  const callee = plain(call.expression);
  const written = compiler.isPropertyAccessExpression(callee) ? callee.name.text : compiler.isIdentifier(callee) ? callee.text : undefined;
  return found?.name.split('.').at(-1) ?? written;
}

function renamed(draft: Draft, call: ts.CallExpression, name: string, dialect: Dialect): Change | undefined {
  const callee = plain(call.expression);
  if (compiler.isPropertyAccessExpression(callee)) {
    const at = callee.name;
    return { edits: at.text === name ? [] : [edit(draft, startOf(draft, at), at.end, name)], wanted: [], removed: [] };
  }
  const found = draft.resolver.drizzleName(place(draft, callee));
  const module = found && isDrizzleModule(found.module) ? found.module : coreModule(dialect);
  if (module === undefined) return undefined;
  const wanted: Wanted = { module, name };
  const spelled = spelling(draft, wanted);
  if (spelled === undefined) return undefined;
  const removed = { start: startOf(draft, callee), end: callee.end };
  return { edits: textOf(draft, callee) === spelled ? [] : [edit(draft, removed.start, removed.end, spelled)], wanted: [wanted], removed: [removed] };
}
