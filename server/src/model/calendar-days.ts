// Columns that mean a day of the calendar, wherever it is lived, although their type holds an instant.
import { indexesOf } from './covering';
import type { Column } from './nodes';
import { folded } from './words';

const BIRTHS = new Set(['birthday', 'birthdate', 'dateofbirth', 'dob', 'birth', 'bornon']);
const DAYS = new Set(['date', 'day']);

/** Whether the column means a day: somebody's birth, or the day of which a unique constraint lets each thing have one row. */
export function isCalendarDay(column: Column): boolean {
  const names = [column.name, column.dbName].map((name) => folded(name));
  if (names.some((name) => BIRTHS.has(name))) return true;
  if (!names.some((name) => DAYS.has(name))) return false;
  return [...indexesOf(column.table)].some(
    ({ unique, constraint, parts }) => (unique || constraint === 'primary key') && parts.some((part) => part.column === column.dbName),
  );
}
