// Which keys count up where rows are asked for one by one.
import assert from 'node:assert/strict';
import { isStream } from '../../server/src/model/append-only';
import { isCountingKey } from '../../server/src/model/counting-keys';
import { noFacts } from '../../server/src/model/facts';
import { isUnsigned, typeName } from '../../server/src/model/type-names';
import type { Table } from '../../server/src/model/nodes';
import { sql } from '../../server/src/languages/sql';

function tables(text: string): readonly Table[] {
  return sql.lower([sql.parse('a.sql', text)], { facts: noFacts }).tables;
}

const counting = (text: string): string[] =>
  tables(text).flatMap(({ columns }) => columns.filter(isCountingKey).map(({ table, dbName }) => `${table.dbName}.${dbName}`));

describe('counting keys', () => {
  before(() => sql.prepare());

  it('have a sequence of their own', () => {
    assert.deepEqual(counting('CREATE TABLE a (id serial PRIMARY KEY, b text, c text)'), ['a.id']);
    assert.deepEqual(counting('CREATE TABLE a (id bigserial, b text, c text, PRIMARY KEY (b, id))'), ['a.id']);
    assert.deepEqual(counting('CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b text, c text)'), []);
    assert.deepEqual(counting("CREATE TABLE a (id int DEFAULT nextval('a_id_seq') PRIMARY KEY, b text, c text)"), ['a.id']);
    assert.deepEqual(counting('CREATE TABLE a (id uuid PRIMARY KEY, n serial, c text)'), []);
  });

  it('name rows that are asked for', () => {
    assert.deepEqual(counting('CREATE TABLE audit_log (id serial PRIMARY KEY, b text, c text)'), []);
    assert.deepEqual(counting('CREATE TABLE page_hits (id serial PRIMARY KEY, b text, c text)'), []);
    assert.deepEqual(counting('CREATE TABLE mod_activities (id serial PRIMARY KEY, b text, c text)'), []);
    assert.deepEqual(counting('CREATE TABLE colors (id serial PRIMARY KEY, name text)'), []);
    assert.deepEqual(counting('CREATE TABLE flyway_schema_history (id serial PRIMARY KEY, b text, c text)'), []);
  });

  it('fill streams', () => {
    const streams = tables('CREATE TABLE page_views (a int); CREATE TABLE "AuditLog" (a int); CREATE TABLE views_of (a int); CREATE TABLE users (a int);');
    assert.deepEqual(streams.filter(isStream).map(({ dbName }) => dbName), ['page_views', 'AuditLog']);
  });
});

describe('names of types', () => {
  before(() => sql.prepare());

  it('are those of the database', () => {
    const written = 'serial|bigint|varchar(20)|char|timestamptz(3)|timestamp|numeric(12, 2)|numeric(5)|float4|float8|jsonb|json|uuid[]|bytea|time|timetz|money|citext';
    const [table] = tables(`CREATE TABLE t (${written.split('|').map((type, at) => `c${at} ${type}`).join(', ')});`);
    const expected = 'integer|bigint|varchar(20)|char(1)|timestamptz|timestamp|numeric(12, 2)|numeric(5, 0)|real|double precision|jsonb|json|uuid[]|bytea|time|timetz|money|text';
    assert.deepEqual(table?.columns.map(({ type }) => typeName(type)).join('|'), expected);
    const [first] = table?.columns ?? [];
    assert.ok(first);
    assert.equal(typeName(first.type, 'mysql'), 'integer unsigned');
    assert.equal(isUnsigned(first.type, 'postgresql'), false);
  });
});
