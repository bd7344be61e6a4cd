// Adds indexes and checks to a table's third argument, in whichever form it has, and removes them.
import type { ts } from 'ts-morph';
import { atLeast } from '../../../model/facts';
import { shortName } from '../../../model/identifiers';
import type { IntentOf } from '../../../model/intents';
import type { Table } from '../../../model/nodes';
import type { Edit } from '../../../text/edit';
import type { WriteContext } from '../../language';
import { compiler } from '../../typescript/compiler';
import { isFunction, plain, propertyName, returned, type FunctionNode } from '../../typescript/syntax';
import { coreModule } from '../vocabulary';
import { access, callAt, draftOf, edit, indentAt, nodeAt, quoted, sameLine, startOf, tableAt, type Draft } from './draft';
import { importEdits, spelling, type Wanted } from './imports';
import { append, listOf, remove, type List } from './lists';

/** How the columns are reached where the new element stands: through a parameter, or as names taken out of it. */
export type Owner = { readonly parameter: string } | { readonly members: ReadonlyMap<string, string> };

interface Addition {
  /** The function of Drizzle's core that makes it. */
  readonly symbol: 'index' | 'uniqueIndex' | 'check' | 'primaryKey' | 'foreignKey' | 'pgPolicy';
  /** Its property in an object. */
  readonly key: string;
  /** Properties of the columns that it uses. */
  readonly members: readonly string[];
  text(symbol: string, owner: Owner): string;
  /** What else the fix changes in the file. */
  readonly edits?: readonly Edit[];
  readonly wanted?: readonly Wanted[];
  readonly removed?: readonly { readonly start: number; readonly end: number }[];
}

export function addIndex({ table, columns }: IntentOf<'addIndex'>, context: WriteContext): readonly Edit[] | undefined {
  const draft = draftOf(table.span.file, context);
  return draft && insertIndex(draft, table, columns, context, {});
}

/** An index beside what else a fix changes in the file. */
export function insertIndex(
  draft: Draft,
  table: Table,
  columns: readonly string[],
  context: WriteContext,
  others: Pick<Addition, 'edits' | 'wanted'>,
): Edit[] | undefined {
  const members = columns.flatMap((dbName) => table.columns.find((column) => column.dbName === dbName)?.name ?? []);
  if (members.length !== columns.length) return undefined;
  // An index of another kind, or on some rows only, may have the usual name already.
  const taken = new Set(context.schema.tables.flatMap((each) => each.indexes.map((index) => index.name)));
  const name = shortName(table.dbName, columns, 'idx', (each) => taken.has(each));
  const [first = '', ...rest] = members;
  return insertExtra(draft, table, context, {
    symbol: 'index',
    key: `${first}${rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Idx`,
    members,
    text: (index, owner) => `${index}(${quoted(draft, name)}).on(${members.map((member) => memberText(draft, owner, member)).join(', ')})`,
    ...others,
  });
}

/** How a column is written behind its owner. */
export function memberText(draft: Draft, owner: Owner, member: string): string {
  return 'parameter' in owner ? access(draft, owner.parameter, member) : (owner.members.get(member) ?? member);
}

/** All edits that give a table one more index or check. */
export function insertExtra(draft: Draft, table: Table, context: WriteContext, addition: Addition): Edit[] | undefined {
  const found = tableAt(draft, table);
  const module = found && coreModule(found.call.dialect);
  if (!found || !module) return undefined;
  const symbol: Wanted = { module, name: addition.symbol };
  const spelled = spelling(draft, symbol);
  if (spelled === undefined) return undefined;
  const argument = found.node.arguments[2];
  const inserted = argument
    ? intoArgument(draft, argument, spelled, addition)
    : newArgument(draft, found.node, table, context, spelled, addition);
  if (!inserted) return undefined;
  const imports = importEdits(draft, [symbol, ...(addition.wanted ?? [])], addition.removed);
  return [...imports, ...(addition.edits ?? []), ...inserted];
}

function intoArgument(draft: Draft, argument: ts.Expression, symbol: string, addition: Addition): Edit[] | undefined {
  const fn = plain(argument);
  const result = isFunction(fn) ? returned(fn) : undefined;
  const target = result && plain(result);
  if (!isFunction(fn) || !target) return undefined;
  const owner = ownerOf(draft, fn, addition.members);
  if (!owner) return undefined;
  const text = addition.text(symbol, owner.owner);
  if (compiler.isArrayLiteralExpression(target)) {
    return [...owner.edits, ...append(draft, listOf(draft, target, target.elements), [text])];
  }
  if (!compiler.isObjectLiteralExpression(target)) return undefined;
  const taken = new Set(target.properties.map((property) => property.name && propertyName(property.name)));
  let key = addition.key;
  for (let count = 2; taken.has(key); count++) key = `${addition.key}${count}`;
  return [...owner.edits, ...append(draft, listOf(draft, target, target.properties), [`${propertyKey(draft, key)}: ${text}`])];
}

function propertyKey(draft: Draft, key: string): string {
  return access(draft, '', key).startsWith('.') ? key : quoted(draft, key);
}

/** The parameter of the function, with what has to be added where it has none or takes it apart. */
export function ownerOf(draft: Draft, fn: FunctionNode, members: readonly string[]): { owner: Owner; edits: readonly Edit[] } | undefined {
  const [parameter] = fn.parameters;
  if (!parameter) {
    const name = 'table';
    const at = fn.parameters.pos;
    return draft.text.charAt(at - 1) === '(' ? { owner: { parameter: name }, edits: [edit(draft, at, at, name)] } : undefined;
  }
  if (compiler.isIdentifier(parameter.name)) return { owner: { parameter: parameter.name.text }, edits: [] };
  if (!compiler.isObjectBindingPattern(parameter.name)) return undefined;
  const { elements } = parameter.name;
  const bound = new Map<string, string>();
  for (const element of elements) {
    if (!compiler.isIdentifier(element.name)) continue;
    bound.set((element.propertyName && propertyName(element.propertyName)) ?? element.name.text, element.name.text);
  }
  const missing = members.filter((member) => !bound.has(member));
  const edits = missing.length === 0 ? [] : append(draft, listOf(draft, parameter.name, elements), missing);
  return { owner: { members: bound }, edits };
}

/** A third argument for a table that has none, laid out as its other arguments are. */
function newArgument(
  draft: Draft,
  call: ts.CallExpression,
  table: Table,
  context: WriteContext,
  symbol: string,
  addition: Addition,
): Edit[] | undefined {
  const columns = call.arguments[1];
  if (!columns) return undefined;
  const { eol, indent } = draft;
  const base = indentAt(draft, startOf(draft, columns)) === '' ? '' : indentAt(draft, columns.end - 1);
  const parameter = usualParameter(draft, table, context);
  const ownLine = !sameLine(draft, call.arguments.pos, startOf(draft, columns));
  const lead = ownLine ? `,${eol}${base}` : ', ';
  const text = addition.text(symbol, { parameter });
  // Drizzle takes arrays since 0.36; before that an object had to be returned.
  const array = atLeast(context.facts.drizzleVersion, 0, 36) !== false;
  const body = array
    ? `[${eol}${base}${indent}${text},${eol}${base}]`
    : `({${eol}${base}${indent}${propertyKey(draft, addition.key)}: ${text},${eol}${base}})`;
  return [edit(draft, columns.end, columns.end, `${lead}(${parameter}) => ${body}`)];
}

/** What the file's other tables call the parameter of their third argument. */
function usualParameter(draft: Draft, table: Table, { schema }: WriteContext): string {
  for (const other of schema.tables) {
    if (other === table || other.span.file !== table.span.file) continue;
    const extra = tableAt(draft, other)?.node.arguments[2];
    const fn = extra && plain(extra);
    const name = fn && isFunction(fn) ? fn.parameters[0]?.name : undefined;
    // `(posts) => …` is about its own table; in another one the name would mislead, and hide what it names.
    if (name && compiler.isIdentifier(name) && !draft.parsed.scope().bindings.has(name.text)) return name.text;
  }
  return ['table', 't', 'self'].find((name) => !draft.parsed.scope().bindings.has(name)) ?? 'table';
}

export function removeIndex({ index }: IntentOf<'removeIndex'>, context: WriteContext): readonly Edit[] | undefined {
  const { span, table } = index;
  const draft = draftOf(span.file, context);
  // What a shared helper holds belongs to other tables too.
  if (!draft || span.file !== table.span.file || span.start < table.span.start || span.end > table.span.end) return undefined;
  if (index.inline) return removeLink(draft, span, index.constraint);
  const node = nodeAt(draft, span);
  const list = node && listAround(draft, node);
  if (!node || !list) return undefined;
  return [...importEdits(draft, [], [span]), ...remove(draft, list, node)];
}

function listAround(draft: Draft, node: ts.Node): List | undefined {
  const { parent } = node;
  if (compiler.isArrayLiteralExpression(parent)) return listOf(draft, parent, parent.elements);
  return compiler.isObjectLiteralExpression(parent) ? listOf(draft, parent, parent.properties) : undefined;
}

/** Takes `.unique()` out of a column's chain, with the line it may have to itself. */
function removeLink(draft: Draft, span: Table['span'], constraint: string | undefined): Edit[] | undefined {
  const call = callAt(draft, span);
  if (constraint !== 'unique' || !call || !compiler.isPropertyAccessExpression(call.expression)) return undefined;
  return [edit(draft, call.expression.expression.end, call.end, '')];
}
