// Row level security policies in words: for whom, for which commands, which rows.
import type { Policy, RowSecurity } from '../model/nodes';

/** A policy, told on a table whose row level security is `security`. */
export function describePolicy(policy: Policy, security: RowSecurity | undefined): string {
  const { name, table, permissive, roles } = policy;
  const who = roles.length === 0 || roles.includes('public') ? 'everyone' : roles.map((role) => `\`${role}\``).join(', ');
  return [
    `**Policy** \`${name}\` on \`${table.name}\`, for ${who}`,
    [...sees(policy), ...writes(policy)].join('\n'),
    permissive
      ? 'Permissive: a row is let through when one of the permissive policies lets it through.'
      : 'Restrictive: holds on top of the permissive policies, and lets nothing through by itself.',
    security
      ? security.forced
        ? 'Row level security is forced, so the owner of the table is held to it as well.'
        : "The owner of the table isn't held to it, nor is a superuser."
      : `Row level security is off on \`${table.name}\`, so the policy does nothing.`,
  ].join('\n\n');
}

const SEES: Readonly<Record<Policy['command'], string | undefined>> = {
  all: 'SELECT, UPDATE and DELETE reach',
  select: 'SELECT reaches',
  insert: undefined,
  update: 'UPDATE reaches',
  delete: 'DELETE reaches',
};

function sees({ command, using }: Policy): string[] {
  const what = SEES[command];
  return what === undefined ? [] : [`- ${what} ${rows(using?.raw)}.`];
}

const WRITES: Readonly<Record<Policy['command'], string | undefined>> = {
  all: 'INSERT and UPDATE may write',
  select: undefined,
  insert: 'INSERT may write',
  update: 'UPDATE may write',
  delete: undefined,
};

function writes({ command, withCheck }: Policy): string[] {
  const what = WRITES[command];
  if (what === undefined) return [];
  if (withCheck) return [`- ${what} ${rows(withCheck.raw)}.`];
  if (command === 'insert') return [`- ${what} no rows, as no WITH CHECK is written.`];
  return [`- ${what} the same rows, as no WITH CHECK is written.`];
}

function rows(condition: string | undefined): string {
  if (condition === undefined) return 'no rows, as no USING is written';
  const line = condition.replace(/\s+/g, ' ').trim();
  if (/^\(*\s*true\s*\)*$/i.test(line)) return 'all rows';
  return `rows where ${line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``}`;
}
