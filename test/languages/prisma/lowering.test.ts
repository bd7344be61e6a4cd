// What Prisma schemas become in the model.
import assert from 'node:assert/strict';
import { prisma, readDatasource, declaresDatasource } from '../../../server/src/languages/prisma/index';
import { lines, printSchema, read, withDatasource } from './model';
import { cockroach, models, mongo, mysql, rich, sqlite, sqlserver } from './schemas';

function expectModel(files: string | Readonly<Record<string, string>>, expected: string): void {
  const { schema } = read(files);
  assert.deepEqual(lines(printSchema(schema)), lines(expected));
}

describe('Prisma: lowering', () => {
  before(() => prisma.prepare());

  it('reads something of everything', () => {
    expectModel(
      rich,
      `table User -> public.users
       id: uuid = uuid4 by client unique
       email: varchar(320) unique
       handle -> nick_name: text
       role: enum user_role = "MEMBER"
       age: int16?
       balance: numeric(12,2) = 0
       settings: jsonb = "{\\"a\\": \\"// no comment /*\\"}"
       tags: text[]? = expression
       search: tsvector?
       managerId -> manager_id: uuid?
       createdAt -> created_at: timestamptz(3) = now
       updatedAt -> updated_at: timestamp(3) implied updated
       deletedAt -> deleted_at: timestamp(6)?
       primary key inline users_pkey (id)
       unique inline users_email_key (email)
       unique users_login_key (email, nick_name)
       index users_settings_idx gin (settings jsonb_path_ops)
       index users_created_at_role_idx (created_at desc, role) where deleted_at IS NULL
       index users_manager_id_idx (manager_id)
       foreign key manager (manager_id) -> public.users (id) on delete set null on update no action
       table Post -> public.Post
       authorId: uuid
       slug: text
       primary key Post_pkey (authorId, slug)
       foreign key author (authorId) -> public.users (id) on delete cascade
       table Comment -> audit.comments
       id: int32 serial = sequence unique
       postAuthor: uuid
       postSlug: text
       primary key inline comments_pkey (id)
       index by_post (postAuthor, postSlug)
       foreign key post (postAuthor, postSlug) -> public.Post (authorId, slug)
       table Label -> public.Label
       id: uuid = uuid4 unique
       null: text = "x"
       old: int32?
       primary key inline Label_pkey (id)
       view ActiveUser -> public.active_users
       id: uuid unique
       email: text
       unique inline active_users_id_key (id)
       table Legacy -> audit.Legacy [ignored]
       id: int32 unique
       data: text
       primary key inline Legacy_pkey (id)
       enum Role -> public.user_role: admin, MEMBER`,
    );
  });

  it('knows the types of MySQL, and relations that Prisma emulates', () => {
    expectModel(
      mysql,
      `table Team
       id: int32 serial = sequence unique
       title: varchar(100) unique
       body: text
       flag: boolean = true
       at: timestamptz(0) = now
       started: timestamp(3) implied
       primary key inline - (id)
       unique Team_title_key (<title(10)> desc)
       index Team_title_body_idx fulltext (title, body)
       table Member
       id: varchar(191) = expression by client unique
       teamId: int32
       primary key inline - (id)
       index Member_teamId_idx (teamId)
       foreign key team (teamId) -> Team (id)`,
    );
    const { schema } = read(mysql);
    assert.equal(schema.dialect, 'mysql');
    assert.equal(schema.emulatedRelations, true);
    assert.equal(read(rich).schema.emulatedRelations, false);
  });

  it('knows the types of SQLite, SQL Server, CockroachDB and MongoDB', () => {
    expectModel(
      sqlite,
      `table Note
       id: int32 serial = sequence unique
       text: text = "é😀"
       at: timestamp implied = now
       size: int64 = "9007199254740993"
       rate: float64 = -1.5
       raw: bytes
       primary key inline - (id)`,
    );
    expectModel(
      sqlserver,
      `table Item
       id: uuid = uuid4 unique
       name: varchar
       short: varchar(1000)
       at: timestamptz
       seen: timestamp implied
       on: boolean
       cost: numeric(32,16)
       primary key inline PK_Item (id)`,
    );
    expectModel(
      cockroach,
      `table Thing
       id: int64 serial = sequence unique
       name: varchar(20)
       at: timestamp(3) implied
       size: int16
       primary key inline Thing_pkey (id)`,
    );
    expectModel(
      mongo,
      `table Customer
       id -> _id: other = expression unique
       address: other
       visits: timestamptz(3) implied[]?
       createdAt: timestamptz(3) implied = now by client
       primary key inline - (_id)
       index - (<address.city>)`,
    );
  });

  it('takes PostgreSQL where no data source tells the database', () => {
    assert.equal(read(models).schema.dialect, 'postgresql');
    assert.equal(read('').schema.dialect, 'postgresql');
    assert.equal(read(withDatasource('', 'oracle')).schema.dialect, 'unknown');
    assert.equal(read(withDatasource('', 'postgres')).schema.dialect, 'postgresql');
  });

  it('reads a block that begins behind the brace of another', () => {
    assert.deepEqual(
      read(models).schema.tables.map(({ name, partial }) => [name, partial]),
      [['A', false], ['B', false], ['C', false]],
    );
  });

  it('links the files of one schema', () => {
    expectModel(
      {
        'post.prisma': 'model Post {\n  id Int @id\n  userId Int\n  kind Kind\n  user User @relation(fields: [userId], references: [ref])\n}\n',
        'user.prisma': 'model User {\n  ref Int @id @map("reference")\n  posts Post[]\n  @@map("people")\n  @@schema("auth")\n}\n',
        'base.prisma': `${withDatasource('', 'cockroachdb')}enum Kind {\n  A\n  @@map("kinds")\n}\n`,
      },
      `table Post
       id: int32 unique
       userId: int32
       kind: enum kinds
       primary key inline Post_pkey (id)
       foreign key user (userId) -> auth.people (reference)
       table User -> auth.people
       ref -> reference: int32 unique
       primary key inline people_pkey (reference)
       enum Kind -> kinds: A`,
    );
  });

  it('has no columns for relations, and no keys for their other sides', () => {
    expectModel(
      'model A {\n  id Int @id\n  bs B[]\n  one C?\n}\nmodel B {\n  id Int @id\n  as A[]\n}\nmodel C {\n  id Int @id\n  aId Int @unique\n  a A @relation(fields: [aId], references: [id])\n}\n',
      `table A
       id: int32 unique
       primary key inline A_pkey (id)
       table B
       id: int32 unique
       primary key inline B_pkey (id)
       table C
       id: int32 unique
       aId: int32 unique
       primary key inline C_pkey (id)
       unique inline C_aId_key (aId)
       foreign key a (aId) -> A (id)`,
    );
  });

  it('calls a table partial when it holds what it does not know', () => {
    const partial = (body: string): boolean | undefined => read(`model T {\n  id Int @id\n${body}\n}\n`).schema.tables[0]?.partial;
    assert.equal(partial('  a Int'), false);
    assert.equal(partial('  a'), true, 'a field without a type');
    assert.equal(partial('  a Strin'), true, 'an unknown type');
    assert.equal(partial('  a Int @uniq'), true, 'an unknown attribute');
    assert.equal(partial('  @@ind'), true, 'an unknown block attribute');
    assert.equal(partial('  o Other @relation(fields: [id], references: [id])'), true, 'a model that is not at hand');
  });

  it('keeps a relation to a model that is not at hand', () => {
    expectModel(
      'model T {\n  oId Int\n  o Other @relation("x", fields: [oId], references: [id])\n  many Other[]\n}\n',
      'table T [partial]\noId: int32\nforeign key o (oId) -> Other (id)',
    );
  });

  it('leaves the language of Prisma 8 alone', () => {
    for (const head of ['// use prisma-8', '\n  // use prisma-next\r', '\uFEFF// use prisma-8']) {
      const { parsed, schema } = read(`${head}\ntypes {\n  X\n}\nmodel T {\n  id Int\n}\n`);
      assert.deepEqual([parsed[0]?.problems, schema.tables], [[], []]);
    }
    assert.equal(read('// we use prisma-8 elsewhere\nmodel T {\n}\n').schema.tables.length, 1);
    assert.equal(read('/// use prisma-80\nmodel T {\n}\n').schema.tables.length, 1);
  });

  it('reads the data source for others', () => {
    const [parsed] = read(mysql).parsed;
    const datasource = parsed && readDatasource(parsed);
    assert.equal(datasource?.name, 'db');
    assert.equal(datasource?.provider?.value, 'mysql');
    assert.equal(datasource?.relationMode?.value, 'prisma');
    assert.equal(mysql.slice(datasource?.provider?.span.start, datasource?.provider?.span.end), '"mysql"');
    assert.equal(declaresDatasource(mysql), true);
    assert.equal(declaresDatasource(models), false);
    assert.equal(declaresDatasource('// datasource db {'), false);
  });

  it('finds comments where they are, and nowhere else', () => {
    const text = '// é😀\n/// doc // more\nmodel A { // head\n  id Int @default("// no /* no") /* one\n two */ // three\n}\n//';
    const [parsed] = read(text).parsed;
    const found = parsed?.comments().map(({ start, end, text: words }) => [text.slice(start, end), words]);
    assert.deepEqual(found, [
      ['// é😀', 'é😀'],
      ['/// doc // more', 'doc // more'],
      ['// head', 'head'],
      ['/* one\n two */', 'one\n two'],
      ['// three', 'three'],
      ['//', ''],
    ]);
  });
});
