// Between each two types PostgreSQL itself says whether a foreign key can be, and ours is the same verdict.
import assert from 'node:assert/strict';
import { closePostgres, inPostgres } from './support/oracles';
import { judge } from './support/verdicts';

const TYPES = [
  'smallint', 'integer', 'bigint', 'serial', 'numeric', 'numeric(10,2)', 'real', 'double precision', 'money', 'boolean', 'uuid', 'text',
  'varchar(40)', 'char(2)', 'date', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval', 'bytea', 'jsonb', 'tsvector', 'mood', 'size',
]; // prettier-ignore
const ENUMS = "CREATE TYPE mood AS ENUM ('good', 'bad');\nCREATE TYPE size AS ENUM ('small', 'large');";
const INTEGERS: Readonly<Record<string, number>> = { smallint: 16, integer: 32, serial: 32, bigint: 64 };

async function accepts(text: string): Promise<boolean> {
  try {
    return await inPostgres(text, () => Promise.resolve(true));
  } catch (error) {
    assert.match(String(error), /cannot be implemented/, text);
    return false;
  }
}

describe('foreign keys between any two types', () => {
  after(closePostgres);

  it('are refused where PostgreSQL refuses them', async () => {
    let refused = 0;
    for (const to of TYPES) {
      for (const from of TYPES) {
        const text = `${ENUMS}\nCREATE TABLE target (key ${to} PRIMARY KEY);\nCREATE TABLE source (id bigint PRIMARY KEY, ref ${from} REFERENCES target (key));`;
        const { findings } = await judge('sql', text);
        const ours = findings.filter(({ rule }) => rule === 'foreign-key-type-mismatch');
        const accepted = await accepts(text);
        assert.equal(ours.length === 0, accepted, `${from} references ${to}`);
        const narrow = (INTEGERS[from] ?? 64) < 64 && INTEGERS[to] === 64;
        const small = findings.filter(({ rule, message }) => rule === 'small-integer-key' && message.includes('`ref`'));
        assert.equal(small.length, narrow ? 1 : 0, `${from} refers to the wider ${to}`);
        if (!accepted) refused++;
      }
    }
    assert.ok(refused > 300, `only ${refused} were refused`);
  }).timeout(300_000);
});
