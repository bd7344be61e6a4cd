// Other types of fields, and primary keys, as they are written into Prisma schemas. Prisma itself judges each result.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import type { Intent, TypeGoal } from '../../../server/src/model/intents';
import type { Schema } from '../../../server/src/model/nodes';
import { column, edits, expectChange, model, table } from './writing';

/** Fields that keep `U`'s side of the relation valid. */
const BACK = '\n  uId Int\n  u U @relation(fields: [uId], references: [id])';

const type = (name: string, to: TypeGoal) => (schema: Schema): Intent => ({ do: 'setType', column: column(schema, name), to });
const like = (name: string, of: string) => (schema: Schema): Intent => ({
  do: 'setType',
  column: column(schema, name),
  to: { family: 'like', column: column(schema, 'id', of) },
});
const key = (...columns: string[]) => (schema: Schema): Intent => ({ do: 'addPrimaryKey', table: table(schema), ...(columns.length > 0 && { columns }) });

describe('Prisma: writing types', () => {
  before(() => prisma.prepare());

  const changed = (field: string, to: TypeGoal, expected: string, provider?: string): void =>
    expectChange({ text: model(`  id Int @id\n  a ${field}${BACK}`, provider), intent: type('a', to) }, `-  a ${field}`, `+  a ${expected}`);
  const refused = (field: string, to: TypeGoal, provider?: string): void =>
    assert.equal(edits({ text: model(`  id Int @id\n  a ${field}${BACK}`, provider), intent: type('a', to) }), undefined);

  it('a uuid', () => {
    changed('String', { family: 'uuid' }, 'String @db.Uuid');
    changed('String? @unique // why', { family: 'uuid' }, 'String? @unique @db.Uuid // why');
    changed('String @db.VarChar(36) @unique', { family: 'uuid' }, 'String @db.Uuid @unique');
    changed('String[] @db.Text', { family: 'uuid' }, 'String[] @db.Uuid');
    refused('Int', { family: 'uuid' });
    refused('String', { family: 'uuid' }, 'mysql');
    refused('String @default(dbgenerated("gen_random_uuid()::text"))', { family: 'uuid' });
  });

  it('64 bits, keeping what stands behind in its column where there is room', () => {
    changed('Int     @default(0)', { family: 'integer', bits: 64 }, 'BigInt  @default(0)');
    changed('Int  @default(0)', { family: 'integer', bits: 64 }, 'BigInt @default(0)');
    changed('Int?    @db.Integer', { family: 'integer', bits: 64 }, 'BigInt?');
    changed('Int @db.UnsignedInt', { family: 'integer', bits: 64 }, 'BigInt @db.UnsignedBigInt', 'mysql');
    refused('String', { family: 'integer', bits: 64 });
  });

  it('exact, binary and double values', () => {
    const exact = { family: 'numeric', precision: 12, scale: 2 } as const;
    changed('Float @default(0.5)', exact, 'Decimal @default(0.5) @db.Decimal(12, 2)');
    changed('Decimal @db.Money', exact, 'Decimal @db.Decimal(12, 2)');
    changed('Json @db.Json', { family: 'json', binary: true }, 'Json');
    changed('Float @db.Real', { family: 'float', bits: 64 }, 'Float');
    refused('Json', { family: 'json', binary: true });
    refused('Float', { family: 'float', bits: 64 });
    refused('String', exact);
  });

  it('of another field, without its default', () => {
    const text = (field: string, other: string) => `${model(`  id Int @id\n  a ${field}${BACK}`)}\nmodel V {\n  id ${other}\n}\n`;
    const expected = (field: string, other: string, after: string): void =>
      expectChange({ text: text(field, other), intent: like('a', 'V') }, `-  a ${field}`, `+  a ${after}`);
    expected('String?', 'String @id @db.Uuid', 'String? @db.Uuid');
    expected('String   @db.VarChar(9) @map("b")', 'BigInt @id @default(autoincrement())', 'BigInt   @map("b")');
    expected('Int @unique', 'String @id @db.VarChar(20)', 'String @unique @db.VarChar(20)');
  });
});

describe('Prisma: writing primary keys', () => {
  before(() => prisma.prepare());

  it('in place of a unique constraint', () => {
    expectChange({ text: model(`  a Int @unique(map: "x")${BACK}`), intent: key('a') }, '-  a Int @unique(map: "x")', '+  a Int @id(map: "x")');
    expectChange({ text: model(`  a Int\n  b Int${BACK}\n\n  @@unique([a, b])`), intent: key('a', 'b') }, '-  @@unique([a, b])', '+  @@id([a, b])');
  });

  it('over fields that have none', () => {
    const more = `${BACK}\n  c Int @unique`;
    expectChange({ text: model(`  a Int @map("x")${more}`), intent: key('x') }, '-  a Int @map("x")', '+  a Int @id @map("x")');
    expectChange({ text: model(`  a Int${more}`), intent: key('a') }, '-  a Int', '+  a Int @id');
    expectChange({ text: model(`  a Int\n  b Int${more}`), intent: key('a', 'b') }, '+', '+  @@id([a, b])');
    assert.equal(edits({ text: model(`  a Int?${more}`), intent: key('a') }), undefined);
    assert.equal(edits({ text: model(`  a Int${more}`), intent: key('nope') }), undefined);
  });

  it('as a field of its own', () => {
    const text = model(`  a Int @unique${BACK}`);
    expectChange({ text, intent: key() }, '+  id String @id @default(uuid(7)) @db.Uuid');
    expectChange({ text, intent: key(), facts: { postgresVersion: 18 } }, '+  id String @id @default(dbgenerated("uuidv7()")) @db.Uuid');
    expectChange({ text: model(`  a Int @unique${BACK}`, 'mysql'), intent: key() }, '+  id String @id @default(uuid(7))');
    assert.equal(edits({ text, intent: key(), facts: { prismaVersion: { major: 5, minor: 10 } } }), undefined);
    assert.equal(edits({ text: model(`  id Int @unique${BACK}`), intent: key() }), undefined);
  });
});
