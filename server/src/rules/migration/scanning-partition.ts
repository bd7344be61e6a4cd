// Reports partitions that are attached with a long read, or detached with a lock that everybody waits for.
import type { Context, Finding, Fix, Rule } from '../../linter/rule';
import { splitFixes, staysHere } from '../../linter/split-fixes';
import type { Change, ChangeOf } from '../../model/changes';
import { mayBeInUse } from '../../model/lifetime';
import { sameTable } from '../../model/names';
import type { Schema, TableName } from '../../model/nodes';
import { isNamedLater, isWrapped } from '../../model/runners';
import { isWord, sourceOf, sqlTokens } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';
import { boundOf, fits, partitionKey, type Bound } from './scanning-partition.bounds';
import { attachSteps } from './scanning-partition.steps';

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

function attached(change: ChangeOf<'attachPartition' | 'detachPartition'>, context: Context): Part | undefined {
  const { partition, statement, others } = change;
  const { schema, table: find } = context;
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
    fixes: provenFixes(change, bound, context),
  };
}

/** Where there is a partition for all other rows, that one is read as well, to see that it has none of the new one's. */
function provenFixes(change: ChangeOf<'attachPartition' | 'detachPartition'>, bound: Bound, { schema, table: find }: Context): Fix[] {
  const { table, partition, statement } = change;
  if (!table || bound === 'hash' || bound === 'default' || hasDefault(table, schema)) return [];
  const steps = attachSteps(change, partitionKey(table, schema), find(partition));
  if (!steps) return [];
  const fixes = splitFixes(change, steps, { title: `Prove the rows of \`${partition.name}\` under a light lock, then attach it`, kind: 'review' });
  return [table, partition].some(({ name }) => isNamedLater(name, statement, schema.migrations)) ? fixes.filter(staysHere) : fixes;
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
