// DDL made of the model says nothing where the model doesn't know enough; what it says, test/golden/ddl.test.ts runs.
import assert from 'node:assert/strict';
import { drizzle } from '../../server/src/languages/drizzle';
import { sql } from '../../server/src/languages/sql';
import { addColumn, addEnumValue, createEnum, createIndex, createTable, setDefault, setType, spellingOf } from '../../server/src/model/ddl';
import { noFacts } from '../../server/src/model/facts';
import type { Table } from '../../server/src/model/nodes';

const DRIZZLE = `
import { pgTable, customType, text, integer, index } from "drizzle-orm/pg-core";
const shape = customType({ dataType: () => "geometry" });
export const places = pgTable("places", { shape: shape("shape"), made: text("made").default(makeIt()), sum: integer("sum").generatedAlwaysAs(total), ok: text("ok") }, (t) => [index("by").on(total(t.ok)), index().using("gin", t.ok)]);
`;

const tableOf = (tables: readonly Table[]): Table => tables[0] ?? assert.fail();

describe('DDL made of the model', () => {
  before(() => Promise.all([sql.prepare(), drizzle.prepare()]));

  it('is silent about what is not known', () => {
    const schema = drizzle.lower([drizzle.parse('/a.ts', DRIZZLE)], { facts: noFacts });
    const table = tableOf(schema.tables);
    const spelling = spellingOf(schema);
    assert.deepEqual(table.columns.map((column) => addColumn(column, spelling)), [undefined, undefined, undefined, 'ALTER TABLE "places" ADD COLUMN "ok" text;']);
    assert.equal(createTable({ ...table, columns: [], partial: true }, spelling), undefined);
    assert.deepEqual(table.indexes.map((index) => createIndex(index, spelling)), [undefined, 'CREATE INDEX "places_ok_index" ON "places" USING gin ("ok");']);
  });

  it('quotes what needs it, and leaves alone what does not', () => {
    const schema = sql.lower([sql.parse('a.sql', `CREATE TYPE mood AS ENUM ('a''b', 'd'); CREATE TABLE "Odd".t ("user" serial, plain int DEFAULT 1, m mood[]);`)], { facts: noFacts });
    const spelling = spellingOf(schema);
    const [user, plain, mood] = tableOf(schema.tables).columns;
    assert.ok(user && plain && mood);
    assert.equal(addColumn(user, spelling), 'ALTER TABLE "Odd".t ADD COLUMN "user" serial;');
    assert.equal(setDefault(user, spelling), undefined);
    assert.equal(setDefault(plain, spelling), 'ALTER TABLE "Odd".t ALTER COLUMN plain SET DEFAULT 1;');
    assert.equal(setType(mood, spelling, 'texts'), 'ALTER TABLE "Odd".t ALTER COLUMN m TYPE mood[] USING m::text[]::mood[];');
    const [type] = schema.enums;
    assert.ok(type);
    assert.equal(createEnum(type, spelling), "CREATE TYPE mood AS ENUM ('a''b', 'd');");
    assert.equal(addEnumValue({ ...type, values: ['new', "a'b", 'd'] }, 'new', type.values, spelling), "ALTER TYPE mood ADD VALUE 'new' BEFORE 'a''b';");
  });
});
