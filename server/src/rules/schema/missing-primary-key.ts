// Reports tables without a primary key.
import type { Fix, Rule } from '../../linter/rule';
import { isAppendOnly, isStream, isToolTable } from '../../model/append-only';
import { authorName, columnOf } from '../../model/column-roles';
import { isJunction } from '../../model/junction';
import { nameOf } from '../../model/names';
import type { Dialect, Index, Table } from '../../model/nodes';
import { isPartitioned } from '../../model/partitions';
import { inBackticks } from '../../model/wording';

export const missingPrimaryKey: Rule = {
  id: 'missing-primary-key',
  meta: {
    title: 'A table has no primary key.',
    severity: 'warning',
    fix: 'review',
    absence: true,
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver', 'singlestore'],
    bible: '§1',
  },
  visit: {
    *table(table, { schema }) {
      if (table.primaryKey || table.columns.length === 0 || table.partitionOf || isToolTable(table)) return;
      const key = uniqueKey(table);
      // What a junction lacks is the key over the two sides, which a rule of its own asks for.
      if (!key && isJunction(table)) return;
      const message = messageFor(table, key !== undefined);
      if (message === undefined) return;
      const parted = isPartitioned(schema, nameOf(table));
      yield {
        at: table.nameSpan,
        message,
        help: parted ? 'Add a primary key that includes what the rows are divided by.' : 'Add a primary key.',
        // Rows that a unique key tells apart lack little; rows of logs and of partitions are rarely asked for alone.
        ...((key !== undefined || isAppendOnly(table) || isStream(table) || parted) && { quiet: true as const }),
        fixes: parted ? [] : fixesFor(table, key),
      };
    },
  },
};

function messageFor({ name, dialect }: Table, unique: boolean): string | undefined {
  if (!unique) return `Nothing tells two equal rows of \`${name}\` apart, so neither can be changed, deleted or referred to alone.`;
  const harm = HARM[dialect];
  return harm === undefined ? undefined : `\`${name}\` has a unique key but no primary key, so ${harm}.`;
}

/** What a unique key over required columns is no help against; to the other databases it is as good as a primary key. */
const HARM: Readonly<Partial<Record<Dialect, string>>> = {
  postgresql: 'logical replication refuses its updates and deletes',
  cockroachdb: 'CockroachDB orders its rows by a hidden column of its own',
  sqlserver: 'transactional replication leaves it out',
};

/** A unique constraint that tells every row from every other, as a primary key would: one over required columns. */
function uniqueKey(table: Table): Index | undefined {
  return table.indexes.find(
    (index) =>
      index.unique &&
      !index.where &&
      index.method === 'btree' &&
      index.parts.length > 0 &&
      index.parts.every(({ column }) => column !== undefined && columnOf(table, column)?.nullable === false),
  );
}

// Which key a table gets is its author's decision, and rows that are there may not fit it.
function fixesFor(table: Table, key: Index | undefined): Fix[] {
  const columns = key?.constraint === 'unique' ? key.parts.flatMap(({ column }) => column ?? []) : key ? undefined : plainId(table);
  if (!columns) return [{ title: `Add a primary key \`id\` to \`${table.name}\``, kind: 'review', preferred: true, intent: () => ({ do: 'addPrimaryKey', table }) }];
  const names = inBackticks(columns.map((column) => authorName(table, column)));
  return [{ title: `Make ${names} the primary key of \`${table.name}\``, kind: 'review', preferred: true, intent: () => ({ do: 'addPrimaryKey', table, columns }) }];
}

/** A column `id` that is nothing but a column so far. */
function plainId(table: Table): string[] | undefined {
  const id = table.columns.find(({ name, dbName }) => name === 'id' || dbName === 'id');
  return id ? [id.dbName] : undefined;
}
