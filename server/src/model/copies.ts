// Tables whose rows are copies of somebody else's.
import { hasName } from './column-roles';
import type { Table } from './nodes';

const SIGNS = new Set([
  'syncedat', 'lastsyncedat', 'importedat', 'fetchedat', 'lastfetchedat', 'ingestedat', 'scrapedat', 'crawledat', 'mirroredat', 'pulledat',
  // Subscriptions as their billing service tells of them.
  'currentperiodstart', 'currentperiodend', 'cancelatperiodend',
]); // prettier-ignore

/** Whether rows are copied from another system, with the times that they have there. */
export function isCopy(table: Table): boolean {
  return table.columns.some((column) => hasName(column, SIGNS));
}
