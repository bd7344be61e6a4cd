// Reports index work that makes the users of an existing table wait.
import type { Fix, Rule } from '../../linter/rule';
import type { Change, ChangeOf } from '../../model/changes';
import { lockHeld } from '../../model/held-locks';
import { mayBeInUse } from '../../model/lifetime';
import { sameTable } from '../../model/names';
import type { Schema, TableName } from '../../model/nodes';
import { isPartitioned } from '../../model/partitions';
import { isWrapped, wayOut } from '../../model/runners';
import type { Span } from '../../text/span';

export const blockingIndex: Rule = {
  id: 'blocking-index',
  meta: {
    title: 'An index is built, dropped or rebuilt under a lock that blocks an existing table.',
    severity: 'warning',
    fix: 'safe',
    dialects: ['postgresql'],
    bible: '§7 L',
  },
  visit: {
    *change(change, { schema }) {
      if (!mayBeInUse(change.lifetime)) return;
      const hazard = hazardOf(change, schema);
      if (!hazard) return;
      const fix = hazard.fixable ? fixFor(change) : undefined;
      yield { at: hazard.at, message: hazard.message, help: helpFor(change, hazard), ...(isRepeated(change, schema) && { quiet: true as const }), ...(fix && { fixes: [fix] }) };
    },
  },
};

/** Whether an earlier statement of the file was told the same about the same table. */
function isRepeated({ verb, table, statement }: Change, schema: Schema): boolean {
  if (!table) return false;
  return statement.migration.statements.some(
    (each) => each.position < statement.position && each.changes.some((other) => other.verb === verb && other.table && sameTable(other.table, table) && mayBeInUse(other.lifetime) && hazardOf(other, schema)),
  );
}

interface Hazard {
  readonly at: Span;
  readonly message: string;
  /** CONCURRENTLY can be written into this statement. */
  readonly fixable: boolean;
}

type IndexWork = ChangeOf<'dropIndex' | 'reindex' | 'refreshView'>;

function hazardOf(change: Change, schema: Schema): Hazard | undefined {
  switch (change.verb) {
    case 'addIndex':
      return buildHazard(change, schema);
    case 'dropIndex':
      return change.concurrently ? undefined : dropHazard(change, schema);
    case 'reindex':
      return change.concurrently ? undefined : rebuildHazard(change);
    case 'refreshView':
      return change.concurrently ? undefined : refreshHazard(change);
    default:
      return undefined;
  }
}

function buildHazard(change: ChangeOf<'addIndex'>, schema: Schema): Hazard | undefined {
  if (change.index.concurrently) return undefined;
  // ON ONLY makes an empty entry on the partitioned table, to which built indexes are attached later.
  if (/\bON\s+ONLY\b/i.test(change.statement.text)) return undefined;
  const table = nameOf(change.table);
  return {
    at: change.index.nameSpan,
    message: `Building this index takes a SHARE lock on ${table}: every insert, update and delete waits until it is built.`,
    fixable: !(change.table && isPartitioned(schema, change.table)),
  };
}

function dropHazard(change: IndexWork, schema: Schema): Hazard | undefined {
  const { table: own } = change;
  // Nobody can use the table anyway, and the drop itself takes a moment.
  if (own && lockHeld(change.statement, ['ACCESS EXCLUSIVE'], (held) => sameTable(held, own))) return undefined;
  const index = change.names.map(nameOf).join(', ');
  const table = change.table ? nameOf(change.table) : 'its table';
  return {
    at: change.span,
    message: `Dropping ${index} takes an ACCESS EXCLUSIVE lock on ${table}: every read and write waits for it, and it waits for every transaction that is open there.`,
    fixable: !(change.table && isPartitioned(schema, change.table)),
  };
}

function rebuildHazard(change: IndexWork): Hazard {
  const object = change.names.map(nameOf).join(', ') || 'the database';
  return {
    at: change.span,
    message: `Rebuilding ${object} takes a SHARE lock on the table and an ACCESS EXCLUSIVE lock on each index: every write waits, and so does every read that plans with the index.`,
    fixable: !/^REINDEX\s+(\([^)]*\)\s*)?SYSTEM\b/i.test(change.statement.text),
  };
}

function refreshHazard(change: IndexWork): Hazard | undefined {
  // WITH NO DATA only empties the view, and can't be combined with CONCURRENTLY.
  if (/\bWITH\s+NO\s+DATA\b/i.test(change.statement.text)) return undefined;
  const view = change.names.map(nameOf).join(', ');
  return {
    at: change.span,
    message: `Refreshing ${view} takes an ACCESS EXCLUSIVE lock on it: every read waits until the query has run again.`,
    fixable: true,
  };
}

function fixFor(change: Change): Fix | undefined {
  const { statement } = change;
  const refresh = change.verb === 'refreshView';
  const apart = !refresh && isWrapped(change);
  const way = wayOut(statement.migration);
  if (apart && way === 'never') return undefined;
  return {
    title: !apart
      ? 'Do it CONCURRENTLY'
      : way === 'commit'
        ? 'Commit what is pending, then do it CONCURRENTLY'
        : 'Do it CONCURRENTLY, outside the transaction',
    // A refresh needs a unique index on the view, which the text doesn't tell; IF NOT EXISTS goes, for a reason of its own.
    kind: apart || refresh || (change.verb === 'addIndex' && change.ifNotExists) ? 'review' : 'safe',
    preferred: true,
    intent: () => ({ do: 'buildConcurrently', change }),
  };
}

function helpFor(change: Change, hazard: Hazard): string {
  const { migration } = change.statement;
  if (change.verb === 'refreshView') return 'Add CONCURRENTLY, which needs a unique index on the view.';
  if (change.verb === 'addIndex' && !hazard.fixable) {
    return 'Create it ON ONLY the parent, CONCURRENTLY on each partition, then ATTACH.';
  }
  if (!isWrapped(change)) return 'Add CONCURRENTLY.';
  const all = migration.transaction === 'all';
  switch (wayOut(migration)) {
    case 'commit':
      return 'Do it CONCURRENTLY behind a COMMIT, or by hand before the deploy: all pending files run in one transaction.';
    case 'never': {
      const where = all ? 'all pending files run in one transaction' : 'this runner has no way out of its transaction';
      return change.verb === 'addIndex'
        ? `Build it CONCURRENTLY by hand before the deploy, and write IF NOT EXISTS here: ${where}.`
        : `Do it CONCURRENTLY by hand: ${where}.`;
    }
    case 'whole':
    case 'concurrently':
      return 'Do it CONCURRENTLY, in a migration of its own.';
  }
}

function nameOf(name: TableName | undefined): string {
  if (!name) return 'the table';
  return `\`${name.schema === undefined ? name.name : `${name.schema}.${name.name}`}\``;
}
