// Where things stand: exact spans under other line ends and wide characters, and nodes that stay as long as they may.
import { strict as assert } from 'node:assert';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Schema } from '../../../server/src/model/nodes';
import type { Span } from '../../../server/src/text/span';
import { lower, PG, printSchema } from './print';

before(() => drizzle.prepare());

const RICH = `${PG}
// A comment with "quotes" and \`ticks\`.
const timestamps = { createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow() };
export const role = pgEnum("role", ["admin", "user"]);
/* block */
export const users = pgTable("users", {
  id: uuid("id").primaryKey().default(sql\`gen_random_uuid()\`),
  email: varchar("email", { length: 255 }).notNull().unique("email_key"),
  role: role("role"),
  ...timestamps,
}, (t) => [
  index("users_email_idx").on(t.email.desc().nullsFirst()).where(sql\`\${t.email} is not null\`),
  check("c", sql\`true\`),
]);

export const posts = pgTable('posts', (t) => ({
  id: t.bigserial('id', { mode: 'number' }).primaryKey(),
  authorId: t.uuid('author_id').references(() => users.id, { onDelete: 'set null' }),
  at: t.timestamp('at'),
}), (table) => ({
  fk: foreignKey({ columns: [table.authorId], foreignColumns: [users.id] }).onDelete('cascade'),
}));
`;

/** Every span of a schema with the text that it names. */
function spans(schema: Schema, text: string): string[] {
  const seen: string[] = [];
  const say = (what: string, { start, end }: Span) => seen.push(`${what}: ${text.slice(start, end).replaceAll('\r\n', '\n')}`);
  for (const table of schema.tables) {
    say('table', table.nameSpan);
    assert.ok(text.slice(table.span.start).startsWith('pgTable(') && text.slice(0, table.span.end).endsWith(')'));
    for (const column of table.columns) {
      say('column', column.span);
      say('key', column.nameSpan);
      say('type', column.type.span);
      assert.equal(column.type.raw.replaceAll('\r\n', '\n'), text.slice(column.type.span.start, column.type.span.end).replaceAll('\r\n', '\n'));
      if (column.default) say('default', column.default.span);
    }
    for (const index of [...(table.primaryKey ? [table.primaryKey] : []), ...table.indexes]) {
      say('index', index.span);
      say('index name', index.nameSpan);
      for (const part of index.parts) say('part', part.span);
      if (index.where) say('where', index.where.span);
    }
    for (const key of table.foreignKeys) {
      say('fk', key.span);
      say('fk name', key.nameSpan);
      say('target', key.targetSpan);
      if (key.onDelete) say('delete', key.onDelete.span);
    }
    for (const check of table.checks) say('check', check.span);
  }
  for (const node of schema.enums) say('enum', node.nameSpan);
  return seen;
}

const EXPECTED = `table: users
column: id: uuid("id").primaryKey().default(sql\`gen_random_uuid()\`)
key: id
type: uuid("id")
default: sql\`gen_random_uuid()\`
column: email: varchar("email", { length: 255 }).notNull().unique("email_key")
key: email
type: varchar("email", { length: 255 })
column: role: role("role")
key: role
type: role("role")
column: createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow()
key: createdAt
type: timestamp("created_at", { withTimezone: true })
default: defaultNow()
index: primaryKey()
index name: primaryKey()
part: id
index: unique("email_key")
index name: unique("email_key")
part: email
index: index("users_email_idx").on(t.email.desc().nullsFirst()).where(sql\`\${t.email} is not null\`)
index name: index("users_email_idx")
part: t.email.desc().nullsFirst()
where: sql\`\${t.email} is not null\`
check: check("c", sql\`true\`)
table: posts
column: id: t.bigserial('id', { mode: 'number' }).primaryKey()
key: id
type: bigserial('id', { mode: 'number' })
default: bigserial('id', { mode: 'number' })
column: authorId: t.uuid('author_id').references(() => users.id, { onDelete: 'set null' })
key: authorId
type: uuid('author_id')
column: at: t.timestamp('at')
key: at
type: timestamp('at')
index: primaryKey()
index name: primaryKey()
part: id
fk: references(() => users.id, { onDelete: 'set null' })
fk name: references(() => users.id, { onDelete: 'set null' })
target: users.id
delete: 'set null'
fk: fk: foreignKey({ columns: [table.authorId], foreignColumns: [users.id] }).onDelete('cascade')
fk name: foreignKey({ columns: [table.authorId], foreignColumns: [users.id] })
target: users.id
delete: 'cascade'
enum: "role"`.split('\n');

describe('Drizzle spans', () => {
  for (const [name, change] of [
    ['as written', (text: string) => text],
    ['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['behind wide characters', (text: string) => `// é😀 "wide"\nconst é = "😀";\n${text}`],
    ['behind a byte order mark', (text: string) => `\ufeff${text}`],
  ] as const) {
    it(`name exactly their text, ${name}`, () => {
      const text = change(RICH);
      assert.deepEqual(spans(lower({ '/a.ts': text }).schema, text), EXPECTED);
    });
  }

  it('name it still after edits above, with the tables that had been lowered before', () => {
    const first = lower({ '/a.ts': RICH });
    const before = [...first.schema.tables];
    const text = RICH.replace('/* block */', '/* block */\n\nconst more = 1;\n');
    const second = lower({ '/a.ts': text }, { previous: first });
    assert.deepEqual(spans(second.schema, text), EXPECTED);
    assert.equal(second.schema.tables[0], before[0]);
    assert.equal(second.schema.tables[1], before[1]);
  });
});

describe('Drizzle reuse', () => {
  const tables = (world: ReturnType<typeof lower>) => world.schema.tables;

  it('parses no file again whose text did not change', () => {
    const first = drizzle.parse('/a.ts', RICH);
    assert.equal(first.parsedChunks, 1);
    const again = drizzle.parse('/a.ts', RICH, first);
    assert.equal(again.parsedChunks, 0);
    assert.equal(again.sourceFile, first.sourceFile);
    assert.equal(drizzle.parse('/a.ts', RICH, again), again);
    assert.equal(drizzle.parse('/a.ts', `${RICH} `, again).parsedChunks, 1);
  });

  it('lowers only the statement that was edited', () => {
    const first = lower({ '/a.ts': RICH });
    const second = lower({ '/a.ts': RICH.replace('at: t.timestamp', 'at: t.date') }, { previous: first });
    assert.equal(tables(second)[0], tables(first)[0]);
    assert.notEqual(tables(second)[1], tables(first)[1]);
  });

  it('lowers again what spreads an edited helper, here and in other files', () => {
    const files = {
      '/helpers.ts': 'import { timestamp } from "drizzle-orm/pg-core";\nexport const timestamps = { at: timestamp("at") };\n',
      '/a.ts': `${PG}import { timestamps } from "./helpers";\nexport const a = pgTable("a", { ...timestamps });\nexport const b = pgTable("b", { id: uuid("id") });\n`,
    };
    const first = lower(files, { schemas: ['/a.ts'] });
    const second = lower({ ...files, '/helpers.ts': files['/helpers.ts'].replace('"at")', '"at", { withTimezone: true })') }, { schemas: ['/a.ts'], previous: first });
    assert.equal(tables(second)[1], tables(first)[1]);
    assert.match(printSchema(second.schema), /at: timestamptz/);
  });

  it('keeps a table whose foreign key leads to an edited one, until a name changes that it uses', () => {
    const first = lower({ '/a.ts': RICH });
    const kept = lower({ '/a.ts': RICH.replace('length: 255', 'length: 25') }, { previous: first });
    assert.equal(tables(kept)[1], tables(first)[1]);
    const renamed = lower({ '/a.ts': RICH.replace('pgTable("users"', 'pgTable("people"') }, { previous: kept });
    assert.equal(tables(renamed)[1]?.foreignKeys[0]?.target.name, 'people');
    const column = lower({ '/a.ts': RICH.replace('uuid("id").primaryKey()', 'uuid("user_id").primaryKey()') }, { previous: renamed });
    assert.deepEqual(tables(column)[1]?.foreignKeys[0]?.targetColumns, ['user_id']);
  });

  it('lowers again when an import comes to mean something else', () => {
    const first = lower({ '/a.ts': RICH });
    const second = lower({ '/a.ts': RICH.replace(' uuid,', ' text as uuid,').replace(' text,', '') }, { previous: first });
    assert.match(printSchema(second.schema), /id: text unique/);
  });

  it('takes the names of Drizzle 1.0 when the version changes', () => {
    const text = `${PG}export const a = pgTable("a", { x: text("x").unique() });`;
    const first = lower({ '/a.ts': text });
    const second = lower({ '/a.ts': text }, { previous: first, facts: { drizzleVersion: { major: 1, minor: 0 } } });
    assert.equal(tables(second)[0]?.indexes[0]?.name, 'a_x_key');
  });
});

describe('Drizzle while typing', () => {
  it('never throws, wherever the text stops', () => {
    const stops = [...RICH.matchAll(/\b|(?=\W)/g)].map(({ index }) => index).filter((at) => at > PG.length);
    assert.ok(stops.length > 300);
    let previous: ReturnType<typeof lower> | undefined;
    for (const at of stops) {
      const world = lower({ '/a.ts': RICH.slice(0, at) }, previous ? { previous } : {});
      for (const { span, columns } of world.schema.tables) {
        assert.ok(span.start <= span.end && span.end <= at && columns.every((column) => column.span.end <= at && column.type.span.end <= at));
      }
      [...(world.parsed.get('/a.ts')?.comments() ?? [])].forEach(({ start, end }) => assert.ok(start < end && end <= at));
      previous = world;
    }
  });

  it('never throws, whichever token is missing', () => {
    const tokens = [...RICH.matchAll(/\w+|[^\s\w]/g)].filter(({ index }) => index > PG.length);
    for (const { index, 0: token } of tokens) {
      lower({ '/a.ts': RICH.slice(0, index) + RICH.slice(index + token.length) });
    }
  });

  it('never throws, however deep the text nests', () => {
    for (const deep of ['('.repeat(20_000), `f${'.g()'.repeat(20_000)}`, `${'x => '.repeat(20_000)}1`, `"a"${' + "b"'.repeat(20_000)}`, '`${'.repeat(5000)]) {
      const text = `${PG}export const before = pgTable("before", { id: uuid("id") });\nexport const a = pgTable(${deep}, { id: uuid("id").default(${deep}) });\n`;
      const { parsed } = lower({ '/a.ts': text });
      assert.ok(parsed.get('/a.ts')?.comments());
    }
  });

  it('reports syntax errors where they are, and keeps the other tables', () => {
    const text = `${PG}export const a = pgTable("a", { id: uuid("id").notNull( });\nexport const b = pgTable("b", { id: uuid("id") });\n`;
    const { schema, parsed } = lower({ '/a.ts': text });
    const problems = parsed.get('/a.ts')?.problems ?? [];
    assert.ok(problems.length > 0);
    assert.ok(problems.every(({ start, message }) => start > PG.length && message !== ''));
    assert.ok(schema.tables.some(({ name, partial }) => name === 'b' && !partial));
  });
});

describe('Drizzle comments', () => {
  it('are found outside of strings, templates and regular expressions', () => {
    const text = 'const a = "// no"; // one\n/* two\n * lines */ const b = `/* ${ /* three */ 1 } //`; const r = /\\/\\/x/; /** doc */\r\n// last';
    const found = drizzle.parse('/a.ts', text).comments();
    assert.deepEqual(found.map((comment) => comment.text), ['one', 'two\nlines', 'three', 'doc', 'last']);
    assert.deepEqual(
      found.map(({ start, end }) => text.slice(start, end)),
      ['// one', '/* two\n * lines */', '/* three */', '/** doc */', '// last'],
    );
  });

  it('are found in JSX files beside its text', () => {
    const text = 'const a = <p>// no</p>; // yes';
    assert.deepEqual(drizzle.parse('/a.tsx', text).comments().map((comment) => comment.text), ['yes']);
  });
});
