// Reports CHECK constraints that a migration adds to an existing table with all its rows read under the lock.
import { inLaterTransaction, validateLater, validateLaterOf } from '../../linter/validated-later';
import type { Finding, Rule } from '../../linter/rule';
import { isNewAndEmpty, isUnenforced, standing } from '../../model/added-constraints';
import type { ChangeOf } from '../../model/changes';
import { namesColumn } from '../../model/conditions';
import { mayBeInUse } from '../../model/lifetime';
import type { Schema, TableName } from '../../model/nodes';
import { isWord, sourceOf, sqlTokens } from '../../model/sql-text';
import { partOf, type Span } from '../../text/span';

type AddCheck = ChangeOf<'addConstraint'>;

export const validatingCheck: Rule = {
  id: 'validating-check',
  meta: {
    title: 'A CHECK is added to an existing table, and every row is read while nobody else can read or write it.',
    severity: 'warning',
    fix: 'safe',
    dialects: ['postgresql'],
    bible: '§7',
  },
  visit: {
    *change(change, { schema }) {
      if (!change.table || !mayBeInUse(change.lifetime)) return;
      if (change.verb === 'addConstraint') {
        if (change.constraint === 'check' && !change.notValid && !isUnenforced(change)) yield ofTable(change, change.table, schema);
      } else if (change.verb === 'addColumn' && change.checked && !isUnenforced(change)) {
        yield ofColumn(change, change.table);
      }
    },
  },
};

function ofTable(change: AddCheck, table: TableName, schema: Schema): Finding {
  const who = change.name === undefined ? 'this CHECK' : `\`${change.name}\``;
  return {
    at: checkSpan(change),
    message: `Adding ${who} scans \`${table.name}\` under an ACCESS EXCLUSIVE lock: every read and write of it waits until each row is checked.`,
    help: `Add it with NOT VALID, and VALIDATE CONSTRAINT ${inLaterTransaction(change)}.`,
    ...(readsOnlyNew(change, table, schema) && { quiet: true as const }),
    fixes: validateLater(change, schema),
  };
}

function ofColumn(change: ChangeOf<'addColumn'>, table: TableName): Finding {
  const { column } = change;
  return {
    at: column.nameSpan,
    message: `Adding \`${column.name}\` with a CHECK scans \`${table.name}\` under an ACCESS EXCLUSIVE lock: every read and write of it waits until each row is checked.`,
    help: `Add the column without the CHECK, then the CHECK with NOT VALID, and VALIDATE CONSTRAINT ${inLaterTransaction(change)}.`,
    ...(column.default === undefined && !column.generated && { quiet: true as const }),
    // Beside a reference there would be two to split.
    fixes: column.generated || change.targets?.length ? [] : validateLaterOf(change, 'CHECK'),
  };
}

/** From CHECK to the end of its condition. */
function checkSpan({ statement, span }: AddCheck): Span {
  const text = sourceOf(statement, span) ?? '';
  const tokens = sqlTokens(text);
  const check = tokens.find((token) => token.depth === 0 && isWord(token, 'CHECK'));
  const close = check && tokens.find((token) => token.depth === 0 && token.text === ')' && token.start > check.start);
  return check ? partOf(span, check.start, close?.end ?? text.length) : span;
}

/** Whether one of the columns that it is about has come with this migration and is null in every row. */
function readsOnlyNew(change: AddCheck, table: TableName, schema: Schema): boolean {
  const now = standing(change, schema);
  if (now?.kind !== 'check') return false;
  const named = now.table.columns.filter(({ dbName }) => namesColumn(now.raw, dbName));
  return named.length > 0 && named.every(({ dbName }) => isNewAndEmpty(change, table, dbName));
}
