// Reports tables and columns that are called as PostgreSQL calls something of its own.
import type { Finding, Rule } from '../../linter/rule';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { isReserved, namesAreTyped } from '../../model/reserved-words';

export const reservedName: Rule = {
  id: 'reserved-name',
  meta: {
    title: 'A table or column is named with a reserved word.',
    severity: 'info',
    fix: 'none',
    languages: ['drizzle', 'sql'],
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *table(table, { schema }) {
      if (!namesAreTyped(schema)) return;
      const named = [table, ...table.columns].filter(({ dbName }) => isReserved(dbName));
      if (named.length === 0) return;
      // An authentication library's names are not for the author to choose.
      const quiet = isGeneratedAuthTable(table);
      for (const [at, { dbName, nameSpan, kind }] of named.entries()) {
        yield {
          at: nameSpan,
          message: `${subject(dbName, kind)} needs quotes in every statement that is written by hand, for ever: it is a reserved word of PostgreSQL.`,
          help: 'Choose another name before others depend on it.',
          ...((quiet || at > 0) && { quiet: true as const }),
        } satisfies Finding;
      }
    },
  },
};

function subject(name: string, kind: 'table' | 'column'): string {
  return `The ${kind} \`${name}\``;
}
