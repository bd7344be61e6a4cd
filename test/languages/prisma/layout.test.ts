// Where fixes put new lines and attributes in Prisma schemas: as its formatter would have them.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import type { Intent, TypeGoal } from '../../../server/src/model/intents';
import type { Schema } from '../../../server/src/model/nodes';
import { column, expectChange, model, table, written } from './writing';

const FIELDS = '  id Int @id\n  a Int\n  b String?\n  uId Int\n  u U @relation(fields: [uId], references: [id])';
const INSTANT: TypeGoal = { family: 'timestamp', zoned: true };

const index = (...columns: string[]) => (schema: Schema): Intent => ({ do: 'addIndex', table: table(schema), columns });
const columns = (schema: Schema): Intent => ({ do: 'addColumns', table: table(schema), columns: ['updatedAt'] });
const key = (schema: Schema): Intent => ({ do: 'addPrimaryKey', table: table(schema), columns: ['a', 'u_id'] });

/** The lines of the model's attributes after a fix. */
function attributes(lines: readonly string[], intent: (schema: Schema) => Intent, fields = FIELDS): string[] {
  const after = written({ text: model(`${fields}\n\n${lines.map((line) => `  ${line}`).join('\n')}`), intent }) ?? '';
  return after.slice(after.indexOf('\n\n', after.indexOf('model T')) + 2, after.indexOf('\n}', after.indexOf('model T'))).split('\n').map((line) => line.trim());
}

describe('Prisma: the place of what is written', () => {
  before(() => prisma.prepare());

  it('is behind the other indexes, before the names of the table', () => {
    assert.deepEqual(attributes(['@@unique([a, uId]) // why', '@@map("t")'], index('uId')), ['@@unique([a, uId]) // why', '@@index([uId])', '@@map("t")']);
    assert.deepEqual(attributes(['@@map("t")'], index('uId')), ['@@index([uId])', '@@map("t")']);
    assert.deepEqual(attributes(['@@map("t")', '@@index([a])'], index('uId')), ['@@map("t")', '@@index([a])', '@@index([uId])']);
  });

  it('is in front of the indexes for a key', () => {
    const fields = '  a Int\n  uId Int @map("u_id")\n  c Int @unique\n  u U @relation(fields: [uId], references: [id])';
    assert.deepEqual(attributes(['@@index([uId])', '@@map("t")'], key, fields), ['@@id([a, uId])', '@@index([uId])', '@@map("t")']);
  });

  it('leaves the comment of an attribute above it', () => {
    assert.deepEqual(attributes(['// its old name', '@@map("t")'], index('uId')), ['// its old name', '@@map("t")', '@@index([uId])']);
    assert.deepEqual(attributes(['/* old */ @@map("t")'], index('uId')), ['/* old */ @@map("t")', '@@index([uId])']);
  });

  it('leaves brackets out where those of one field have none', () => {
    assert.deepEqual(attributes(['@@index(a)', '@@index([a, b])'], index('uId')).at(-1), '@@index(uId)');
    assert.deepEqual(attributes(['@@index(a)', '@@index([b])'], index('uId')).at(-1), '@@index([uId])');
    assert.deepEqual(attributes(['@@index(a)'], index('b', 'uId')).at(-1), '@@index([b, uId])');
    assert.deepEqual(attributes(['@@unique(a)'], index('uId')).at(-1), '@@index(uId)');
  });

  it('of a time is behind the other time, or with the columns', () => {
    const stamp = '@default(now()) @updatedAt @db.Timestamptz(3)';
    const beside = '  id        Int      @id\n  createdAt DateTime @default(now())\n  uId       Int\n  u         U        @relation(fields: [uId], references: [id])';
    const after = written({ text: model(beside), intent: columns }) ?? '';
    assert.match(after, /createdAt DateTime @default\(now\(\)\)\n {2}updatedAt DateTime @default/);
    const apart = '  id    Int    @id\n  uId   Int\n  title String\n\n  u U @relation(fields: [uId], references: [id])';
    assert.ok(written({ text: model(apart), intent: columns })?.includes(`  title String\n  updatedAt DateTime ${stamp}\n\n  u U`));
  });

  it('of an attribute is the column of its neighbours', () => {
    const zoned = (schema: Schema): Intent => ({ do: 'setType', column: column(schema, 'at'), to: INSTANT });
    const body = (line: string): string => model(`  id  Int       @id\n${line}\n  uId Int\n  u   U         @relation(fields: [uId], references: [id])`);
    expectChange({ text: body('  at  DateTime?'), intent: zoned }, '-  at  DateTime?', '+  at  DateTime? @db.Timestamptz(3)');
    expectChange({ text: body('  at  DateTime // x'), intent: zoned }, '-  at  DateTime // x', '+  at  DateTime  @db.Timestamptz(3) // x');
    const loose = model('  id Int @id\n  at DateTime\n  uId Int\n  u U @relation(fields: [uId], references: [id])');
    expectChange({ text: loose, intent: zoned }, '-  at DateTime', '+  at DateTime @db.Timestamptz(3)');
  });

  it('of a field is the column that the longest type of its neighbours makes', () => {
    const text = model('  id      Int   @id\n  uId     Int\n\n  version String\n  note    String?\n\n  u U @relation(fields: [uId], references: [id])');
    const intent = (schema: Schema): Intent => ({ do: 'addColumns', table: table(schema), columns: ['version'] });
    assert.equal(written({ text, intent }), undefined);
    expectChange({ text: text.replace('version', 'another'), intent }, '+  version Int     @default(1)');
  });
});
