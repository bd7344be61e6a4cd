// Reports policies that fail where their setting isn't set.
import type { Finding, Rule } from '../../linter/rule';
import type { Table } from '../../model/nodes';
import { isSaidBefore, readsIn, steadyRead, type PolicyRead } from '../../model/setting-reads';
import { partOf } from '../../text/span';

export const fragileSetting: Rule = {
  id: 'fragile-setting',
  meta: {
    title: 'A policy fails with an error where its setting is not set.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§10 L X6',
  },
  visit: {
    *policy(policy) {
      let repeated = isSaidBefore(policy, (read) => messageFor(policy.table, read) !== undefined);
      for (const read of readsIn(policy)) {
        const message = messageFor(policy.table, read);
        if (message === undefined) continue;
        yield finding(read, message, repeated);
        repeated = true;
      }
    },
  },
};

/** Settings without a dot are PostgreSQL's own and always set. */
function messageFor(table: Table, { setting, missingOk, cast, emptyAsNull }: PolicyRead): string | undefined {
  if (!setting?.includes('.')) return undefined;
  if (!missingOk) return `Every query on \`${table.name}\` fails with an error on a connection where \`${setting}\` was never set.`;
  if (cast === undefined || emptyAsNull) return undefined;
  return `Once a transaction on a pooled connection has set \`${setting}\`, it is \`''\` from then on, and every query on \`${table.name}\` that doesn't set it fails because that is no \`${cast}\`.`;
}

function finding(read: PolicyRead, message: string, repeated: boolean): Finding {
  const { condition, call, whole, shown } = read;
  const steady = steadyRead(condition.raw, read);
  return {
    at: partOf(condition.span, call.start, call.end),
    message,
    help: `Write \`${steady}\`, which is null where nothing is set and so lets no row through.`,
    ...(repeated && { quiet: true as const }),
    fixes: [
      {
        title: `Let \`${shown}\` be unset`,
        kind: 'review',
        preferred: true,
        intent: () => {
          const { file, start, end } = partOf(condition.span, whole.start, whole.end);
          return { do: 'replaceText', edits: [{ file, start, end, newText: steady }] };
        },
      },
    ],
  };
}
