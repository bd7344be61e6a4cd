// Reports tenant tables that row level security leaves out.
import type { Fix, Rule } from '../../linter/rule';
import { nameOf } from '../../model/names';
import type { Column, Table } from '../../model/nodes';
import { securityStyle, tenantSetting, type SecurityStyle } from '../../model/security-style';
import { isOfPerson, tenantColumn, tenantOptions } from '../../model/tenant';

interface Options {
  readonly tenantColumns: readonly string[];
}

export const tenantWithoutRls: Rule<Options> = {
  id: 'tenant-without-rls',
  meta: {
    title: "A tenant's table has no row level security, although other tables have.",
    severity: 'warning',
    fix: 'review',
    absence: true,
    dialects: ['postgresql'],
    bible: '§10 L X6',
    options: tenantOptions,
  },
  visit: {
    *table(table, { options, schema, facts, applied, table: find }) {
      const column = tenantColumn(table, options.tenantColumns);
      // A policy without row level security is a finding of its own.
      if (!column || table.partitionOf || table.rowSecurity || table.policies || isOfPerson(column, find)) return;
      const known = applied(nameOf(table));
      if (known?.rowSecurity || known?.policies) return;
      const style = securityStyle(schema, facts, applied);
      if (!style.used || style.dynamic) return;
      const fix = fixFor(table, column, style, known !== undefined || schema.migrations.length > 0);
      yield {
        at: table.nameSpan,
        message: `A query that forgets its filter on \`${column.name}\` shows one tenant's rows of \`${table.name}\` to another, because row level security is on for other tables and not for this one.`,
        help: `Enable row level security with a policy on \`${column.name}\`.`,
        ...(fix && { fixes: [fix] }),
      };
    },
  },
};

/** None where the policy can't be foreseen: a data API's go by users, others by functions of the author's own. */
function fixFor(table: Table, column: Column, style: SecurityStyle, force: boolean): Fix | undefined {
  const setting = style.dataApi ? undefined : tenantSetting(style, column);
  if (setting === undefined) return undefined;
  return {
    title: `Enable row level security on \`${table.name}\` with a policy on \`${setting}\``,
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'enableRowSecurity', table, enable: true, force, policy: { column, setting } }),
  };
}
