// Reports row level security that the table's owner goes past.
import type { Rule } from '../../linter/rule';
import { nameOf } from '../../model/names';
import { securityStyle } from '../../model/security-style';

export const unforcedRls: Rule = {
  id: 'unforced-rls',
  meta: {
    title: "Row level security does not hold for the table's owner.",
    severity: 'warning',
    fix: 'review',
    absence: true,
    dialects: ['postgresql'],
    bible: '§10 L X6',
  },
  visit: {
    *table(table, { schema, facts, applied }) {
      // What the schema can't say, its migrations do.
      const known = applied(nameOf(table))?.rowSecurity;
      const forced = table.rowSecurity?.forced ?? known?.forced;
      if (forced !== false || table.partitionOf) return;
      const { dataApi, dynamic } = securityStyle(schema, facts, applied);
      if (dataApi || dynamic) return;
      yield {
        at: table.rowSecurity?.span ?? table.nameSpan,
        message: `The owner of \`${table.name}\` still sees and changes every tenant's rows, and most applications connect as the owner.`,
        help: 'Force row level security for the owner too.',
        fixes: [
          {
            title: `Force row level security on \`${table.name}\``,
            kind: 'review',
            preferred: true,
            intent: () => ({ do: 'enableRowSecurity', table, enable: false, force: true }),
          },
        ],
      };
    },
  },
};
