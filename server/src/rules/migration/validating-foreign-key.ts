// Reports foreign keys that a migration adds to an existing table with all its rows read under the lock.
import { inLaterTransaction, validateLater, validateLaterOf } from '../../linter/validated-later';
import type { Finding, Rule } from '../../linter/rule';
import { isNewAndEmpty, isUnenforced } from '../../model/added-constraints';
import type { ChangeOf } from '../../model/changes';
import { mayBeInUse } from '../../model/lifetime';
import { lockOf } from '../../model/locks';
import { sameTable } from '../../model/names';
import type { Schema, TableName } from '../../model/nodes';
import { isPartitioned } from '../../model/partitions';

export const validatingForeignKey: Rule = {
  id: 'validating-foreign-key',
  meta: {
    title: 'A foreign key is added to an existing table, and every row is checked while writes to both tables wait.',
    severity: 'warning',
    fix: 'safe',
    dialects: ['postgresql'],
    bible: '§6 §7',
  },
  visit: {
    *change(change, { schema, facts }) {
      if (!change.table || !mayBeInUse(change.lifetime)) return;
      if (change.verb === 'addForeignKey') {
        if (!change.notValid && !isUnenforced(change)) yield ofTable(change, change.table, schema, facts.postgresVersion);
      } else if (change.verb === 'addColumn' && change.targets?.length && change.column.default && !change.checked && lockOf(change)?.work === 'scan') {
        yield ofColumn(change, change.table, whole(change.table, schema, facts.postgresVersion));
      }
    },
  },
};

function ofTable(change: ChangeOf<'addForeignKey'>, table: TableName, schema: Schema, version: number | undefined): Finding {
  const { foreignKey } = change;
  const own = `\`${table.name}\``;
  const other = change.others?.find(({ name, lifetime }) => mayBeInUse(lifetime) && !sameTable(name, table))?.name;
  const who = foreignKey.name === undefined ? 'this foreign key' : `\`${foreignKey.name}\``;
  const [locked, where] = other ? [`${own} and \`${other.name}\``, 'both'] : [own, 'it'];
  const refuses = whole(table, schema, version);
  const empty = foreignKey.columns.some((column) => isNewAndEmpty(change, table, column));
  return {
    at: foreignKey.nameSpan,
    message: `Adding ${who} scans ${own} under a SHARE ROW EXCLUSIVE lock on ${locked}: every insert, update and delete on ${where} waits until each row is checked.`,
    help: refuses
      ? 'Add it to each partition with NOT VALID, validate it there, and then add it to the whole table.'
      : `Add it with NOT VALID, and VALIDATE CONSTRAINT ${inLaterTransaction(change)}.`,
    ...(empty && { quiet: true as const }),
    fixes: refuses ? [] : validateLater(change, schema),
  };
}

/** Before PostgreSQL 18 no partitioned table takes NOT VALID for a foreign key. */
function whole(table: TableName, schema: Schema, version: number | undefined): boolean {
  return isPartitioned(schema, table) && (version === undefined || version < 18);
}

/** A default is a reference that is looked up for every row. */
function ofColumn(change: ChangeOf<'addColumn'>, table: TableName, refuses: boolean): Finding {
  const own = `\`${table.name}\``;
  return {
    at: change.column.nameSpan,
    message: `Adding \`${change.column.name}\` with a default and a foreign key scans ${own} under an ACCESS EXCLUSIVE lock: every read and write of it waits until each row is checked.`,
    help: `Add the column without REFERENCES, then the foreign key with NOT VALID, and VALIDATE CONSTRAINT ${inLaterTransaction(change)}.`,
    fixes: refuses ? [] : validateLaterOf(change, 'REFERENCES'),
  };
}
