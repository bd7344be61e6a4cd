// What the pointer tells about keys, indexes and statements, in each language.
import assert from 'node:assert/strict';
import { hoverAt } from '../../server/src/ide/hover';
import { pageParts } from '../../server/src/ide/page';
import { pages, registry } from '../../server/src/lsp/defaults';
import { bench } from './support';

async function hover(path: string, files: Readonly<Record<string, string>>, find: string, rules = registry): Promise<string> {
  const { report } = await bench(files, { rules });
  const found = await report(path);
  const offset = found.text.indexOf(find);
  assert.ok(offset >= 0, find);
  return hoverAt(found, offset, { registry, pages, pageLink: (rule) => `page:${rule}` })?.contents ?? '';
}

const PRISMA = '/w/schema.prisma';
const schema = `datasource db {
  provider = "postgresql"
}
model A {
  id Int @id
  bs B[]
  cs C[]
}
model B {
  id   Int  @id
  aId  Int? @map("a_id")
  at   DateTime @db.Timestamptz(3)
  a    A?   @relation(fields: [aId], references: [id])
  @@index([aId, at(sort: Desc)], map: "b_list")
  @@index([aId])
}
model C {
  id  Int @id
  aId Int
  a   A   @relation(fields: [aId], references: [id])
}
`;
const prisma = (find: string): Promise<string> => hover(PRISMA, { [PRISMA]: schema }, find);

describe('hover on keys', () => {
  it('tells the default of Prisma where no rule is written', async () => {
    const optional = await prisma('a    A?');
    assert.match(optional, /`B \(aId\)` → `A \(id\)`/);
    assert.match(optional, /\*\*On delete: SET NULL\*\* \(the default, as none is written\)\. Deleting a row of `A` sets `aId` of its rows of `B` to NULL\./);
    assert.match(optional, /\*\*Index:\*\* served by the index `b_list` \(aId, at\)/);
    assert.match(await prisma('a   A '), /\*\*On delete: RESTRICT\*\*/);
    assert.match(await prisma('a   A '), /\*\*Index:\*\* none/);
  });
  it('knows the index on the one column of a key that says it all', async () => {
    const path = '/w/migrations/1_a.sql';
    const text = 'CREATE TABLE a (org int, id int UNIQUE, PRIMARY KEY (org, id));\nCREATE TABLE b (id int PRIMARY KEY, org int, a_id int, FOREIGN KEY (org, a_id) REFERENCES a (org, id));\nCREATE INDEX b_a ON b (a_id);\n';
    assert.match(await hover(path, { [path]: text }, 'REFERENCES'), /\*\*Index:\*\* served by the index `b_a` \(a_id\)/);
  });
  it('tells the default of PostgreSQL, and what a written rule does', async () => {
    const path = '/w/migrations/1_a.sql';
    const text = 'CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);\nCREATE TABLE c (id int PRIMARY KEY, a_id int REFERENCES a ON DELETE CASCADE);\n';
    assert.match(await hover(path, { [path]: text }, 'REFERENCES a)'), /\*\*On delete: NO ACTION\*\* \(the default/);
    assert.match(await hover(path, { [path]: text }, 'ON DELETE'), /\| \*\*CASCADE\*\* \|/);
  });
  it('tells of a key anywhere in its declaration', async () => {
    assert.match(await prisma('fields: [aId], references: [id])\n  @@index'), /`B \(aId\)` → `A \(id\)`/);
    const path = '/w/migrations/1_a.sql';
    const text = 'CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (id int PRIMARY KEY, a_id int, CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES a);\n';
    assert.match(await hover(path, { [path]: text }, 'CONSTRAINT b_a'), /`b \(a_id\)` → `a \(id\)`/);
  });
  it('tells of a key at the other end of its relation, and of many-to-many relations', async () => {
    assert.match(await prisma('bs B[]'), /`B \(aId\)` → `A \(id\)`/);
    const many = `datasource db {\n  provider = "postgresql"\n}\nmodel A {\n  id Int @id\n  up A? @relation("tree", fields: [upId], references: [id])\n  upId Int?\n  down A[] @relation("tree")\n  tags Tag[]\n}\nmodel Tag {\n  id Int @id\n  as A[]\n}\n`;
    assert.match(await hover(PRISMA, { [PRISMA]: many }, 'down A'), /`A \(upId\)` → `A \(id\)`/);
    assert.match(await hover(PRISMA, { [PRISMA]: many }, 'tags Tag'), /`A` ↔ `Tag`, through the table `_AToTag`/);
  });
  it('tells an order only of indexes that have one', async () => {
    const path = '/w/migrations/1_a.sql';
    const text = 'CREATE TABLE a (id int PRIMARY KEY, t text[]);\nCREATE INDEX i ON a USING gin (t);\n';
    assert.match(await hover(path, { [path]: text }, 'i ON a'), /GIN[^]*1\. `t` · /);
  });
  it('tells what a delete rule does at its key as well, in each form', async () => {
    for (const [path, text, find] of [
      [PRISMA, schema.replace('A?   @relation(fields: [aId], references: [id])', 'A? @relation(fields: [aId], references: [id], onDelete: Cascade)'), 'onDelete'],
      ['/w/a.ts', "import { pgTable, integer } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { id: integer().primaryKey(), b: integer().references(() => a.id, { onDelete: 'cascade' }) });\n", 'onDelete'],
      ['/w/a.ts', "import { pgTable, integer, foreignKey } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { id: integer().primaryKey(), b: integer() }, (t) => [foreignKey({ columns: [t.b], foreignColumns: [t.id] }).onDelete('cascade')]);\n", 'onDelete'],
    ] as const) assert.match(await hover(path, { [path]: text }, find), /\| \*\*CASCADE\*\* \|/, text);
  });
  it('tells what the columns of an index serve, and whether it is needless', async () => {
    const list = await prisma('@@index([aId, at');
    assert.match(list, /\*\*Index\*\* `b_list` on `B`, B-tree/);
    assert.match(list, /1\. `aId` ascending · equality\n2\. `at` descending · range and sort/);
    assert.match(list, /No other index covers it\./);
    assert.match(await prisma('@@index([aId])'), /Needless: the index `b_list` \(aId, at\) serves the same queries\./);
  });
});

describe('hover on statements', () => {
  const first = '/w/migrations/1_a.sql';
  const second = '/w/migrations/2_b.sql';
  const on = (statement: string): Promise<string> =>
    hover(second, { [first]: 'CREATE TABLE a (id int PRIMARY KEY, b int, c text);\nCREATE TABLE p (id int PRIMARY KEY);\n', [second]: `${statement};\n` }, statement.slice(0, 4));

  for (const [statement, lock, work] of [
    ['CREATE INDEX i ON a (b)', 'SHARE, which blocks all writes', 'builds an index'],
    ['CREATE INDEX CONCURRENTLY i ON a (b)', 'SHARE UPDATE EXCLUSIVE, which blocks other schema changes', 'beside the running work'],
    ['ALTER TABLE a ADD COLUMN d int DEFAULT 1', 'ACCESS EXCLUSIVE, which blocks all reads and writes', 'none'],
    ['ALTER TABLE a ADD COLUMN d timestamptz DEFAULT now()', 'ACCESS EXCLUSIVE', 'none'],
    ['ALTER TABLE a ADD COLUMN d uuid DEFAULT gen_random_uuid()', 'ACCESS EXCLUSIVE', 'writes the whole table'],
    ['ALTER TABLE a ADD COLUMN d timestamptz DEFAULT clock_timestamp()', 'ACCESS EXCLUSIVE', 'writes the whole table'],
    ['ALTER TABLE a ADD COLUMN d bigserial', 'ACCESS EXCLUSIVE', 'writes the whole table'],
    ['ALTER TABLE a ALTER COLUMN b SET NOT NULL', 'ACCESS EXCLUSIVE', 'reads the whole table'],
    ['ALTER TABLE a ALTER COLUMN b TYPE bigint', 'ACCESS EXCLUSIVE', 'writes the whole table'],
    ['ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES p', 'SHARE ROW EXCLUSIVE, which blocks all writes', 'reads the whole table'],
    ['ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES p NOT VALID', 'SHARE ROW EXCLUSIVE', 'none'],
    ['ALTER TABLE a ADD CONSTRAINT f CHECK (b > 0)', 'ACCESS EXCLUSIVE', 'reads the whole table'],
    ['ALTER TABLE a ADD CONSTRAINT f UNIQUE (b)', 'ACCESS EXCLUSIVE', 'builds an index'],
    ['ALTER TABLE a DROP COLUMN b', 'ACCESS EXCLUSIVE', 'none'],
    ['ALTER TABLE a ADD COLUMN d int DEFAULT 1 CHECK (d > 0)', 'ACCESS EXCLUSIVE', 'reads the whole table'],
    ['ALTER TABLE a ADD COLUMN d int REFERENCES p', 'ACCESS EXCLUSIVE', 'none'],
    ['ALTER TABLE a ADD COLUMN d int DEFAULT 1 REFERENCES p', 'ACCESS EXCLUSIVE', 'reads the whole table'],
    ['ALTER TABLE a ATTACH PARTITION p FOR VALUES IN (1)', 'SHARE UPDATE EXCLUSIVE', 'reads the partition'],
    ['ALTER TABLE a DETACH PARTITION p CONCURRENTLY', 'SHARE UPDATE EXCLUSIVE', 'beside the running work'],
    ['ALTER TABLE a DETACH PARTITION p', 'ACCESS EXCLUSIVE', 'none'],
    ['ALTER TABLE a ALTER COLUMN b SET STATISTICS 100', 'SHARE UPDATE EXCLUSIVE', 'none'],
    ['ALTER TABLE a SET (fillfactor = 50)', 'SHARE UPDATE EXCLUSIVE', 'none'],
    ['ALTER TABLE a DISABLE TRIGGER t', 'SHARE ROW EXCLUSIVE', 'none'],
    ['ALTER TABLE a SET LOGGED', 'ACCESS EXCLUSIVE', 'writes the whole table'],
    ['ALTER TABLE a OWNER TO b', 'ACCESS EXCLUSIVE', 'none'],
    ['ALTER TABLE a RENAME CONSTRAINT b TO d', 'ACCESS EXCLUSIVE', 'none'],
    ['ALTER TABLE a SET SCHEMA b', 'ACCESS EXCLUSIVE', 'none'],
    ['CREATE TRIGGER t BEFORE INSERT ON a EXECUTE FUNCTION f()', 'SHARE ROW EXCLUSIVE', 'none'],
    ['DROP TRIGGER t ON a', 'ACCESS EXCLUSIVE', 'none'],
    ['VACUUM FULL a', 'ACCESS EXCLUSIVE', 'writes the whole table'],
    ['ANALYZE a', 'SHARE UPDATE EXCLUSIVE', 'reads the whole table'],
    ['CLUSTER a', 'ACCESS EXCLUSIVE', 'writes the whole table'],
    ["COMMENT ON TABLE a IS 'a'", 'SHARE UPDATE EXCLUSIVE', 'none'],
    ['CREATE STATISTICS s ON b, c FROM a', 'SHARE UPDATE EXCLUSIVE', 'none'],
  ] as const) {
    it(statement, async () => {
      const text = await on(statement);
      assert.ok(text.includes(`**Lock:** ${lock}`), text);
      assert.ok((text.split('**Work under the lock:** ')[1] ?? '').split('\n')[0]?.includes(work), text);
      assert.match(text, /\*\*Runs:\*\* /);
    });
  }
  it('says that nobody waits for a table that the migration creates', async () => {
    const text = await hover(second, { [second]: 'CREATE TABLE n (id int PRIMARY KEY);\nALTER TABLE n ADD COLUMN d int;\n' }, 'ALTER');
    assert.match(text, /nobody waits: the table is created by this migration/);
  });
  it('says that nobody waits for a referenced table that the migration creates', async () => {
    const text = await hover(second, { [second]: 'CREATE TABLE n (id int PRIMARY KEY);\nCREATE TABLE m (id int REFERENCES n);\n' }, 'CREATE TABLE m');
    assert.match(text, /Locks no existing table\./);
    assert.doesNotMatch(text, /Lock on/);
  });
  it('tells the safe form, as the runner can execute it', async () => {
    // Without rules, whose findings tell it themselves.
    const plain = (statement: string): Promise<string> => hover(second, { [first]: 'CREATE TABLE a (id int PRIMARY KEY, b int);\n', [second]: `${statement};\n` }, statement.slice(0, 4), []);
    assert.match(await plain('ALTER TABLE a ADD CONSTRAINT f CHECK (b > 0)'), /\*\*Safe form:\*\* .*NOT VALID, and VALIDATE CONSTRAINT next/);
    const journal = JSON.stringify({ version: '7', dialect: 'postgresql', entries: [{ idx: 0, version: '7', when: 1, tag: '0000_a', breakpoints: true }, { idx: 1, version: '7', when: 2, tag: '0001_b', breakpoints: true }] });
    const drizzle = (statement: string): Promise<string> =>
      hover('/w/drizzle/0001_b.sql', { '/w/drizzle/meta/_journal.json': journal, '/w/drizzle/0000_a.sql': 'CREATE TABLE a (id int PRIMARY KEY, b int);\n', '/w/drizzle/0001_b.sql': `${statement};\n` }, statement.slice(0, 4), []);
    assert.match(await drizzle('ALTER TABLE a ADD CONSTRAINT f CHECK (b > 0)'), /VALIDATE CONSTRAINT in a migration that is deployed later/);
    assert.match(await drizzle('DROP INDEX a_b'), /CONCURRENTLY, by hand before this is deployed/);
  });
  it('tells the safe form once, where a finding tells it', async () => {
    const text = await on('CREATE INDEX i ON a (b)');
    assert.equal(text.split('**Safe form:**').length, 2, text);
  });
  it('has no safe form for what nobody waits for', async () => {
    assert.doesNotMatch(await on('CREATE TABLE n (id int PRIMARY KEY)'), /Safe form/);
    assert.doesNotMatch(await on('CREATE TYPE t AS ENUM ()'), /Safe form/);
  });
  it('tells the versions', async () => {
    assert.match(await on('ALTER TABLE a DROP COLUMN b'), /\*\*Versions:\*\* the same in PostgreSQL 12 to 18\./);
    assert.match(await on('ALTER TABLE a ADD COLUMN d int GENERATED ALWAYS AS (b) VIRTUAL'), /\*\*Versions:\*\* PostgreSQL 18 and later\./);
    const files = { '/w/schema-bible.json': '{ "postgresVersion": 15 }', [first]: 'CREATE TABLE a (id int PRIMARY KEY, b int);\n', [second]: 'ALTER TABLE a ADD CONSTRAINT n NOT NULL b NOT VALID;\n' };
    assert.match(await hover(second, files, 'ALTER'), /PostgreSQL 18 and later; version 15 refuses it/);
  });
  it('says where PostgreSQL refuses the statement in a transaction', async () => {
    const text = await hover(second, { [first]: 'CREATE TABLE a (id int);\n', [second]: 'BEGIN;\nVACUUM a;\nCOMMIT;\n' }, 'VACUUM');
    assert.match(text, /It fails here/);
    assert.match(await on('VACUUM a'), /It can't run inside a transaction\./);
  });
  it('claims nothing of statements that it does not know', async () => {
    assert.doesNotMatch(await on('LISTEN x'), /[Ll]ock/);
  });
  it('names the other table that a foreign key locks', async () => {
    assert.match(await on('ALTER TABLE a ADD COLUMN d int REFERENCES p'), /\*\*Lock on `p`:\*\* SHARE ROW EXCLUSIVE/);
    assert.match(await on('CREATE TABLE n (id int PRIMARY KEY REFERENCES p)'), /\*\*Lock on `p`:\*\* SHARE ROW EXCLUSIVE/);
  });
});

describe('a rule\'s page', () => {
  it('is cut into summary and reason', () => {
    assert.deepEqual(pageParts('# a\n\nSays a.\n\n## Why\n\nBecause.\n\nMore.\n\n## Examples\n'), { summary: 'Says a.', why: 'Because.' });
    assert.deepEqual(pageParts(''), { summary: '', why: '' });
  });
});
