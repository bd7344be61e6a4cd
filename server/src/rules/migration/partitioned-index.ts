// Reports CONCURRENTLY builds of an index on a partitioned table, which PostgreSQL refuses.
import type { Rule } from '../../linter/rule';
import { splitFixes } from '../../linter/split-fixes';
import type { Schema } from '../../model/nodes';
import { isPartitioned } from '../../model/partitions';
import { isWord, sqlTokens } from '../../model/sql-text';
import { partOf } from '../../text/span';
import { partitionedIndexSteps } from './partitioned-index.steps';
import type { ChangeOf } from '../../model/changes';

export const partitionedIndex: Rule = {
  id: 'partitioned-index',
  meta: {
    title: 'An index is built CONCURRENTLY on a partitioned table, which PostgreSQL refuses.',
    severity: 'error',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change, { schema }) {
      if (change.verb !== 'addIndex' || !change.index.concurrently || !change.table || !isPartitioned(schema, change.table)) return;
      const { statement, table } = change;
      const word = sqlTokens(statement.text).find((token) => isWord(token, 'CONCURRENTLY'));
      if (!word) return;
      yield {
        at: partOf(statement.span, word.start, word.end),
        message: `The migration fails here, because \`${table.name}\` is split into partitions, and PostgreSQL builds no index on all of them CONCURRENTLY.`,
        help: 'Create it ON ONLY the parent, CONCURRENTLY on each partition, then ATTACH.',
        fixes: fixesFor(change, schema),
      };
    },
  },
};

function fixesFor(change: ChangeOf<'addIndex'>, schema: Schema): ReturnType<typeof splitFixes> {
  const steps = partitionedIndexSteps(change, schema.migrations);
  return steps ? splitFixes(change, steps, { title: 'Build it on each partition and attach it', kind: 'review' }) : [];
}
