// Whether a declared default and the one that migrations made are told apart by what they give, not by how they are spelled.
import assert from 'node:assert/strict';
import { drizzle } from '../../server/src/languages/drizzle';
import { prisma } from '../../server/src/languages/prisma';
import { sql } from '../../server/src/languages/sql';
import { defaultDrift } from '../../server/src/model/default-drift';
import { noFacts } from '../../server/src/model/facts';
import type { Column, Schema } from '../../server/src/model/nodes';

describe('drift of defaults', () => {
  before(() => Promise.all([prisma.prepare(), drizzle.prepare(), sql.prepare()]));

  const column = (schema: Schema): Column => {
    const found = schema.tables[0]?.columns.find(({ dbName }) => dbName === 'a');
    assert.ok(found);
    return found;
  };
  const made = (...statements: string[]): Column =>
    column(sql.lower([sql.parse('/t.sql', `CREATE TYPE role AS ENUM ('admin', 'guest'); CREATE TABLE t (${statements.join(');')};`)], { facts: noFacts }));
  const told = (declared: Column, other: Column): string | undefined => {
    const drift = defaultDrift(declared, other);
    if (!drift) return undefined;
    return [drift.kind, ...('declared' in drift ? [drift.declared] : []), ...('made' in drift ? [drift.made] : [])].join(' ');
  };
  const fromPrisma = (field: string, definition: string): string | undefined => {
    const text = `enum Role {\n  ADMIN @map("admin")\n  guest\n}\n\nmodel T {\n  a ${field}\n}\n`;
    return told(column(prisma.lower([prisma.parse('/s.prisma', text)], { facts: noFacts })), made(`a ${definition})`));
  };
  const fromDrizzle = (builder: string, definition: string): string | undefined => {
    const text = `import { sql } from 'drizzle-orm';\nimport { boolean, integer, jsonb, numeric, pgTable, serial, text, timestamp, uuid } from 'drizzle-orm/pg-core';\nexport const t = pgTable('t', { a: ${builder} });\n`;
    return told(column(drizzle.lower([drizzle.parse('/s.ts', text)], { facts: noFacts })), made(`a ${definition})`));
  };

  it('takes what PostgreSQL and the ORM spell in their own ways for the same', () => {
    assert.equal(fromPrisma('DateTime @default(now())', 'timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP'), undefined);
    assert.equal(fromPrisma('Int @default(autoincrement())', 'serial NOT NULL'), undefined);
    assert.equal(fromPrisma('Int @default(autoincrement())', "integer NOT NULL DEFAULT nextval('t_a_seq')"), undefined);
    assert.equal(fromPrisma('Role @default(ADMIN)', `role NOT NULL DEFAULT 'admin'::"role"`), undefined);
    assert.equal(fromPrisma('String @default("it\'s")', `text NOT NULL DEFAULT E'it''s'`), undefined);
    assert.equal(fromPrisma('Decimal @default(1.50)', 'decimal(65,30) NOT NULL DEFAULT 1.5'), undefined);
    assert.equal(fromPrisma('Int @default(-1)', "integer NOT NULL DEFAULT '-1'::integer"), undefined);
    assert.equal(fromPrisma('Json @default("{\\"b\\": 1, \\"a\\": 2}")', `jsonb NOT NULL DEFAULT '{"a":2,"b":1}'`), undefined);
    assert.equal(fromPrisma('String @default(dbgenerated("gen_random_uuid()")) @db.Uuid', 'uuid NOT NULL DEFAULT public.gen_random_uuid()'), undefined);
    assert.equal(fromPrisma('String[] @default([])', "text[] DEFAULT ARRAY[]::text[]"), undefined);
    assert.equal(fromDrizzle('uuid().defaultRandom()', 'uuid DEFAULT gen_random_uuid()'), undefined);
    assert.equal(fromDrizzle('boolean().default(false)', "boolean DEFAULT 'f'"), undefined);
    assert.equal(fromDrizzle("numeric().default('0')", 'numeric DEFAULT 0.00'), undefined);
    assert.equal(fromDrizzle('timestamp().default(sql`(now() AT TIME ZONE \'utc\')`)', "timestamp DEFAULT timezone('utc', now())"), undefined);
    assert.equal(fromDrizzle('serial()', 'integer GENERATED ALWAYS AS IDENTITY'), undefined);
  });

  it('knows that what the client makes and NULL are no defaults of the database', () => {
    assert.equal(fromPrisma('String @default(uuid())', 'text NOT NULL'), undefined);
    assert.equal(fromPrisma('String @default(cuid())', 'text NOT NULL'), undefined);
    assert.equal(fromDrizzle('text().$defaultFn(() => crypto.randomUUID())', 'text'), undefined);
    assert.equal(fromDrizzle('text().default(sql`null`)', 'text'), undefined);
    assert.equal(fromPrisma('String?', 'text DEFAULT NULL'), undefined);
    // Nobody misses what the database would do where the client always does it.
    assert.equal(fromPrisma('String @default(uuid())', 'text NOT NULL DEFAULT gen_random_uuid()'), undefined);
    assert.equal(fromPrisma('DateTime @updatedAt', 'timestamp(3) NOT NULL DEFAULT now()'), undefined);
  });

  it('tells a default of the one side only', () => {
    assert.equal(fromPrisma('DateTime @default(now())', 'timestamp(3) NOT NULL'), 'none now()');
    assert.equal(fromPrisma('Int @default(autoincrement())', 'integer NOT NULL'), 'none nextval()');
    assert.equal(fromPrisma('Role @default(ADMIN)', 'role NOT NULL'), "none 'admin'");
    assert.equal(fromPrisma('Json @default(dbgenerated("\'{}\'::jsonb"))', 'jsonb NOT NULL'), "none '{}'::jsonb");
    assert.equal(fromDrizzle('jsonb().default({ a: 1 })', 'jsonb'), 'none { a: 1 }');
    assert.equal(fromPrisma('String', "text NOT NULL DEFAULT ''"), "left ''");
    assert.equal(fromDrizzle('integer()', 'integer DEFAULT 3'), 'left 3');
  });

  it('tells other values', () => {
    assert.equal(fromPrisma('Role @default(guest)', "role NOT NULL DEFAULT 'admin'"), "other 'guest' 'admin'");
    assert.equal(fromPrisma('Boolean @default(true)', 'boolean NOT NULL DEFAULT false'), 'other true false');
    assert.equal(fromDrizzle('integer().default(1)', 'integer DEFAULT 2'), 'other 1 2');
    assert.equal(fromDrizzle("text().default('1')", "text DEFAULT '1.0'"), "other '1' '1.0'");
    assert.equal(fromDrizzle('uuid().default(sql`uuidv7()`)', 'uuid DEFAULT gen_random_uuid()'), 'other uuidv7() gen_random_uuid()');
    assert.equal(fromDrizzle('text().default(sql`gen_random_uuid()`)', "text DEFAULT 'x'"), "other gen_random_uuid() 'x'");
  });

  it('says nothing where it may err', () => {
    assert.equal(fromDrizzle('integer().default(start)', 'integer'), undefined);
    assert.equal(fromPrisma('String @default(dbgenerated())', 'text NOT NULL'), undefined);
    assert.equal(fromPrisma('DateTime @default("2020-01-01T00:00:00.000Z")', "timestamp(3) NOT NULL DEFAULT '2020-01-01 00:00:00'"), undefined);
    assert.equal(fromPrisma('DateTime @default(now())', "timestamp(3) NOT NULL DEFAULT 'now'"), undefined);
    assert.equal(fromPrisma('String? @default(dbgenerated("upper(b)"))', 'text GENERATED ALWAYS AS (upper(b)) STORED, b text'), undefined);
    assert.equal(fromDrizzle('text().default(sql`lower(\'A\')`)', "text DEFAULT upper('a')"), undefined);
    assert.equal(fromPrisma('String @default("a")', 'address NOT NULL'), undefined);
  });

  it('goes by what the last migration leaves', () => {
    const [declared] = [column(prisma.lower([prisma.parse('/s.prisma', 'model T {\n  a String\n}\n')], { facts: noFacts }))];
    assert.equal(told(declared, made("a text NOT NULL DEFAULT ''", ' ALTER TABLE t ALTER COLUMN a DROP DEFAULT')), undefined);
    assert.equal(told(declared, made('a text NOT NULL', " ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x'")), "left 'x'");
  });
});
