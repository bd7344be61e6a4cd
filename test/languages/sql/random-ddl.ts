// Random but valid histories: statements are drawn by a seed and kept where PostgreSQL takes them.
import type { PGlite } from '@electric-sql/pglite';

const types = ['int', 'bigint', 'text', 'varchar(20)', 'timestamp(3)', 'timestamptz', 'uuid', 'jsonb', 'boolean', 'numeric(8, 2)'];
const names = ['a', 'b', 'c', 'd', '"E e"', 'f'];
const tables = ['t1', 't2', '"T3"', 's.t4'];
const rules = ['', ' ON DELETE CASCADE', ' ON DELETE SET NULL', ' ON DELETE NO ACTION', ' ON UPDATE CASCADE ON DELETE RESTRICT'];

/** About forty statements that PostgreSQL has accepted one after another. */
export async function randomHistory(seed: number, db: PGlite): Promise<string> {
  const pick = picker(seed);
  const kept: string[] = [];
  await db.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS s CASCADE; DROP SCHEMA IF EXISTS app CASCADE');
  for (const statement of ['DROP SCHEMA IF EXISTS s CASCADE', 'CREATE SCHEMA s', ...Array.from({ length: 60 }, () => draw(pick))]) {
    try {
      await db.exec(statement);
      kept.push(`${statement};`);
    } catch {
      // Not possible at this moment of the history: not part of it.
    }
  }
  return kept.join('\n');
}

type Pick = <T>(from: readonly T[]) => T;

function picker(seed: number): Pick {
  let state = (seed * 2654435761) >>> 0 || 1;
  return (from) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    const found = from[state % from.length];
    if (found === undefined) throw new Error('Nothing to pick from.');
    return found;
  };
}

function draw(pick: Pick): string {
  const table = pick(tables);
  const name = pick(names);
  const other = pick(names);
  const forms: readonly (() => string)[] = [
    () => `CREATE TABLE ${table} (id ${pick(['serial', 'bigint', 'uuid'])} PRIMARY KEY, ${name} ${pick(types)}${pick(['', ' NOT NULL', ' UNIQUE'])})`,
    () => `CREATE TABLE IF NOT EXISTS ${table} (id int, ${name} ${pick(types)}, PRIMARY KEY (id, ${name}))`,
    () => `ALTER TABLE ${table} ADD COLUMN ${name} ${pick(types)}${pick(['', ' UNIQUE', ` DEFAULT NULL`])}`,
    () => `ALTER TABLE ${table} ADD ${name} int REFERENCES ${pick(tables)}${pick(rules)}`,
    () => `ALTER TABLE ${table} DROP COLUMN ${name}${pick(['', ' CASCADE'])}, ALTER ${other} SET NOT NULL`,
    () => `ALTER TABLE ${table} DROP COLUMN IF EXISTS ${name}`,
    () => `ALTER TABLE ${table} RENAME COLUMN ${name} TO ${other}`,
    () => `ALTER TABLE ${table} ALTER ${name} TYPE ${pick(['text', 'varchar(30)'])}`,
    () => `ALTER TABLE ${table} ALTER COLUMN ${name} ${pick(['SET NOT NULL', 'DROP NOT NULL', 'DROP DEFAULT', 'SET DEFAULT NULL'])}`,
    () => `CREATE ${pick(['', 'UNIQUE '])}INDEX ON ${table} (${name}, ${other} DESC)`,
    () => `CREATE INDEX ON ${table} (${name})${pick(['', ` INCLUDE (${other})`, ` WHERE ${other} IS NOT NULL`])}`,
    () => `ALTER TABLE ${table} ADD UNIQUE (${name}, id)`,
    () => `ALTER TABLE ${table} ADD CHECK (${name} IS NOT NULL)${pick(['', ' NOT VALID'])}`,
    () => `ALTER TABLE ${table} ADD FOREIGN KEY (${name}) REFERENCES ${pick(tables)} (id)${pick(rules)}${pick(['', ' NOT VALID'])}`,
    () => `DROP TABLE ${table} CASCADE`,
    () => `ALTER TABLE t1 RENAME TO t2`,
    () => `ALTER TABLE t2 SET SCHEMA s`,
    () => `DROP INDEX t1_${name.replaceAll('"', '')}_idx`,
    () => `ALTER TABLE t1 DROP CONSTRAINT t1_${name.replaceAll('"', '')}_fkey`,
  ];
  return pick(forms)();
}
