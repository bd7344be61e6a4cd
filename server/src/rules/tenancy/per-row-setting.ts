// Reports policies that ask for a setting, or for the user, again at each row.
import type { Finding, Rule } from '../../linter/rule';
import type { Table } from '../../model/nodes';
import { isSaidBefore, readsIn, type PolicyRead } from '../../model/setting-reads';
import { partOf } from '../../text/span';

export const perRowSetting: Rule = {
  id: 'per-row-setting',
  meta: {
    title: 'A policy reads a setting once per row instead of once per query.',
    severity: 'warning',
    fix: 'safe',
    dialects: ['postgresql'],
    bible: '§10 L X6',
  },
  visit: {
    *policy(policy) {
      const { table } = policy;
      const isPerRow = (read: PolicyRead): boolean => !read.selected;
      let repeated = isSaidBefore(policy, isPerRow);
      for (const read of readsIn(policy).filter(isPerRow)) {
        yield finding(table, read, repeated);
        repeated = true;
      }
    },
  },
};

function finding(table: Table, read: PolicyRead, repeated: boolean): Finding {
  const { condition, call, value, shown, onWrite } = read;
  return {
    at: partOf(condition.span, call.start, call.end),
    message: onWrite
      ? `Every statement that writes to \`${table.name}\` asks for \`${shown}\` again at each row.`
      : `Every query on \`${table.name}\` asks for \`${shown}\` again at each row that it looks at.`,
    help: 'Put it into a sub-select, which PostgreSQL runs once per query.',
    ...((repeated || onWrite) && { quiet: true as const }),
    fixes: [
      {
        title: `Read \`${shown}\` once per query`,
        kind: 'safe',
        preferred: true,
        intent: () => {
          const { file, start, end } = partOf(condition.span, value.start, value.end);
          return { do: 'replaceText', edits: [{ file, start, end, newText: `(SELECT ${condition.raw.slice(value.start, value.end)})` }] };
        },
      },
    ],
  };
}
