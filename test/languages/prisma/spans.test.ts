// Where the parts of the model stand in the text.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import { read, spansOf } from './model';
import { rich, valid } from './schemas';

function texts(source: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, { start, end }] of spansOf(read(source).schema)) {
    found.set(name, [...(found.get(name) ?? []), source.slice(start, end)]);
  }
  return found;
}

describe('Prisma: spans', () => {
  before(() => prisma.prepare());

  it('name each part as it is written', () => {
    const found = texts(rich);
    const expected: Readonly<Record<string, readonly string[]>> = {
      'User name': ['User'],
      'User.email column': ['email     String    @unique @db.VarChar(320)'],
      'User.email name': ['email'],
      'User.email type': ['@db.VarChar(320)'],
      'User.updatedAt type': ['DateTime'],
      'User.age type': ['@db.SmallInt'],
      'User.tags type': ['String'],
      'User.search type': ['Unsupported("tsvector")'],
      'User.id default': ['uuid()'],
      'User.settings default': ['"{\\"a\\": \\"// no comment /*\\"}"'],
      'User.manager name': ['manager'],
      'User.manager target': ['User'],
      'User.manager onDelete': ['SetNull'],
      'User.manager onUpdate': ['NoAction'],
      'User.manager relation': [
        'manager   User?     @relation("manages", fields: [managerId], references: [id], onDelete: SetNull, onUpdate: NoAction)',
      ],
      'User index': [
        '@id',
        '@unique',
        '@@unique([email, handle], name: "login", map: "users_login_key")',
        '@@index([settings(ops: JsonbPathOps)], type: Gin)',
        '@@index([createdAt(sort: Desc), role], where: raw("deleted_at IS NULL"))',
        '@@index([managerId])',
      ],
      'User where': ['raw("deleted_at IS NULL")'],
      'User part': ['id', 'email', 'email', 'handle', 'settings(ops: JsonbPathOps)', 'createdAt(sort: Desc)', 'role', 'managerId'],
      'Label.null name': ['null'],
      'Label.null column': ['null  String @default("x")'],
      'Role name': ['Role'],
    };
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(found.get(name), value, name);
    assert.match(found.get('User table')?.[0] ?? '', /^model User \{\n[^]*@@schema\("public"\)\n\}$/);
    assert.match(found.get('Role enum')?.[0] ?? '', /^enum Role \{\n[^]*\n\}$/);
  });

  it('name the same parts under CRLF and lone CR, and behind other text', () => {
    for (const [name, source] of Object.entries(valid)) {
      const plain = [...texts(source)];
      const crlf = source.replace(/\n/g, '\r\n');
      assert.deepEqual([...texts(crlf)].map(([key, value]) => [key, value.map((text) => text.replace(/\r/g, ''))]), plain, name);
      const cr = source.replace(/\n/g, '\r');
      assert.deepEqual([...texts(cr)].map(([key, value]) => [key, value.map((text) => text.replace(/\r/g, '\n'))]), plain, name);
      assert.deepEqual([...texts(`\uFEFF// é😀\n\n${source}`)], plain, name);
    }
  });

  it('tell the file, in a schema of several', () => {
    const { schema } = read({ 'a.prisma': 'model A {\n  id Int @id\n}\n', 'b.prisma': 'model B {\n  id Int @id\n}\n' });
    assert.deepEqual(schema.files, ['a.prisma', 'b.prisma']);
    assert.deepEqual(spansOf(schema).map(([name, span]) => `${name.charAt(0)} ${span.file}`).filter((file, at, all) => all.indexOf(file) === at), [
      'A a.prisma',
      'B b.prisma',
    ]);
  });
});
