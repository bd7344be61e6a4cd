// Row level security in Drizzle: policies among a table's third argument or linked to it, and what turns it on.
import type { ts } from 'ts-morph';
import type { Policy, SqlText, Table, TableName } from '../../model/nodes';
import type { Span } from '../../text/span';
import { tableCall, unchain, type Chain, type TableCall } from './calls';
import { compiler } from '../typescript/compiler';
import { sqlPlace } from './defaults';
import { elementSpans, rawOf, type Element } from './elements';
import { spanOf } from '../typescript/parse';
import type { Place, Resolver } from './resolver';
import { memberOf, plain } from '../typescript/syntax';
import { functionRole } from './vocabulary';

export type PolicySpec = Omit<Policy, 'table'>;

/** A policy that names its table itself: `pgPolicy(…).link(users)`. */
export interface LinkedPolicy {
  readonly target: TableName;
  readonly policy: PolicySpec;
}

/** Whether a call gives policies: Drizzle's own, or Neon's four at once. */
export function isPolicyFunction(name: string | undefined): name is 'pgPolicy' | 'crudPolicy' {
  return name === 'pgPolicy' || name === 'crudPolicy';
}

/** The policies that an element of the third argument gives. */
export function readPolicies(element: Element, chain: Chain, name: 'pgPolicy' | 'crudPolicy', resolver: Resolver): PolicySpec[] {
  const { span } = elementSpans(element, chain);
  return name === 'pgPolicy' ? [policyOf(chain, span, resolver)] : crudPolicies(chain, span, resolver);
}

/** The policy of a `.link(…)` call, if it is one. */
export function linkedPolicy(place: Place<ts.CallExpression>, resolver: Resolver): LinkedPolicy | undefined {
  const callee = plain(place.node.expression);
  const [target] = place.node.arguments;
  if (!compiler.isPropertyAccessExpression(callee) || callee.name.text !== 'link' || !target) return undefined;
  const chain = unchain({ ...place, node: callee.expression }, resolver);
  if (chain?.callee?.kind !== 'import' || chain.callee.name.split('.').at(-1) !== 'pgPolicy') return undefined;
  const call = tableCall({ ...place, node: target }, resolver);
  if (call?.dbName === undefined) return undefined;
  const name: TableName = { name: call.dbName, ...(call.dbSchema !== undefined && { schema: call.dbSchema }) };
  return { target: name, policy: policyOf(chain, rawOf(place).span, resolver) };
}

function policyOf({ base }: Chain, span: Span, resolver: Resolver): PolicySpec {
  const [name, options] = base.node.arguments;
  const command = textOption(base, options, 'for', resolver)?.toLowerCase();
  const using = sqlOption(base, options, 'using', resolver);
  const withCheck = sqlOption(base, options, 'withCheck', resolver);
  return {
    kind: 'policy',
    span,
    nameSpan: name ? insideQuotes({ ...base, node: name }) : rawOf({ ...base, node: base.node.expression }).span,
    name: (name && resolver.text({ ...base, node: name })) ?? '',
    command: command === 'select' || command === 'insert' || command === 'update' || command === 'delete' ? command : 'all',
    permissive: textOption(base, options, 'as', resolver)?.toLowerCase() !== 'restrictive',
    roles: rolesOf(base, options, 'to', resolver),
    ...(using && { using }),
    ...(withCheck && { withCheck }),
  };
}

/** `crudPolicy({ role, read, modify })` stands for one policy per command. */
function crudPolicies({ base }: Chain, span: Span, resolver: Resolver): PolicySpec[] {
  const [options] = base.node.arguments;
  const roles = rolesOf(base, options, 'role', resolver);
  const nameSpan = rawOf({ ...base, node: base.node.expression }).span;
  const read = sqlOption(base, options, 'read', resolver);
  const modify = sqlOption(base, options, 'modify', resolver);
  const one = (command: Policy['command'], condition: SqlText | undefined, parts: Pick<PolicySpec, 'using' | 'withCheck'>): PolicySpec[] =>
    !condition || condition.raw === 'null'
      ? []
      : [{ kind: 'policy', span, nameSpan, name: `crud-${roles.join('-')}-policy-${command}`, command, permissive: true, roles, ...parts }];
  return [
    ...one('select', read, read ? { using: read } : {}),
    ...one('insert', modify, modify ? { withCheck: modify } : {}),
    ...one('update', modify, modify ? { using: modify, withCheck: modify } : {}),
    ...one('delete', modify, modify ? { using: modify } : {}),
  ];
}

function option(base: Place, options: ts.Node | undefined, name: string, resolver: Resolver): Place | undefined {
  const object = options && resolver.node({ ...base, node: options });
  if (!object || !compiler.isObjectLiteralExpression(object.node)) return undefined;
  const found = resolver.property({ ...object, node: object.node }, name);
  return found === 'unknown' ? undefined : found;
}

function textOption(base: Place, options: ts.Node | undefined, name: string, resolver: Resolver): string | undefined {
  const found = option(base, options, name, resolver);
  return found && resolver.text(found);
}

/** What an option's `sql` template holds, or the expression as it is written. */
function sqlOption(base: Place, options: ts.Node | undefined, name: string, resolver: Resolver): SqlText | undefined {
  const found = option(base, options, name, resolver);
  if (!found) return undefined;
  const template = sqlPlace(found, resolver);
  if (!template) return rawOf(found);
  const { source, start, end } = template;
  return { raw: source.text.slice(start, end), span: spanOf(source, start, end) };
}

/** Roles that Drizzle has ready for Supabase and Neon. */
const KNOWN_ROLES: Readonly<Record<string, string>> = {
  anonRole: 'anon',
  authenticatedRole: 'authenticated',
  serviceRole: 'service_role',
  postgresRole: 'postgres_role',
  supabaseAuthAdminRole: 'supabase_auth_admin',
  anonymousRole: 'anonymous',
};

function rolesOf(base: Place, options: ts.Node | undefined, name: string, resolver: Resolver): string[] {
  const found = option(base, options, name, resolver);
  const meaning = found && resolver.evaluate(found);
  const list = meaning?.kind === 'node' && compiler.isArrayLiteralExpression(meaning.place.node) ? meaning.place : undefined;
  const each = list && compiler.isArrayLiteralExpression(list.node) ? list.node.elements.map((node): Place => ({ ...list, node })) : found ? [found] : [];
  return each.flatMap((place) => roleOf(place, resolver) ?? []).filter((role) => role !== 'public');
}

function roleOf(place: Place, resolver: Resolver): string | undefined {
  const meaning = resolver.evaluate(place);
  if (meaning?.kind === 'import') return KNOWN_ROLES[meaning.name.split('.').at(-1) ?? ''] ?? meaning.name;
  const text = resolver.text(place);
  if (text !== undefined) return text;
  const chain = unchain(place, resolver);
  const [name] = chain?.base.node.arguments ?? [];
  return chain && name && resolver.text({ ...chain.base, node: name });
}

function insideQuotes(place: Place): Span {
  const { source, node } = place;
  const start = node.getStart(source.sourceFile);
  return compiler.isStringLiteralLike(node) && node.end - start > 2 ? spanOf(source, start + 1, node.end - 1) : spanOf(source, start, node.end);
}

/** What turns row level security on: `.enableRLS()`, `pgTable.withRLS`, or else the first policy. */
export function securedBy(calls: readonly Place<ts.CallExpression>[], { place }: TableCall, policies: readonly PolicySpec[], resolver: Resolver): Span | undefined {
  for (const { source, node } of calls) {
    const access = node.parent;
    if (access && compiler.isPropertyAccessExpression(access) && access.expression === node && access.name.text === 'enableRLS') {
      return spanOf(source, access.name.getStart(source.sourceFile), access.parent.end);
    }
  }
  const callee: Place = { ...place, node: place.node.expression };
  const own = plain(callee.node);
  const meaning = compiler.isIdentifier(own) && !functionRole(own.text) ? resolver.evaluate(callee) : undefined;
  const withRls = memberOf(own)?.name === 'withRLS' || (meaning?.kind === 'import' && meaning.name.endsWith('.withRLS'));
  return withRls ? rawOf(callee).span : policies[0]?.nameSpan;
}

const linkedTables = new WeakMap<Table, { readonly policies: readonly PolicySpec[]; readonly table: Table }>();

/** The tables with the policies that are linked to them from elsewhere; a table without any stays as it is. */
export function withLinked(tables: readonly Table[], links: readonly LinkedPolicy[]): readonly Table[] {
  if (links.length === 0) return tables;
  return tables.map((table) => {
    const policies = links
      .filter(({ target }) => target.name === table.dbName && (target.schema ?? 'public') === (table.dbSchema ?? 'public'))
      .map(({ policy }) => policy);
    if (policies.length === 0) return table;
    const known = linkedTables.get(table);
    if (known?.policies.length === policies.length && known.policies.every((policy, at) => policy === policies[at])) return known.table;
    const owner = withPolicies(table, policies);
    linkedTables.set(table, { policies, table: owner });
    return owner;
  });
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The table with more policies, all of its parts pointing at it. */
function withPolicies(table: Table, policies: readonly PolicySpec[]): Table {
  const owner: Mutable<Table> = { ...table };
  const own = <T extends { readonly table: Table }>(part: T): T => ({ ...part, table: owner });
  owner.columns = table.columns.map(own);
  if (table.primaryKey) owner.primaryKey = own(table.primaryKey);
  owner.indexes = table.indexes.map(own);
  owner.foreignKeys = table.foreignKeys.map(own);
  owner.checks = table.checks.map(own);
  owner.policies = [...(table.policies ?? []), ...policies].map((policy): Policy => ({ ...policy, table: owner }));
  const [first] = policies;
  if (first) owner.rowSecurity ??= { span: first.nameSpan };
  return owner;
}
