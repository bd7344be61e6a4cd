// Reports writes of many rows in a transaction that keeps an existing table locked meanwhile.
import { splitFixes } from '../../linter/split-fixes';
import type { Fix, Rule } from '../../linter/rule';
import type { Change, ChangeOf } from '../../model/changes';
import { lockHeld, type TakenLock } from '../../model/held-locks';
import { mayBeInUse } from '../../model/lifetime';
import { blocks } from '../../model/lock-table';
import type { Schema } from '../../model/nodes';
import { isNamedLater } from '../../model/runners';
import { isWord, sqlTokens } from '../../model/sql-text';
import { stepName } from '../../model/statement-names';
import { partOf } from '../../text/span';

export const backfillUnderLock: Rule = {
  id: 'backfill-under-lock',
  meta: {
    title: 'Rows are updated or deleted in a transaction that keeps an existing table locked.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql'],
    bible: '§7 X3',
  },
  visit: {
    *change(change, { schema }) {
      if (!isLongWrite(change)) return;
      const held = lockHeld(change.statement, ['ACCESS EXCLUSIVE', 'SHARE ROW EXCLUSIVE']);
      if (!held) return;
      const fixes = fixesOf(change, schema);
      yield {
        at: headOf(change),
        message: messageOf(change, held),
        help: helpOf(change),
        related: [{ at: held.change.span, message: `This takes the ${held.lock} lock on \`${held.table.name}\`.` }],
        ...(isRepeated(change, held) && { quiet: true as const }),
        ...(fixes.length > 0 && { fixes }),
      };
    },
  },
};

function isLongWrite(change: Change): change is ChangeOf<'write'> {
  return change.verb === 'write' && change.table !== undefined && mayBeInUse(change.lifetime) && touchesManyRows(change);
}

/** A write before it, under the same lock, has been told already. */
function isRepeated({ statement }: ChangeOf<'write'>, held: TakenLock): boolean {
  const from = held.change.statement.position;
  return statement.migration.statements.some(
    (each) => each.position > from && each.position < statement.position && each.transaction === statement.transaction && each.changes.some(isLongWrite),
  );
}

/** All but rows that are written down one by one, or chosen by one key. */
function touchesManyRows({ command, statement }: ChangeOf<'write'>): boolean {
  if (command === 'copy') return false;
  const tokens = sqlTokens(statement.text);
  const flat = tokens.filter(({ depth }) => depth === 0);
  if (command === 'insert') return flat.some((token) => isWord(token, 'SELECT')) && flat.some((token) => isWord(token, 'FROM'));
  const where = flat.findIndex((token) => isWord(token, 'WHERE'));
  if (where < 0) return true;
  const condition = flat.slice(where + 1);
  // A constant that a column must equal, not combined by OR: a few rows, most often one.
  const equals = condition.some(({ text }, at) => text === '=' && ['string', 'number'].includes(condition[at + 1]?.kind ?? ''));
  const lists = condition.some((token, at) => isWord(token, 'IN') && condition[at + 1]?.text === '(') && !tokens.some((token) => token.depth > 0 && isWord(token, 'SELECT'));
  return !equals && !lists;
}

function headOf({ statement, tableSpan, command }: ChangeOf<'write'>): ReturnType<typeof partOf> {
  const { text, span } = statement;
  const verb = sqlTokens(text).find((token) => token.depth === 0 && isWord(token, command.toUpperCase()));
  if (!tableSpan || !verb) return span;
  const end = tableSpan.end - span.start;
  return partOf(span, verb.start, text.charAt(end) === '"' ? end + 1 : end);
}

function messageOf(change: ChangeOf<'write'>, { lock, table }: TakenLock): string {
  const written = change.table?.name ?? '';
  return `While this ${change.command.toUpperCase()} goes over the rows of \`${written}\`, the transaction holds the ${lock} lock on \`${table.name}\`: ${blocks[lock]} wait until it ends.`;
}

function helpOf({ statement }: ChangeOf<'write'>): string {
  return statement.migration.transaction === 'all'
    ? 'Move it into a migration of a later deploy: all pending files run in one transaction.'
    : 'Move it into the next migration, whose transaction holds no such lock.';
}

/** Only what nothing behind it builds on can go to a next migration. */
function fixesOf(change: ChangeOf<'write'>, schema: Schema): Fix[] {
  const { statement, table } = change;
  const { migration } = statement;
  if (!table || migration.transaction === 'none' || isNamedLater(table.name, statement, schema.migrations)) return [];
  const steps = [
    { name: '', statements: [] },
    { name: `fill_${stepName(table.name)}`, statements: [`${statement.text};`] },
  ];
  const split = splitFixes(change, steps, { title: `Write the rows of \`${table.name}\``, kind: 'review' });
  return split.filter(({ intent }) => {
    const wanted = intent();
    return wanted.do === 'splitMigration' && wanted.where === 'next';
  });
}
