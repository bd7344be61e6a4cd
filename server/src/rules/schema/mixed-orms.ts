// Reports two ORMs' schemas of one database.
import type { Rule } from '../../linter/rule';

export const mixedOrms: Rule = {
  id: 'mixed-orms',
  meta: {
    title: 'Two ORMs describe the same database.',
    severity: 'info',
    fix: 'none',
    languages: ['prisma', 'drizzle'],
    bible: 'L',
  },
  visit: {
    *schema({ tables: [first] }, { facts: { otherSchema } }) {
      if (!otherSchema || !first) return;
      const { own, other, file } = otherSchema;
      yield {
        at: first.nameSpan,
        message: `The database of these ${own} tables is described with ${other} too, in \`${file}\`, so each tool's migrations miss or undo what the other one did.`,
        help: 'Keep one of them in charge of the schema.',
      };
    },
  },
};
