// Reports update times that stay as they are when their row is updated.
import type { Rule } from '../../linter/rule';
import { isAppendOnly, isStream } from '../../model/append-only';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { hasOwnClient } from '../../model/clients';
import { isCopy } from '../../model/copies';
import { mayBeApplied } from '../../model/history';
import type { Column, Table } from '../../model/nodes';
import { folded } from '../../model/words';

export const staleUpdatedAt: Rule = {
  id: 'stale-updated-at',
  meta: {
    title: 'An update time is not set by updates.',
    severity: 'warning',
    fix: 'safe',
    languages: ['prisma', 'drizzle'],
    bible: 'M8',
  },
  visit: {
    *schema(schema, { facts }) {
      if (!hasOwnClient(schema)) return;
      const tables = schema.tables.filter(({ objectKind, ignored, temporary }) => objectKind === 'table' && !ignored && !temporary);
      // Where nothing in the schema is set by itself, code does it everywhere, and one decision mends them all.
      const byHand = !tables.some((table) => readingOf(table).automatic);
      // A helper that tables share is one place.
      const places = new Set<string>();
      for (const table of tables) {
        for (const column of readingOf(table).stale) {
          const { file, start } = column.nameSpan;
          const place = `${start} ${file}`;
          if (places.has(place)) continue;
          yield {
            at: column.nameSpan,
            about: table,
            message: `\`${column.name}\` of \`${table.name}\` keeps its old time in every update that does not set it, because nothing sets it by itself.`,
            help: 'Let each update set it.',
            ...(byHand && places.size > 0 && { quiet: true as const }),
            fixes: [
              {
                title: `Set \`${column.name}\` in every update`,
                // Code that is at work may count on updates that leave the time alone.
                kind: mayBeApplied(column.span, schema, facts) ? 'review' : 'safe',
                preferred: true,
                intent: () => ({ do: 'keepUpdated', column }),
              },
            ],
          };
          places.add(place);
        }
      }
    },
  },
};

/** What a table tells; it is the same object for as long as nobody edits it. */
interface Reading {
  readonly stale: readonly Column[];
  /** Something in it is set on every update. */
  readonly automatic: boolean;
}

const known = new WeakMap<Table, Reading>();

function readingOf(table: Table): Reading {
  let reading = known.get(table);
  if (!reading) {
    const left = isAppendOnly(table) || isStream(table) || isCopy(table) || isGeneratedAuthTable(table);
    reading = { stale: left ? [] : table.columns.filter(isStale), automatic: !left && table.columns.some((column) => column.updatedAutomatically) };
    known.set(table, reading);
  }
  return reading;
}

const NAME = /^(?:last)?(?:updated|modified)(?:at|on|date|time|datetime|ts|timestamp|atutc)?$|^(?:date|time)(?:updated|modified)$|^lastupdate(?:time)?$|^updatetime$/;

function isStale(column: Column): boolean {
  const { type, updatedAutomatically, generated } = column;
  if (type.family !== 'timestamp' || type.array > 0 || updatedAutomatically || generated) return false;
  return [column.name, column.dbName].some((name) => NAME.test(folded(name)));
}
