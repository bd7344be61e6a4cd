// Keys that the database numbers.
import { isAppendOnly, isStream, isToolTable } from './append-only';
import { isForeignKeyMember, isKeyMember } from './column-roles';
import { isJunction } from './junction';
import type { Column, Table } from './nodes';
import { stems } from './words';

/** Whether the column is a key from a sequence of its own, in a table whose rows are asked for one by one. */
export function isCountingKey(column: Column): boolean {
  const { type, table, default: value } = column;
  if (type.family !== 'integer' || value?.kind !== 'sequence') return false;
  // A dump writes what `serial` stands for.
  return (type.serial || /\bnextval\b/i.test(value.raw)) && isKeyMember(column) && !isForeignKeyMember(column) && !isInternal(table);
}

/** Lists of a few that administrators keep, and parts that are only read with the whole. */
const FIRST = new Set(['trusted', 'allowed']);
const LAST = new Set(['activity', 'answer', 'allowlist', 'whitelist', 'setting', 'preference', 'migration', 'webhook']);

/** Rows that nobody asks for one by one: logs, junctions, lists of fixed values, what a tool keeps for itself. */
function isInternal(table: Table): boolean {
  const parts = stems(table.name);
  if (FIRST.has(parts[0] ?? '') || LAST.has(parts.at(-1) ?? '') || LAST.has(parts.at(-2) ?? '')) return true;
  return isAppendOnly(table) || isStream(table) || isJunction(table) || isToolTable(table) || table.columns.length <= 2;
}
