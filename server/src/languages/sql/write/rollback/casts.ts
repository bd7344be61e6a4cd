// Which types PostgreSQL casts into which.
import type { ColumnType } from '../../../../model/nodes';

const NUMBERS = new Set<ColumnType['family']>(['integer', 'numeric', 'float', 'money']);
const TIMES = new Set<ColumnType['family']>(['timestamp', 'date']);

/** Whether a cast leads from one type to the other without the detour over text. */
export function isCastable(from: ColumnType, to: ColumnType): boolean {
  if (from.array !== to.array) return false;
  if (from.family === 'enum' || to.family === 'enum' || from.family === 'other' || to.family === 'other') return false;
  if (from.family === to.family || to.family === 'text' || from.family === 'text') return true;
  if (NUMBERS.has(from.family) && NUMBERS.has(to.family)) return !(from.family === 'float' || to.family === 'float') || (from.family !== 'money' && to.family !== 'money');
  if (from.family === 'boolean') return to.family === 'integer' && to.bits === 32;
  if (to.family === 'boolean') return from.family === 'integer' && from.bits === 32;
  if (to.family === 'time') return from.family === 'timestamp' || from.family === 'interval';
  return TIMES.has(from.family) && TIMES.has(to.family);
}
