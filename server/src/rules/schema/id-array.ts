// Reports arrays of ids that stand in place of a junction table.
import type { Fix, Rule } from '../../linter/rule';
import { isAppendOnly, isToolTable } from '../../model/append-only';
import { isGeneratedAuthTable } from '../../model/auth-tables';
import { columnOf } from '../../model/column-roles';
import { tableNamed } from '../../model/named-tables';
import type { Column, ColumnType, Table } from '../../model/nodes';
import { quoted } from '../../model/sql-text';
import { words } from '../../model/words';

export const idArray: Rule = {
  id: 'id-array',
  meta: {
    title: 'An array of ids stands in place of a junction table.',
    severity: 'warning',
    fix: 'review',
    dialects: ['postgresql', 'cockroachdb', 'mysql', 'sqlite', 'sqlserver'],
    bible: '§6 L',
  },
  visit: {
    *column(column, { table: find }) {
      const { table, type } = column;
      const parts = ownersOf(column);
      if (parts.length === 0 || column.generated || isToolTable(table) || isGeneratedAuthTable(table)) return;
      const target = tableNamed(parts, find);
      const key = target && keyOf(target);
      const known = target !== undefined && key !== undefined && holdsKeysOf(type, key.type);
      // Whose ids they are is certain only where the table is there; a text may be any system's id.
      if (!known && (type.array !== 1 || (type.family !== 'uuid' && type.family !== 'integer'))) return;
      yield {
        at: column.nameSpan,
        message: `\`${column.name}\` of \`${table.name}\` holds ids that nothing checks, so they outlive the ${known ? `rows of \`${target.name}\`` : 'rows'} that they name, and joins have to take the array apart.`,
        help: known ? `Use a junction table, and fill it ${copying(column, key)}.` : 'Use a junction table with foreign keys.',
        ...((!known || type.family === 'json' || isAppendOnly(table)) && { quiet: true as const }),
        ...(known && { related: [{ at: target.nameSpan, message: `\`${target.name}\` is what the ids name.` }], fixes: [junction(column, target)] }),
      };
    },
  },
};

function junction(column: Column, target: Table): Fix {
  return {
    title: `Join \`${column.table.name}\` and \`${target.name}\` through a table of their own`,
    kind: 'review',
    preferred: true,
    intent: () => ({ do: 'useJunction', column, target }),
  };
}

/** The words before `ids`: `assigned user` for `assignedUserIds`; none for a column of another kind. */
function ownersOf({ name, type }: Column): string[] {
  if (type.array > 1 || (type.array === 0 && type.family !== 'json')) return [];
  if (type.array === 1 && !['uuid', 'integer', 'text'].includes(type.family)) return [];
  const parts = words(name.replace(/IDs$/, 'Ids').replace(/UUIDs$/, 'Ids'));
  const last = parts.at(-1);
  return last === 'ids' || last === 'uuids' ? parts.slice(0, -1) : [];
}

/** The single column that rows of a table are referred to by. */
function keyOf(table: Table): Column | undefined {
  const [part, ...more] = table.primaryKey?.parts ?? [];
  return part?.column !== undefined && more.length === 0 ? columnOf(table, part.column) : undefined;
}

/** A JSON array holds anything; ids of a database that are kept as text may be UUIDs. */
function holdsKeysOf(type: ColumnType, key: ColumnType): boolean {
  if (type.array === 0) return true;
  return type.family === key.family || (type.family === 'text' && key.family === 'uuid');
}

/** How what the array holds gets into the table. */
function copying({ table, type, dbName }: Column, key: Column): string {
  if (table.dialect !== 'postgresql' && table.dialect !== 'cockroachdb') return 'before the column goes';
  const own = quoted(keyOf(table)?.dbName ?? 'id', false);
  const array = `a.${quoted(dbName, false)}`;
  const id = `b.${quoted(key.dbName, false)}`;
  const asText = type.family === 'text' && key.type.family !== 'text' ? '::text' : '';
  const named = type.family === 'json' ? `${array}${type.binary ? '' : '::jsonb'} @> to_jsonb(${id})` : `${id}${asText} = ANY (${array})`;
  // Through a join, because ids of rows that are gone would break the junction's foreign key.
  return `with \`INSERT INTO … SELECT a.${own}, ${id} FROM ${quoted(table.dbName, false)} a JOIN ${quoted(key.table.dbName, false)} b ON ${named}\``;
}
