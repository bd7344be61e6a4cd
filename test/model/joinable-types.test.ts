// Between which types foreign keys are refused: PostgreSQL itself is asked for each pair.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { noFacts } from '../../server/src/model/facts';
import { refusesReference } from '../../server/src/model/joinable-types';
import type { ColumnType, Dialect } from '../../server/src/model/nodes';
import { sql } from '../../server/src/languages/sql';

const TYPES = [
  'integer', 'bigint', 'numeric(10, 2)', 'real', 'text', 'varchar(36)', 'uuid', 'boolean', 'date', 'timestamptz', 'time', 'timetz', 'jsonb', 'color',
  'size', 'inet', 'text[]',
]; // prettier-ignore
const ENUMS = "CREATE TYPE color AS ENUM ('red'); CREATE TYPE size AS ENUM ('small');";

function typesOf(columns: readonly string[]): ColumnType[] {
  const text = `${ENUMS} CREATE TABLE t (${columns.map((type, at) => `c${at} ${type}`).join(', ')});`;
  const [table] = sql.lower([sql.parse('a.sql', text)], { facts: noFacts }).tables;
  assert.equal(table?.columns.length, columns.length);
  return table.columns.map(({ type }) => type);
}

/** What PostgreSQL says of each pair, asked for in one go. */
async function acceptedPairs(): Promise<Set<string>> {
  const postgres = await PGlite.create();
  await postgres.exec(`${ENUMS} CREATE TABLE accepted (pair text);
    DO $$ DECLARE
      types text[] := ARRAY[${TYPES.map((type) => `'${type}'`).join(', ')}];
      k text; c text;
    BEGIN
      FOREACH k IN ARRAY types LOOP
        EXECUTE format('CREATE TABLE a (id %s PRIMARY KEY)', k);
        FOREACH c IN ARRAY types LOOP
          BEGIN
            EXECUTE format('CREATE TABLE b (x %s REFERENCES a (id))', c);
            DROP TABLE b;
            INSERT INTO accepted VALUES (c || ' -> ' || k);
          EXCEPTION WHEN OTHERS THEN NULL;
          END;
        END LOOP;
        DROP TABLE a;
      END LOOP;
    END $$;`);
  const { rows } = await postgres.query<{ pair: string }>('SELECT pair FROM accepted');
  await postgres.close();
  return new Set(rows.map(({ pair }) => pair));
}

describe('joinable types', () => {
  before(() => sql.prepare());

  it('are refused where PostgreSQL refuses them, as far as the types are known', async () => {
    const accepted = await acceptedPairs();
    const lowered = typesOf(TYPES);
    const wrong: string[] = [];
    for (const [k, key] of TYPES.entries()) {
      for (const [c, column] of TYPES.entries()) {
        const [from, to] = [lowered[c], lowered[k]];
        assert.ok(from && to);
        const unread = from.family === 'other' || to.family === 'other' || from.array > 0 || to.array > 0;
        const refused = refusesReference(from, to, 'postgresql');
        if (unread ? refused : refused === accepted.has(`${column} -> ${key}`)) wrong.push(`${column} -> ${key}`);
      }
    }
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
