// Names followed over files: imports, re-exports, defaults, namespaces, creators and helpers from elsewhere.
import { strict as assert } from 'node:assert';
import { drizzle, claimsDrizzle } from '../../../server/src/languages/drizzle/index';
import { lower, printSchema } from './print';

before(() => drizzle.prepare());

const HELPERS = `import { timestamp, uuid } from "drizzle-orm/pg-core";
export const timestamps = { createdAt: timestamp("created_at").notNull().defaultNow() };
export function owned() { return { ownerId: uuid("owner_id").notNull() }; }
const id = { id: uuid("id").primaryKey() };
export { id as key };
export default { ...id, ...timestamps };
`;

function schemaOf(files: Record<string, string>, ...schemas: string[]): string {
  return printSchema(lower(files, { schemas }).schema);
}

describe('Drizzle modules', () => {
  it('spreads helpers from another file, a renamed one and the default one too', () => {
    const a = `import { pgTable } from "drizzle-orm/pg-core";
import base, { timestamps, owned, key as own } from "./helpers";
export const a = pgTable("a", { ...own, ...timestamps, ...owned() });
export const b = pgTable("b", { ...base });
`;
    assert.equal(
      schemaOf({ '/src/a.ts': a, '/src/helpers.ts': HELPERS }, '/src/a.ts'),
      `postgresql a = a
  id: uuid unique
  createdAt(created_at): timestamp default:now
  ownerId(owner_id): uuid
  primary key a_pkey (id) inline
postgresql b = b
  id: uuid unique
  createdAt(created_at): timestamp default:now
  primary key b_pkey (id) inline`,
    );
  });

  it('goes through barrels: export *, renamed re-exports, namespaces and re-exported builders', () => {
    const files = {
      '/db/a.ts': `import { table, text, columns, moved, all } from "./barrel";
import * as everything from "./barrel";
export const a = table("a", { name: text("name"), ...columns.timestamps, ...moved(), ...everything.timestamps, ...all.key });
`,
      '/db/barrel.ts': `export * from "drizzle-orm/pg-core";
export { pgTable as table } from "drizzle-orm/pg-core";
export * from "./helpers";
export * as columns from "./helpers";
export { owned as moved } from "./helpers";
import * as all from "./helpers";
export { all };
`,
      '/db/helpers.ts': HELPERS,
    };
    assert.equal(
      schemaOf(files, '/db/a.ts'),
      `postgresql a = a
  name: text?
  createdAt(created_at): timestamp default:now
  ownerId(owner_id): uuid
  id: uuid unique
  primary key a_pkey (id) inline`,
    );
  });

  it('finds the tables that foreign keys name, under their names in the database', () => {
    const files = {
      '/users.ts': `import { text, uuid } from "drizzle-orm/pg-core";
import { createTable } from "./creator";
export const users = createTable("user", { id: uuid("user_id").primaryKey() });
export default users;
`,
      '/creator.ts': 'import { pgTableCreator } from "drizzle-orm/pg-core";\nexport const createTable = pgTableCreator((name) => `app_${name}`);\n',
      '/posts.ts': `import { pgTable, uuid, foreignKey, index } from "drizzle-orm/pg-core";
import { users as people } from "./users.js";
import author from "@/users";
import * as schema from "./users";
export const posts = pgTable("posts", {
  a: uuid("a").references(() => people.id, { onDelete: "cascade" }),
  b: uuid("b").references(() => schema.users.id),
  c: uuid("c").references(() => author.id),
  d: uuid("d"),
}, (t) => [foreignKey({ columns: [t.d], foreignColumns: [people.id] }), index().on(t.a)]);
`,
    };
    assert.equal(
      schemaOf(files, '/posts.ts', '/users.ts'),
      `postgresql posts = posts
  a: uuid?
  b: uuid?
  c: uuid?
  d: uuid?
  index posts_a_index (a)
  fk (a) -> app_user(user_id) delete cascade
  fk (b) -> app_user(user_id)
  fk (c) -> app_user(user_id)
  fk (d) -> app_user(user_id)
postgresql app_user = users
  id(user_id): uuid unique
  primary key app_user_pkey (user_id) inline`,
    );
  });

  it('keeps what it can not reach as partial, and survives files that import each other', () => {
    const files = {
      '/a.ts': `import { pgTable, uuid } from "drizzle-orm/pg-core";
import { b, loop } from "./b";
import { gone } from "./gone";
import { timestamps } from "some-package";
export const round = { ...loop };
export const a = pgTable("a", { id: uuid("id").references(() => b.id), ...round });
export const c = pgTable("c", { id: uuid("id"), ...gone });
export const d = pgTable("d", { id: uuid("id"), ...timestamps });
`,
      '/b.ts': `import { pgTable, uuid } from "drizzle-orm/pg-core";
import { a, round } from "./a";
export const loop = { ...round };
export const b = pgTable("b", { id: uuid("id").references(() => a.id) });
`,
    };
    assert.equal(
      schemaOf(files, '/a.ts', '/b.ts'),
      `postgresql a = a partial
  id: uuid?
  fk (id) -> b(id)
postgresql c = c partial
  id: uuid?
postgresql d = d partial
  id: uuid?
postgresql b = b
  id: uuid?
  fk (id) -> a(id)`,
    );
  });

  it('points columns of a helper at the helper, with a column of its own for every table', () => {
    const a = `import { pgTable } from "drizzle-orm/pg-core";
import { timestamps } from "./helpers";
export const a = pgTable("a", { ...timestamps });
export const b = pgTable("b", { ...timestamps });
`;
    const { schema } = lower({ '/a.ts': a, '/helpers.ts': HELPERS }, { schemas: ['/a.ts'] });
    const columns = schema.tables.map((table) => table.columns[0]);
    assert.equal(columns[0]?.span.file, '/helpers.ts');
    assert.equal(HELPERS.slice(columns[0]?.type.span.start, columns[0]?.type.span.end), 'timestamp("created_at")');
    assert.notEqual(columns[0], columns[1]);
    assert.equal(columns[0]?.span.start, columns[1]?.span.start);
    assert.deepEqual(columns.map((column) => column?.table.name), ['a', 'b']);
  });
});

describe('Files that Drizzle claims', () => {
  const claims = (path: string, text: string) => claimsDrizzle(path, text);

  it('import a core module or relations', () => {
    assert.ok(claims('/a.ts', 'import { pgTable } from "drizzle-orm/pg-core";'));
    assert.ok(claims('/a.mjs', "import * as s from 'drizzle-orm/sqlite-core'"));
    assert.ok(claims('/a.cjs', 'const { mysqlTable } = require("drizzle-orm/mysql-core")'));
    assert.ok(claims('/a.tsx', 'import { relations } from "drizzle-orm";'));
    assert.ok(claims('/a.ts', 'import { defineRelations, sql } from "drizzle-orm";'));
  });

  it('are not declarations, other languages, or files that only query', () => {
    assert.ok(!claims('/a.d.ts', 'import { pgTable } from "drizzle-orm/pg-core";'));
    assert.ok(!claims('/a.md', 'import { pgTable } from "drizzle-orm/pg-core";'));
    assert.ok(!claims('/a.ts', 'import { eq } from "drizzle-orm";'));
    assert.ok(!claims('/a.ts', 'import { drizzle } from "drizzle-orm/node-postgres";'));
  });
});
