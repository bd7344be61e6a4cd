// Reports unique constraints and primary keys that are added to an existing table while nobody can use it.
import type { Context, Fix, Rule } from '../../linter/rule';
import { splitFixes } from '../../linter/split-fixes';
import type { Change, ChangeOf } from '../../model/changes';
import { isEmptied, isRewrittenAnyway } from '../../model/emptied';
import { mayBeInUse } from '../../model/lifetime';
import { lockCase } from '../../model/locks';
import { sameTable } from '../../model/names';
import type { Schema, TableName } from '../../model/nodes';
import { isPartitioned } from '../../model/partitions';
import { isNamedLater } from '../../model/runners';
import { keySteps, nullableColumns, uniqueColumnSteps } from './blocking-unique.steps';

export const blockingUnique: Rule = {
  id: 'blocking-unique',
  meta: {
    title: 'A unique constraint or primary key builds its index under a lock that blocks all reads and writes of an existing table.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7',
  },
  visit: {
    *change(change, context) {
      if (!mayBeInUse(change.lifetime) || !change.table) return;
      const message = messageFor(change, change.table);
      if (message === undefined || isEmptied(change) || isRewrittenAnyway(change)) return;
      const fails = change.verb === 'addColumn' && (!change.column.nullable || change.column.default !== undefined);
      yield {
        at: change.span,
        message,
        help: helpFor(change, context),
        // A required column without a value fails on the first row anyway, and one value for all rows on the second.
        ...(fails && { quiet: true as const }),
        fixes: fixesFor(change, context),
      };
    },
  },
};

/** What it does to the table; undefined where it builds and reads nothing. */
function messageFor(change: Change, { name }: TableName): string | undefined {
  const lock = `under an ACCESS EXCLUSIVE lock: every read and write of \`${name}\` waits until it is done`;
  if (change.verb === 'addColumn') {
    return lockCase(change) === 'add unique column' ? `A unique column builds its index over all rows ${lock}.` : undefined;
  }
  if (change.verb !== 'addConstraint' || (change.constraint !== 'unique' && change.constraint !== 'primary key')) return undefined;
  const nullable = nullableColumns(change).map((column) => `\`${column}\``).join(', ');
  if (change.usingIndex !== undefined) {
    return nullable === '' ? undefined : `The index is there, but making it the primary key reads all rows for nulls in ${nullable} ${lock}.`;
  }
  return change.constraint === 'unique'
    ? `Adding this constraint builds its index over all rows ${lock}.`
    : `Adding this primary key builds its index over all rows${nullable === '' ? '' : ` and reads them for nulls in ${nullable}`} ${lock}.`;
}

function helpFor(change: Change, { schema }: Context): string {
  if (change.table && isPartitioned(schema, change.table)) return 'Add it to each partition first, over an index that was built CONCURRENTLY.';
  if (change.verb === 'addColumn') return 'Add the column alone; then build a unique index CONCURRENTLY, and add the constraint USING INDEX.';
  if (change.verb === 'addConstraint' && change.usingIndex !== undefined) return 'Add CHECK (… IS NOT NULL) NOT VALID and validate it before.';
  return change.statement.migration.transaction === 'all'
    ? 'Build a unique index CONCURRENTLY in an earlier deploy, then add the constraint USING INDEX.'
    : 'Build a unique index CONCURRENTLY, then add the constraint USING INDEX.';
}

function fixesFor(change: Change, { schema }: Context): Fix[] {
  if (change.verb === 'addColumn') return fixesForColumn(change, schema);
  if (change.verb !== 'addConstraint' || !change.table || isPartitioned(schema, change.table)) return [];
  if (change.statement.inTransaction && isReliedOn(change, change.table, schema)) return [];
  const split = keySteps(change);
  if (!split) return [];
  const title = change.usingIndex === undefined ? 'Build the index CONCURRENTLY, then add the constraint over it' : 'Prove that the key is present, then add it';
  return splitFixes(split.change, split.steps, { title, kind: 'review' });
}

/** A required column without a value, or one value for all rows, needs another answer than an index. */
function fixesForColumn(change: ChangeOf<'addColumn'>, schema: Schema): Fix[] {
  const { column, statement, table } = change;
  if (!table || !column.nullable || column.default || isPartitioned(schema, table)) return [];
  if (statement.inTransaction && isNamedLater(column.dbName, statement, schema.migrations)) return [];
  const steps = uniqueColumnSteps(change);
  return steps ? splitFixes(change, steps, { title: `Add \`${column.name}\` first, build its index CONCURRENTLY, then add the constraint over it`, kind: 'review' }) : [];
}

/** Whether something behind it needs it in its place: a foreign key to the table, or a statement that names it. */
function isReliedOn(change: ChangeOf<'addConstraint'>, table: TableName, { migrations }: Schema): boolean {
  if (change.name !== undefined && isNamedLater(change.name, change.statement, migrations)) return true;
  const from = Math.max(migrations.indexOf(change.statement.migration), 0);
  return migrations.slice(from).some(({ statements }, at) =>
    statements.some((each) => {
      if (at === 0 && each.position < change.statement.position) return false;
      return each.changes.some((later) => targetsOf(later).some((target) => sameTable(target, table)) || takesAway(later, table)) || isUpsert(each.text, table);
    }),
  );
}

function targetsOf(change: Change): readonly TableName[] {
  if (change.verb === 'addForeignKey') return [change.foreignKey.target];
  if (change.verb === 'addTable') return change.created.foreignKeys.map(({ target }) => target);
  return change.verb === 'addColumn' ? (change.targets ?? []) : [];
}

function takesAway(change: Change, table: TableName): boolean {
  const gone = change.verb === 'dropTable' || change.verb === 'renameTable' || change.verb === 'renameColumn' || change.verb === 'dropColumn';
  return gone && change.table !== undefined && sameTable(change.table, table);
}

function isUpsert(text: string, { name }: TableName): boolean {
  return /\bON\s+CONFLICT\b/i.test(text) && text.includes(name);
}
