// What defaults, native types and indexes of Prisma schemas become in the model.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import { lines, printSchema, read, withDatasource } from './model';

/** The printed lines of a model's columns, keys and indexes, for a PostgreSQL schema with just that model. */
function expectBody(body: string, expected: string, provider = 'postgresql'): void {
  const { schema } = read(withDatasource(`model T {\n${body}\n}\n`, provider));
  assert.deepEqual(lines(printSchema(schema)).slice(1), lines(expected));
}

describe('Prisma: lowering the parts of a model', () => {
  before(() => prisma.prepare());

  it('tells who makes a default', () => {
    const cases: Readonly<Record<string, string>> = {
      'String @default(uuid())': 'text = uuid4 by client',
      'String @default(uuid(4))': 'text = uuid4 by client',
      'String @default(uuid(7))': 'text = uuid7 by client',
      'String @default(cuid(2))': 'text = expression by client',
      'String @default(nanoid())': 'text = expression by client',
      'String @default(ulid())': 'text = expression by client',
      'String @default(value: "x")': 'text = "x"',
      'String @default(dbgenerated("uuid_generate_v4()")) @db.Uuid': 'uuid = uuid4',
      'String @default(dbgenerated("extensions.gen_random_uuid()"))': 'text = uuid4',
      'String @default(dbgenerated("(gen_random_uuid())::text"))': 'text = uuid4',
      'String @default(dbgenerated("uuidv7()"))': 'text = uuid7',
      'String @default(dbgenerated("uuid_generate_v1mc()"))': 'text = uuid1',
      'String @default(dbgenerated("md5(gen_random_uuid()::text)"))': 'text = expression',
      'String @default(dbgenerated())': 'text = expression',
      'DateTime @default(dbgenerated("CURRENT_TIMESTAMP(3)"))': 'timestamp(3) implied = now',
      'DateTime @default(now())': 'timestamp(3) implied = now',
      'Int @default(autoincrement())': 'int32 serial = sequence',
      'Int @default(007)': 'int32 = 7',
      'Boolean @default(false)': 'boolean = false',
      'String @default("a\\"b\\u00e9\\n")': 'text = "a\\"bé\\n"',
    };
    for (const [field, expected] of Object.entries(cases)) expectBody(`  f ${field}`, `f: ${expected}`);
    expectBody('  f String @default(dbgenerated("(uuid())"))', 'f: varchar(191) = uuid1', 'mysql');
  });

  it('knows native types', () => {
    const cases: Readonly<Record<string, string>> = {
      'DateTime @db.Timestamptz': 'timestamptz',
      'DateTime @db.Timestamp': 'timestamp',
      'DateTime @db.Date': 'date',
      'DateTime @db.Time(3)': 'time',
      'DateTime @db.Timetz': 'timetz',
      'DateTime[] @db.Timestamptz(6)': 'timestamptz(6)[]?',
      'String @db.Char(2)': 'char(2)',
      'String @db.VarChar': 'varchar',
      'String @db.Xml': 'other',
      'String @db.Text': 'text',
      'Int @db.Oid': 'int32',
      'Float @db.Real': 'float32',
      'Float @db.DoublePrecision': 'float64',
      'Decimal': 'numeric(65,30)',
      'Decimal @db.Money': 'money',
      'Json @db.Json': 'json',
      'Bytes @db.ByteA': 'bytes',
      'Unsupported("interval")': 'interval',
      'Unsupported("geometry(Point, 4326)")?': 'other?',
    };
    for (const [field, expected] of Object.entries(cases)) expectBody(`  f ${field}`, `f: ${expected}`);
  });

  it('reads every way to write an index', () => {
    const cases: Readonly<Record<string, string>> = {
      '@@index(a)': 'index T_a_idx (a)',
      '@@index(fields: [a, b])': 'index T_a_bee_idx (a, bee)',
      '@@index([a(sort: Desc), b])': 'index T_a_bee_idx (a desc, bee)',
      '@@index([a], name: "old")': 'index old (a)',
      '@@index([a], map: "new")': 'index new (a)',
      '@@index([a(ops: raw("gin_trgm_ops"))], type: Gin)': 'index T_a_idx gin (a gin_trgm_ops)',
      '@@index([a], type: Hash)': 'index T_a_idx hash (a)',
      '@@index([a], where: { b: null })': 'index T_a_idx (a) where { b: null }',
      '@@unique([a, b], name: "both")': 'unique T_a_bee_key (a, bee)',
      '@@id([a, b], map: "key")': 'primary key key (a, bee)',
    };
    for (const [attribute, expected] of Object.entries(cases)) {
      expectBody(`  a Int\n  b Int @map("bee")\n  ${attribute}`, `a: int32\nb -> bee: int32\n${expected}`);
    }
    expectBody('  a Int @unique(sort: Desc, map: "one")', 'a: int32 unique\nunique inline one (a desc)');
    expectBody('  a Int @unique(where: raw("a > 0"))', 'a: int32\nunique inline T_a_key (a) where a > 0');
    expectBody('  a Int\n  @@unique([a])', 'a: int32 unique\nunique T_a_key (a)');
  });

  it('shortens the names of long keys as Prisma does', () => {
    const name = 'a'.repeat(70);
    expectBody(`  ${name} Int @unique`, `${name}: int32 unique\nunique inline T_${'a'.repeat(57)}_key (${name})`);
    expectBody(`  ${'é'.repeat(40)} Int @unique`, `${'é'.repeat(40)}: int32 unique\nunique inline T_${'é'.repeat(28)}_key (${'é'.repeat(40)})`);
  });
});
