// Supabase's CLI: timestamped files in supabase/migrations, each sent as a pipeline, which is one transaction.
import { atLeast } from '../../model/facts';
import { byText } from '../paths';
import { claimNames, statementsOf, wordsOf } from './content';
import { leadingDigits, nextVersions } from './naming';
import type { Folder, ReadingPart, Runner } from './runner';

/** Statements that a pipeline can't hold: from 2.109 on they are sent alone, between what stands before and behind. */
const ALONE = /^(?:CREATE (?:UNIQUE )?INDEX CONCURRENTLY|REINDEX\b.* CONCURRENTLY|VACUUM|ALTER SYSTEM|CLUSTER)\b/;
const DROPPED = /^DROP INDEX CONCURRENTLY\b/;

export const supabase: Runner = {
  id: 'supabase',
  claim: (folder) => (folder.path.endsWith('/supabase/migrations') ? claimNames(folder, /^\d+(?:_[^/]*)?\.sql$/, byText) : undefined),
  transaction: () => 'file',
  read(text, _name, folder) {
    const parts = partsOf(text, folder);
    return parts.some(({ transaction }) => transaction === 'none') ? { parts } : {};
  },
  next({ migrations, steps, now }) {
    const versions = nextVersions(migrations.map(leadingDigits), steps.length, now);
    return steps.map((step, at) => ({ name: `${versions[at] ?? ''}_${step.name}.sql`, text: statementsOf(step) }));
  },
};

/** The stretches between statements that are sent alone, and those statements. Whoever names no version has a new one. */
function partsOf(text: string, { facts }: Folder): readonly ReadingPart[] {
  if (atLeast(facts.supabaseVersion, 2, 109) === false || !/\b(?:CONCURRENTLY|VACUUM|SYSTEM|CLUSTER)\b/i.test(text)) return [];
  const drops = atLeast(facts.supabaseVersion, 2, 112) !== false;
  const parts: ReadingPart[] = [];
  let from = 0;
  for (const { start, end, words } of wordsOf(text)) {
    if (!ALONE.test(words) && !(drops && DROPPED.test(words))) continue;
    if (from < start) parts.push({ start: from, end: start, transaction: 'file' });
    parts.push({ start, end, transaction: 'none' });
    from = end;
  }
  return from < text.length ? [...parts, { start: from, end: text.length, transaction: 'file' }] : parts;
}
