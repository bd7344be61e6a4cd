// The lock that a statement of a migration takes, at its end, where somebody may have to wait for it.
import type { Change, Statement } from '../model/changes';
import { mayBeInUse } from '../model/lifetime';
import { blocks, lockOf, type LockFact, type LockMode, type Work } from '../model/locks';
import type { FileReport } from './analysis';
import { otherTables } from './hover-ddl';

export interface LockHint {
  /** Behind the statement and its semicolon, in UTF-16 code units. */
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** From weak to strong. */
const STRENGTH: readonly LockMode[] = ['ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'];
/** From short to long. */
const LENGTH: readonly Work[] = ['none', 'rows', 'wait', 'scan', 'build', 'unknown', 'rewrite'];
const WORK: { readonly [W in Work]?: string } = { scan: 'scan', build: 'build', rewrite: 'rewrite', unknown: 'perhaps rewrite' };

interface Held {
  readonly lock: LockMode;
  /** The other tables that it is on; empty for the table that the statement names. */
  readonly on: string;
  readonly work: Work;
}

/** A hint for each statement between the offsets that locks a table which may be in use; rows that it writes don't count. */
export function lockHints(report: FileReport, start: number, end: number): LockHint[] {
  const hints = new Map<number, LockHint>();
  for (const { schema, facts } of report.units) {
    const migration = schema.migrations.find(({ file }) => file === report.path);
    for (const statement of migration?.statements ?? []) {
      const hint = hintOf(statement, report.text, facts.postgresVersion);
      if (hint && hint.offset >= start && hint.offset <= end && !hints.has(hint.offset)) hints.set(hint.offset, hint);
    }
  }
  return [...hints.values()];
}

function hintOf({ span, changes }: Statement, text: string, version: number | undefined): LockHint | undefined {
  const held = changes.flatMap((change) => heldBy(change, change.verb === 'write' ? undefined : lockOf(change, version)));
  const strongest = held.reduce<Held | undefined>((best, each) => (best && STRENGTH.indexOf(best.lock) >= STRENGTH.indexOf(each.lock) ? best : each), undefined);
  if (!strongest) return undefined;
  const longest = held.reduce<Work>((best, { work }) => (LENGTH.indexOf(work) > LENGTH.indexOf(best) ? work : best), 'none');
  const label = [strongest.on === '' ? strongest.lock : `${strongest.lock} on ${strongest.on.replaceAll('`', '')}`, WORK[longest]].filter((part) => part !== undefined).join(' · ');
  return { offset: text.charAt(span.end) === ';' ? span.end + 1 : span.end, label, tooltip: `${strongest.lock} blocks ${blocks[strongest.lock]}.` };
}

/** The lock on the table of the change, or else that on tables which it references. */
function heldBy(change: Change, fact: LockFact | undefined): Held[] {
  if (!fact) return [];
  if (fact.lock) return mayBeInUse(change.lifetime) ? [{ lock: fact.lock, on: '', work: fact.work }] : [];
  const on = fact.otherLock ? otherTables(change, fact) : '';
  return fact.otherLock && on !== '' ? [{ lock: fact.otherLock, on, work: fact.work }] : [];
}
