// Reports writes to every row of an existing table in one statement.
import { splitFixes, staysHere } from '../../linter/split-fixes';
import type { Fix, Rule } from '../../linter/rule';
import { batchedWrite } from '../../model/batched';
import type { MigrationStep } from '../../model/intents';
import { lockHeld } from '../../model/held-locks';
import { mayBeInUse } from '../../model/lifetime';
import type { Schema } from '../../model/nodes';
import { isPartitioned } from '../../model/partitions';
import { isNamedLater, wayOut } from '../../model/runners';
import { isWord, quoted, sourceOf, sqlTokens } from '../../model/sql-text';
import { stepName } from '../../model/statement-names';
import { wholeWrite, type WholeWrite } from '../../model/whole-table';
import { partOf } from '../../text/span';

export const unbatchedBackfill: Rule = {
  id: 'unbatched-backfill',
  meta: {
    title: 'A migration updates or deletes every row of an existing table at once.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7 L',
  },
  visit: {
    *change(change, { schema }) {
      const write = mayBeInUse(change.lifetime) ? wholeWrite(change) : undefined;
      if (!write || !change.table || !change.tableSpan) return;
      const { statement, tableSpan } = change;
      const name = `\`${change.table.name}\``;
      const end = tableSpan.end + (statement.text.charAt(tableSpan.end - statement.span.start) === '"' ? 1 : 0);
      const fixes = fixesOf(write, schema);
      yield {
        at: partOf(statement.span, write.start, end - statement.span.start),
        message:
          write.command === 'update'
            ? `This UPDATE writes every row of ${name} and keeps each locked to the end: whoever wants to write one of them waits, and the table grows by a second copy.`
            : `This DELETE removes every row of ${name} and keeps each locked to the end: whoever wants to write one of them waits until all are gone.`,
        help: helpOf(write),
        // The rule about what is held meanwhile is the louder one.
        ...(lockHeld(statement, ['ACCESS EXCLUSIVE', 'SHARE ROW EXCLUSIVE']) && { quiet: true as const }),
        ...(fixes.length > 0 && { fixes }),
      };
    },
  },
};

function helpOf({ change, command }: WholeWrite): string {
  const what = command === 'update' ? 'Write the rows' : 'Delete the rows';
  const { migration, inTransaction } = change.statement;
  if (!inTransaction) return `${what} in batches, each in a transaction of its own.`;
  const way = wayOut(migration);
  return way === 'never' || way === 'concurrently'
    ? `${what} in batches by a script of its own: this runner's transaction holds the locks of all batches together.`
    : `${what} in batches, each in a transaction of its own, outside of the migration's.`;
}

function fixesOf(write: WholeWrite, schema: Schema): Fix[] {
  const { change } = write;
  const { statement, before, table } = change;
  const { migration } = statement;
  if (!write.plain || !mayRepeat(write) || !before || !table || isPartitioned(schema, table) || statement.text.includes('$$')) return [];
  const title = write.command === 'update' ? `Update \`${table.name}\` in batches` : `Delete from \`${table.name}\` in batches`;
  const steps = [batches(write)];
  // The only statement of a file that is sent as one query stands alone.
  if (!statement.inTransaction && (migration.transaction !== 'file-if-many' || migration.statements.length === 1)) {
    return [{ title, kind: 'review', preferred: true, intent: () => ({ do: 'splitMigration', statement, change, steps, where: 'here' }) }];
  }
  // Nothing but CONCURRENTLY gets out of such a transaction.
  if (wayOut(migration) === 'concurrently') return [];
  const fixes = splitFixes(change, steps, { title, kind: 'review' });
  if (!isNamedLater(table.name, statement, schema.migrations)) return fixes;
  return fixes.filter(staysHere);
}

/**
 * Whether no row's turn comes twice with another outcome: the loop's own key stays as it is, and where rows are found by
 * their place, which an UPDATE changes, no column is made from itself.
 */
function mayRepeat({ change, command, head }: WholeWrite): boolean {
  if (command === 'delete') return true;
  const tokens = sqlTokens(head);
  const set = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'SET'));
  if (tokens[set + 1]?.text === '(') return false;
  const nameAt = (at: number): string => (tokens[at]?.kind === 'quoted' ? (tokens[at]?.text.slice(1, -1) ?? '') : (tokens[at]?.text.toLowerCase() ?? ''));
  const assigned = tokens.flatMap((token, at) => (at > set && token.depth === 0 && token.text === '=' ? [nameAt(at - 1)] : []));
  const key = keyOf(change);
  if (key !== undefined) return !assigned.includes(key);
  return assigned.every((name) => tokens.filter((_, at) => at > set && nameAt(at) === name).length === 1);
}

/** The one column of the primary key. */
function keyOf({ before }: WholeWrite['change']): string | undefined {
  const parts = before?.primaryKey?.parts ?? [];
  return parts.length === 1 ? parts[0]?.column : undefined;
}

function batches({ change, head, condition }: WholeWrite): MigrationStep {
  const { statement } = change;
  const own = change.table?.name ?? '';
  const table = sourceOf(statement, change.tableSpan) ?? quoted(own, true);
  const only = keyOf(change);
  const key = only === undefined ? undefined : quoted(only, table.includes('"'));
  const where = condition === undefined || /^true$/i.test(condition) ? undefined : /\bOR\b/i.test(condition) ? `(${condition})` : condition;
  const text = batchedWrite({ table, write: head, where, key, commits: true });
  return { name: `fill_${stepName(own)}`, statements: [text], outsideTransaction: true };
}
