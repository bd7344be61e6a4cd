// The names and orders that Drizzle adds by itself: what drizzle-kit writes is what the model says.
import { strict as assert } from 'node:assert';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import { noFacts, type Facts } from '../../../server/src/model/facts';
import type { Table } from '../../../server/src/model/nodes';
import { sqlOfDrizzle } from '../../golden/support/oracles';
import { lower, lowerPg } from './print';

before(() => drizzle.prepare());

function tables(body: string, facts: Partial<Facts> = {}): readonly Table[] {
  return lowerPg(body, { facts }).schema.tables;
}

function only(body: string, facts: Partial<Facts> = {}): Table {
  const [table] = tables(body, facts);
  assert.ok(table);
  return table;
}

const TREE = `
export const nodes = pgTable("nodes", {
  id: integer("id").primaryKey(),
  parentId: integer("parent_id").references((): AnyPgColumn => nodes.id),
  rootId: integer("root_id"),
  namedId: integer("named_id"),
}, (table) => [
  foreignKey({ columns: [table.rootId], foreignColumns: [table.id] }),
  foreignKey({ name: "by_hand", columns: [table.namedId], foreignColumns: [table.id] }),
]);
`;

describe('names that Drizzle makes up', () => {
  it("foreign keys are called as drizzle-kit's SQL calls them", async () => {
    const sql = await sqlOfDrizzle(`import { foreignKey, integer, pgTable, type AnyPgColumn } from 'drizzle-orm/pg-core';${TREE}`);
    const names = [...sql.matchAll(/ADD CONSTRAINT "(\w+)" FOREIGN KEY/g)].map(([, name]) => name);
    assert.equal(names.length, 3);
    assert.deepEqual(only(TREE).foreignKeys.map(({ dbName }) => dbName).sort(), names.sort());
  });

  it('end otherwise in Drizzle 1.0, where long ones are hashed', () => {
    const facts = { drizzleVersion: { major: 1, minor: 0 } };
    assert.deepEqual(only(TREE, facts).foreignKeys.map(({ dbName }) => dbName), ['nodes_parent_id_nodes_id_fkey', 'nodes_root_id_nodes_id_fkey', 'by_hand']);
    const long = TREE.replace('parent_id', 'identifier_of_the_node_that_stands_right_above_it');
    assert.deepEqual(only(long, facts).foreignKeys[0]?.dbName, undefined);
    assert.ok((only(long).foreignKeys[0]?.dbName?.length ?? 0) > 63);
  });

  it("an index has none where its name is missing, or can't be read", () => {
    const [plain, expression, named, unread] = only(`
export const a = pgTable("a", { b: text("b") }, (t) => [
  index().on(t.b), index().on(sql\`lower(\${t.b})\`), index("by_b").on(sql\`lower(\${t.b})\`), index(process.env.NAME).on(t.b),
]);
`).indexes;
    assert.deepEqual([plain?.name, plain?.unnamed], ['a_b_index', undefined]);
    assert.deepEqual([expression?.name, expression?.unnamed], [undefined, true]);
    assert.deepEqual([named?.name, named?.unnamed], ['by_b', undefined]);
    assert.deepEqual([unread?.name, unread?.unnamed], [undefined, undefined]);
  });
});

describe('orders that Drizzle completes', () => {
  it('DESC gets NULLS LAST unless the author says where nulls stand', async () => {
    const body = `
export const a = pgTable("a", { b: text("b") }, (t) => [
  index("one").on(t.b.desc()), index("two").on(t.b.desc().nullsFirst()), index("three").on(t.b.desc().nullsLast()), index("four").on(t.b),
]);
`;
    const parts = only(body).indexes.map(({ parts: [part] }) => [part?.sort, part?.nulls, part?.nullsAdded]);
    assert.deepEqual(parts, [['desc', 'last', true], ['desc', 'first', undefined], ['desc', 'last', undefined], ['asc', undefined, undefined]]);
    const sql = await sqlOfDrizzle(`import { index, pgTable, text } from 'drizzle-orm/pg-core';${body}`);
    assert.deepEqual([...sql.matchAll(/\("b"(.*)\)/g)].map(([, order]) => order), [' DESC NULLS LAST', ' DESC NULLS FIRST', ' DESC NULLS LAST', '']);
  });

  it('MySQL has no such words', () => {
    const { schema } = lower({
      '/schema.ts': `import { index, int, mysqlTable } from 'drizzle-orm/mysql-core';\nexport const a = mysqlTable("a", { b: int("b") }, (t) => [index("x").on(t.b.desc())]);\n`,
    });
    const part = schema.tables[0]?.indexes[0]?.parts[0];
    assert.deepEqual([part?.sort, part?.nulls, part?.nullsAdded], ['desc', undefined, undefined]);
  });
});

describe('casing from the configuration', () => {
  const body = `
export const users = pgTable("users", { id: integer().primaryKey(), firstName: text(), lastName: text("lastName") });
export const posts = pgTable("posts", { authorId: integer().references(() => users.id), editorName: text().references(() => users.firstName) }, (t) => [index().on(t.authorId)]);
`;
  const names = (facts: Partial<Facts>) => tables(body, facts).map(({ columns }) => columns.map(({ dbName, intendedName }) => (intendedName === undefined ? dbName : `${dbName}?${intendedName}`)));

  it('names the columns whose names are not written', () => {
    const facts = { drizzleVersion: { major: 0, minor: 45 }, drizzleCasing: 'snake_case' } as const;
    assert.deepEqual(names(facts), [['id', 'first_name', 'lastName'], ['author_id', 'editor_name']]);
    const [, posts] = tables(body, facts);
    assert.equal(posts?.indexes[0]?.name, 'posts_author_id_index');
    assert.deepEqual(posts?.foreignKeys.map(({ targetColumns, dbName }) => [...targetColumns, dbName]), [['id', 'posts_author_id_users_id_fk'], ['first_name', 'posts_editor_name_users_first_name_fk']]);
  });

  it('is only an intention in Drizzle 1.0', () => {
    assert.deepEqual(names({ drizzleVersion: { major: 1, minor: 0 }, drizzleCasing: 'snake_case' }), [['id', 'firstName?first_name', 'lastName'], ['authorId?author_id', 'editorName?editor_name']]);
  });

  it('without one, a name is its property', () => {
    assert.deepEqual(names({}), [['id', 'firstName', 'lastName'], ['authorId', 'editorName']]);
  });

  it('is looked at anew when it changes', () => {
    const text = { '/schema.ts': `import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const a = pgTable("a", { firstName: text() });\n` };
    const first = lower(text, { facts: { drizzleCasing: 'snake_case' } });
    const again = drizzle.lower([...first.parsed.values()], { facts: noFacts });
    assert.deepEqual([first.schema, again].map(({ tables: [table] }) => table?.columns[0]?.dbName), ['first_name', 'firstName']);
  });
});

describe('the object form of keys and indexes', () => {
  it('is noted where the author wrote it', () => {
    const [list, object, block] = tables(`
export const a = pgTable("a", { b: text("b") }, (t) => [index("x").on(t.b)]);
export const b = pgTable("b", { b: text("b") }, (t) => ({ y: index("y").on(t.b) }));
export const c = pgTable("c", { b: text("b") }, (t) => { return { z: index("z").on(t.b) }; });
`);
    assert.equal(list?.keysObject, undefined);
    assert.equal(object?.indexes.length, 1);
    assert.ok(object?.keysObject && block?.keysObject);
    assert.equal(object.keysObject.end - object.keysObject.start, '{ y: index("y").on(t.b) }'.length);
  });
});
