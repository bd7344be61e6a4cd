// Reports a casing in the configuration that the installed ORM doesn't heed.
import type { Rule } from '../../linter/rule';
import { atLeast } from '../../model/facts';

export const ignoredCasing: Rule = {
  id: 'ignored-casing',
  meta: {
    title: 'The configured casing is ignored, so columns come out renamed.',
    severity: 'warning',
    fix: 'none',
    languages: ['drizzle'],
    bible: '+',
  },
  visit: {
    *schema({ tables }, { facts }) {
      if (facts.drizzleCasing === undefined || !atLeast(facts.drizzleVersion, 1)) return;
      const renamed = tables.flatMap(({ columns }) => columns.filter(({ intendedName }) => intendedName !== undefined));
      const [first] = renamed;
      if (!first) return;
      const more = renamed.length - 1;
      const rest = more === 0 ? '' : `; ${more === 1 ? 'one other column goes' : `${more} other columns go`} the same way`;
      yield {
        at: first.nameSpan,
        message: `The next migration renames or drops \`${first.intendedName ?? ''}\`, because Drizzle 1.0 ignores \`casing\` and calls the column \`${first.dbName}\`${rest}.`,
        help: `Declare the tables with \`${facts.drizzleCasing === 'snake_case' ? 'snakeCase' : 'camelCase'}.table\`, or write the names of the columns.`,
      };
    },
  },
};
