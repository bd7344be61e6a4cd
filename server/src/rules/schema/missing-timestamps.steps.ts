// Which tables date the changes of their rows step by step, each step in a column of its own.
import type { Column, Table } from '../../model/nodes';
import { words } from '../../model/words';

/** Steps after which nothing more happens to a row, as a message that is sent or a voucher that is used. */
const LAST = new Set(['sent', 'delivered', 'processed', 'consumed', 'used', 'redeemed', 'executed', 'settled']);

/** Steps of which several tell how far a row has come. */
const STEPS = new Set([
  ...LAST, 'started', 'begun', 'completed', 'finished', 'ended', 'failed', 'confirmed', 'voided', 'paid', 'refunded', 'accepted', 'rejected',
  'declined', 'approved', 'denied', 'cancelled', 'canceled', 'resolved', 'claimed', 'opened', 'clicked', 'scheduled', 'queued', 'received',
]); // prettier-ignore

/** Whether the row of a table goes one way, and each step on it leaves its time. */
export function datesItsSteps(table: Table): boolean {
  const steps = table.columns.flatMap((column) => stepOf(column) ?? []);
  return steps.length > 1 || steps.some((step) => LAST.has(step));
}

/** `sent` of `sentAt`, where the time is not known from the start. */
function stepOf({ name, type, nullable, default: value }: Column): string | undefined {
  if (type.family !== 'timestamp' || type.array > 0 || !nullable || value) return undefined;
  const [first, second = '', ...more] = words(name).filter((word) => word !== 'out');
  return first !== undefined && more.length === 0 && STEPS.has(first) && /^(?:at|on|date|time)?$/.test(second) ? first : undefined;
}
