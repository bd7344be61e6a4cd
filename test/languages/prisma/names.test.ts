// Names that fixes write into Prisma schemas. Prisma itself judges each result.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import type { Intent } from '../../../server/src/model/intents';
import type { Schema } from '../../../server/src/model/nodes';
import { withDatasource } from './model';
import { column, edits, expectChange, index, table } from './writing';

const model = (body: string): string => withDatasource(`model T {\n${body}\n}\n`);

const named = (of: string) => (schema: Schema): Intent => ({ do: 'setDatabaseName', of: of === 'T' ? table(schema) : column(schema, of), name: 'new_name' });
const renamed = (name: string) => (schema: Schema): Intent => ({ do: 'setIndexName', index: index(schema, name), name: 'new_name' });

describe('Prisma: writing names', () => {
  before(() => prisma.prepare());

  it('a field gets @map behind its key and default, in front of its native type', () => {
    expectChange({ text: model('  id Int @id\n  aB Int'), intent: named('aB') }, '-  aB Int', '+  aB Int @map("new_name")');
    expectChange({ text: model('  id Int @id\n  aB String[] // why'), intent: named('aB') }, '-  aB String[] // why', '+  aB String[] @map("new_name") // why');
    expectChange({ text: model('  id Int @id\n  aB String?'), intent: named('aB') }, '-  aB String?', '+  aB String? @map("new_name")');
    expectChange({ text: model('  id Int @id\n  aB Int @default(1)'), intent: named('aB') }, '-  aB Int @default(1)', '+  aB Int @default(1) @map("new_name")');
    const native = '  aB String @unique @db.VarChar(5)';
    expectChange({ text: model(`  id Int @id\n${native}`), intent: named('aB') }, `-${native}`, '+  aB String @unique @map("new_name") @db.VarChar(5)');
  });

  it('a name that is there is replaced, in either spelling', () => {
    expectChange({ text: model('  id Int @id\n  a Int @map("aB")'), intent: named('a') }, '-  a Int @map("aB")', '+  a Int @map("new_name")');
    expectChange({ text: model('  id Int @id\n  a Int @map(name: "aB")'), intent: named('a') }, '-  a Int @map(name: "aB")', '+  a Int @map(name: "new_name")');
    expectChange({ text: model('  id Int @id\n\n  @@map("tS")'), intent: named('T') }, '-  @@map("tS")', '+  @@map("new_name")');
  });

  it('a model gets @@map after its other attributes', () => {
    expectChange({ text: model('  id Int @id'), intent: named('T') }, '+', '+  @@map("new_name")');
    expectChange({ text: model('  id Int @id\n  a Int\n\n  @@index([a])'), intent: named('T') }, '+  @@map("new_name")');
  });

  it('an index gets map, or another one', () => {
    expectChange({ text: model('  id Int @id\n  a Int\n\n  @@index([a])'), intent: renamed('T_a_idx') }, '-  @@index([a])', '+  @@index([a], map: "new_name")');
    const written = '  @@unique([a, id], name: "both", map: "x")';
    expectChange({ text: model(`  id Int @id\n  a Int\n\n${written}`), intent: renamed('x') }, `-${written}`, '+  @@unique([a, id], name: "both", map: "new_name")');
    expectChange({ text: model('  id Int @id\n  a Int @unique'), intent: renamed('T_a_key') }, '-  a Int @unique', '+  a Int @unique(map: "new_name")');
  });

  it('a model that is still being typed gets none', () => {
    assert.equal(edits({ text: 'model T {\n  id Int @id\n', intent: named('T') }), undefined);
  });
});
