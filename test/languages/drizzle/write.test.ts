// Writers: a Drizzle source before, an intent, and the source after it in the author's own style.
import { strict as assert } from 'node:assert';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Facts } from '../../../server/src/model/facts';
import type { Intent } from '../../../server/src/model/intents';
import { apply, type Choice } from './write';
import { compile } from './compile';

before(() => drizzle.prepare());

function pick<T>(list: readonly T[], at: number): T {
  const found = list[at];
  if (!found) throw new Error(`nothing at ${at}`);
  return found;
}

const first = <T>(list: readonly T[]): T => pick(list, 0);

interface Case {
  readonly title: string;
  readonly before: string;
  readonly intent: (choice: Choice) => Intent;
  /** Undefined where no fix is offered. */
  readonly after: string | undefined;
  readonly facts?: Partial<Facts>;
  readonly others?: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    title: 'setType: no arguments',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp().notNull(),
});
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp({ withTimezone: true }).notNull(),
});
`,
  },
  {
    title: 'setType: a name',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at").notNull(),
});
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at", { withTimezone: true }).notNull(),
});
`,
  },
  {
    title: 'setType: a name and options',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at", { precision: 3 }).defaultNow(),
});
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at", { precision: 3, withTimezone: true }).defaultNow(),
});
`,
  },
  {
    title: 'setType: options alone',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp({ mode: "string" }),
});
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp({ mode: "string", withTimezone: true }),
});
`,
  },
  {
    title: 'setType: empty options',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at", {}),
});
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at", { withTimezone: true }),
});
`,
  },
  {
    title: 'setType: options that say no',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at", { withTimezone: false, precision: 6 }),
});
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at", { withTimezone: true, precision: 6 }),
});
`,
  },
  {
    title: 'setType: options over several lines',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at", {
    mode: "date",
    precision: 3,
  }),
});
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  at: timestamp("at", {
    mode: "date",
    precision: 3,
    withTimezone: true,
  }),
});
`,
  },
  {
    title: 'setType: options in a constant',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
const options = { mode: "string" } as const;
export const t = pgTable("t", {
  at: timestamp("at", options),
});
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
const options = { mode: "string" } as const;
export const t = pgTable("t", {
  at: timestamp("at", { ...options, withTimezone: true }),
});
`,
  },
  {
    title: 'setType: options in a constant, without a name',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
const options = { mode: "string" } as const;
export const t = pgTable("t", {
  at: timestamp(options),
});
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
const options = { mode: "string" } as const;
export const t = pgTable("t", {
  at: timestamp({ ...options, withTimezone: true }),
});
`,
  },
  {
    title: 'setType: precision asked for',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", { at: timestamp("at") });
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true, precision: 3 } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", { at: timestamp("at", { withTimezone: true, precision: 3 }) });
`,
  },
  {
    title: 'setType: a namespace',
    before: `import * as p from "drizzle-orm/pg-core";
export const t = p.pgTable("t", { at: p.timestamp("at") });
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import * as p from "drizzle-orm/pg-core";
export const t = p.pgTable("t", { at: p.timestamp("at", { withTimezone: true }) });
`,
  },
  {
    title: 'setType: callback columns',
    before: `import { pgTable } from "drizzle-orm/pg-core";
export const t = pgTable("t", (c) => ({ at: c.timestamp() }));
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable } from "drizzle-orm/pg-core";
export const t = pgTable("t", (c) => ({ at: c.timestamp({ withTimezone: true }) }));
`,
  },
  {
    title: 'setType: a helper with a parameter',
    before: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
const at = (name: string) => timestamp(name);
export const t = pgTable("t", { at: at("at") });
`,
    intent: ({ column }) => ({ do: 'setType', column: column('t.at'), to: { family: 'timestamp', zoned: true } }),
    after: `import { pgTable, timestamp } from "drizzle-orm/pg-core";
const at = (name: string) => timestamp(name, { withTimezone: true });
export const t = pgTable("t", { at: at("at") });
`,
  },
  {
    title: 'dropLength: the import is replaced',
    before: `import { pgTable, uuid, varchar } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id"),
  name: varchar("name", { length: 10 }).notNull(),
});
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.name'), check: false }),
    after: `import { pgTable, text, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id"),
  name: text("name").notNull(),
});
`,
  },
  {
    title: 'dropLength: the import stays while it is used',
    before: `import { pgTable, uuid, varchar } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: varchar("a", { length: 10 }), b: varchar("b", { length: 20 }) });
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: false }),
    after: `import { pgTable, text, uuid, varchar } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a"), b: varchar("b", { length: 20 }) });
`,
  },
  {
    title: 'dropLength: text is imported already',
    before: `import { pgTable, varchar, text } from 'drizzle-orm/pg-core'
export const t = pgTable('t', { a: varchar('a', { length: 10 }), b: text('b') })
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: false }),
    after: `import { pgTable, text } from 'drizzle-orm/pg-core'
export const t = pgTable('t', { a: text('a'), b: text('b') })
`,
  },
  {
    title: 'dropLength: enum stays',
    before: `import { pgTable, uuid, varchar } from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid(), a: varchar("a", { length: 10, enum: ["x", "y"] }).default("x"), b: varchar({ enum: ["z"], length: 5 }) });
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: false }),
    after: `import { pgTable, text, uuid, varchar } from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid(), a: text("a", { enum: ["x", "y"] }).default("x"), b: varchar({ enum: ["z"], length: 5 }) });
`,
  },
  {
    title: 'dropLength: no name',
    before: `import { pgTable, uuid, varchar } from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid(), a: varchar({ length: 10 }) });
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: false }),
    after: `import { pgTable, text, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid(), a: text() });
`,
  },
  {
    title: 'dropLength: no length',
    before: `import { pgTable, uuid, varchar } from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid(), a: varchar("a") });
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: false }),
    after: `import { pgTable, text, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid(), a: text("a") });
`,
  },
  {
    title: 'dropLength: char, an alias',
    before: `import { pgTable, char as fixed } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: fixed("a", { length: 2 }) });
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: false }),
    after: `import { pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a") });
`,
  },
  {
    title: 'dropLength: a namespace',
    before: `import * as p from "drizzle-orm/pg-core";
export const t = p.pgTable("t", { a: p.varchar("a", { length: 2 }) });
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: false }),
    after: `import * as p from "drizzle-orm/pg-core";
export const t = p.pgTable("t", { a: p.text("a") });
`,
  },
  {
    title: 'dropLength: callback columns',
    before: `import { pgTable } from "drizzle-orm/pg-core";
export const t = pgTable("t", (c) => ({ a: c.varchar({ length: 2 }) }));
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: false }),
    after: `import { pgTable } from "drizzle-orm/pg-core";
export const t = pgTable("t", (c) => ({ a: c.text() }));
`,
  },
  {
    title: 'dropLength: one import a line',
    before: `import {
  pgTable,
  varchar,
  uuid,
} from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid(), a: varchar("a", {
  length: 10,
}) });
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: false }),
    after: `import {
  pgTable,
  uuid,
  text,
} from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid(), a: text("a") });
`,
  },
  {
    title: 'dropLength: the limit as a check',
    before: `import { pgTable, uuid, varchar } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id"),
  userName: varchar("user_name", { length: 10 }).notNull(),
});
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.userName'), check: true }),
    after: `import { sql } from "drizzle-orm";
import { check, pgTable, text, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id"),
  userName: text("user_name").notNull(),
}, (table) => [
  check("t_user_name_length", sql\`char_length(\${table.userName}) <= 10\`),
]);
`,
  },
  {
    title: 'dropLength: the limit as one more check',
    before: `import { sql } from "drizzle-orm";
import { check, pgTable, varchar } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  a: varchar("a", { length: 10 }),
}, (t) => ({
  other: check("other", sql\`true\`),
}));
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: true }),
    after: `import { sql } from "drizzle-orm";
import { check, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  a: text("a"),
}, (t) => ({
  other: check("other", sql\`true\`),
  aLength: check("t_a_length", sql\`char_length(\${t.a}) <= 10\`),
}));
`,
  },
  {
    title: 'dropLength: no check for a shared column',
    before: `import { pgTable, uuid, varchar } from "drizzle-orm/pg-core";
const shared = { a: varchar("a", { length: 10 }) };
export const t = pgTable("t", { id: uuid("id"), ...shared });
`,
    intent: ({ column }) => ({ do: 'dropLength', column: column('t.a'), check: true }),
    after: undefined,
  },
  {
    title: 'addIndex: no third argument',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  id: uuid("id"),
  authorId: uuid("author_id").references(() => users.id),
});
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  id: uuid("id"),
  authorId: uuid("author_id").references(() => users.id),
}, (table) => [
  index("posts_author_id_idx").on(table.authorId),
]);
`,
  },
  {
    title: 'addIndex: one argument a line',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable(
  "posts",
  {
    id: uuid("id"),
    authorId: uuid("author_id").references(() => users.id),
  },
);
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable(
  "posts",
  {
    id: uuid("id"),
    authorId: uuid("author_id").references(() => users.id),
  },
  (table) => [
    index("posts_author_id_idx").on(table.authorId),
  ],
);
`,
  },
  {
    title: 'addIndex: an array of lines',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  id: uuid("id"),
  authorId: uuid("author_id").references(() => users.id),
}, (t) => [
  index("x").on(t.id), // the key
]);
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  id: uuid("id"),
  authorId: uuid("author_id").references(() => users.id),
}, (t) => [
  index("x").on(t.id), // the key
  index("posts_author_id_idx").on(t.authorId),
]);
`,
  },
  {
    title: 'addIndex: the usual name is taken',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a"), b: text("b") }, (t) => [
  index("t_a_b_idx").using("gin", t.a, t.b),
]);
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('t'), columns: ['a', 'b'] }),
    after: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a"), b: text("b") }, (t) => [
  index("t_a_b_idx").using("gin", t.a, t.b),
  index("t_a_b_2_idx").on(t.a, t.b),
]);
`,
  },
  {
    title: 'addIndex: lines without a last comma',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  id: uuid("id"),
  authorId: uuid("author_id").references(() => users.id)
}, (t) => [
  index("x").on(t.id) // the key
])
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  id: uuid("id"),
  authorId: uuid("author_id").references(() => users.id)
}, (t) => [
  index("x").on(t.id), // the key
  index("posts_author_id_idx").on(t.authorId)
])
`,
  },
  {
    title: 'addIndex: an array on one line',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, (t) => [index("x").on(t.id)]);
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, (t) => [index("x").on(t.id), index("posts_author_id_idx").on(t.authorId)]);
`,
  },
  {
    title: 'addIndex: an empty array',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, (t) => []);
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, (t) => [
  index("posts_author_id_idx").on(t.authorId),
]);
`,
  },
  {
    title: 'addIndex: an object of lines',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  id: uuid("id"),
  authorId: uuid("author_id").references(() => users.id),
}, (table) => ({
  idIdx: index("x").on(table.id),
}));
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  id: uuid("id"),
  authorId: uuid("author_id").references(() => users.id),
}, (table) => ({
  idIdx: index("x").on(table.id),
  authorIdIdx: index("posts_author_id_idx").on(table.authorId),
}));
`,
  },
  {
    title: 'addIndex: an object on one line, a name taken',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, (t) => ({ authorIdIdx: index("x").on(t.id) }));
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, (t) => ({ authorIdIdx: index("x").on(t.id), authorIdIdx2: index("posts_author_id_idx").on(t.authorId) }));
`,
  },
  {
    title: 'addIndex: no parameter',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, () => []);
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, (table) => [
  index("posts_author_id_idx").on(table.authorId),
]);
`,
  },
  {
    title: 'addIndex: a parameter taken apart',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, ({ id }) => [index("x").on(id)]);
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, ({ id, authorId }) => [index("x").on(id), index("posts_author_id_idx").on(authorId)]);
`,
  },
  {
    title: 'addIndex: a block body',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, (t) => {
  return [
    index("x").on(t.id),
  ];
});
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, (t) => {
  return [
    index("x").on(t.id),
    index("posts_author_id_idx").on(t.authorId),
  ];
});
`,
  },
  {
    title: 'addIndex: a namespace',
    before: `import * as p from "drizzle-orm/pg-core";
export const users = p.pgTable("users", { id: p.uuid("id").primaryKey() });
export const posts = p.pgTable("posts", { authorId: p.uuid("author_id").references(() => users.id) });
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import * as p from "drizzle-orm/pg-core";
export const users = p.pgTable("users", { id: p.uuid("id").primaryKey() });
export const posts = p.pgTable("posts", { authorId: p.uuid("author_id").references(() => users.id) }, (table) => [
  p.index("posts_author_id_idx").on(table.authorId),
]);
`,
  },
  {
    title: 'addIndex: several columns, odd names, tabs and single quotes',
    before: `import { pgTable, uuid } from 'drizzle-orm/pg-core'
export const users = pgTable('users', { id: uuid('id').primaryKey() })
export const posts = pgTable('posts', {
	id: uuid('id'),
	'odd key': uuid('odd').references(() => users.id),
})
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['odd', 'id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from 'drizzle-orm/pg-core'
export const users = pgTable('users', { id: uuid('id').primaryKey() })
export const posts = pgTable('posts', {
	id: uuid('id'),
	'odd key': uuid('odd').references(() => users.id),
}, (table) => [
	index('posts_odd_id_idx').on(table['odd key'], table.id),
])
`,
  },
  {
    title: 'addIndex: the name the file gives its parameters',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const other = pgTable("other", { id: uuid() }, (self) => [index().on(self.id)]);
export const posts = pgTable("posts", { authorId: uuid("author_id").references(() => users.id) });
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const other = pgTable("other", { id: uuid() }, (self) => [index().on(self.id)]);
export const posts = pgTable("posts", { authorId: uuid("author_id").references(() => users.id) }, (self) => [
  index("posts_author_id_idx").on(self.authorId),
]);
`,
  },
  {
    title: 'addIndex: an object before Drizzle 0.36',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  authorId: uuid("author_id").references(() => users.id),
});
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  authorId: uuid("author_id").references(() => users.id),
}, (table) => ({
  authorIdIdx: index("posts_author_id_idx").on(table.authorId),
}));
`,
    facts: { drizzleVersion: { major: 0, minor: 33 } },
  },
  {
    title: 'addIndex: a third argument from elsewhere',
    before: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
const extra = (t: any) => [index("x").on(t.id)];
export const posts = pgTable("posts", { id: uuid("id"), authorId: uuid("author_id").references(() => users.id) }, extra);
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: undefined,
  },
  {
    title: 'addIndex: a name that means something else',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
const index = 1;
export const posts = pgTable("posts", { authorId: uuid("author_id").references(() => users.id) });
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: undefined,
  },
  {
    title: 'addIndex: an index aliased',
    before: `import { index as idx, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { authorId: uuid("author_id").references(() => users.id) }, (t) => [idx("x").on(t.authorId)]);
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index as idx, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { authorId: uuid("author_id").references(() => users.id) }, (t) => [idx("x").on(t.authorId), idx("posts_author_id_idx").on(t.authorId)]);
`,
  },
  {
    title: 'addIndex: Windows line ends',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";\r
export const users = pgTable("users", { id: uuid("id").primaryKey() });\r
export const posts = pgTable("posts", {\r
  authorId: uuid("author_id").references(() => users.id),\r
});
`,
    intent: ({ table }) => ({ do: 'addIndex', table: table('posts'), columns: ['author_id'], for: first(table('posts').foreignKeys) }),
    after: `import { index, pgTable, uuid } from "drizzle-orm/pg-core";\r
export const users = pgTable("users", { id: uuid("id").primaryKey() });\r
export const posts = pgTable("posts", {\r
  authorId: uuid("author_id").references(() => users.id),\r
}, (table) => [\r
  index("posts_author_id_idx").on(table.authorId),\r
]);
`,
  },
  {
    title: 'addColumns: named as the file names',
    before: `import { pgTable, text, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").primaryKey(),
  userName: text("user_name"),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt', 'updatedAt'] }),
    after: `import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").primaryKey(),
  userName: text("user_name"),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow().$onUpdate(() => new Date()),
});
`,
  },
  {
    title: 'addColumns: without names',
    before: `import { pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'
export const t = pgTable('t', {
  id: uuid().primaryKey(),
  seenAt: timestamp()
})
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt', 'updatedAt'] }),
    after: `import { pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'
export const t = pgTable('t', {
  id: uuid().primaryKey(),
  seenAt: timestamp(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow().$onUpdate(() => new Date())
})
`,
  },
  {
    title: 'addColumns: named where a name is the key in snake case',
    before: `import { pgTable, text, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: text().primaryKey(),
  slug: text(),
  createdAt: timestamp("created_at", { withTimezone: true }),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['version'] }),
    after: `import { integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: text().primaryKey(),
  slug: text(),
  createdAt: timestamp("created_at", { withTimezone: true }),
  version: integer("version").notNull().default(1),
});
`,
  },
  {
    title: 'addColumns: snake case keys',
    before: `import { pgTable, text, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").primaryKey(),
  user_name: text("user_name"),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['updatedAt'] }),
    after: `import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").primaryKey(),
  user_name: text("user_name"),
  updated_at: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow().$onUpdate(() => new Date()),
});
`,
  },
  {
    title: 'addColumns: camel case in the database',
    before: `import { pgTable, text, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid("id").primaryKey(), userName: text("userName") });
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt'] }),
    after: `import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: uuid("id").primaryKey(), userName: text("userName"), createdAt: timestamp("createdAt", { withTimezone: true }).notNull().defaultNow() });
`,
  },
  {
    title: 'addColumns: a namespace',
    before: `import * as p from "drizzle-orm/pg-core";
export const t = p.pgTable("t", {
  id: p.uuid("id"),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt'] }),
    after: `import * as p from "drizzle-orm/pg-core";
export const t = p.pgTable("t", {
  id: p.uuid("id"),
  createdAt: p.timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
`,
  },
  {
    title: 'addColumns: callback columns',
    before: `import { pgTable } from "drizzle-orm/pg-core";
export const t = pgTable("t", (c) => ({
  id: c.uuid().primaryKey(),
}));
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt', 'updatedAt'] }),
    after: `import { pgTable } from "drizzle-orm/pg-core";
export const t = pgTable("t", (c) => ({
  id: c.uuid().primaryKey(),
  createdAt: c.timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: c.timestamp({ withTimezone: true }).notNull().defaultNow().$onUpdate(() => new Date()),
}));
`,
  },
  {
    title: 'addColumns: the helper that another table spreads',
    before: `import { pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
const timestamps = {
  createdAt: timestamp("created_at").notNull().defaultNow(),
  updatedAt: timestamp("updated_at").notNull().defaultNow(),
};
export const a = pgTable("a", { id: uuid("id"), ...timestamps });
export const t = pgTable("t", {
  id: uuid("id"),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt', 'updatedAt'] }),
    after: `import { pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
const timestamps = {
  createdAt: timestamp("created_at").notNull().defaultNow(),
  updatedAt: timestamp("updated_at").notNull().defaultNow(),
};
export const a = pgTable("a", { id: uuid("id"), ...timestamps });
export const t = pgTable("t", {
  id: uuid("id"),
  ...timestamps,
});
`,
  },
  {
    title: 'addColumns: a helper function nobody spreads yet',
    before: `import { pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
function times() {
  return { created_at: timestamp().notNull(), updated_at: timestamp().notNull() };
}
export const t = pgTable("t", {
  id: uuid("id"),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt', 'updatedAt'] }),
    after: `import { pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
function times() {
  return { created_at: timestamp().notNull(), updated_at: timestamp().notNull() };
}
export const t = pgTable("t", {
  id: uuid("id"),
  ...times(),
});
`,
  },
  {
    title: 'addColumns: a helper from another file',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
import * as helpers from "./helpers";
import { both } from "./helpers";
export const t = pgTable("t", {
  id: uuid("id"),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt', 'updatedAt'] }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
import * as helpers from "./helpers";
import { both } from "./helpers";
export const t = pgTable("t", {
  id: uuid("id"),
  ...both,
});
`,
    others: { '/helpers.ts': `import { timestamp } from "drizzle-orm/pg-core";
export const both = { createdAt: timestamp("created_at").notNull(), updatedAt: timestamp("updated_at").notNull() };
` },
  },
  {
    title: 'addColumns: no helper that gives more or less',
    before: `import { pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
const timestamps = { createdAt: timestamp("created_at").notNull(), deletedAt: timestamp("deleted_at") };
export const a = pgTable("a", { id: uuid("id"), ...timestamps });
export const t = pgTable("t", {
  id: uuid("id"),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt'] }),
    after: `import { pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
const timestamps = { createdAt: timestamp("created_at").notNull(), deletedAt: timestamp("deleted_at") };
export const a = pgTable("a", { id: uuid("id"), ...timestamps });
export const t = pgTable("t", {
  id: uuid("id"),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
`,
  },
  {
    title: 'addColumns: SQLite',
    before: `import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
export const t = sqliteTable("t", {
  id: integer("id").primaryKey(),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt', 'updatedAt'] }),
    after: `import { sql } from "drizzle-orm";
import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
export const t = sqliteTable("t", {
  id: integer("id").primaryKey(),
  createdAt: integer("created_at", { mode: "timestamp" }).notNull().default(sql\`(unixepoch())\`),
  updatedAt: integer("updated_at", { mode: "timestamp" }).notNull().default(sql\`(unixepoch())\`).$onUpdate(() => new Date()),
});
`,
  },
  {
    title: 'addColumns: MySQL',
    before: `import { int, mysqlTable } from "drizzle-orm/mysql-core";
export const t = mysqlTable("t", {
  id: int("id").primaryKey(),
});
`,
    intent: ({ table }) => ({ do: 'addColumns', table: table('t'), columns: ['createdAt', 'updatedAt'] }),
    after: `import { int, mysqlTable, timestamp } from "drizzle-orm/mysql-core";
export const t = mysqlTable("t", {
  id: int("id").primaryKey(),
  createdAt: timestamp("created_at").notNull().defaultNow(),
  updatedAt: timestamp("updated_at").notNull().defaultNow().$onUpdate(() => new Date()),
});
`,
  },
  {
    title: 'setTimeOrderedDefault: defaultRandom on PostgreSQL 18',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").defaultRandom().primaryKey(),
});
`,
    intent: ({ column }) => ({ do: 'setTimeOrderedDefault', column: column('t.id') }),
    after: `import { sql } from "drizzle-orm";
import { pgTable, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").default(sql\`uuidv7()\`).primaryKey(),
});
`,
    facts: { postgresVersion: 18 },
  },
  {
    title: 'setTimeOrderedDefault: an SQL default on PostgreSQL 18',
    before: `import { sql } from "drizzle-orm";
import { pgTable, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").default(sql\`gen_random_uuid()\`).primaryKey(),
});
`,
    intent: ({ column }) => ({ do: 'setTimeOrderedDefault', column: column('t.id') }),
    after: `import { sql } from "drizzle-orm";
import { pgTable, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").default(sql\`uuidv7()\`).primaryKey(),
});
`,
    facts: { postgresVersion: 18 },
  },
  {
    title: 'setTimeOrderedDefault: through the package',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").defaultRandom().primaryKey(),
});
`,
    intent: ({ column }) => ({ do: 'setTimeOrderedDefault', column: column('t.id') }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";
export const t = pgTable("t", {
  id: uuid("id").$defaultFn(() => uuidv7()).primaryKey(),
});
`,
    facts: { dependencies: new Set(['uuidv7']) },
  },
  {
    title: 'setTimeOrderedDefault: through the package, the old import dropped',
    before: `import { randomUUID } from "node:crypto";
import { pgTable, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").$defaultFn(() => randomUUID()).primaryKey(),
});
`,
    intent: ({ column }) => ({ do: 'setTimeOrderedDefault', column: column('t.id') }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";
export const t = pgTable("t", {
  id: uuid("id").$defaultFn(() => uuidv7()).primaryKey(),
});
`,
    facts: { dependencies: new Set(['uuidv7']) },
  },
  {
    title: 'setTimeOrderedDefault: a global function',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").$defaultFn(() => crypto.randomUUID()).primaryKey(),
});
`,
    intent: ({ column }) => ({ do: 'setTimeOrderedDefault', column: column('t.id') }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
import { uuidv7 } from "uuidv7";
export const t = pgTable("t", {
  id: uuid("id").$defaultFn(() => uuidv7()).primaryKey(),
});
`,
    facts: { dependencies: new Set(['uuidv7']), postgresVersion: 16 },
  },
  {
    title: 'setTimeOrderedDefault: neither',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  id: uuid("id").defaultRandom().primaryKey(),
});
`,
    intent: ({ column }) => ({ do: 'setTimeOrderedDefault', column: column('t.id') }),
    after: undefined,
  },
  {
    title: 'setOnDelete: no options',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id) });
`,
    intent: ({ table }) => ({ do: 'setOnDelete', foreignKey: first(table('posts').foreignKeys), action: 'cascade' }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id, { onDelete: "cascade" }) });
`,
  },
  {
    title: 'setOnDelete: other options',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id, { onUpdate: "cascade" }) });
`,
    intent: ({ table }) => ({ do: 'setOnDelete', foreignKey: first(table('posts').foreignKeys), action: 'set null' }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id, { onUpdate: "cascade", onDelete: "set null" }) });
`,
  },
  {
    title: 'setOnDelete: another action',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id, { onDelete: "no action" }) });
`,
    intent: ({ table }) => ({ do: 'setOnDelete', foreignKey: first(table('posts').foreignKeys), action: 'restrict' }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id, { onDelete: "restrict" }) });
`,
  },
  {
    title: 'setOnDelete: empty options',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id, {}) });
`,
    intent: ({ table }) => ({ do: 'setOnDelete', foreignKey: first(table('posts').foreignKeys), action: 'cascade' }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id, { onDelete: "cascade" }) });
`,
  },
  {
    title: 'setOnDelete: options from elsewhere',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
const options = { onUpdate: "cascade" } as const;
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id, options) });
`,
    intent: ({ table }) => ({ do: 'setOnDelete', foreignKey: first(table('posts').foreignKeys), action: 'cascade' }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
const options = { onUpdate: "cascade" } as const;
export const posts = pgTable("posts", { a: uuid("a").references(() => users.id, { ...options, onDelete: "cascade" }) });
`,
  },
  {
    title: 'setOnDelete: an argument on a line of its own',
    before: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  a: uuid("a").references(
    () => users.id,
  ),
});
`,
    intent: ({ table }) => ({ do: 'setOnDelete', foreignKey: first(table('posts').foreignKeys), action: 'cascade' }),
    after: `import { pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", {
  a: uuid("a").references(
    () => users.id,
    { onDelete: "cascade" },
  ),
});
`,
  },
  {
    title: 'setOnDelete: foreignKey()',
    before: `import { foreignKey, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a") }, (t) => [foreignKey({ columns: [t.a], foreignColumns: [users.id] })]);
`,
    intent: ({ table }) => ({ do: 'setOnDelete', foreignKey: first(table('posts').foreignKeys), action: 'cascade' }),
    after: `import { foreignKey, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a") }, (t) => [foreignKey({ columns: [t.a], foreignColumns: [users.id] }).onDelete("cascade")]);
`,
  },
  {
    title: 'setOnDelete: foreignKey() with another action',
    before: `import { foreignKey, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a") }, (t) => [foreignKey({ columns: [t.a], foreignColumns: [users.id] }).onUpdate("cascade").onDelete("no action")]);
`,
    intent: ({ table }) => ({ do: 'setOnDelete', foreignKey: first(table('posts').foreignKeys), action: 'set null' }),
    after: `import { foreignKey, pgTable, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
export const posts = pgTable("posts", { a: uuid("a") }, (t) => [foreignKey({ columns: [t.a], foreignColumns: [users.id] }).onUpdate("cascade").onDelete("set null")]);
`,
  },
  {
    title: 'removeIndex: a line',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [
  index("one").on(t.a, t.b),
  index("two").on(t.a), // why
  index("three").on(t.b),
]);
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 2), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [
  index("one").on(t.a, t.b),
  index("three").on(t.b),
]);
`,
  },
  {
    title: 'removeIndex: the last line without a comma',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [
  index("one").on(t.a, t.b),
  index("two").on(t.a)
]);
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 2), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [
  index("one").on(t.a, t.b)
]);
`,
  },
  {
    title: 'removeIndex: several lines',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [
  index("one").on(t.a, t.b),
  index("two")
    .on(t.a)
    .concurrently(),
]);
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 2), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [
  index("one").on(t.a, t.b),
]);
`,
  },
  {
    title: 'removeIndex: on one line, in the middle',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [index("one").on(t.a, t.b), index("two").on(t.a), index("three").on(t.b)]);
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 2), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [index("one").on(t.a, t.b), index("three").on(t.b)]);
`,
  },
  {
    title: 'removeIndex: on one line, the last',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [index("one").on(t.a, t.b), index("two").on(t.a)]);
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 2), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [index("one").on(t.a, t.b)]);
`,
  },
  {
    title: 'removeIndex: the only one, with its import',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [
  index("one").on(t.a),
]);
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 1), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => []);
`,
  },
  {
    title: 'removeIndex: the only one on its line',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => [index("one").on(t.a)]);
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 1), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => []);
`,
  },
  {
    title: 'removeIndex: a property',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => ({
  one: index("one").on(t.a, t.b),
  two: index("two").on(t.a),
}));
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 2), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => ({
  one: index("one").on(t.a, t.b),
}));
`,
  },
  {
    title: 'removeIndex: the only property',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => ({ one: index("one").on(t.a) }));
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 1), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => ({}));
`,
  },
  {
    title: 'removeIndex: an inline unique',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a").unique(), b: text("b") }, (t) => []);
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 0), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { index, pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", { a: text("a"), b: text("b") }, (t) => []);
`,
  },
  {
    title: 'removeIndex: an inline unique with a line of its own',
    before: `import { pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  a: text("a")
    .notNull()
    .unique("a_key")
    .default("x"),
});
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 0), coveredBy: pick(table('t').indexes, 0) }),
    after: `import { pgTable, text } from "drizzle-orm/pg-core";
export const t = pgTable("t", {
  a: text("a")
    .notNull()
    .default("x"),
});
`,
  },
  {
    title: 'removeIndex: one of a shared helper',
    before: `import { index, pgTable, text } from "drizzle-orm/pg-core";
const extra = (t: any) => [index("x").on(t.a)];
export const t = pgTable("t", { a: text("a") }, extra);
`,
    intent: ({ table }) => ({ do: 'removeIndex', index: pick(table('t').indexes, 0), coveredBy: pick(table('t').indexes, 0) }),
    after: undefined,
  },
];

describe('Drizzle fixes', () => {
  for (const { title, before, intent, after, facts, others } of CASES) {
    it(title, () => assert.equal(apply({ '/a.ts': before, ...others }, intent, facts), after));

    it(`${title}, with other line ends`, () => {
      const other = (text: string) => (text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n'));
      assert.equal(apply({ '/a.ts': other(before), ...others }, intent, facts), after && other(after));
    });

    it(`${title}, behind wide characters`, () => {
      const wide = (text: string) => `// é😀${before.includes('\r\n') ? '\r\n' : '\n'}${text}`;
      assert.equal(apply({ '/a.ts': wide(before), ...others }, intent, facts), after && wide(after));
    });
  }
});

describe('Drizzle fixes in the eyes of the compiler', () => {
  it('type-check as the sources before them do', function () {
    this.timeout(120_000);
    const files: Record<string, string> = {};
    CASES.forEach(({ title, before, after, others }, at) => {
      assert.notEqual(before, after, title);
      for (const [path, text] of Object.entries(others ?? {})) files[`/${at}${path}`] = text;
      files[`/${at}/a.ts`] = before;
      if (after !== undefined) files[`/${at}/b.ts`] = after;
    });
    assert.deepEqual(compile(files), []);
  });
});
