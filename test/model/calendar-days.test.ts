// Which timestamps mean a day of the calendar.
import assert from 'node:assert/strict';
import { isCalendarDay } from '../../server/src/model/calendar-days';
import { noFacts } from '../../server/src/model/facts';
import { sql } from '../../server/src/languages/sql';

const days = (columns: string): string[] => {
  const [table] = sql.lower([sql.parse('a.sql', `CREATE TABLE t (${columns});`)], { facts: noFacts }).tables;
  return (table?.columns ?? []).filter(isCalendarDay).map(({ dbName }) => dbName);
};

describe('days of the calendar', () => {
  before(() => sql.prepare());

  it('are births', () => {
    assert.deepEqual(days('"dateOfBirth" timestamp, birthday timestamp, born_on timestamp, birth_place text, created_at timestamp'), ['dateOfBirth', 'birthday', 'born_on']);
  });

  it('are what each thing has one row of', () => {
    assert.deepEqual(days('symbol text, date timestamp, UNIQUE (symbol, date)'), ['date']);
    assert.deepEqual(days('symbol text, day timestamp, PRIMARY KEY (day, symbol)'), ['day']);
    assert.deepEqual(days('symbol text, date timestamp'), []);
    assert.deepEqual(days('symbol text, start_date timestamp, UNIQUE (symbol, start_date)'), []);
  });
});
