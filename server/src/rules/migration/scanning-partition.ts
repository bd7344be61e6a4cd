// Reports partitions that are attached with a long read, or detached with a lock that everybody waits for.
import type { Context, Finding, Fix, Rule } from '../../linter/rule';
import type { Change, ChangeOf } from '../../model/changes';
import { mayBeInUse } from '../../model/lifetime';
import { sameTable } from '../../model/names';
import type { Schema, TableName } from '../../model/nodes';
import { isWrapped } from '../../model/runners';
import { isWord, sourceOf, sqlTokens } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';
import { boundOf, fits } from './scanning-partition.bounds';

export const scanningPartition: Rule = {
  id: 'scanning-partition',
  meta: {
    title: 'A partition is attached or detached in a way that blocks its users.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change, context) {
      const finding = change.verb === 'attachPartition' ? attached(change, context) : change.verb === 'detachPartition' ? detached(change, context) : undefined;
      if (finding) yield { at: actionSpan(change), ...finding };
    },
  },
};

type Part = Pick<Finding, 'message' | 'help' | 'fixes'>;

function attached(change: ChangeOf<'attachPartition' | 'detachPartition'>, { schema, table: find }: Context): Part | undefined {
  const { partition, statement, others } = change;
  if (!mayBeInUse(others?.[0]?.lifetime ?? 'unknown')) return undefined;
  const bound = boundOf(change);
  if (fits(change, bound, schema, find(partition))) return undefined;
  const apart = statement.migration.transaction === 'all' ? 'each in a deploy of its own' : 'each in a transaction of its own';
  return {
    message: `Attaching \`${partition.name}\` reads all its rows under an ACCESS EXCLUSIVE lock, to see that they fit: every read and write of it waits until that is done.`,
    help:
      bound === 'hash'
        ? 'Attach it while it is empty, or at a time when nobody needs it.'
        : `First add a CHECK that says the same, NOT VALID, and VALIDATE it, ${apart}.`,
  };
}

function detached(change: ChangeOf<'attachPartition' | 'detachPartition'>, { schema, facts }: Context): Part | undefined {
  const { table, partition, concurrently, lifetime } = change;
  if (concurrently || !table || !mayBeInUse(lifetime) || isWrapped(change)) return undefined;
  if (facts.postgresVersion !== undefined && facts.postgresVersion < 14) return undefined;
  // PostgreSQL refuses CONCURRENTLY there.
  if (hasDefault(table, schema)) return undefined;
  return {
    message: `Detaching \`${partition.name}\` takes an ACCESS EXCLUSIVE lock on \`${table.name}\`: every read and write of all its partitions waits for it, and it waits for every transaction that is open there.`,
    help: 'Add CONCURRENTLY, which PostgreSQL has since 14.',
    fixes: [concurrentlyFix(change)],
  };
}

function concurrentlyFix({ statement, span }: Change): Fix {
  const word = statement.text.startsWith('a') ? ' concurrently' : ' CONCURRENTLY';
  return {
    title: 'Detach it CONCURRENTLY',
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'replaceText', edits: [{ file: span.file, start: span.end, end: span.end, newText: word }] }),
  };
}

/** Whether the history shows a partition for all other rows. */
function hasDefault(parent: TableName, { migrations }: Schema): boolean {
  return migrations.some(({ statements }) =>
    statements.some(({ changes, text }) =>
      changes.some((change) => {
        if (change.verb === 'addTable') {
          const { partitionOf } = change.created;
          return partitionOf !== undefined && sameTable(partitionOf, parent) && sqlTokens(text).some((token) => token.depth === 0 && isWord(token, 'DEFAULT'));
        }
        return change.verb === 'attachPartition' && change.table !== undefined && sameTable(change.table, parent) && boundOf(change) === 'default';
      }),
    ),
  );
}

/** The action up to the partition's name. */
function actionSpan({ statement, span }: Change): Span {
  const tokens = sqlTokens(sourceOf(statement, span) ?? '');
  const last = tokens[3]?.text === '.' ? tokens[4] : tokens[2];
  const from = span.start - statement.span.start;
  return last ? partOf(statement.span, from, from + last.end) : span;
}
