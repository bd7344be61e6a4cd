// What foreign keys point at: other tables by the name of a constant, resolved to names in the database.
import type { TableName } from '../../model/nodes';
import { tableCall, type TableCall } from './calls';
import { columnDbName, columnEntries, type Entry } from './columns';
import { innerBinding } from '../typescript/bindings';
import { compiler } from '../typescript/compiler';
import type { Chunk } from '../typescript/parse';
import type { Dependency, Place, Resolver } from './resolver';
import { memberOf, plain } from '../typescript/syntax';

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

interface Described {
  readonly reference: Reference | undefined;
  readonly dependencies: readonly Dependency[];
}

const described = new WeakMap<Resolver, Map<string, Reference | undefined>>();
/** What was found in a statement before; it holds as long as the names in it do. */
const lasting = new WeakMap<Chunk, Map<string, Described>>();

function describeTop(path: string, name: string, key: string, resolver: Resolver): Reference | undefined {
  let known = described.get(resolver);
  if (!known) described.set(resolver, (known = new Map()));
  const id = `${path}\0${name}\0${key}\0${resolver.casing.heeded ?? ''}`;
  if (known.has(id)) return known.get(id);
  const identity = resolver.identity(path, name);
  const kept = typeof identity === 'object' ? keptIn(identity) : undefined;
  const before = kept?.get(id);
  if (before && resolver.hold(before.dependencies)) {
    known.set(id, before.reference);
    return before.reference;
  }
  const { result: reference, dependencies } = resolver.record(() => {
    const meaning = resolver.top(path, name);
    const call = meaning?.kind === 'node' ? tableCall(meaning.place, resolver) : undefined;
    return call && describe(call, key, resolver);
  });
  known.set(id, reference);
  kept?.set(id, { reference, dependencies });
  return reference;
}

function keptIn(chunk: Chunk): Map<string, Described> {
  let kept = lasting.get(chunk);
  if (!kept) lasting.set(chunk, (kept = new Map()));
  return kept;
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
