// Schemas and migrations of any size: the same text for the same size, always. Every second block is written
// carelessly, as real ones are: no index behind a foreign key, naive timestamps, no delete rule, an index twice.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const THINGS = [
  'Hotel', 'Room', 'Guest', 'Booking', 'Stay', 'Rate', 'Season', 'Folio', 'Charge', 'Refund', 'Voucher',
  'Agency', 'Contact', 'Parcel', 'Shift', 'Task', 'Meter', 'Alarm', 'Visit',
];

const careless = (i) => i % 2 === 1;
const named = (i) => `${THINGS[i % THINGS.length]}${i}`;
const snake = (i) => `${THINGS[i % THINGS.length].toLowerCase()}_${i}`;

/** Pseudo-random integers below `bound`, from a seed (mulberry32). */
function dice(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** For each thing the earlier things that it refers to, none to two, and the later ones that refer to it. */
function references(count) {
  const roll = dice(count);
  const to = [];
  const from = Array.from({ length: count }, () => []);
  for (let i = 0; i < count; i++) {
    const targets = new Set();
    for (let n = roll(3); n > 0 && i > 0; n--) targets.add(Math.max(0, i - 1 - roll(12)));
    to.push([...targets]);
    for (const target of targets) from[target].push(i);
  }
  return { to, from };
}

export function prisma(count) {
  const { to, from } = references(count);
  const lines = ['generator client {', '  provider = "prisma-client"', '  output   = "../generated"', '}', ''];
  lines.push('datasource db {', '  provider = "postgresql"', '}', '');
  for (let e = 0; e * 20 < count; e++) lines.push(`enum Phase${e} {`, '  PLANNED', '  OPEN', '  CLOSED', '}', '');
  for (let i = 0; i < count; i++) {
    const zone = careless(i) ? '' : ' @db.Timestamptz(3)';
    lines.push(`/// One ${named(i)} of a house.`, `model ${named(i)} {`);
    lines.push(`  id          String    @id @default(uuid(${careless(i) ? '' : 7})) @db.Uuid`);
    lines.push(`  code        String    @unique @db.VarChar(40)`);
    lines.push(`  title       String`, `  note        String?`, `  phase       Phase${Math.floor(i / 20)} @default(PLANNED)`);
    lines.push(`  pieces      Int       @default(1)`, `  price       Decimal   @db.Decimal(12, 2)`, `  extra       Json?`);
    for (const target of to[i]) {
      const field = `${named(target)[0].toLowerCase()}${named(target).slice(1)}`;
      lines.push(`  ${field}Id String @map("${snake(target)}_id") @db.Uuid`);
      const rule = careless(i) ? '' : ', onDelete: Cascade';
      lines.push(`  ${field} ${named(target)} @relation("${named(i)}To${named(target)}", fields: [${field}Id], references: [id]${rule})`);
    }
    for (const source of from[i]) lines.push(`  all${named(source)} ${named(source)}[] @relation("${named(source)}To${named(i)}")`);
    lines.push(`  createdAt   DateTime  @default(now()) @map("created_at")${zone}`);
    lines.push(`  updatedAt   DateTime  @updatedAt @map("updated_at")${zone}`, '');
    for (const target of to[i]) if (!careless(i)) lines.push(`  @@index([${named(target)[0].toLowerCase()}${named(target).slice(1)}Id])`);
    lines.push('  @@index([phase, createdAt])');
    if (careless(i)) lines.push('  @@index([phase])');
    lines.push(`  @@map("${snake(i)}")`, '}', '');
  }
  return lines.join('\n');
}

export function drizzle(count) {
  const { to } = references(count);
  const lines = [
    "import { index, integer, jsonb, numeric, pgEnum, pgTable, text, timestamp, uniqueIndex, uuid, varchar } from 'drizzle-orm/pg-core';",
    '',
  ];
  for (let e = 0; e * 20 < count; e++) lines.push(`export const phase${e} = pgEnum('phase_${e}', ['planned', 'open', 'closed']);`);
  for (let i = 0; i < count; i++) {
    const variable = `table${named(i)}`;
    const zone = careless(i) ? '' : ', { withTimezone: true }';
    lines.push('', `/** One ${named(i)} of a house. */`, `export const ${variable} = pgTable(`, `  '${snake(i)}',`, '  {');
    lines.push(`    id: uuid('id').primaryKey()${careless(i) ? '.defaultRandom()' : ''},`, `    code: varchar('code', { length: 40 }).notNull(),`);
    lines.push(`    title: text('title').notNull(),`, `    note: text('note'),`);
    lines.push(`    phase: phase${Math.floor(i / 20)}('phase').notNull().default('planned'),`, `    pieces: integer('pieces').notNull().default(1),`);
    lines.push(`    price: numeric('price', { precision: 12, scale: 2 }).notNull(),`, `    extra: jsonb('extra'),`);
    for (const target of to[i]) {
      const rule = careless(i) ? '' : ", { onDelete: 'cascade' }";
      lines.push(`    ref${target}: uuid('${snake(target)}_id').notNull().references(() => table${named(target)}.id${rule}),`);
    }
    lines.push(`    createdAt: timestamp('created_at'${zone}).notNull().defaultNow(),`);
    lines.push(`    updatedAt: timestamp('updated_at'${zone}).notNull().defaultNow().$onUpdate(() => new Date()),`);
    lines.push('  },', '  (table) => [', `    uniqueIndex('${snake(i)}_code_key').on(table.code),`);
    for (const target of to[i]) if (!careless(i)) lines.push(`    index('${snake(i)}_ref${target}_idx').on(table.ref${target}),`);
    lines.push(`    index('${snake(i)}_phase_created_idx').on(table.phase, table.createdAt),`);
    if (careless(i)) lines.push(`    index('${snake(i)}_phase_idx').on(table.phase),`);
    lines.push('  ],', ');');
  }
  return lines.join('\n') + '\n';
}

/** Migrations of one file: eight statements a table, until there are `count`. */
export function sql(count) {
  const statements = [];
  for (let i = 0; statements.length < count; i++) statements.push(...house(i));
  return statements.slice(0, count).join('\n\n') + '\n';
}

function house(i) {
  const table = snake(i);
  const parent = snake(Math.max(0, i - 1 - (i % 5)));
  const bad = careless(i);
  return [
    `-- ${named(i)}\nCREATE TABLE ${table} (\n  id ${bad ? 'uuid PRIMARY KEY DEFAULT gen_random_uuid()' : 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY'},\n` +
      `  code varchar(40) NOT NULL,\n  title text NOT NULL,\n  parent_id ${(i - 1 - (i % 5)) % 2 ? 'uuid' : 'bigint'},\n  price numeric(12, 2) NOT NULL CHECK (price >= 0),\n` +
      `  extra jsonb,\n  created_at ${bad ? 'timestamp' : 'timestamptz'} NOT NULL DEFAULT now(),\n  updated_at ${bad ? 'timestamp' : 'timestamptz'} NOT NULL DEFAULT now()\n);`,
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_parent_fkey FOREIGN KEY (parent_id) REFERENCES ${parent} (id)${bad ? '' : ' ON DELETE CASCADE'};`,
    bad ? `CREATE INDEX ${table}_code_idx ON ${table} (code);` : `CREATE INDEX ${table}_parent_idx ON ${table} (parent_id);`,
    `CREATE UNIQUE INDEX ${table}_code_key ON ${table} (code, title);`,
    `ALTER TABLE ${table} ADD COLUMN region text${bad ? " NOT NULL DEFAULT 'eu'" : ''};`,
    `UPDATE ${table} SET region = lower(title) || '-' || code WHERE region IS NULL AND price > 10;`,
    `COMMENT ON COLUMN ${table}.code IS 'The house''s own code; unique with the title.';`,
    `CREATE FUNCTION ${table}_touch() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  NEW.updated_at = now(); -- kept by a trigger\n  RETURN NEW;\nEND;\n$$;`,
  ];
}

/** A history of `count` migrations, a house in each, by their names. */
function history(count) {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [migrationFile(i), house(i).join('\n\n') + '\n']));
}

const migrationFile = (i) => `migrations/${String(i + 1).padStart(4, '0')}_${snake(i)}.sql`;

/** The one migration of a history that is edited; the others lie around it. */
const migrationAt = (place) => ({
  text: (count) => history(count)[migrationFile(place(count))],
  file: (count) => migrationFile(place(count)),
  around: history,
  languageId: 'sql',
  find: 'code varchar(40)',
  put: 'code text',
});

/** What each language's document is called and which keystroke is repeated in it: it changes a finding of every server. */
export const KINDS = {
  // A native type that doesn't exist: an error to Prisma, no limited text any more to us.
  prisma: { text: prisma, file: 'prisma/schema.prisma', languageId: 'prisma', find: '@db.VarChar(40)', put: '@db.VarChat(40)' },
  drizzle: { text: drizzle, file: 'src/schema.ts', languageId: 'typescript', find: '{ withTimezone: true }', put: '{ withTimezone: false }' },
  sql: { text: sql, file: 'migrations/0001_houses.sql', languageId: 'sql', find: 'code varchar(40)', put: 'code text' },
  // A peer that looks at one file alone does a small part of the work here.
  last: migrationAt((count) => count - 1),
  middle: migrationAt((count) => count >> 1),
};

/** Writes the document of a kind and size below `root` and describes it and the keystroke in its middle. */
export function prepare(kind, size, root, extra = {}) {
  const { text: generate, file: named, around, languageId, find, put } = KINDS[kind];
  const file = typeof named === 'function' ? named(size) : named;
  const folder = join(root, `${kind}-${size}`);
  const text = generate(size);
  const files = { ...around?.(size), [file]: text, 'package.json': JSON.stringify({ name: `${kind}-${size}`, private: true }), ...extra };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const at = text.indexOf(find, text.length >> 1) >= 0 ? text.indexOf(find, text.length >> 1) : text.indexOf(find);
  const start = place(text, at);
  const range = (length) => ({ start, end: { line: start.line, character: start.character + length } });
  return {
    folder,
    path: join(folder, file),
    languageId,
    text,
    texts: [text, text.slice(0, at) + put + text.slice(at + find.length)],
    // The change that leads to each of the two texts.
    changes: [
      { range: range(put.length), text: find },
      { range: range(find.length), text: put },
    ],
  };
}

function place(text, offset) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1).length };
}
