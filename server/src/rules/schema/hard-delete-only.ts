// Reports tables that others refer to and whose rows can only be deleted for good.
import type { Rule } from '../../linter/rule';
import { isAppendOnly, isToolTable } from '../../model/append-only';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { isJunction } from '../../model/junction';
import type { Schema, Table } from '../../model/nodes';
import { isDeletionFlag, isDeletionTime } from '../../model/soft-delete';
import { folded } from '../../model/words';

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
        if (names.length === 0 || readingOf(table).leftAlone) continue;
        yield {
          at: table.nameSpan,
          about: table,
          message: `A row of \`${table.name}\` that is deleted by mistake is gone for good, along with the rows of ${list(names)} that refer to it, unless these forbid the delete.`,
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
    for (const target of readingOf(table).refersTo) {
      const names = found.get(target);
      if (names) names.add(table.name);
      else found.set(target, new Set([table.name]));
    }
  }
  return found;
}

/** What a table tells; it is the same object for as long as nobody edits it. */
interface Reading {
  readonly leftAlone: boolean;
  readonly refersTo: readonly string[];
}

const known = new WeakMap<Table, Reading>();

function readingOf(table: Table): Reading {
  let reading = known.get(table);
  if (!reading) {
    const passing = isAppendOnly(table) || isGeneratedAuthTable(table);
    const targets = table.foreignKeys.map(({ target }) => target.name).filter((name) => name !== table.dbName);
    reading = { leftAlone: passing || isLeftAlone(table), refersTo: passing ? [] : targets };
    known.set(table, reading);
  }
  return reading;
}

/** Ways of keeping a row that nobody wants to see any more. */
const KEPT = new Set(['archivedat', 'isarchived', 'archived', 'deactivatedat', 'disabledat', 'closedat', 'trashedat', 'removedat']);

function isLeftAlone(table: Table): boolean {
  const { objectKind, partial, ignored, temporary, partitionOf, columns } = table;
  if (objectKind !== 'table' || partial || ignored || temporary || partitionOf) return true;
  if (isToolTable(table) || isJunction(table)) return true;
  // A key and a label: a list of fixed values.
  if (columns.length <= 2) return true;
  return columns.some((column) => isDeletionTime(column) || isDeletionFlag(column) || KEPT.has(folded(column.name)) || KEPT.has(folded(column.dbName)));
}

function list(names: readonly string[]): string {
  const quoted = names.slice(0, 2).map((name) => `\`${name}\``);
  const more = names.length - quoted.length;
  return more > 0 ? `${quoted.join(', ')} and ${more} more` : quoted.join(' and ');
}
