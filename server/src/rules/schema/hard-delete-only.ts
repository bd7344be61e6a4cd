// Reports tables that others refer to and whose rows can only be deleted for good.
import type { Rule } from '../../linter/rule';
import { isAppendOnly, isToolTable } from '../../model/append-only';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { isJunction } from '../../model/junction';
import type { Schema, Table } from '../../model/nodes';
import { isDeletionFlag, isDeletionTime } from '../../model/soft-delete';
import { words } from '../../model/words';

export const hardDeleteOnly: Rule = {
  id: 'hard-delete-only',
  meta: {
    title: 'Rows that others refer to can only be deleted for good.',
    severity: 'off',
    fix: 'review',
    absence: true,
    bible: '§1 M7',
  },
  visit: {
    *schema(schema) {
      const referring = referringTables(schema);
      for (const table of schema.tables) {
        const names = [...(referring.get(table.dbName) ?? [])];
        if (names.length === 0 || isLeftAlone(table)) continue;
        yield {
          at: table.nameSpan,
          about: table,
          message: `A row of \`${table.name}\` that is deleted by mistake is gone for good, and takes or blocks the rows of ${list(names)} that refer to it.`,
          help: 'Mark rows as deleted instead of deleting them.',
          fixes: [
            {
              title: `Add a deletion time to \`${table.name}\``,
              kind: 'review',
              preferred: true,
              intent: () => ({ do: 'addColumns', table, columns: ['deletedAt'] }),
            },
          ],
        };
      }
    },
  },
};

/** The tables that refer to others for long, by the database name of those. */
function referringTables({ tables }: Schema): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const table of tables) {
    if (isAppendOnly(table) || isGeneratedAuthTable(table)) continue;
    for (const { target } of table.foreignKeys) {
      if (target.name === table.dbName) continue;
      const names = found.get(target.name);
      if (names) names.add(table.name);
      else found.set(target.name, new Set([table.name]));
    }
  }
  return found;
}

/** Ways of keeping a row that nobody wants to see any more. */
const KEPT = new Set(['archivedat', 'isarchived', 'archived', 'deactivatedat', 'disabledat', 'closedat', 'trashedat', 'removedat']);

function isLeftAlone(table: Table): boolean {
  const { objectKind, partial, ignored, temporary, partitionOf, columns } = table;
  if (objectKind !== 'table' || partial || ignored || temporary || partitionOf) return true;
  if (isAppendOnly(table) || isToolTable(table) || isJunction(table) || isGeneratedAuthTable(table)) return true;
  // A key and a label: a list of fixed values.
  if (columns.length <= 2) return true;
  return columns.some((column) => isDeletionTime(column) || isDeletionFlag(column) || KEPT.has(words(column.name).join('')) || KEPT.has(words(column.dbName).join('')));
}

function list(names: readonly string[]): string {
  const quoted = names.slice(0, 2).map((name) => `\`${name}\``);
  const more = names.length - quoted.length;
  return more > 0 ? `${quoted.join(', ')} and ${more} more` : quoted.join(' and ');
}
