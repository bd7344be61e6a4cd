// Which columns are taken for amounts of money.
import assert from 'node:assert/strict';
import { hasPartsOfCents, holdsMoney } from '../../server/src/model/amounts';
import { noFacts } from '../../server/src/model/facts';
import { sql } from '../../server/src/languages/sql';

function verdicts(columns: string, table = 'things'): Record<string, string> {
  const [found] = sql.lower([sql.parse('a.sql', `CREATE TABLE ${table} (${columns});`)], { facts: noFacts }).tables;
  assert.ok(found);
  return Object.fromEntries(found.columns.map((column) => [column.dbName, holdsMoney(column)]));
}

const all = (names: string, table?: string): Set<string> =>
  new Set(Object.values(verdicts(names.split(' ').map((name) => `${name} real`).join(', '), table)));

describe('amounts of money', () => {
  before(() => sql.prepare());

  it('are told by their names', () => {
    assert.deepEqual(all('price "shippingFee" total_cost salary "costPerHour" price_per_month balance subtotal refunds amount_usd'), new Set(['yes']));
  });

  it('may have more digits than cents', () => {
    const fine = (columns: string, table = 'things'): boolean[] => {
      const [found] = sql.lower([sql.parse('a.sql', `CREATE TABLE ${table} (${columns});`)], { facts: noFacts }).tables;
      return found?.columns.map(hasPartsOfCents) ?? [];
    };
    assert.deepEqual(fine('unit_price real, avg_cost real, price real, "totalRevenue" real'), [true, true, false, false]);
    assert.deepEqual(fine('fee real', '"CryptoDeposit"'), [true]);
  });

  it('may be something else', () => {
    assert.deepEqual(all('amount total discount tax "netTotal"'), new Set(['perhaps']));
    assert.deepEqual(all('amount total discount tax', 'invoices'), new Set(['yes']));
    assert.equal(verdicts('amount real, currency text').amount, 'yes');
    assert.deepEqual(all('market_price avg_cost unit_price'), new Set(['perhaps']));
    assert.deepEqual(all('price', 'crypto_deposits'), new Set(['perhaps']));
  });

  it('are no counts, rates, scores or times', () => {
    const names = 'total_count tax_rate cost_ms price_index discount_percent token_cost score feedback coffee pricey total_hours days_due earnings_per_click';
    assert.deepEqual(all(names, 'invoices'), new Set(['no']));
    assert.equal(verdicts('fee real DEFAULT 0.05').fee, 'no');
    assert.equal(verdicts('fee real DEFAULT 0').fee, 'yes');
  });
});
