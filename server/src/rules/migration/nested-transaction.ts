// Reports BEGIN and COMMIT that don't do what they seem to: a transaction is open already, or none, or nobody closes it.
import type { Finding, Fix, Rule } from '../../linter/rule';
import type { Intent } from '../../model/intents';
import type { Change, Migration, Statement } from '../../model/changes';
import { outsideOnly } from '../../model/outside-transaction';
import { inCaseOf } from '../../model/sql-text';

export const nestedTransaction: Rule = {
  id: 'nested-transaction',
  meta: {
    title: 'A BEGIN or COMMIT stands inside another transaction, or one of the two is missing.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *migration(migration) {
      for (const block of blocksOf(migration)) {
        const finding = unclosed(migration, block) ?? unpaired(migration, block) ?? nested(migration, block);
        if (finding) yield finding;
      }
    },
  },
};

/** A BEGIN with what ends it; a COMMIT or ROLLBACK alone ends what the file didn't begin. */
interface Block {
  readonly begin?: Statement;
  readonly end?: Statement;
  /** BEGIN stands where another BEGIN of the file has its transaction open. */
  readonly again?: true;
}

function blocksOf({ statements }: Migration): Block[] {
  const blocks: Block[] = [];
  let begin: Statement | undefined;
  for (const statement of statements) {
    const command = commandOf(statement);
    if (command === undefined) continue;
    if (command === 'begin') {
      if (begin) blocks.push({ begin: statement, again: true });
      else begin = statement;
      continue;
    }
    blocks.push({ ...(begin && { begin }), end: statement });
    begin = undefined;
  }
  return begin ? [...blocks, { begin }] : blocks;
}

function commandOf(statement: Statement): 'begin' | 'commit' | 'rollback' | undefined {
  const change = statement.changes[0];
  return change?.verb === 'transaction' ? change.command : undefined;
}

/** A BEGIN of the author's own, which nothing ends. */
function unclosed(migration: Migration, { begin, end, again }: Block): Finding | undefined {
  // Where the runner has a transaction around the file, it ends with that.
  if (!begin || end || again || migration.transaction === 'file' || migration.transaction === 'all') return undefined;
  const last = migration.statements.at(-1) ?? begin;
  const change = begin.changes[0];
  const fix: Fix | undefined = change && {
    title: 'Add COMMIT at the end',
    kind: 'review',
    preferred: true,
    intent: () => ({
      do: 'splitMigration',
      statement: last,
      change,
      steps: [{ name: '', statements: [`${last.text};`, inCaseOf(begin.text, 'COMMIT;')] }],
      where: 'here',
    }),
  };
  return {
    at: begin.span,
    message: 'No COMMIT ends this transaction: PostgreSQL throws its work away when the connection closes, and the locks stay until then.',
    help: 'End it with COMMIT.',
    ...(fix && { fixes: [fix] }),
  };
}

/** Where the runner opens no transaction: a BEGIN within the file's own, or what ends none. */
function unpaired({ transaction, runner }: Migration, block: Block): Finding | undefined {
  const { begin, end, again } = block;
  const alone = !begin && transaction === 'none' ? end : undefined;
  const second = again && (transaction === 'none' || transaction === 'file-if-many') ? begin : undefined;
  const at = second ?? alone;
  if (!at) return undefined;
  const fix = removal(block);
  const kept = end && commandOf(end) === 'rollback' ? 'This ROLLBACK takes nothing back' : 'This COMMIT does nothing';
  return {
    at: at.span,
    message: second
      ? 'This BEGIN does nothing, because a transaction is open already: the next COMMIT ends that one, and what comes behind runs outside of any.'
      : `${kept}, because no transaction is open here: what stands before it was kept as each statement ended.`,
    help: second ? 'Remove it, or end the first transaction before.' : 'Begin the transaction with BEGIN, or remove it.',
    // A tool that isn't known may have opened one.
    ...(alone && runner === 'plain' && { quiet: true as const }),
    ...(fix && { fixes: [fix] }),
  };
}

/** What begins and ends inside of the runner's transaction. */
function nested(migration: Migration, block: Block): Finding | undefined {
  const { begin, end } = block;
  const { transaction } = migration;
  const at = begin ?? end;
  // One query of several statements is a transaction only as long as none of them begins one.
  if (!at?.inTransaction || transaction === 'none' || transaction === 'file-if-many') return undefined;
  // Only Drizzle sends each statement alone, and a COMMIT there is the known way out of its transaction.
  if (!begin && (migration.runner === 'drizzle' || leadsOut(migration, at))) return undefined;
  const fix = removal(block);
  return {
    at: at.span,
    message: messageFor(migration, block),
    help: begin && end ? 'Remove both: the runner does it.' : 'Remove it: the runner does it.',
    ...(begin && end && { related: [{ at: end.span, message: 'This ends the transaction of the runner.' }] }),
    ...(isWhole(migration, block) && { quiet: true as const }),
    ...(fix && { fixes: [fix] }),
  };
}

function messageFor({ transaction }: Migration, { begin, end }: Block): string {
  const whose = transaction === 'all' ? 'the one transaction around all pending files' : "the runner's transaction";
  if (!begin) {
    const word = end && commandOf(end) === 'rollback' ? 'ROLLBACK throws away' : 'COMMIT ends';
    return `This ${word} ${whose}: what comes behind it runs outside of any, so a failure there leaves the migration half applied.`;
  }
  if (!end) return `This BEGIN does nothing, because it stands inside of ${whose}.`;
  return `This BEGIN does nothing inside of ${whose}, and its ${commandOf(end) === 'rollback' ? 'ROLLBACK throws that away' : 'COMMIT ends that'}: what comes behind runs outside of any.`;
}

/** Nothing stands before BEGIN or behind its COMMIT, so that both are merely too much. */
function isWhole({ statements }: Migration, { begin, end }: Block): boolean {
  return begin !== undefined && begin === statements[0] && (end === undefined || end === statements.at(-1));
}

function leadsOut({ statements }: Migration, { position }: Statement): boolean {
  const next = statements[position + 1];
  return next !== undefined && outsideOnly(next) !== undefined;
}

/** Takes out BEGIN and its COMMIT; work that was rolled back isn't to be kept by that. */
function removal({ begin, end }: Block): Fix | undefined {
  if (end && commandOf(end) === 'rollback') return undefined;
  const both = [begin, end].flatMap((statement) => (statement?.changes[0] ? [gone(statement, statement.changes[0])] : []));
  const [only] = both;
  if (!only) return undefined;
  const title = begin && end ? 'Remove BEGIN and COMMIT' : begin ? 'Remove BEGIN' : 'Remove COMMIT';
  return { title, kind: 'review', preferred: true, intent: () => (both.length === 1 ? only : { do: 'all', intents: both }) };
}

function gone(statement: Statement, change: Change): Intent {
  return { do: 'splitMigration', statement, change, steps: [{ name: '', statements: [] }], where: 'next' };
}
