// Between which types foreign keys are refused: PostgreSQL itself is asked for each pair.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { noFacts } from '../../server/src/model/facts';
import { refusesReference } from '../../server/src/model/joinable-types';
import type { ColumnType, Dialect } from '../../server/src/model/nodes';
import { sql } from '../../server/src/languages/sql';

const TYPES = [
  'smallint', 'integer', 'bigint', 'serial', 'numeric(10, 2)', 'real', 'double precision', 'text', 'varchar(36)', 'char(10)', 'uuid', 'boolean', 'date',
  'timestamp', 'timestamptz', 'time', 'timetz', 'interval', 'bytea', 'money', 'jsonb', 'color', 'size', 'inet', 'text[]', 'integer[]',
]; // prettier-ignore
const ENUMS = "CREATE TYPE color AS ENUM ('red'); CREATE TYPE size AS ENUM ('small');";

function typesOf(columns: readonly string[]): ColumnType[] {
  const text = `${ENUMS} CREATE TABLE t (${columns.map((type, at) => `c${at} ${type}`).join(', ')});`;
  const [table] = sql.lower([sql.parse('a.sql', text)], { facts: noFacts }).tables;
  assert.equal(table?.columns.length, columns.length);
  return table.columns.map(({ type }) => type);
}

describe('joinable types', () => {
  before(() => sql.prepare());

  it('are refused where PostgreSQL refuses them, as far as the types are known', async () => {
    const postgres = await PGlite.create();
    await postgres.exec(ENUMS);
    const lowered = typesOf(TYPES);
    const wrong: string[] = [];
    for (const [k, key] of TYPES.entries()) {
      await postgres.exec(`DROP TABLE IF EXISTS b, a; CREATE TABLE a (id ${key} PRIMARY KEY);`);
      for (const [c, column] of TYPES.entries()) {
        const accepted = await postgres.exec(`CREATE TABLE b (x ${column} REFERENCES a (id)); DROP TABLE b;`).then(
          () => true,
          () => false,
        );
        const [from, to] = [lowered[c], lowered[k]];
        assert.ok(from && to);
        const unread = from.family === 'other' || to.family === 'other' || from.array > 0 || to.array > 0;
        const refused = refusesReference(from, to, 'postgresql');
        if (unread ? refused : refused === accepted) wrong.push(`${column} -> ${key}`);
      }
    }
    await postgres.close();
    assert.deepEqual(wrong, []);
  });

  it('are of one size and sign elsewhere, and free on SQLite', () => {
    const [small, big, text, uuid] = typesOf(['integer', 'bigint', 'text', 'uuid']);
    assert.ok(small && big && text && uuid);
    const refusing = (from: ColumnType, to: ColumnType): Dialect[] =>
      (['postgresql', 'cockroachdb', 'mysql', 'sqlserver', 'sqlite', 'unknown'] as const).filter((dialect) => refusesReference(from, to, dialect));
    assert.deepEqual(refusing(small, big), ['mysql', 'sqlserver']);
    assert.deepEqual(refusing(text, uuid), ['postgresql', 'cockroachdb', 'mysql', 'sqlserver']);
    assert.deepEqual(refusing(text, { ...text, family: 'text', form: 'varchar', length: 3 }), []);
    assert.deepEqual(refusing(big, { ...big, raw: 'BIGINT UNSIGNED' }), ['mysql', 'sqlserver']);
  });
});
