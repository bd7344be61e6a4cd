// Reports tables that only add a column or two to the one row that they belong to.
import type { Rule } from '../../linter/rule';
import { isAppendOnly, isToolTable } from '../../model/append-only';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { isForeignKeyMember, isKeyMember, isSecret, isTimestampLike } from '../../model/column-roles';
import { indexesOf, sameColumns } from '../../model/covering';
import type { Column, ForeignKey, Schema, Table } from '../../model/nodes';

export const overNormalized: Rule = {
  id: 'over-normalized',
  meta: {
    title: 'A table adds no more than two columns to the one row that it belongs to.',
    severity: 'off',
    fix: 'none',
    absence: true,
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver', 'gel', 'unknown'],
    bible: 'M6',
  },
  visit: {
    *table(table, { schema, table: find }) {
      const [owner, ...others] = table.foreignKeys;
      if (!owner || others.length > 0 || owner.columns.length === 0 || !isOneToOne(owner)) return;
      const target = find(owner.target);
      if (!target || target === table || isToolTable(table) || isAppendOnly(table) || isGeneratedAuthTable(table)) return;
      const own = table.columns.filter((column) => !isForeignKeyMember(column) && !isKeyMember(column) && !isTimestampLike(column));
      if (own.length === 0 || own.length > 2 || own.some(standsApart) || referenced(schema).has(table.dbName)) return;
      const names = own.map(({ name }) => `\`${name}\``).join(' and ');
      yield {
        at: table.nameSpan,
        message: `Every read of ${names} joins \`${table.name}\` to \`${target.name}\`, one row to one row, for ${own.length === 1 ? 'a single column' : 'two columns'}.`,
        help: `Keep ${names} in \`${target.name}\`.`,
        related: [{ at: target.nameSpan, message: `Each row of \`${target.name}\` has at most one here.` }],
      };
    },
  },
};

function isOneToOne({ table, columns }: ForeignKey): boolean {
  for (const { unique, where, parts } of indexesOf(table)) {
    if (unique && !where && sameColumns(parts.map(({ column }) => column ?? ''), columns)) return true;
  }
  return false;
}

/** Secrets are kept apart from what everybody reads, and so is what is large. */
function standsApart(column: Column): boolean {
  return isSecret(column) || column.type.family === 'json' || column.type.family === 'bytes' || column.type.family === 'tsvector' || column.type.array > 0;
}

const referencedBy = new WeakMap<Schema['tables'], ReadonlySet<string>>();

/** Tables that others refer to: they stand for something of their own. */
function referenced({ tables }: Schema): ReadonlySet<string> {
  let names = referencedBy.get(tables);
  if (!names) referencedBy.set(tables, (names = namesIn(tables)));
  return names;
}

function namesIn(tables: readonly Table[]): ReadonlySet<string> {
  return new Set(tables.flatMap(({ foreignKeys }) => foreignKeys.map(({ target }) => target.name)));
}
