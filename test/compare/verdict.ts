// Who is right about a statement at which another linter reports a hazard and we don't: by what PostgreSQL does.
import type { Hazard } from './hazards';
import type { Oracle, Truth } from './truth';

/** `open`: PostgreSQL has no answer, or there is no question for it. */
export interface Verdict {
  readonly right: 'they' | 'we' | 'open';
  readonly because: string;
}

/** The statements of an example: of the scripts before, of the statement's own, and of those that come later. */
export interface Situation {
  readonly earlier: readonly string[];
  readonly script: readonly string[];
  readonly at: number;
  readonly later: readonly string[];
}

const we = (because: string): Verdict => ({ right: 'we', because });
const they = (because: string): Verdict => ({ right: 'they', because });
const open = (because: string): Verdict => ({ right: 'open', because });

export async function verdictOn({ judge }: Hazard, { earlier, script, at, later }: Situation, oracle: Oracle): Promise<Verdict> {
  const statement = script[at];
  if (typeof judge === 'object' && 'because' in judge) return open(judge.because);
  if (statement === undefined) return open('There is no statement.');
  if (judge === 'transaction') return byTransaction(await oracle.transactions(script, at));
  if (judge === 'key') return byKey(await oracle.keyless(earlier, [...script, ...later], at));
  if (judge === 'again' && !staysDone(script, at)) return we('Nothing behind it can fail and leave it done: a run that fails leaves nothing of it.');
  const truth = await oracle.judge(earlier, script.slice(0, at), statement);
  if (!truth) return open('PostgreSQL could not be asked: what stands before fails.');
  if (typeof judge === 'object') return byError(truth, judge.codes);
  if (truth.error !== undefined) return open(`PostgreSQL could not be asked: it refuses the statement for another reason (${truth.error}).`);
  return { lock: byLock, existing: byTable, held: byHeldLock, rows: byRows, again: byAgain }[judge](truth);
}

/** Whether a statement behind it may fail when it is done for good: it is outside of a transaction. */
function staysDone(script: readonly string[], at: number): boolean {
  let within = false;
  for (const text of script.slice(0, at)) {
    if (/^\s*(?:begin|start\s+transaction)\b/i.test(text)) within = true;
    else if (/^\s*(?:commit|end|rollback|abort)\b/i.test(text)) within = false;
  }
  return !within && at < script.length - 1;
}

function byKey(keyless: boolean | undefined): Verdict {
  if (keyless === undefined) return we('It creates no table: PostgreSQL refuses it, as the table is there already, or something else is missing.');
  return keyless ? they('The table has no primary key when the last script ends.') : we('The table has its primary key when the last script ends.');
}

function byTransaction({ warned, open: left }: { warned: boolean; open: boolean }): Verdict {
  if (warned) return they('PostgreSQL warns that a transaction is open already, or that there is none.');
  return left ? they('The script ends with its transaction open: PostgreSQL takes everything back.') : we('PostgreSQL opens and ends the transaction without a warning.');
}

function byError({ error, outside }: Truth, codes: readonly string[]): Verdict {
  if (outside && codes.includes('25001')) return we('PostgreSQL runs it: there is no transaction here.');
  if (error === undefined) return we('PostgreSQL runs it with rows in the table.');
  return codes.includes(error) ? they(`PostgreSQL refuses it (${error}).`) : we(`PostgreSQL refuses it, but for another reason (${error}).`);
}

export const STRONG = /^(?:Share|ShareRowExclusive|Exclusive|AccessExclusive)Lock$/;
const strong = (locks: Truth['locks']): Truth['locks'] => locks.filter(({ mode }) => STRONG.test(mode));

function byLock(truth: Truth): Verdict {
  if (truth.outside) return we('It runs outside of a transaction only, without a lock that is kept.');
  if (strong([...truth.locks, ...truth.held]).length === 0) return we('It takes no lock that keeps anybody from a table that was there.');
  return truth.work.length > 0
    ? they('PostgreSQL reads, builds or writes again while others wait.')
    : we('It locks a table that was there for a moment: nothing is read through, built or written again.');
}

function byTable(truth: Truth): Verdict {
  if (truth.outside) return we('It runs outside of a transaction only, without a lock that is kept.');
  return strong(truth.locks).length > 0 ? they('It locks a table that was there.') : we('It takes no lock that keeps anybody from a table that was there.');
}

function byHeldLock(truth: Truth): Verdict {
  if (truth.outside || strong(truth.held).length === 0) return we('Its transaction has no lock before that keeps anybody from a table that was there.');
  if (truth.work.length > 0) return they('PostgreSQL reads, builds or writes again while a lock of an earlier statement is kept.');
  const others = strong(truth.locks).filter(({ table }) => !truth.held.some((each) => each.table === table));
  return others.length > 0 ? they('Its transaction locks another table and keeps both.') : we('It does no long work and locks no other table.');
}

function byRows(truth: Truth): Verdict {
  return truth.everyRow ? they('PostgreSQL writes every row of the table.') : we("PostgreSQL's plan writes some rows of the table, or none.");
}

function byAgain(truth: Truth): Verdict {
  if (truth.outside) return open('It runs outside of a transaction only, where it was not run twice.');
  return truth.again === undefined ? we('PostgreSQL runs it a second time.') : they(`It fails when it is run a second time (${truth.again}).`);
}
