// Reports policies on tables whose row level security is off.
import type { Rule } from '../../linter/rule';
import { securityStyle } from '../../model/security-style';

export const policyWithoutRls: Rule = {
  id: 'policy-without-rls',
  meta: {
    title: 'A policy protects nothing, because row level security is off.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§10 L X6',
  },
  visit: {
    *change(change, { schema, facts, table: find, applied }) {
      const table = change.verb === 'addPolicy' && change.table ? find(change.table) : undefined;
      const [policy] = table?.policies ?? [];
      // Said once a table, and never of one that somebody else creates and secures.
      if (!table || table.partial || table.rowSecurity || change.verb !== 'addPolicy' || policy?.name !== change.name) return;
      const { dataApi, dynamic } = securityStyle(schema, facts, applied);
      if (dynamic) return;
      yield {
        at: policy.nameSpan,
        message: `\`${policy.name}\` protects nothing, because row level security is off on \`${table.name}\` and every row stays visible.`,
        help: `Enable row level security on \`${table.name}\`.`,
        fixes: [
          {
            title: `Enable row level security on \`${table.name}\``,
            kind: 'review',
            preferred: true,
            intent: () => ({ do: 'enableRowSecurity', table, enable: true, force: !dataApi }),
          },
        ],
      };
    },
  },
};
