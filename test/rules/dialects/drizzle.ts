// One Drizzle schema with as much in it as rules report, in the words of each of Drizzle's cores.

export const cores = ['pg', 'cockroach', 'mysql', 'sqlite', 'mssql', 'singlestore'] as const;

export type Core = (typeof cores)[number];

interface Words {
  readonly table: string;
  /** A builder with the column's name in place of `$`. */
  readonly key: string;
  readonly ref: string;
  readonly counter: string;
  readonly count: string;
  readonly text: string;
  readonly flag: string;
  readonly time: string;
  readonly now: string;
  readonly amount: string;
  readonly document: string;
}

const MYSQL: Words = {
  table: 'mysqlTable',
  key: "varchar('id', { length: 36 }).primaryKey().$defaultFn(() => crypto.randomUUID())",
  ref: "varchar('$', { length: 36 })",
  counter: "int('id').autoincrement().primaryKey()",
  count: "int('$')",
  text: "varchar('$', { length: 80 })",
  flag: "boolean('$')",
  time: "timestamp('$')",
  now: '.defaultNow()',
  amount: "float('$')",
  document: "json('$')",
};

const PG: Words = {
  table: 'pgTable',
  key: "uuid('id').primaryKey().defaultRandom()",
  ref: "uuid('$')",
  counter: "serial('id').primaryKey()",
  count: "integer('$')",
  text: "varchar('$', { length: 80 })",
  flag: "boolean('$')",
  time: "timestamp('$')",
  now: '.defaultNow()',
  amount: "real('$')",
  document: "json('$')",
};

const WORDS: Readonly<Record<Core, Words>> = {
  pg: PG,
  cockroach: { ...PG, table: 'cockroachTable', counter: "int4('id').primaryKey().generatedAlwaysAsIdentity()", count: "int4('$')", flag: "bool('$')", document: "jsonb('$')" },
  mysql: MYSQL,
  singlestore: { ...MYSQL, table: 'singlestoreTable' },
  mssql: {
    ...MYSQL,
    table: 'mssqlTable',
    counter: "int('id').identity().primaryKey()",
    text: "nvarchar('$', { length: 80 })",
    flag: "bit('$')",
    time: "datetime2('$')",
    now: '.defaultGetDate()',
    document: "nvarchar('$', { length: 'max' })",
  },
  sqlite: {
    table: 'sqliteTable',
    key: "text('id').primaryKey().$defaultFn(() => crypto.randomUUID())",
    ref: "text('$')",
    counter: "integer('id').primaryKey({ autoIncrement: true })",
    count: "integer('$')",
    text: "text('$')",
    flag: "integer('$', { mode: 'boolean' })",
    time: "integer('$', { mode: 'timestamp' })",
    now: '.default(sql`(unixepoch())`)',
    amount: "real('$')",
    document: "text('$', { mode: 'json' })",
  },
};

export function drizzleSchema(core: Core): string {
  const text = tables(WORDS[core], core !== 'singlestore');
  const builders = [...new Set([...text.matchAll(/(?<![\w.$])([a-z]\w*)\(/g)].flatMap(([, name]) => name ?? []))].filter((name) => name !== 'unixepoch').sort();
  const sql = text.includes('sql`') ? "import { sql } from 'drizzle-orm';\n" : '';
  return `${sql}import { ${builders.join(', ')} } from 'drizzle-orm/${core}-core';\n${text}`;
}

function tables(words: Words, references: boolean): string {
  const { table, key, counter, now } = words;
  const of = (kind: 'ref' | 'count' | 'text' | 'flag' | 'time' | 'amount' | 'document') => (name: string) => words[kind].replace('$', name);
  const [text, flag, time, amount, document, ref, count] = [of('text'), of('flag'), of('time'), of('amount'), of('document'), of('ref'), of('count')];
  const to = (target: string, rule?: string): string => (references ? `.references(() => ${target}.id${rule === undefined ? '' : `, { onDelete: '${rule}' }`})` : '');
  return `
export const orgs = ${table}('orgs', {
  id: ${key},
  name: ${text('name')}.notNull(),
  createdAt: ${time('created_at')}.notNull()${now},
  updatedAt: ${time('updated_at')}.notNull()${now},
});

export const users = ${table}('users', {
  id: ${key},
  email: ${text('email')}.notNull().unique(),
  orgId: ${ref('org_id')}.notNull()${to('orgs')},
  role: ${text('role')}.notNull().default('member'),
  isDeleted: ${flag('is_deleted')}.notNull().default(false),
  deletedAt: ${time('deleted_at')},
  createdAt: ${time('created_at')}.notNull(),
  updatedAt: ${time('updated_at')}.notNull()${now}.$onUpdate(() => new Date()),
}, (t) => [
  uniqueIndex('users_org_id_email_idx').on(t.orgId, t.email),
  index('users_org_id_idx').on(t.orgId),
  index('users_is_deleted_idx').on(t.isDeleted),
  index('users_created_at_role_idx').on(t.createdAt, t.role),
  index('users_created_at_idx').on(t.createdAt),
]);

export const customers = ${table}('customers', {
  id: ${key},
  name: ${text('name')}.notNull(),
});

export const orders = ${table}('orders', {
  id: ${key},
  orgId: ${ref('org_id')}.notNull()${to('orgs', 'cascade')},
  userId: ${ref('user_id')}.notNull()${to('users', 'set null')},
  partnerId: ${ref('partner_id')}${to('customers', 'set default')},
  customerId: ${ref('customer_id')}.notNull(),
  tagIds: ${document('tag_ids')}.notNull(),
  price: ${amount('price')}.notNull(),
  status: ${text('status')}.notNull().default('open'), // open, paid, cancelled
  createdAt: ${time('created_at')}.notNull()${now},
}, (t) => [index('orders_created_at_org_id_idx').on(t.createdAt, t.orgId)]);

export const posts = ${table}('posts', {
  id: ${counter},
  title: ${text('title')},
  authorId: ${ref('author_id')}.notNull()${to('users')},
});

export const tags = ${table}('tags', {
  id: ${counter},
  name: ${text('name')}.unique(),
});

export const members = ${table}('members', {
  userId: ${ref('user_id')}.notNull()${to('users', 'cascade')},
  tagId: ${count('tag_id')}.notNull()${to('tags', 'cascade')},
});

export const events = ${table}('events', {
  name: ${text('name')}.notNull(),
  payload: ${document('payload')},
});
`;
}
