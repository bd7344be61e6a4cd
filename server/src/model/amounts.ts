// Columns that hold amounts of money, told by their names.
import type { Column, Table } from './nodes';
import { stems } from './words';

/** Words that mean money wherever they stand. */
const MONEY = new Set([
  'price', 'cost', 'fee', 'salary', 'wage', 'revenue', 'payment', 'payout', 'refund', 'subtotal', 'balance', 'deposit', 'income',
  'expense', 'earning', 'profit', 'mrr', 'cashback', 'surcharge', 'usd', 'eur', 'gbp', 'dollar', 'euro',
]); // prettier-ignore

/** Words that mean money among other money: a discount may be a share, a total a number of things. */
const MAYBE = new Set(['amount', 'total', 'discount', 'tax', 'vat', 'commission', 'tip', 'budget', 'spend', 'spent', 'paid', 'due', 'gross', 'net']);

/** What makes a number of anything else out of it: `taxRate`, `totalCount`, `costInMs`, `pricePercentage`. */
const OTHER = new Set([
  'rate', 'percent', 'percentage', 'pct', 'ratio', 'share', 'count', 'number', 'num', 'factor', 'multiplier', 'modifier', 'coefficient', 'score',
  'weight', 'token', 'index', 'id', 'ms', 'millisecond', 'second', 'sec', 'time', 'duration', 'age',
  'quantity', 'qty', 'size', 'byte', 'kb', 'mb', 'gb', 'length', 'distance', 'km', 'mile', 'kg', 'gram', 'calorie', 'kcal', 'kwh', 'energy', 'power',
  'memory', 'cpu', 'gpu', 'gas', 'rank', 'rating', 'level', 'point', 'change', 'delta', 'trend', 'elasticity', 'volatility', 'deviation', 'variance',
  'stddev', 'credit', 'latitude', 'longitude', 'lat', 'lng', 'lon', 'x', 'y', 'probability', 'confidence', 'threshold', 'loss', 'error',
  'click', 'impression', 'mille', 'cpm', 'cpc', 'return', 'roi', 'roas',
]); // prettier-ignore

/** Lengths of time, unless an amount is paid for each: `costPerHour`. */
const PERIODS = new Set(['minute', 'hour', 'day', 'week', 'month', 'year']);

/** Prices that come from a feed or are made of fractions of a cent, and coins that have more digits than money. */
const FINE = new Set(['market', 'crypto', 'coin', 'unit', 'exchange', 'btc', 'eth', 'wei', 'satoshi', 'average', 'avg']);
const QUOTED = new Set([...FINE, 'stat', 'statistic', 'metric', 'estimate', 'estimated', 'forecast', 'predicted']);

/** Tables whose amounts are money. */
const LEDGERS = new Set([
  'payment', 'payout', 'invoice', 'order', 'transaction', 'refund', 'purchase', 'sale', 'billing', 'bill', 'charge', 'subscription', 'donation',
  'quote', 'receipt', 'expense', 'cart', 'checkout', 'wallet', 'ledger', 'price', 'salary', 'payroll', 'deposit', 'withdrawal', 'coupon', 'voucher',
]); // prettier-ignore

/** Whether a column of numbers holds amounts of money: surely, perhaps, or not as far as its name tells. */
export function holdsMoney(column: Column): 'yes' | 'perhaps' | 'no' {
  const names = new Set([...stems(column.name), ...stems(column.dbName)]);
  const around = stems(column.table.name);
  const has = (some: ReadonlySet<string>): boolean => [...names].some((word) => some.has(word));
  if (has(OTHER) || isShare(column) || (has(PERIODS) && !names.has('per'))) return 'no';
  const quoted = has(QUOTED) || around.some((word) => QUOTED.has(word));
  if (has(MONEY)) return quoted ? 'perhaps' : 'yes';
  if (!has(MAYBE)) return 'no';
  return !quoted && countsMoney(column.table) ? 'yes' : 'perhaps';
}

/** Whether the amounts may have more digits than those of cents. */
export function hasPartsOfCents({ name, dbName, table }: Column): boolean {
  return [name, dbName, table.name].some((each) => stems(each).some((word) => FINE.has(word)));
}

/** `fee Float @default(0.05)`: a part of something. */
function isShare({ default: value }: Column): boolean {
  return value?.kind === 'literal' && typeof value.value === 'number' && value.value > 0 && value.value < 1;
}

function countsMoney(table: Table): boolean {
  if (table.columns.some(({ name }) => stems(name).includes('currency'))) return true;
  return [...stems(table.name), ...stems(table.dbName)].some((word) => LEDGERS.has(word));
}
