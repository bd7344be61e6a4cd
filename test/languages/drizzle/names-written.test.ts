// Names, orders and forms that fixes write into Drizzle schemas, and where they write none.
import { strict as assert } from 'node:assert';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Intent } from '../../../server/src/model/intents';
import { compile } from './compile';
import { apply, type Choice } from './write';

before(() => drizzle.prepare());

const IMPORTS = `import { foreignKey, index, integer, pgTable, primaryKey, text, unique, type AnyPgColumn } from "drizzle-orm/pg-core";\n`;

interface Case {
  readonly title: string;
  readonly before: string;
  readonly intent: (choice: Choice) => Intent;
  /** Undefined where no fix is offered. */
  readonly after: string | undefined;
}

const table = (at = 0) => ({ schema }: Choice) => {
  const found = schema.tables[at];
  assert.ok(found);
  return found;
};
const databaseName = (column?: string) => (choice: Choice): Intent => ({ do: 'setDatabaseName', of: column === undefined ? table()(choice) : choice.column(`t.${column}`), name: "it's" });
const indexName = (choice: Choice): Intent => {
  const { indexes, primaryKey } = table()(choice);
  const index = indexes[0] ?? primaryKey;
  assert.ok(index);
  return { do: 'setIndexName', index, name: 'new' };
};
const foreignKeyName = (choice: Choice): Intent => {
  const foreignKey = table()(choice).foreignKeys[0];
  assert.ok(foreignKey);
  return { do: 'setForeignKeyName', foreignKey, name: 'new' };
};
const nulls = (to: 'first' | 'plain') => (choice: Choice): Intent => {
  const index = table()(choice).indexes[0];
  const part = index?.parts[0];
  assert.ok(index && part);
  return { do: 'setNulls', index, part, to };
};
const arrayForm = (choice: Choice): Intent => ({ do: 'useArrayForm', table: table()(choice) });

const CASES: readonly Case[] = [
  { title: 'a column', before: 'export const t = pgTable("t", { a: text("A") });', intent: databaseName('a'), after: 'export const t = pgTable("t", { a: text("it\'s") });' },
  { title: 'a column without arguments', before: 'export const t = pgTable("t", { a: text().notNull() });', intent: databaseName('a'), after: 'export const t = pgTable("t", { a: text("it\'s").notNull() });' },
  { title: 'a column with options', before: 'export const t = pgTable("t", { a: text({ enum: ["x"] }) });', intent: databaseName('a'), after: 'export const t = pgTable("t", { a: text("it\'s", { enum: ["x"] }) });' },
  { title: 'a builder given to a callback', before: 'export const t = pgTable("t", (p) => ({ a: p.text() }));', intent: databaseName('a'), after: 'export const t = pgTable("t", (p) => ({ a: p.text("it\'s") }));' },
  { title: 'a name that is made elsewhere', before: 'const name = "A";\nexport const t = pgTable("t", { a: text(name) });', intent: databaseName('a'), after: undefined },
  { title: 'a table', before: 'export const t = pgTable("T", { a: text("a") });', intent: databaseName(), after: 'export const t = pgTable("it\'s", { a: text("a") });' },
  { title: 'an index', before: 'export const t = pgTable("t", { a: text("a") }, (t) => [index().on(t.a)]);', intent: indexName, after: 'export const t = pgTable("t", { a: text("a") }, (t) => [index("new").on(t.a)]);' },
  { title: 'a unique column', before: 'export const t = pgTable("t", { a: text("a").unique("old", { nulls: "not distinct" }) });', intent: indexName, after: 'export const t = pgTable("t", { a: text("a").unique("new", { nulls: "not distinct" }) });' },
  { title: 'a composite key', before: 'export const t = pgTable("t", { a: text("a"), b: text("b") }, (t) => [primaryKey({ columns: [t.a, t.b] })]);', intent: indexName, after: 'export const t = pgTable("t", { a: text("a"), b: text("b") }, (t) => [primaryKey({ name: "new", columns: [t.a, t.b] })]);' },
  { title: 'a key on its column', before: 'export const t = pgTable("t", { a: text("a").primaryKey() });', intent: indexName, after: undefined },
  {
    title: 'a foreign key that has a name',
    before: 'export const t = pgTable("t", { a: integer("a").primaryKey(), b: integer("b") }, (t) => [foreignKey({ columns: [t.b], foreignColumns: [t.a], name: "old" })]);',
    intent: foreignKeyName,
    after: 'export const t = pgTable("t", { a: integer("a").primaryKey(), b: integer("b") }, (t) => [foreignKey({ columns: [t.b], foreignColumns: [t.a], name: "new" })]);',
  },
  {
    title: 'a foreign key of several lines',
    before: 'export const t = pgTable("t", { a: integer("a").primaryKey(), b: integer("b") }, (t) => [\n  foreignKey({\n    columns: [t.b],\n    foreignColumns: [t.a],\n  }),\n]);',
    intent: foreignKeyName,
    after: 'export const t = pgTable("t", { a: integer("a").primaryKey(), b: integer("b") }, (t) => [\n  foreignKey({\n    name: "new",\n    columns: [t.b],\n    foreignColumns: [t.a],\n  }),\n]);',
  },
  {
    title: 'a reference with a body, in a table with an array',
    before: 'export const u = pgTable("u", { id: integer("id").primaryKey() });\nexport const t = pgTable("t", { b: integer("b").references(() => { return u.id; }, { onDelete: "set null" }) }, ({ b }) => [index("b").on(b)]);',
    intent: (choice) => {
      const foreignKey = choice.table('t').foreignKeys[0];
      assert.ok(foreignKey);
      return { do: 'setForeignKeyName', foreignKey, name: 'new' };
    },
    after: 'export const u = pgTable("u", { id: integer("id").primaryKey() });\nexport const t = pgTable("t", { b: integer("b") }, ({ b }) => [index("b").on(b), foreignKey({ name: "new", columns: [b], foreignColumns: [u.id] }).onDelete("set null")]);',
  },
  {
    title: 'a reference to another column of its own table',
    before: 'export const t = pgTable("t", { a: integer("a").primaryKey(), b: integer("b").references((): AnyPgColumn => t.a) }, ({ b }) => ({ x: index("b").on(b) }));',
    intent: foreignKeyName,
    after: 'export const t = pgTable("t", { a: integer("a").primaryKey(), b: integer("b") }, ({ b, a }) => ({ x: index("b").on(b), bFk: foreignKey({ name: "new", columns: [b], foreignColumns: [a] }) }));',
  },
  { title: 'a reference with a comment in it', before: 'export const t = pgTable("t", { a: integer("a").primaryKey(), b: integer("b").references(/* up */ (): AnyPgColumn => t.a) });', intent: foreignKeyName, after: undefined },
  {
    title: 'a reference in a helper of several tables',
    before: 'export const u = pgTable("u", { id: integer("id").primaryKey() });\nconst owned = { b: integer("b").references(() => u.id) };\nexport const t = pgTable("t", { ...owned });',
    intent: (choice) => {
      const foreignKey = choice.table('t').foreignKeys[0];
      assert.ok(foreignKey);
      return { do: 'setForeignKeyName', foreignKey, name: 'new' };
    },
    after: undefined,
  },
  { title: 'nulls first', before: 'export const t = pgTable("t", { a: text("a") }, (t) => [index("x").on(t.a.desc())]);', intent: nulls('first'), after: 'export const t = pgTable("t", { a: text("a") }, (t) => [index("x").on(t.a.desc().nullsFirst())]);' },
  { title: 'no order', before: 'export const t = pgTable("t", { a: text("a") }, (t) => [index("x").on(t.a.desc().op("text_ops"))]);', intent: nulls('plain'), after: 'export const t = pgTable("t", { a: text("a") }, (t) => [index("x").on(t.a.op("text_ops"))]);' },
  { title: 'an order that is not written', before: 'export const t = pgTable("t", { a: text("a") }, (t) => [index("x").on(t.a)]);', intent: nulls('first'), after: undefined },
  { title: 'an array on one line', before: 'export const t = pgTable("t", { a: text("a") }, (t) => ({ x: index("x").on(t.a), }));', intent: arrayForm, after: 'export const t = pgTable("t", { a: text("a") }, (t) => [index("x").on(t.a),]);' },
  {
    title: 'an array in place of an object with a comment around it',
    before: 'export const t = pgTable("t", { a: text("a") }, (t) => (/* keys */ { x: index("x").on(t.a) }));',
    intent: arrayForm,
    after: 'export const t = pgTable("t", { a: text("a") }, (t) => (/* keys */ [index("x").on(t.a)]));',
  },
  { title: 'no array for a spread', before: 'const more = { y: unique("y") };\nexport const t = pgTable("t", { a: text("a") }, (t) => ({ ...more, x: index("x").on(t.a) }));', intent: arrayForm, after: undefined },
];

describe('Drizzle: writing names, orders and forms', () => {
  const written: Record<string, string> = {};

  for (const { title, before: text, intent, after } of CASES) {
    it(title, () => {
      const made = apply({ '/a.ts': `${IMPORTS}${text}\n` }, intent);
      // A name that the fix leaves without a use goes with it.
      assert.equal(made?.slice(made.indexOf('\n') + 1), after === undefined ? undefined : `${after}\n`);
      if (made !== undefined) written[`/${title}.ts`] = made;
    });
  }

  it('gives what the compiler takes', () => {
    assert.ok(Object.keys(written).length > 10);
    assert.deepEqual(compile(written), []);
  });
});
