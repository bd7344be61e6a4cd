// Reports indexes for lists that hold deleted rows as well.
import type { Rule } from '../../linter/rule';
import { columnOf, isForeignKeyMember, isUpdatedAt } from '../../model/column-roles';
import { covers, indexesOf, replacementOf } from '../../model/covering';
import { isEqualityLike, isRangeLike } from '../../model/index-roles';
import type { Column, Index, Schema, Table } from '../../model/nodes';
import { knowsDeleted, softDeleteOf, type SoftDelete } from '../../model/soft-delete';
import { isTenantColumn } from '../../model/tenant';
import { folded, words } from '../../model/words';

export const indexIncludesDeleted: Rule = {
  id: 'index-includes-deleted',
  meta: {
    title: 'An index for lists holds deleted rows as well.',
    severity: 'info',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'sqlite', 'sqlserver'],
    bible: '§1 §5 M7',
  },
  visit: {
    *table(table, { schema }) {
      const deleted = softDeleteOf(table);
      if (deleted?.live !== null) return;
      const { column } = deleted;
      const lists = listIndexes(table, deleted).filter((index) => !beginsWithDeletion(index, schema));
      for (const [at, index] of lists.entries()) {
        const name = index.name === undefined ? 'The index' : `\`${index.name}\``;
        yield {
          at: index.nameSpan,
          message: `${name} keeps the deleted rows of \`${table.name}\` as well, so lists of the others read past them and the index never shrinks.`,
          // One decision is made for all indexes of a table.
          ...(at > 0 && { quiet: true as const }),
          help: `Index only rows whose \`${column.name}\` is null.`,
          related: [{ at: column.nameSpan, message: `\`${column.name}\` marks deleted rows.` }],
          fixes: [
            {
              title: 'Index only rows that are not deleted',
              kind: 'review',
              preferred: true,
              intent: () => ({ do: 'setRows', index, rows: { column, is: null } }),
            },
          ],
        };
      }
    },
  },
};

/** Those that could leave deleted rows out, while each foreign key keeps an index over all rows. */
function listIndexes(table: Table, deleted: SoftDelete): readonly Index[] {
  const lists = new Set(table.indexes.filter((index) => isList(index) && !knowsDeleted(index, deleted) && !replacementOf(index)));
  for (const { columns } of table.foreignKeys) {
    const serving = [...indexesOf(table)].filter((index) => covers(index, columns));
    const [shortest] = serving.sort((a, b) => a.parts.length - b.parts.length);
    if (shortest && serving.every((index) => lists.has(index))) lists.delete(shortest);
  }
  return [...lists];
}

/** Those who were away for long are looked for to be cleaned up, deleted or not. */
function isLastUse({ name }: Column): boolean {
  return /^last(?:seen|active|activity|login|loggedin|signin|signedin|used|access|accessed|visit|visited)(?:at|on|date|time)?$/.test(folded(name));
}

/** Whether the index finds many rows at once, in the order of a list. One that tells what changed lately is for those who follow deletions too. */
function isList({ unique, where, method, parts, table }: Index): boolean {
  if (unique || where || method !== 'btree') return false;
  const columns = parts.map((part) => (part.column === undefined ? undefined : columnOf(table, part.column)));
  const [first] = columns;
  if (!first || columns.some((column) => !column || isUpdatedAt(column) || isLastUse(column))) return false;
  if (columns.length > 1 || isRangeLike(first) || isForeignKeyMember(first) || isTenantColumn(table, first.dbName)) return true;
  // An id that refers to nothing here is a name that another system looks the row up by.
  return isEqualityLike(first) && words(first.name).at(-1) !== 'id';
}

/** Whether the index begins with a status of which one value says that the row is deleted: the others' rows stand apart from those. */
function beginsWithDeletion({ table, parts: [first] }: Index, schema: Schema): boolean {
  const type = first?.column === undefined ? undefined : columnOf(table, first.column)?.type;
  if (type?.family !== 'enum') return false;
  return schema.enums.find(({ name, dbName }) => name === type.enumName || dbName === type.enumName)?.values.some((value) => /^(?:soft_?)?(?:deleted|removed)$/i.test(value)) ?? false;
}
