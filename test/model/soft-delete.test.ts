// What marks rows as deleted, by names and shapes in every language.
import assert from 'node:assert/strict';
import { prisma } from '../../server/src/languages/prisma';
import { sql } from '../../server/src/languages/sql';
import { noFacts } from '../../server/src/model/facts';
import type { Table } from '../../server/src/model/nodes';
import { isDeletionFlag, keepsVersions, knowsDeleted, softDeleteOf } from '../../server/src/model/soft-delete';

function tableOf(columns: string): Table {
  const [table] = sql.lower([sql.parse('/a.sql', `CREATE TABLE t (id int PRIMARY KEY, ${columns});`)], { facts: noFacts }).tables;
  assert.ok(table);
  return table;
}

const marked = (columns: string): [string, null | false] | undefined => {
  const found = softDeleteOf(tableOf(columns));
  return found && [found.column.name, found.live];
};

describe('a soft delete', () => {
  before(() => Promise.all([sql.prepare(), prisma.prepare()]));

  it('is a time of deletion that rows may lack, whatever its name and type', () => {
    for (const name of ['deleted_at', '"deletedAt"', 'deleted_on', 'date_deleted', 'deleted', 'soft_deleted_at', 'discarded_at']) {
      assert.deepEqual(marked(`${name} timestamptz`), [name.replaceAll('"', ''), null], name);
    }
    assert.deepEqual(marked('deleted_at bigint'), ['deleted_at', null]);
    assert.deepEqual(marked('deleted_on date'), ['deleted_on', null]);
  });

  it('is no time that every row has, that lies ahead, or that means something else', () => {
    assert.equal(marked('deleted_at timestamptz NOT NULL'), undefined);
    assert.equal(marked("deleted_at timestamptz DEFAULT 'infinity'"), undefined);
    assert.equal(marked('deleted_at timestamptz[]'), undefined);
    assert.equal(marked('deleted_at text'), undefined);
    for (const name of ['archived_at', 'delete_at', 'deletion_scheduled_at', 'document_deleted_at', 'updated_at', 'trashed_at']) {
      assert.equal(marked(`${name} timestamptz`), undefined, name);
    }
  });

  it('is told by the last version of a row, where versions are kept', () => {
    assert.ok(keepsVersions(tableOf('"validFrom" timestamptz, "validTo" timestamptz')));
    assert.ok(!keepsVersions(tableOf('valid_until timestamptz')));
  });

  it('is a flag where there is no time, and where the flag always says something', () => {
    assert.deepEqual(marked('is_deleted boolean NOT NULL DEFAULT false'), ['is_deleted', false]);
    assert.deepEqual(marked('deleted boolean NOT NULL'), ['deleted', false]);
    assert.deepEqual(marked('is_deleted boolean NOT NULL, deleted_at timestamptz'), ['deleted_at', null]);
    assert.equal(marked('is_deleted boolean'), undefined);
    assert.equal(marked('is_archived boolean NOT NULL'), undefined);
    assert.equal(marked('deleted integer'), undefined);
  });

  it('is read from the code or from the database', () => {
    const text = 'model T {\n  id Int @id\n  gone DateTime? @map("deleted_at")\n}\n\nmodel U {\n  id Int @id\n  deletedAt DateTime? @map("d")\n}\n';
    const { tables } = prisma.lower([prisma.parse('/a.prisma', text)], { facts: noFacts });
    assert.deepEqual(tables.map((table) => softDeleteOf(table)?.column.name), ['gone', 'deletedAt']);
  });

  it('tells a flag that may be unknown as well', () => {
    const flags = tableOf('is_deleted boolean, deleted boolean NOT NULL, is_active boolean, deleted_at timestamptz').columns.filter(isDeletionFlag);
    assert.deepEqual(flags.map(({ name }) => name), ['is_deleted', 'deleted']);
  });
});

describe('an index', () => {
  before(() => sql.prepare());

  const knows = (index: string): boolean => {
    const script = `CREATE TABLE t (id int, a int, deleted_at timestamptz); CREATE INDEX i ON t ${index};`;
    const table = sql.lower([sql.parse('/a.sql', script)], { facts: noFacts }).tables[0];
    const deleted = table && softDeleteOf(table);
    const found = table?.indexes[0];
    assert.ok(deleted && found);
    return knowsDeleted(found, deleted);
  };

  it('knows deleted rows by a column, an expression or its predicate', () => {
    assert.equal(knows('(a)'), false);
    assert.equal(knows('(a, deleted_at)'), true);
    assert.equal(knows("(a, (COALESCE(deleted_at, 'infinity')))"), true);
    assert.equal(knows('(a) WHERE deleted_at IS NULL'), true);
    assert.equal(knows('(a) WHERE a > 0'), false);
    assert.equal(knows('(lower(a::text))'), false);
  });
});
