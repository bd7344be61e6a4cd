// Supabase's CLI: timestamped files in supabase/migrations, each sent as one pipeline, which is one transaction.
import { byText } from '../paths';
import { claimNames, statementsOf } from './content';
import { leadingDigits, nextVersions } from './naming';
import type { Runner } from './runner';

export const supabase: Runner = {
  id: 'supabase',
  claim: (folder) => (folder.path.endsWith('/supabase/migrations') ? claimNames(folder, /^\d+(?:_[^/]*)?\.sql$/, byText) : undefined),
  transaction: () => 'file',
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    return steps.map((step, at) => ({ name: `${versions[at] ?? ''}_${step.name}.sql`, text: statementsOf(step) }));
  },
};
