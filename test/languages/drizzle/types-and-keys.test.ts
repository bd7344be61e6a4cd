// Other types of columns, and primary keys, as fixes write them into Drizzle schemas. The compiler judges each result.
import assert from 'node:assert/strict';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Facts } from '../../../server/src/model/facts';
import type { Intent, TypeGoal } from '../../../server/src/model/intents';
import { compile } from './compile';
import { apply, applyBothEnds, type Choice } from './write';

const compiled: Record<string, string> = {};

const write = (before: string, intent: (choice: Choice) => Intent, facts?: Partial<Facts>): string | undefined => applyBothEnds(compiled, before, intent, facts);

const WIDE: TypeGoal = { family: 'integer', bits: 64 };
const EXACT: TypeGoal = { family: 'numeric', precision: 12, scale: 2 };

/** The import list and the column `a` after the intent. */
function typed(builder: string, to: TypeGoal, core: 'pg' | 'mysql' | 'sqlite' = 'pg', facts?: Partial<Facts>): string[] | undefined {
  const names = [...new Set(builder.match(/\b(?<!\.)[a-z]\w+(?=\()/g) ?? [])].join(', ');
  const text = `import { ${names}, ${core}Table } from "drizzle-orm/${core}-core";\nexport const t = ${core}Table("t", {\n  a: ${builder},\n});\n`;
  const after = write(text, ({ column }) => ({ do: 'setType', column: column('t.a'), to }), facts);
  if (after === undefined) return undefined;
  const imported = /import \{ ([^}]*) \}/.exec(after)?.[1]?.split(', ') ?? [];
  return [imported.filter((name) => !name.endsWith('Table')).join(', '), /a: ([^]*),\n\}/.exec(after)?.[1] ?? ''];
}

describe('Drizzle: writing other types', () => {
  before(() => drizzle.prepare());

  it('changes the builder and keeps its name and chain', () => {
    assert.deepEqual(typed('json("a").$type<string[]>().notNull()', { family: 'json', binary: true }), ['jsonb', 'jsonb("a").$type<string[]>().notNull()']);
    assert.deepEqual(typed('real()', { family: 'float', bits: 64 }), ['doublePrecision', 'doublePrecision()']);
    assert.deepEqual(typed('float("a")', { family: 'float', bits: 64 }, 'mysql'), ['double', 'double("a")']);
  });

  it('drops what the new type has no use for', () => {
    assert.deepEqual(typed('varchar("a", { length: 36 }).notNull()', { family: 'uuid' }), ['uuid', 'uuid("a").notNull()']);
    assert.deepEqual(typed('varchar({ length: 36 })', { family: 'uuid' }), ['uuid', 'uuid()']);
    assert.deepEqual(typed('text("a")', { family: 'uuid' }), ['uuid', 'uuid("a")']);
    assert.equal(typed('text("a", { enum: ["x"] })', { family: 'uuid' }), undefined);
    assert.equal(typed('varchar("a", { length: 36 })', { family: 'uuid' }, 'mysql'), undefined);
    assert.equal(typed('integer("a")', { family: 'uuid' }), undefined);
  });

  it('leaves numbers numbers', () => {
    assert.deepEqual(typed('serial("a").primaryKey()', WIDE), ['bigserial', 'bigserial("a", { mode: "number" }).primaryKey()']);
    assert.deepEqual(typed('integer().default(0)', WIDE), ['bigint', 'bigint({ mode: "number" }).default(0)']);
    assert.deepEqual(typed('int("a", { unsigned: true })', WIDE, 'mysql'), ['bigint', 'bigint("a", { unsigned: true, mode: "number" })']);
    assert.deepEqual(typed('doublePrecision("a").default(1)', EXACT), ['numeric', 'numeric("a", { precision: 12, scale: 2, mode: "number" }).default(1)']);
    assert.deepEqual(typed('double("a", { precision: 8 })', EXACT, 'mysql'), ['decimal', 'decimal("a", { precision: 12, scale: 2, mode: "number" })']);
    assert.deepEqual(typed('real("a")', EXACT, 'pg', { drizzleVersion: { major: 0, minor: 40 } }), ['numeric', 'numeric("a", { precision: 12, scale: 2 })']);
  });

  it('changes several columns at once, with one import', () => {
    const text = `import { pgTable, text, varchar } from "drizzle-orm/pg-core";
export const u = pgTable("u", { id: text("id").primaryKey() });
const ref = () => varchar("u_id", { length: 36 }).references(() => u.id);
export const t = pgTable("t", { uId: ref() });
export const v = pgTable("v", { uId: ref() });
`;
    const after = write(text, ({ column }) => ({ do: 'setType', column: column('u.id'), to: { family: 'uuid' }, also: [column('t.uId'), column('v.uId')] }));
    assert.equal(
      after,
      `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const u = pgTable("u", { id: uuid("id").primaryKey() });
const ref = () => uuid("u_id").references(() => u.id);
export const t = pgTable("t", { uId: ref() });
export const v = pgTable("v", { uId: ref() });
`,
    );
  });

  it('does all or nothing', () => {
    const text = `import { integer, pgTable, text } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", { a: text("a"), b: integer("b") });\n`;
    assert.equal(write(text, ({ column }) => ({ do: 'setType', column: column('t.a'), to: { family: 'uuid' }, also: [column('t.b')] })), undefined);
  });

  it('loses the cast of a default', () => {
    const text = 'import { sql } from "drizzle-orm";\nimport { pgTable, text } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", { a: text("a").default(sql`gen_random_uuid()::text`) });\n';
    const after = write(text, ({ column }) => ({ do: 'setType', column: column('t.a'), to: { family: 'uuid' } }));
    assert.match(after ?? '', /uuid\("a"\)\.default\(sql`gen_random_uuid\(\)`\)/);
  });

  it('takes what another column has, but its sequence', () => {
    const like = (builder: string, imports: string): string | undefined => {
      const text = `import { ${imports}, pgTable, text } from "drizzle-orm/pg-core";\nexport const u = pgTable("u", { id: ${builder} });\nexport const t = pgTable("t", { a: text("a").notNull() });\n`;
      const after = write(text, ({ column }) => ({ do: 'setType', column: column('t.a'), to: { family: 'like', column: column('u.id') } }));
      return after === undefined ? undefined : /a: (.*) \}\)/.exec(after)?.[1];
    };
    assert.equal(like('bigserial("id", { mode: "number" })', 'bigserial'), 'bigint("a", { mode: "number" }).notNull()');
    assert.equal(like('serial("id")', 'serial'), 'integer("a").notNull()');
    assert.equal(like('varchar("id", { length: 20 })', 'varchar'), 'varchar("a", { length: 20 }).notNull()');
    assert.equal(like('varchar("id", { length: 10 + 10 })', 'varchar'), undefined);
  });
});

describe('Drizzle: writing primary keys', () => {
  before(() => drizzle.prepare());

  function keyed(columns: string, of?: readonly string[], rest = '', facts?: Partial<Facts>): string | undefined {
    const text = `import { integer, pgTable, text, unique } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", ${columns}${rest});\n`;
    return write(text, ({ table }) => ({ do: 'addPrimaryKey', table: table('t'), ...(of && { columns: of }) }), facts)
      ?.split('\n')
      .slice(1, -1)
      .join('\n');
  }

  it('on a column, in place of a unique constraint, or over several', () => {
    assert.equal(keyed('{ a: integer("a").notNull() }', ['a']), 'export const t = pgTable("t", { a: integer("a").primaryKey().notNull() });');
    assert.equal(keyed('{ a: text("a").unique() }', ['a']), 'export const t = pgTable("t", { a: text("a").primaryKey() });');
    assert.equal(
      keyed('{ a: text("a"), b: text("b") }', ['a', 'b'], ', (x) => [unique("ab").on(x.a, x.b)]'),
      'export const t = pgTable("t", { a: text("a"), b: text("b") }, (x) => [primaryKey({ columns: [x.a, x.b] })]);',
    );
    assert.equal(
      keyed('{ a: text("a"), b: text("b") }', ['a', 'b']),
      'export const t = pgTable("t", { a: text("a"), b: text("b") }, (table) => [\n  primaryKey({ columns: [table.a, table.b] }),\n]);',
    );
    assert.equal(keyed('{ a: text("a") }', ['nope']), undefined);
  });

  it('as a column in front of the others', () => {
    const facts = { dependencies: new Set(['uuidv7']) };
    assert.match(keyed('{ a: text("a") }') ?? '', /\{ id: bigint\("id", \{ mode: "number" \}\)\.primaryKey\(\)\.generatedAlwaysAsIdentity\(\), a: text/);
    assert.match(keyed('{\n  a: text(),\n}', undefined, '', { postgresVersion: 18 }) ?? '', /\{\n {2}id: uuid\(\)\.primaryKey\(\)\.default\(sql`uuidv7\(\)`\),\n {2}a: text/);
    assert.match(apply({ '/a.ts': 'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", { a: text("a") });\n' }, ({ table }) => ({ do: 'addPrimaryKey', table: table('t') }), facts) ?? '', /import \{ uuidv7 \} from "uuidv7";[^]*id: uuid\("id"\)\.primaryKey\(\)\.\$defaultFn\(\(\) => uuidv7\(\)\)/);
    assert.equal(keyed('{ id: text("id") }'), undefined);
    assert.equal(keyed('{}'), undefined);
  });
});

describe('Drizzle: other types and keys in the eyes of the compiler', () => {
  it('type-check', function () {
    this.timeout(120_000);
    assert.deepEqual(compile(compiled), []);
  });
});
