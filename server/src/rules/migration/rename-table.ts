// Reports tables that a migration renames under the code that uses them.
import type { Finding, Fix, Rule } from '../../linter/rule';
import { inPlaces, stillUsed } from '../../linter/still-used';
import type { Change, ChangeOf } from '../../model/changes';
import { around } from '../../model/drops';
import { mayBeInUse } from '../../model/lifetime';
import type { Facts } from '../../model/facts';
import type { Table } from '../../model/nodes';
import type { UsePlace } from '../../model/queries';
import { inCaseOf, isWord, sourceOf, sqlTokens } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';

type Rename = ChangeOf<'renameTable'>;

export const renameTable: Rule = {
  id: 'rename-table',
  meta: {
    title: 'A migration renames a table under the code that uses it.',
    severity: 'warning',
    fix: 'review',
    code: 'drops',
    dialects: ['postgresql'],
    bible: 'L',
  },
  visit: {
    *change(change, { table: find, usesOf, facts }) {
      if (change.verb !== 'renameTable' || !change.table || !mayBeInUse(change.lifetime) || !isTable(change)) return;
      const { name } = change.table;
      const { before, after } = around(change);
      if (after.some((each) => takesName(each, name))) return;
      // It has that name only since this migration.
      if (before.some((each) => each.verb === 'renameTable' && each.newName === name)) return;
      const table = change.before ?? find({ ...change.table, name: change.newName });
      yield found(change, find(change.table) ? [] : usesOf(change.table), withView(change, table, facts));
    },
  },
};

/** A view, or another table, answers to the old name. */
function takesName(change: Change, name: string): boolean {
  if (change.verb === 'addView') return change.name === name;
  return (change.verb === 'addTable' && change.created.dbName === name) || (change.verb === 'renameTable' && change.newName === name);
}

/** ALTER TABLE renames indexes, sequences and views as well. */
function isTable({ statement, table, lifetime, before }: Rename): boolean {
  if (!/^ALTER\s+(?:FOREIGN\s+)?TABLE\b/i.test(statement.text)) return false;
  if (before) return before.objectKind === 'table';
  return lifetime !== 'unknown' || !/_(?:seq|idx|pkey|key)$/.test(table?.name ?? '');
}

function found(change: Rename, uses: readonly UsePlace[], view: Fix | undefined): Finding {
  const table = `\`${change.table?.name ?? ''}\``;
  const message =
    uses.length > 0
      ? `${table} is still used by that name ${inPlaces(uses)}, and all of that fails from the moment this has run.`
      : `From the moment that ${table} is called \`${change.newName}\`, each version of the code that is still deployed and uses the old name fails; the table itself is locked only for a moment (ACCESS EXCLUSIVE), and neither scanned nor rewritten.`;
  return {
    at: renameSpan(change),
    message,
    help: view ? 'Leave a view of the old name until nothing uses it.' : 'Make sure that no deployed version still uses the old name.',
    ...(uses.length > 0 && stillUsed(uses, table)),
    ...(view && { fixes: [view] }),
  };
}

/** `RENAME TO …` */
function renameSpan({ statement, span }: Pick<Change, 'statement' | 'span'>): Span {
  const rename = sqlTokens(statement.text).find((token) => isWord(token, 'RENAME'));
  return rename ? partOf(statement.span, rename.start, statement.text.length) : span;
}

/** The rename together with a simple view of the old name, through which rows can be written as well. */
function withView(change: Rename, table: Table | undefined, { postgresVersion }: Facts): Fix | undefined {
  const { statement } = change;
  const old = sourceOf(statement, change.tableSpan);
  const last = sqlTokens(statement.text).at(-1);
  if (old === undefined || !last) return undefined;
  // A view runs as its owner, whom row level security doesn't hold back, unless it asks for the opposite.
  const secured = table?.rowSecurity !== undefined;
  if (secured && postgresVersion !== undefined && postgresVersion < 15) return undefined;
  const prefix = /^(?:"(?:[^"]|"")*"|[^".]+)\s*\.\s*/.exec(old)?.[0] ?? '';
  const view = inCaseOf(statement.text, `CREATE VIEW ${old}${secured ? ' WITH (security_invoker = true)' : ''} AS SELECT * FROM ${prefix}${last.text};`);
  const steps = [`${statement.text};`, view];
  // Between the two statements nobody may look for the old name.
  const apart = !statement.inTransaction && statement.migration.transaction === 'none';
  const wrap = inCaseOf(statement.text, 'BEGIN COMMIT').split(' ');
  const statements = apart ? [`${wrap[0] ?? ''};`, ...steps, `${wrap[1] ?? ''};`] : steps;
  return {
    title: `Leave a view called \`${change.table?.name ?? ''}\` behind`,
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'splitMigration', statement, change, steps: [{ name: 'rename', statements }], where: 'here' }),
  };
}
