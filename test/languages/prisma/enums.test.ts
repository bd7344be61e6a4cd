// Enums and lists of many-to-many relations written into Prisma schemas. Prisma itself judges each result.
import assert from 'node:assert/strict';
import { writeIntent } from '../../../server/src/ide/fixes';
import { prisma } from '../../../server/src/languages/prisma/index';
import type { Facts } from '../../../server/src/model/facts';
import type { Intent } from '../../../server/src/model/intents';
import type { Schema } from '../../../server/src/model/nodes';
import { applyEdits } from '../../../server/src/text/edit';
import { read, withDatasource } from './model';
import { validate } from './oracle';
import { column, table } from './writing';

type Files = Readonly<Record<string, string>>;

/** The files after the intent, which together Prisma must accept; undefined where there is no fix. */
function write(files: Files, intent: (schema: Schema) => Intent, literals: readonly string[] = [], facts: Partial<Facts> = {}): Record<string, string> | undefined {
  const { parsed, schema } = read(files);
  const edits = writeIntent(intent(schema), prisma.write, {
    schema,
    facts: { dependencies: new Set(), hasMigrations: false, ...facts },
    parsed: (path) => parsed.find((file) => file.path === path),
    nextMigrations: () => undefined,
    literals: () => literals,
  });
  if (!edits) return undefined;
  const after = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, applyEdits(text, edits.filter(({ file }) => file === path))]));
  const whole = Object.values(after).join('\n');
  assert.equal(validate(whole.includes('datasource') ? whole : withDatasource(whole)), undefined, whole);
  return after;
}

const statusOf = (values: readonly string[], of = 'T') => (schema: Schema): Intent => ({ do: 'useEnum', columns: [column(schema, 'status', of)], values });

function enumFor(fields: string, values: readonly string[], literals: readonly string[] = []): string | undefined {
  return write({ 's.prisma': `model T {\n  id Int @id\n${fields}\n}\n` }, statusOf(values), literals)?.['s.prisma'];
}

describe('Prisma: writing enums', () => {
  before(() => prisma.prepare());

  it('joins the values that are known with those that code uses', () => {
    assert.equal(
      enumFor('  status String @default("new")', ['new'], ['done', 'new', 'in progress']),
      'model T {\n  id Int @id\n  status TStatus @default(new)\n}\n\nenum TStatus {\n  new\n  done\n  in_progress @map("in progress")\n}\n',
    );
  });

  it('maps what is no identifier, each to its own', () => {
    const text = enumFor('  status String?', ['a-b', 'a b', 'a_b', '1st', 'true', 'é😀', '-', 'say "hi"']) ?? '';
    const values = ['a_b2 @map("a-b")', 'a_b3 @map("a b")', 'a_b', 'VALUE_1st @map("1st")', 'VALUE_true @map("true")', 'e @map("é😀")', 'VALUE_ @map("-")', 'say_hi @map("say \\"hi\\"")'];
    assert.deepEqual(text.split('\n').slice(6, 14).map((line) => line.trim()), values);
  });

  it('needs two values, each of which an enum can hold, the default among them', () => {
    for (const values of [[], ['a'], ['a', 'a'], ['a', ''], ['a', 'x'.repeat(64)], ['a', 'b\nc']]) assert.equal(enumFor('  status String', values), undefined);
    assert.equal(enumFor('  status String @default("c")', ['a', 'b']), undefined);
    assert.equal(enumFor('  status String @default(dbgenerated("\'a\'"))', ['a', 'b']), undefined);
    assert.equal(enumFor('  status String[]', ['a', 'b']), undefined);
  });

  it('keeps attributes where they stood, without the native type', () => {
    const text = enumFor('  status    String       @db.VarChar(20) @default("a") @map("s") // a or b\n  other     Int          @default(1)', ['a', 'b']) ?? '';
    assert.deepEqual(text.split('\n').slice(2, 4), ['  status    TStatus      @default(a) @map("s") // a or b', '  other     Int          @default(1)']);
  });

  it('stands beside the model, in its file and its way of naming', () => {
    const files = {
      'schema/base.prisma': withDatasource('enum PostStatus {\n  x\n}\n'),
      'schema/post.prisma': 'model Post {\r\n\tid Int @id\r\n\tstatus String\r\n\r\n\t@@map("posts")\r\n}\r\n\r\nmodel Other {\r\n\tid Int @id\r\n}\r\n',
    };
    const after = write(files, statusOf(['a', 'b'], 'Post'));
    assert.equal(after?.['schema/base.prisma'], files['schema/base.prisma']);
    assert.equal(
      after?.['schema/post.prisma'],
      'model Post {\r\n\tid Int @id\r\n\tstatus PostStatus2\r\n\r\n\t@@map("posts")\r\n}\r\n\r\nenum PostStatus2 {\r\n\ta\r\n\tb\r\n\r\n\t@@map("post_status2")\r\n}\r\n\r\nmodel Other {\r\n\tid Int @id\r\n}\r\n',
    );
  });

  it('goes to every file whose column shares it', () => {
    const after = write(
      { 'a.prisma': 'model A {\n  id Int @id\n  status String\n}\n', 'b.prisma': 'model B {\n  id Int @id\n  status String @default("x")\n}\n' },
      (schema) => ({ do: 'useEnum', columns: [column(schema, 'status', 'A'), column(schema, 'status', 'B')], values: ['x', 'y'] }),
    );
    assert.equal(after?.['a.prisma'], 'model A {\n  id Int @id\n  status Status\n}\n\nenum Status {\n  x\n  y\n}\n');
    assert.equal(after?.['b.prisma'], 'model B {\n  id Int @id\n  status Status @default(x)\n}\n');
  });

  it('is none where the database has no enums, or a predicate compares text', () => {
    const on = (provider: string, prismaVersion: Facts['prismaVersion']): unknown =>
      write({ 's.prisma': withDatasource('model T {\n  id Int @id\n  status String\n}\n', provider) }, statusOf(['a', 'b']), [], prismaVersion ? { prismaVersion } : {});
    assert.equal(on('sqlserver', undefined), undefined);
    assert.equal(on('sqlite', { major: 5, minor: 9 }), undefined);
    assert.equal(on('sqlite', undefined), undefined);
    assert.notEqual(on('sqlite', { major: 6, minor: 2 }), undefined);
    assert.equal(enumFor('  status String\n\n  @@index([id], where: { status: "a" })', ['a', 'b']), undefined);
  });
});

describe('Prisma: writing many-to-many relations', () => {
  before(() => prisma.prepare());

  const tags = (schema: Schema): Intent => ({ do: 'useJunction', column: column(schema, 'tag_ids', 'Post'), target: table(schema, 'Tag') });
  const tag = 'model Tag {\n  id String @id\n}\n';

  it('keeps what stands around the field, and takes the array\'s index away', () => {
    const after = write({ 'post.prisma': 'model Post {\n\tid\tString\t@id\n\ttag_ids\tString[]\t@default([]) // what about\n\n\t@@index([tag_ids], type: Gin)\n}\n', 'tag.prisma': tag }, tags);
    assert.equal(after?.['post.prisma'], 'model Post {\n\tid\tString\t@id\n\ttags\tTag[] // what about\n}\n');
    assert.equal(after?.['tag.prisma'], 'model Tag {\n  id String @id\n  posts Post[]\n}\n');
  });

  it('is none where a key has several columns, a name is taken or an index holds more', () => {
    const post = (more: string): string => `model Post {\n  id String @id\n  tag_ids String[]\n${more}}\n`;
    assert.notEqual(write({ 'a.prisma': post(''), 'b.prisma': tag }, tags), undefined);
    assert.equal(write({ 'a.prisma': post(''), 'b.prisma': 'model Tag {\n  a Int\n  b Int\n\n  @@id([a, b])\n}\n' }, tags), undefined);
    assert.equal(write({ 'a.prisma': post('  tags Int\n  tagsByPost Int\n'), 'b.prisma': tag }, tags), undefined);
    assert.equal(write({ 'a.prisma': post('  n Int[]\n\n  @@index([tag_ids, n], type: Gin)\n'), 'b.prisma': tag }, tags), undefined);
  });
});
