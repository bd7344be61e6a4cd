// Hasura: like diesel's folders, but named by milliseconds; older ones are pairs of files.
import { claimNames, statementsOf } from './content';
import { byNumber, leadingDigits, nextVersions } from './naming';
import { besideFile, writeBeside } from './rollback';
import type { Runner } from './runner';

const downName = (name: string): string => name.replace(/up\.sql$/, 'down.sql');

export const hasura: Runner = {
  id: 'hasura',
  claim: (folder) =>
    claimNames(folder, /^\d{13}_[^/]*(?:\/up\.sql|\.up\.sql)$/, (a, b) => byNumber(leadingDigits(a), leadingDigits(b)), /(?:\/|\.)down\.sql$/),
  transaction: () => 'file',
  read: (_text, name, folder) => ({ rollback: besideFile(folder, downName(name)) }),
  rollback: (request) => writeBeside(request, downName(request.name)),
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    return steps.flatMap((step, at) => {
      const name = `${versions[at] ?? ''}_${step.name}`;
      return [
        { name: `${name}/up.sql`, text: statementsOf(step) },
        { name: `${name}/down.sql`, text: `-- Write here what undoes ${name}.\n` },
      ];
    });
  },
};
