// Enums, CHECKs and junction tables written into Drizzle schemas; the compiler judges each result with Drizzle's types.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import { noFacts, type Facts } from '../../../server/src/model/facts';
import type { Intent } from '../../../server/src/model/intents';
import type { Column, Schema, Table } from '../../../server/src/model/nodes';
import { applyEdits } from '../../../server/src/text/edit';
import { complaints } from '../../rules/harness/typescript';
import { lower } from './print';

type Files = Readonly<Record<string, string>>;

function table(schema: Schema, name: string): Table {
  const found = schema.tables.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
}

function column(schema: Schema, of: string, name: string): Column {
  const found = table(schema, of).columns.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
}

/** All that the tests wrote, for the compiler to judge at once. */
const written = new Map<string, ReadonlyMap<string, string>>();

/** The files after the intent; undefined where there is no fix. */
function write(files: Files, intent: (schema: Schema) => Intent, facts: Partial<Facts> = {}, literals: readonly string[] = []): Record<string, string> | undefined {
  const { schema, parsed } = lower(files, { facts });
  const edits = writeIntent(intent(schema), drizzle.write, {
    schema,
    facts: { ...noFacts, ...facts },
    parsed: (path) => parsed.get(path),
    nextMigrations: () => undefined,
    literals: () => literals,
  });
  if (!edits) return undefined;
  const after = Object.entries(files).map(([path, text]) => [path, applyEdits(text, edits.filter(({ file }) => file === path))] as const);
  const relative = new Map(after.map(([path, text]) => [path.slice(1), text]));
  written.set(`${written.size}\n${after.map(([, text]) => text).join('\n')}`, relative);
  return Object.fromEntries(after);
}

const status = (values: readonly string[]) => (schema: Schema): Intent => ({ do: 'useEnum', columns: [column(schema, 't', 'status')], values });
const check = (values: readonly string[]) => (schema: Schema): Intent => ({ do: 'addCheck', column: column(schema, 't', 'status'), values });

describe('Drizzle: writing enums', () => {
  before(() => drizzle.prepare());

  it('stands in front of the table and its comments, named as the others are', () => {
    const text = `import { pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core"

export const role = pgEnum("role", ["a", "b"])
/**
 * The things
 */
// of all
export const t = pgTable("things", { id: uuid().primaryKey(), status: text().default("new"), note: text() })
`;
    const after = write({ '/a.ts': text }, status(['new']), {}, ['it\'s "done"'])?.['/a.ts'];
    assert.equal(
      after,
      `import { pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core"

export const role = pgEnum("role", ["a", "b"])
export const thingStatus = pgEnum("thing_status", ["new", "it's \\"done\\""])

/**
 * The things
 */
// of all
export const t = pgTable("things", { id: uuid().primaryKey(), status: thingStatus().default("new"), note: text() })
`,
    );
  });

  it('uses one that stands above already, and a free name else', () => {
    const file = (before: string): string => `import { pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core';
${before}
export const t = pgTable('posts', { id: uuid('id').primaryKey(), status: text('status') });
`;
    const present = write({ '/a.ts': file("export const anyStatus = pgEnum('status', ['b', 'a']);") }, status(['a', 'b']))?.['/a.ts'] ?? '';
    assert.match(present, /status: anyStatus\('status'\)/);
    assert.doesNotMatch(present, /\btext\b/);
    const taken = write({ '/a.ts': file("export const postStatusEnum = 1;\nexport const o = pgTable('post_status', { id: uuid('id').primaryKey() });") }, status(['a', 'b']))?.['/a.ts'] ?? '';
    assert.match(taken, /export const postStatusEnum2 = pgEnum\('post_status2', \['a', 'b'\]\);/);
  });

  it('stands in front of a helper that several tables spread', () => {
    const text = `import * as p from 'drizzle-orm/pg-core';
const shared = { status: p.text('status').notNull() };
export const t = p.pgTable('t', { id: p.uuid('id').primaryKey(), ...shared });
`;
    assert.equal(
      write({ '/a.ts': text }, status(['a', 'b']))?.['/a.ts'],
      `import * as p from 'drizzle-orm/pg-core';
export const tStatusEnum = p.pgEnum('t_status', ['a', 'b']);

const shared = { status: tStatusEnum('status').notNull() };
export const t = p.pgTable('t', { id: p.uuid('id').primaryKey(), ...shared });
`,
    );
  });

  it('breaks a long list into lines', () => {
    const text = "import { pgTable, text, uuid } from 'drizzle-orm/pg-core';\nexport const t = pgTable('t', { id: uuid().primaryKey(), status: text() });\n";
    const values = ['a', 'b', 'c'].map((letter) => letter.repeat(30));
    assert.match(write({ '/a.ts': text }, status(values))?.['/a.ts'] ?? '', /\('t_status', \[\n {2}'a{30}',\n {2}'b{30}',\n {2}'c{30}',\n\]\);/);
  });

  it('is none without two values, under a type of its own or a name that means something else', () => {
    const file = (body: string): Files => ({ '/a.ts': `import { pgTable, text, uuid } from 'drizzle-orm/pg-core';\n${body}\n` });
    const plain = "export const t = pgTable('t', { id: uuid().primaryKey(), status: text() });";
    assert.notEqual(write(file(plain), status(['a', 'b'])), undefined);
    assert.equal(write(file(plain), status(['a'])), undefined);
    assert.equal(write(file(`const pgEnum = 1;\n${plain}`), status(['a', 'b'])), undefined);
    const sqlite = "import { sqliteTable, text } from 'drizzle-orm/sqlite-core';\nexport const t = sqliteTable('t', { status: text() });\n";
    assert.equal(write({ '/a.ts': sqlite }, status(['a', 'b'])), undefined);
  });
});

describe('Drizzle: writing CHECKs of values', () => {
  before(() => drizzle.prepare());

  const file = (extra: string): Files => ({
    '/a.ts': `import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';\nimport { sql } from 'drizzle-orm';\nexport const t = pgTable('t', { id: uuid().primaryKey(), status: text() }${extra});\n`,
  });

  it('goes into the third argument, under a free name', () => {
    const after = write(file(", (t) => [check('t_status_check', sql`${t.status} <> ''`)]"), check(["it's", 'b']))?.['/a.ts'];
    assert.match(after ?? '', /, check\('t_status_check2', sql`\$\{t\.status\} in \('it''s', 'b'\)`\)\]/);
  });

  it('is none where a value would end the template', () => {
    for (const value of ['a`b', 'a\\b', 'a${b}']) assert.equal(write(file(''), check(['x', value])), undefined);
  });
});

describe('Drizzle: writing junction tables', () => {
  before(() => drizzle.prepare());

  const tags = (schema: Schema): Intent => ({ do: 'useJunction', column: column(schema, 'posts', 'tagIds'), target: table(schema, 'tags') });
  const POSTS = "export const posts = pgTable('posts', { id: uuid('id').primaryKey(), tagIds: uuid('tag_ids').array() });\n";

  it('reaches a table of another file as the file imports already', () => {
    const other = "import { pgTable, uuid } from 'drizzle-orm/pg-core';\nexport const tags = pgTable('tags', { id: uuid('id').primaryKey() });\n";
    const imported = (line: string): string | undefined =>
      write({ '/db/posts.ts': `import { pgTable, uuid } from 'drizzle-orm/pg-core';\n${line}\n${POSTS}`, '/db/tags.ts': other }, tags)?.['/db/posts.ts'];
    assert.match(imported("import { tags as labels } from './tags';\nexport { labels };") ?? '', /references\(\(\) => labels\.id/);
    assert.match(imported("import * as all from './tags';\nexport { all };") ?? '', /references\(\(\) => all\.tags\.id/);
    assert.match(imported('export const x = 1;') ?? '', /import \{ tags \} from '\.\/tags';[^]*references\(\(\) => tags\.id/);
    assert.equal(imported('export const tags = 1;'), undefined);
  });

  it('is none where something else depends on the array, or the key has several columns', () => {
    const files = (posts: string, key = "{ id: uuid('id').primaryKey() }"): Files => ({
      '/a.ts': `import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';\nexport const tags = pgTable('tags', ${key});\n${posts}`,
    });
    assert.notEqual(write(files(POSTS), tags), undefined);
    assert.equal(write(files(POSTS.replace('});', "}, (t) => [index('i').on(t.id, t.tagIds)]);")), tags), undefined);
    assert.equal(write(files(POSTS, "{ a: uuid('a'), b: uuid('b') }, (t) => [primaryKey({ columns: [t.a, t.b] })]"), tags), undefined);
    assert.equal(write(files(`const own = { tagIds: uuid('tag_ids').array() };\n${POSTS.replace(/tagIds: [^}]*/, '...own ')}`), tags), undefined);
  });
});

describe('Drizzle: what is written', () => {
  it('compiles', () => {
    assert.ok(written.size > 10);
    assert.deepEqual(Object.fromEntries(complaints(written)), {});
  });
});
