// Reports tables that a migration drops or empties, as an error where something still uses a dropped one.
import type { Finding, Rule } from '../../linter/rule';
import { inPlaces, stillUsed } from '../../linter/still-used';
import type { Change, ChangeOf, Statement } from '../../model/changes';
import { around, isJustInCase, isOfTable } from '../../model/drops';
import { mayBeInUse } from '../../model/lifetime';
import type { UsePlace } from '../../model/queries';
import { isWord, sqlTokens } from '../../model/sql-text';

export const dropTable: Rule = {
  id: 'drop-table',
  meta: {
    title: 'A migration drops or empties a table: its rows are gone, and whatever still uses it fails.',
    severity: 'warning',
    fix: 'none',
    code: 'drops',
    dialects: ['postgresql'],
    bible: '§7 M4',
  },
  visit: {
    *change(change, { table: find, usesOf }) {
      if (!change.table || !mayBeInUse(change.lifetime)) return;
      if (change.verb === 'truncate') yield emptied(change);
      if (change.verb !== 'dropTable' || isPreparation(change) || isReplaced(change)) return;
      yield found(change, find(change.table) ? [] : usesOf(change.table));
    },
    *statement(statement) {
      const dropped = databaseOrSchema(statement);
      if (!dropped) return;
      yield {
        at: statement.span,
        message: `Dropping ${dropped} loses every table in it for good, with all rows.`,
        help: 'Take a backup first, and make sure that nothing connects to it any more.',
      };
    },
  },
};

function emptied(change: ChangeOf<'dropTable' | 'truncate'>): Finding {
  const table = `\`${change.table?.name ?? ''}\``;
  return {
    at: change.tableSpan ?? change.span,
    message: `TRUNCATE deletes every row of ${table} for good, under an ACCESS EXCLUSIVE lock that all reads and writes wait for until the migration ends.`,
    help: 'Make sure that none of its rows is needed.',
  };
}

/** `DROP TABLE IF EXISTS` before a CREATE TABLE of the same name. */
function isPreparation(change: Change): boolean {
  const { table } = change;
  return isJustInCase(change) && table !== undefined && around(change).after.some((each) => each.verb === 'addTable' && isOfTable(each, table));
}

/** A table that the same migration has made and filled takes its name. */
function isReplaced(change: Change): boolean {
  return around(change).after.some((each) => each.verb === 'renameTable' && each.newName === change.table?.name);
}

function found(change: ChangeOf<'dropTable' | 'truncate'>, uses: readonly UsePlace[]): Finding {
  const table = `\`${change.table?.name ?? ''}\``;
  const at = change.tableSpan ?? change.span;
  if (uses.length > 0) {
    return {
      at,
      message: `${table} is still used ${inPlaces(uses)}, and all of that fails from the moment this has run.`,
      help: 'Deploy the code without it first, and drop the table in a later migration.',
      ...stillUsed(uses, table),
    };
  }
  return {
    at,
    message: `Dropping ${table} loses its rows for good, and each version of the code that is still deployed and uses it fails at once; the lock (ACCESS EXCLUSIVE) is on the tables that it references as well, and is short.`,
    help: 'Make sure that no deployed version still uses it, and take a backup.',
    ...(isJustInCase(change) && { quiet: true as const }),
  };
}

/** What a DROP DATABASE, or a DROP SCHEMA that takes the tables with it, drops. An empty schema is no loss. */
function databaseOrSchema({ node, text }: Statement): string | undefined {
  if (node === 'DropdbStmt') return 'the database';
  if (node !== 'DropStmt') return undefined;
  const tokens = sqlTokens(text);
  return isWord(tokens[1], 'SCHEMA') && tokens.some((token) => isWord(token, 'CASCADE')) ? 'the schema' : undefined;
}
