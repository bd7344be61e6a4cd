// Reports keys and indexes in an object, as Drizzle took them before it asked for an array.
import type { Rule } from '../../linter/rule';
import { atLeast } from '../../model/facts';

export const deprecatedExtraConfig: Rule = {
  id: 'deprecated-extra-config',
  meta: {
    title: 'Indexes and keys stand in an object, which Drizzle has deprecated.',
    severity: 'hint',
    fix: 'safe',
    languages: ['drizzle'],
    bible: '+',
  },
  visit: {
    *table(table, { facts }) {
      if (!table.keysObject || !atLeast(facts.drizzleVersion, 0, 36)) return;
      yield {
        at: table.keysObject,
        message: `Drizzle has deprecated this object of \`${table.name}\`: its keys mean nothing, and a later version takes an array only.`,
        help: 'Return an array.',
        fixes: [{ title: 'Return an array', kind: 'safe', preferred: true, intent: () => ({ do: 'useArrayForm', table }) }],
      };
    },
  },
};
