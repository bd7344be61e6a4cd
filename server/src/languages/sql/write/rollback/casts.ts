// Which types PostgreSQL casts into which.
import type { ColumnType } from '../../../../model/nodes';

const NUMBERS = new Set<ColumnType['family']>(['integer', 'numeric', 'float', 'money']);
const TIMES = new Set<ColumnType['family']>(['timestamp', 'date']);

/** Whether PostgreSQL changes the type without being told how, and fails where a value doesn't fit. */
export function isAssignable(from: ColumnType, to: ColumnType): boolean {
  if (from.array !== to.array || isNamed(from) || isNamed(to)) return false;
  if (from.family === to.family || to.family === 'text') return true;
  if (NUMBERS.has(from.family) && NUMBERS.has(to.family)) return from.family !== 'float' || to.family !== 'money';
  return TIMES.has(from.family) && TIMES.has(to.family);
}

/** Whether it does so once it is told, by a cast. */
export function isCastable(from: ColumnType, to: ColumnType): boolean {
  if (from.array !== to.array || isNamed(from) || isNamed(to)) return false;
  if (from.family === 'text') return true;
  const [integer, other] = from.family === 'integer' ? [from, to] : [to, from];
  if (integer.family === 'integer' && other.family === 'boolean') return integer.bits === 32;
  return to.family === 'time' && (from.family === 'timestamp' || from.family === 'interval');
}

/** Types that somebody has made. */
function isNamed({ family }: ColumnType): boolean {
  return family === 'enum' || family === 'other';
}

/** Whether values lose digits or hours on the way, without a word from PostgreSQL. */
export function isCut(from: ColumnType, to: ColumnType): boolean {
  const digits = (type: ColumnType): number => (type.family === 'numeric' ? (type.precision === undefined ? Infinity : (type.scale ?? 0)) : type.family === 'float' ? type.bits : 0);
  if (NUMBERS.has(from.family) && NUMBERS.has(to.family)) return digits(from) > digits(to);
  return from.family === 'timestamp' && to.family === 'date';
}
