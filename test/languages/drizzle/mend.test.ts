// Half-typed code: a line that can't be read costs itself, and makes its table one of which more may come.
import { strict as assert } from 'node:assert';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import { lowerPg } from './print';

before(() => drizzle.prepare());

/** The tables of a file with their columns and indexes, `…` where more may come. */
function tables(body: string): string[] {
  return lowerPg(body).schema.tables.map(({ name, columns, indexes, partial }) => {
    const keys = indexes.map(({ parts }) => `[${parts.map(({ column }) => column).join()}]`);
    return [name, ...columns.map((column) => column.name), ...keys, ...(partial ? ['…'] : [])].join(' ');
  });
}

const around = (line: string, eol = '\n'): string =>
  `
export const users = pgTable("users", {
  id: integer("id").primaryKey(),
});
export const posts = pgTable("posts", {
  id: integer("id").primaryKey(),
${line}
  userId: integer("user_id").references(() => users.id),
  at: timestamp("at"),
}, (t) => [
  index().on(t.at),
]);
export const last = pgTable("last", { id: integer("id").primaryKey() });
`.replaceAll('\n', eol);

describe('A half-typed line in a Drizzle file', () => {
  const lines = ['', ' na:', ' na: te', ' na: text(', ' na: text("', ' na: text("na").', ' na: text("na").not', ' ...', ' ...sta', ' na: varchar("na", {',
    ' na: varchar("na", { length: ', ' }', ' )', ' });', ' ???', ' na: text().references(() => ', ' na: text().references(() => users.', ' na: `', ' /* na', ' na: text("na", {\n length:', ' @']; // prettier-ignore
  for (const line of lines.slice(1)) {
    it(`costs itself: ${line.trim().replace('\n', '⏎')}`, () => {
      for (const eol of ['\n', '\r\n']) {
        const [users, posts = '', last] = tables(around(line, eol));
        assert.deepEqual([users, last], ['users id', 'last id']);
        assert.match(posts, /^posts id (?:na )?userId at \[at\] …$/);
      }
    });
  }

  it('of which nothing is left costs nothing', () => {
    assert.deepEqual(tables(around('')), ['users id', 'posts id userId at [at]', 'last id']);
  });

  it('costs its index alone', () => {
    for (const line of ['ind', 'index(', 'index("x")', 'index("x").', 'index("x").on(', 'index("x").on(t.', 'index("x").on(t.us', 'index("x").on()', 'index("x").on(t.us)']) {
      const [posts = '', last] = tables(`
export const posts = pgTable("posts", { id: integer("id").primaryKey(), userId: integer("user_id") }, (t) => [
  index().on(t.userId),
  ${line}
]);
export const last = pgTable("last", { id: integer("id").primaryKey() });
`);
      assert.match(posts, /^posts id userId \[user_id\](?: \[\w*\])? …$/, line);
      assert.equal(last, 'last id', line);
    }
  });

  it('may be the table\'s name, the comma behind its columns, or an index before another', () => {
    const prettier = (name: string, comma: string, index: string): string => `
export const posts = pgTable(
  ${name}
  {
    id: integer("id").primaryKey(),
    userId: integer("user_id"),
  }${comma}
  (t) => [
    ${index}
    index("b").on(t.userId),
  ],
);
export const last = pgTable("last", { id: integer("id").primaryKey() });
`;
    assert.deepEqual(tables(prettier('"posts",', ',', '')), ['posts id userId [user_id]', 'last id']);
    for (const name of ['"', '"po', '"posts', '"posts"']) assert.deepEqual(tables(prettier(name, ',', '')), ['posts id userId [user_id] …', 'last id'], name);
    assert.deepEqual(tables(prettier('"posts",', '', '')), ['posts id userId [user_id] …', 'last id']);
    for (const index of ['index("a").', 'index(', 'index("a"']) {
      const [posts = '', last] = tables(prettier('"posts",', ',', index));
      assert.match(posts, /^posts id userId .*…$/);
      assert.equal(last, 'last id');
    }
  });

  it('hides no import', () => {
    const found = tables('const stamps =\n  createdAt: timestamp("created_at"),\n};\nexport const last = pgTable("last", { at: timestamp("at") });\n');
    assert.equal(found.at(-1), 'last at');
    const { schema } = lowerPg('const stamps =\n  createdAt: timestamp("created_at"),\n};\nexport const last = pgTable("last", { at: timestamp("at") });\n');
    assert.equal(schema.tables.at(-1)?.columns[0]?.type.family, 'timestamp');
  });

  it('leaves a table that is never closed, and those behind it', () => {
    for (const begun of ['export const posts = pgTable("posts", {\n  id: integer("id"),\n\n', 'export const posts = pgTable("posts", {\n  id: integer("id"),\n', 'export const posts =\n', 'import { sq\n', 'export\n']) {
      const found = tables(`${begun}export const last = pgTable("last", { id: integer("id").primaryKey() });\n`);
      assert.equal(found.at(-1), 'last id', begun);
      assert.ok(found.length === 1 || found[0]?.endsWith('…'), begun);
    }
  });

  it('makes a table of which a helper is half typed one of which more may come', () => {
    assert.deepEqual(tables(`
const stamps = {
  createdAt: timestamp("created_at"),
  upd
};
export const last = pgTable("last", { id: integer("id").primaryKey(), ...stamps });
const closed = {
  createdAt: timestamp("created_at"),
  updatedAt: timestamp(
};
export const next = pgTable("next", { id: integer("id").primaryKey(), ...closed });
`).map((table) => table.at(-1)), ['…', '…']);
  });

  it('may be one of many', () => {
    const found = tables(Array.from({ length: 3 }, () => around(' na: text(')).join('').replaceAll(/(users|posts|last)/g, '$1'));
    assert.deepEqual(new Set(found.map((table) => table.split(' ')[0])), new Set(['users', 'posts', 'last']));
  });

  it('gives the same tables again once it is whole', () => {
    const whole = around(' na: text("na"),');
    const before = lowerPg(whole);
    assert.deepEqual(before.schema.tables.map(({ partial }) => partial), [false, false, false]);
  });
});
