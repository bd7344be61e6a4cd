// What foreign keys point at: other tables by the name of a constant, resolved to names in the database.
import type { ForeignKey, ReferentialAction, Table, TableName } from '../../model/nodes';
import { tableCall, type Link, type TableCall } from './calls';
import { columnDbName, columnEntries, type Entry } from './columns';
import { compiler } from './compiler';
import { spanOf } from './parse';
import { innerBinding, type Place, type Resolver } from './resolver';
import { isFunction, memberOf, plain, returned } from './syntax';

export interface Reference {
  readonly table: TableName;
  /** Database name of the column. */
  readonly column: string;
}

/**
 * The table and column that `users.id` names. A plain name at the top of its module is recorded as what it comes down
 * to, so that a change inside the other table that leaves both names alone doesn't concern this one.
 */
export function referenceTo(place: Place, resolver: Resolver): Reference | undefined {
  const member = memberOf(place.node);
  if (!member) return undefined;
  const owner: Place = { ...place, node: member.owner };
  const fallback: Reference = { table: { name: member.owner.getText(place.source.sourceFile) }, column: member.name };
  const name = plain(member.owner);
  if (!compiler.isIdentifier(name) || innerBinding(name)) {
    const call = tableCall(owner, resolver);
    return call ? describe(call, member.name, resolver) : fallback;
  }
  const { path } = place.source;
  const found = resolver.summarise(
    () => describeTop(path, name.text, member.name, resolver),
    () => ({ path, name: name.text, member: member.name, meant: describedTop(path, name.text, member.name, resolver) }),
  );
  return found ?? fallback;
}

/** One line that tells what a reference from the top of a module comes down to, to compare with a recorded one. */
export function describedTop(path: string, name: string, key: string, resolver: Resolver): string {
  const found = describeTop(path, name, key, resolver);
  return found ? `${found.table.schema ?? ''}.${found.table.name}.${found.column}` : '';
}

const described = new WeakMap<Resolver, Map<string, Reference | undefined>>();

function describeTop(path: string, name: string, key: string, resolver: Resolver): Reference | undefined {
  let known = described.get(resolver);
  if (!known) described.set(resolver, (known = new Map()));
  const id = `${path}\0${name}\0${key}`;
  if (known.has(id)) return known.get(id);
  const meaning = resolver.top(path, name);
  const call = meaning?.kind === 'node' ? tableCall(meaning.place, resolver) : undefined;
  const reference = call && describe(call, key, resolver);
  known.set(id, reference);
  return reference;
}

const entriesOf = new WeakMap<Resolver, Map<unknown, ReadonlyMap<string, Entry>>>();

function describe(call: TableCall, key: string, resolver: Resolver): Reference {
  let known = entriesOf.get(resolver);
  if (!known) entriesOf.set(resolver, (known = new Map()));
  // A wrapper's own call makes a different table at each use, so only plain calls are remembered.
  let entries = call.place.env ? undefined : known.get(call.place.node);
  if (!entries) {
    entries = new Map(columnEntries(call, resolver).entries.map((entry) => [entry.key, entry]));
    if (!call.place.env) known.set(call.place.node, entries);
  }
  const entry = entries.get(key);
  return {
    table: { name: call.dbName ?? '', ...(call.dbSchema !== undefined && { schema: call.dbSchema }) },
    column: entry ? columnDbName(entry, call, resolver) : key,
  };
}

/** The foreign key of a `.references(() => users.id, { onDelete: "cascade" })`. */
export function inlineForeignKey(link: Link, column: string, table: Table, resolver: Resolver): ForeignKey | undefined {
  const { source, node } = link.call;
  const [target, options] = node.arguments;
  const fn = target && resolver.node({ ...link.call, node: target });
  const result = fn && isFunction(fn.node) ? returned(fn.node) : undefined;
  if (!fn || !result) return undefined;
  const place: Place = { ...fn, node: plain(result) };
  const reference = referenceTo(place, resolver);
  if (!reference) return undefined;
  const span = spanOf(source, link.nameNode.getStart(source.sourceFile), node.end);
  const actions = options && resolver.node({ ...link.call, node: options });
  const action = (name: string) => {
    if (!actions || !compiler.isObjectLiteralExpression(actions.node)) return undefined;
    const found = resolver.property({ ...actions, node: actions.node }, name);
    return found && found !== 'unknown' ? actionOf(found, resolver) : undefined;
  };
  const onDelete = action('onDelete');
  const onUpdate = action('onUpdate');
  return {
    kind: 'foreignKey',
    table,
    span,
    nameSpan: span,
    columns: [column],
    target: reference.table,
    targetSpan: spanOf(place.source, place.node.getStart(place.source.sourceFile), place.node.end),
    targetColumns: [reference.column],
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    validated: true,
  };
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  cascade: 'cascade',
  restrict: 'restrict',
  'no action': 'no action',
  'set null': 'set null',
  'set default': 'set default',
};

/** A referential action as Drizzle spells it, at its place. */
export function actionOf(place: Place | undefined, resolver: Resolver): ForeignKey['onDelete'] {
  const action = place && ACTIONS[resolver.text(place) ?? ''];
  if (!place || !action) return undefined;
  const { source, node } = place;
  return { action, span: spanOf(source, node.getStart(source.sourceFile), node.end) };
}
