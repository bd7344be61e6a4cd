// Which tables are taken for records of what happened.
import assert from 'node:assert/strict';
import { sql } from '../../server/src/languages/sql';
import { isAppendOnly, isStream } from '../../server/src/model/append-only';
import { noFacts } from '../../server/src/model/facts';
import type { Table } from '../../server/src/model/nodes';

describe('a table of what happened', () => {
  before(() => sql.prepare());

  const table = (name: string, columns = 'payload jsonb'): Table => {
    const [found] = sql.lower([sql.parse('/a.sql', `CREATE TABLE ${name} (id int, ${columns});`)], { facts: noFacts }).tables;
    assert.ok(found);
    return found;
  };

  it('is told by the end of its name', () => {
    for (const name of ['page_views', 'events', '"LoginEvent"', 'clicks']) assert.ok(isAppendOnly(table(name)) && isStream(table(name)), name);
    assert.ok(!isAppendOnly(table('event_types')) && !isStream(table('event_types')));
  });

  it('is told by the beginning of its name where it keeps what was', () => {
    for (const name of ['"RescheduledEventDate"', 'deleted_accounts', 'trial_grants']) assert.ok(isAppendOnly(table(name)) && !isStream(table(name)), name);
    for (const name of ['event_dates', 'accounts_deleted', 'granted_roles']) assert.ok(!isAppendOnly(table(name)), name);
  });

  it('is not one of events that somebody plans', () => {
    const planned = table('events', 'title text, starts_at timestamptz, ends_at timestamptz');
    assert.ok(!isAppendOnly(planned) && !isStream(planned));
    const happened = table('trace_events', 'description text, started_at timestamptz, ended_at timestamptz');
    assert.ok(isAppendOnly(happened) && isStream(happened));
    const counted = table('usage_events', 'start_time timestamptz, end_time timestamptz, amount int');
    assert.ok(isStream(counted));
  });
});
