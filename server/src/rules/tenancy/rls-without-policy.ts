// Reports tables whose rows no policy lets through.
import type { Rule } from '../../linter/rule';
import { nameOf } from '../../model/names';
import { securityStyle } from '../../model/security-style';

export const rlsWithoutPolicy: Rule = {
  id: 'rls-without-policy',
  meta: {
    title: 'Row level security is on, and no policy lets a row through.',
    severity: 'warning',
    fix: 'none',
    absence: true,
    dialects: ['postgresql'],
    bible: '§10 L X6',
  },
  visit: {
    *table(table, { schema, facts, applied }) {
      const known = applied(nameOf(table));
      const rowSecurity = table.rowSecurity ?? known?.rowSecurity;
      if (!rowSecurity || table.policies || known?.policies || table.partitionOf) return;
      const { dataApi, dynamic } = securityStyle(schema, facts, applied);
      if (dynamic) return;
      const forced = rowSecurity.forced ?? known?.rowSecurity?.forced ?? false;
      yield {
        at: table.rowSecurity?.span ?? table.nameSpan,
        message: `Queries on \`${table.name}\` find no rows and its inserts fail for everyone but ${forced ? 'superusers' : 'its owner and superusers'}, because no policy lets a row through.`,
        help: 'Create a policy that says which rows are seen.',
        // Whoever serves a data API closes a table to it in just this way.
        ...(dataApi && { quiet: true as const }),
      };
    },
  },
};
