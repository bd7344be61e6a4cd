// How to say the same without keeping a table in use waiting, by case of the table of locks: one or two lines.
import type { Change, TransactionModel } from '../model/changes';
import { mayBeInUse } from '../model/lifetime';
import type { LockCase } from '../model/lock-table';
import { lockCase, type LockFact } from '../model/locks';
import { wayOut, type WayOut } from '../model/runners';

/** What a form may depend on. */
interface Situation {
  readonly way: WayOut;
  /** Where a second step goes, so that the lock of the first isn't held through it. */
  readonly later: string;
  /** Whether PostgreSQL is known to be 18 or newer. */
  readonly modern: boolean;
}
type Form = string | ((situation: Situation) => string);

/** Where a statement that can't run inside a transaction goes. */
const ALONE: Readonly<Record<WayOut, string>> = {
  whole: 'alone in a migration that runs outside of a transaction',
  concurrently: 'alone in a migration, which is then run outside of a transaction',
  commit: 'by hand before this is deployed, and IF NOT EXISTS or IF EXISTS here: all pending files share one transaction',
  never: 'by hand before this is deployed, and IF NOT EXISTS or IF EXISTS here: every file is run inside a transaction',
};

const unused = 'deploy code that no longer uses it first, and keep the wait for the lock short: `SET lock_timeout`.';
const concurrently = ({ way }: Situation): string => `CONCURRENTLY, ${ALONE[way]}.`;
const validatedLater =
  (what: string) =>
  ({ later }: Situation): string =>
    `add ${what} with NOT VALID, and VALIDATE CONSTRAINT ${later}: that lets reads and writes go on.`;

const forms: { readonly [C in LockCase]?: Form } = {
  'create index': concurrently,
  'drop index': concurrently,
  reindex: concurrently,
  'reindex database': 'REINDEX (CONCURRENTLY), table by table.',
  'refresh view': 'REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view: reads go on.',
  'add foreign key': validatedLater('the key'),
  'add check': validatedLater('the CHECK'),
  'add not null': validatedLater('the NOT NULL'),
  'set not null': ({ modern, later }) =>
    modern
      ? `ADD CONSTRAINT … NOT NULL … NOT VALID, and VALIDATE CONSTRAINT ${later}.`
      : `add a CHECK (… IS NOT NULL) with NOT VALID; ${later} VALIDATE CONSTRAINT, then SET NOT NULL, which no longer scans, and drop the CHECK.`,
  'add key': (situation) => `CREATE UNIQUE INDEX ${concurrently(situation).replace(/\.$/, '')}; then ADD CONSTRAINT … USING INDEX. An EXCLUDE has no such form.`,
  'add primary key using index': 'make the columns NOT NULL first, by a validated CHECK (… IS NOT NULL).',
  'set type': ({ later }) => `add a new column of the new type, keep it filled by a trigger, fill the old rows in batches, move the code over, and drop the old one ${later}.`,
  'set type, unknown': ({ later }) => `if it writes the table again: a new column, kept filled by a trigger, and the old one dropped ${later}.`,
  'set type, check': 'drop the CHECK before, and add it again with NOT VALID; VALIDATE CONSTRAINT in a later migration.',
  'set type, index': (situation) => `drop the index before, and build it again ${concurrently(situation)}`,
  'set expression': 'a new column that a trigger fills, the old rows in batches, and then the names exchanged.',
  'add column with volatile default': 'add the column without the default, SET DEFAULT next, and fill the old rows in batches.',
  'add column with unknown default': 'if the function is volatile: add the column without the default, SET DEFAULT next, and fill the old rows in batches.',
  'add stored column': ({ modern }) => (modern ? 'VIRTUAL instead of STORED, or a plain column that a trigger fills.' : 'a plain column that a trigger fills, the old rows in batches.'),
  'add unique column': (situation) => `add the column alone; then CREATE UNIQUE INDEX ${concurrently(situation)}`,
  'add checked column': validatedLater('the column alone, then the CHECK'),
  'add referencing column with default': validatedLater('the column alone, then the key'),
  'drop column': unused,
  'drop table': unused,
  rename: 'add what has the new name, let code use both, and drop the old one at the end; for a table, a view keeps its old name alive.',
  'attach partition': 'add a CHECK with the bounds to the partition first, NOT VALID, then validated: nothing is read under the lock.',
  'detach partition': ({ way }) => `DETACH PARTITION … CONCURRENTLY, ${ALONE[way]}.`,
  'add domain constraint': ({ later }) => `ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT ${later}, at a quiet time.`,
  'vacuum full': 'VACUUM without FULL, or the extension pg_repack, which lets reads and writes go on.',
  cluster: 'the extension pg_repack, which lets reads and writes go on.',
  truncate: 'DELETE in batches where others use the table.',
};

/** How to say it so that nobody waits long; undefined where it is safe already, or nothing is better. */
export function safeForm(change: Change, fact: LockFact, transaction: TransactionModel, version: number | undefined): string | undefined {
  if (!mayBeInUse(change.lifetime)) return undefined;
  const which = lockCase(change);
  const form = which && forms[which];
  const { runner } = change.statement.migration;
  const later = transaction === 'all' ? 'in a migration that is deployed later' : transaction === 'none' && !change.statement.inTransaction ? 'next' : 'in the next migration';
  if (form) return typeof form === 'string' ? form : form({ way: wayOut({ runner, transaction }), later, modern: version !== undefined && version >= 18 });
  if (fact.lock === 'ACCESS EXCLUSIVE' && fact.work === 'none') return 'keep the wait for the lock short (`SET lock_timeout`): whoever comes after it waits behind it.';
  return undefined;
}
