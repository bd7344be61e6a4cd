// Row level security: what turns it on and off, and policies.
import type { AlterPolicyStmt, CreatePolicyStmt, Node } from 'libpg-query';
import type { Policy, SqlText } from '../../../model/row-security';
import type { Span } from '../../../text/span';
import type { Effect, PolicyPatch } from './effects';
import { itemsOf, nameOf, relationAt, stringOf } from './names';
import type { Run, Source } from './source';

export function lowerPolicy(source: Source, node: CreatePolicyStmt): Effect {
  const { table, span: tableSpan } = relationAt(source, node.table);
  const span = source.span(source.all);
  const name = node.policy_name ?? '';
  const policy: Omit<Policy, 'table'> = {
    kind: 'policy',
    span,
    nameSpan: source.nameSpan(source.find(source.all, 'POLICY') + 1),
    name,
    command: commandOf(node.cmd_name),
    permissive: node.permissive ?? false,
    roles: rolesOf(node.roles),
    ...expressions(source),
  };
  return { change: { verb: 'addPolicy', span, table, tableSpan, name }, acts: [{ do: 'addPolicy', table, policy }] };
}

export function lowerAlterPolicy(source: Source, node: AlterPolicyStmt): Effect {
  const { table, span: tableSpan } = relationAt(source, node.table);
  const name = node.policy_name ?? '';
  const patch: PolicyPatch = { ...(node.roles && { roles: rolesOf(node.roles) }), ...expressions(source) };
  return { change: { verb: 'other', span: source.span(source.all), table, tableSpan }, acts: [{ do: 'alterPolicy', table, name, patch }] };
}

/** `DROP POLICY name ON table`: one effect each. */
export function lowerDropPolicy(objects: readonly Node[], span: Span, at: (table: ReturnType<typeof nameOf>) => { tableSpan?: Span }): Effect[] {
  return objects.map((object) => {
    const parts = itemsOf(object);
    const table = nameOf(parts.slice(0, -1));
    const name = stringOf(parts.at(-1)) ?? '';
    return { change: { verb: 'dropPolicy', span, table, ...at(table), name }, acts: [{ do: 'dropPolicy', table, name }] };
  });
}

function commandOf(name: string | undefined): Policy['command'] {
  switch (name) {
    case 'select':
    case 'insert':
    case 'update':
    case 'delete':
      return name;
    default:
      return 'all';
  }
}

/** Names of roles; PUBLIC is everyone and so none. */
function rolesOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => {
    if (!('RoleSpec' in node)) return [];
    const { roletype, rolename } = node.RoleSpec;
    if (roletype === 'ROLESPEC_PUBLIC') return [];
    return [rolename ?? (roletype ?? '').replace('ROLESPEC_', '').toLowerCase()];
  });
}

/** USING and WITH CHECK, without the parentheses that the grammar wants around them. */
function expressions(source: Source): { using?: SqlText; withCheck?: SqlText } {
  const using = inParentheses(source, source.find(source.all, 'USING') + 1);
  const check = source.find(source.all, 'CHECK');
  const withCheck = source.is(check - 1, 'WITH') ? inParentheses(source, check + 1) : undefined;
  return { ...(using && { using }), ...(withCheck && { withCheck }) };
}

function inParentheses(source: Source, open: number): SqlText | undefined {
  if (!source.is(open, '(')) return undefined;
  const run: Run = { from: open + 1, to: source.close(open) - 1 };
  return run.to > run.from ? { raw: source.raw(run), span: source.span(run) } : undefined;
}
