// Reports foreign keys, unique constraints and primary keys that a migration drops from a table in use.
import type { Finding, Rule } from '../../linter/rule';
import type { ChangeOf } from '../../model/changes';
import { around, isJustInCase, isOfTable } from '../../model/drops';
import { mayBeInUse } from '../../model/lifetime';
import { sameTable } from '../../model/names';
import type { TableName } from '../../model/nodes';

type Drop = ChangeOf<'dropConstraint' | 'validateConstraint'>;

export const dropConstraint: Rule = {
  id: 'drop-constraint',
  meta: {
    title: 'A migration drops a foreign key, which locks two tables, or a unique constraint, and its index with it.',
    severity: 'info',
    fix: 'none',
    dialects: ['postgresql'],
    bible: '+',
  },
  visit: {
    *change(change) {
      const { table } = change;
      if (change.verb !== 'dropConstraint' || !table || !mayBeInUse(change.lifetime) || isJustInCase(change)) return;
      const { before, after } = around(change);
      // The drop of the table says it all.
      if (after.some((each) => each.verb === 'dropTable' && isOfTable(each, table))) return;
      const kind = kindOf(change);
      if (!kind) return;
      // One word for each kind and table is enough.
      const repeated = before.some((each) => each.verb === 'dropConstraint' && isOfTable(each, table) && kindOf(each) === kind);
      yield { ...(kind === 'reference' ? ofReference(change, table) : ofIndex(change, table)), ...(repeated && { quiet: true as const }) };
    },
  },
};

/** What the constraint is, by the history, or by the ending that PostgreSQL and the ORMs give; undefined where neither tells. */
function kindOf({ before, name }: Drop): 'reference' | 'index' | undefined {
  if (before?.foreignKeys.some(({ dbName }) => dbName === name)) return 'reference';
  if (before?.primaryKey?.name === name || before?.indexes.some((index) => index.name === name)) return 'index';
  if (before && (!before.partial || before.checks.some((check) => check.name === name))) return undefined;
  if (/_(?:fkey|fk)\d*$/i.test(name)) return 'reference';
  return /_(?:p?key|pk|unique)\d*$/i.test(name) ? 'index' : undefined;
}

function ofReference(change: Drop, table: TableName): Finding {
  const own = `\`${table.name}\``;
  const known = change.before?.foreignKeys.find(({ dbName }) => dbName === change.name);
  const other = change.others?.find(({ lifetime, name }) => mayBeInUse(lifetime) && !sameTable(name, table))?.name;
  const locked = other ? `${own} and \`${other.name}\`` : known ? own : `${own} and the table that it refers to`;
  return {
    at: change.span,
    message: `Dropping \`${change.name}\` takes an ACCESS EXCLUSIVE lock on ${locked}: no row is scanned, but every read and write waits for it, and it waits for every transaction that is open there.`,
    help: 'Set a short lock_timeout, and run it at a quiet time.',
  };
}

function ofIndex(change: Drop, table: TableName): Finding {
  const own = `\`${table.name}\``;
  const key = change.before?.primaryKey?.name === change.name ? 'primary key' : 'unique constraint';
  return {
    at: change.span,
    message: `Dropping the ${key} \`${change.name}\` drops its index too, under an ACCESS EXCLUSIVE lock on ${own} that scans no row: values may repeat from then on, and queries that look rows up by them scan the table.`,
    help: 'Make sure that no ON CONFLICT and no frequent query needs it.',
  };
}
