// Reports triggers that are made or switched off on tables in use, and sessions in which none fires.
import type { Finding, Rule } from '../../linter/rule';
import type { Change, Statement } from '../../model/changes';
import { mayBeInUse } from '../../model/lifetime';
import { lockCase } from '../../model/locks';
import { sameTable } from '../../model/names';
import { isWord, sourceOf, sqlTokens } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';

export const triggerLock: Rule = {
  id: 'trigger-lock',
  meta: {
    title: 'A trigger is made on an existing table, or all triggers are switched off.',
    severity: 'info',
    fix: 'none',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change) {
      const finding = change.verb === 'set' ? replica(change) : change.verb === 'other' ? onTable(change) : undefined;
      if (finding) yield finding;
    },
  },
};

function onTable(change: Change): Finding | undefined {
  const { table, lifetime, before, statement, span } = change;
  if (!table || !mayBeInUse(lifetime)) return undefined;
  // Nobody's writes wait for a view.
  if (before && before.objectKind !== 'table') return undefined;
  const which = lockCase(change);
  if (which === 'create trigger') {
    if (isLockedBefore(change)) return undefined;
    const until = statement.inTransaction ? 'waits until the transaction ends' : 'waits for it';
    return {
      at: change.tableSpan ?? span,
      message: `Creating this trigger takes a SHARE ROW EXCLUSIVE lock on \`${table.name}\`: every insert, update and delete ${until}, and it waits for every transaction that has written there.`,
      help: statement.inTransaction && !isLast(statement) ? 'Give it a migration of its own, or make it the last statement.' : 'Set a lock_timeout, so that it gives up instead of making others wait.',
    };
  }
  if (which !== 'switch trigger' || !/^DISABLE\s+TRIGGER\s+ALL$/i.test(sourceOf(statement, span) ?? '')) return undefined;
  return {
    at: span,
    message: `This also switches off the foreign keys of \`${table.name}\` and those that lead to it, for every session: rows that point nowhere get in, and no later check finds them.`,
    help: 'Disable only the triggers that are in the way, by name, or USER.',
  };
}

/** Whether an earlier statement of the same transaction has made a trigger there: then the lock is held already. */
function isLockedBefore({ table, statement }: Change): boolean {
  const { migration, transaction, position } = statement;
  if (!table || transaction === undefined) return false;
  return migration.statements.some((each) => {
    if (each.position >= position || each.transaction !== transaction) return false;
    return each.changes.some((earlier) => earlier.table && sameTable(earlier.table, table) && lockCase(earlier) === 'create trigger');
  });
}

function isLast({ migration, transaction, position }: Statement): boolean {
  return !migration.statements.some((each) => each.position > position && each.transaction === transaction && each.node !== 'TransactionStmt');
}

/** SET session_replication_role = replica. */
function replica(change: Change): Finding | undefined {
  if (change.verb !== 'set' || change.name.toLowerCase() !== 'session_replication_role') return undefined;
  const { text } = change.statement;
  const value = sqlTokens(text).at(-1);
  const on = value?.kind === 'string' ? /^'replica'$/i.test(value.text) : value?.kind === 'quoted' ? value.text === '"replica"' : isWord(value, 'REPLICA');
  if (!on) return undefined;
  return {
    at: spanOf(change),
    message: 'Until it is set back, ordinary triggers stand still in this session, those of foreign keys included: rows that point nowhere get in, and no later check finds them.',
    help: 'Disable only the triggers that are in the way, by name.',
  };
}

function spanOf({ statement }: Change): Span {
  return partOf(statement.span, 0, statement.text.length);
}
