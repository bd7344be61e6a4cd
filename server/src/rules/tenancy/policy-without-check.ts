// Reports policies that leave unsaid which rows may be written.
import type { Rule } from '../../linter/rule';

export const policyWithoutCheck: Rule = {
  id: 'policy-without-check',
  meta: {
    title: 'A policy does not say which rows may be written.',
    severity: 'off',
    fix: 'safe',
    dialects: ['postgresql'],
    bible: '§10 L X6',
  },
  visit: {
    *policy(policy) {
      const { table, name, command, using, withCheck } = policy;
      if (!using || withCheck || (command !== 'all' && command !== 'update')) return;
      yield {
        at: policy.nameSpan,
        message: `What \`${name}\` says about reading \`${table.name}\` silently holds for the rows that are written as well, which whoever changes it later may overlook.`,
        help: 'Say it in WITH CHECK too.',
        fixes: [{ title: 'Repeat USING in WITH CHECK', kind: 'safe', preferred: true, intent: () => ({ do: 'copyUsing', policy }) }],
      };
    },
  },
};
