// How Prisma indexes are given another method or order. Prisma itself judges each result.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import type { Intent } from '../../../server/src/model/intents';
import type { Schema } from '../../../server/src/model/nodes';
import { edits, expectChange, found, index, model, table } from './writing';

const BODY = '  id Int @id\n  uId Int @map("u_id")\n  u U @relation(fields: [uId], references: [id])\n  at DateTime\n  tags String[]';
const body = (line: string): string => model(`${BODY}\n\n${line}`);
const method = (to: 'btree' | 'gin') => (schema: Schema): Intent => ({ do: 'setMethod', index: found(table(schema).indexes[0]), method: to });
const parts = (...columns: string[]) => (schema: Schema): Intent => ({ do: 'setParts', index: found(table(schema).indexes[0]), columns });

describe('Prisma: writing the shape of an index', () => {
  before(() => prisma.prepare());

  it('adds the type behind the last argument', () => {
    expectChange({ text: body('  @@index([tags])'), intent: method('gin') }, '-  @@index([tags])', '+  @@index([tags], type: Gin)');
    expectChange({ text: body('  @@index(fields: [tags], map: "i") // why'), intent: method('gin') }, '-  @@index(fields: [tags], map: "i") // why', '+  @@index(fields: [tags], map: "i", type: Gin) // why');
  });

  it('replaces a type, and drops the order that only a B-tree has', () => {
    expectChange({ text: body('  @@index([tags(sort: Desc)], type: BTree, map: "i")'), intent: method('gin') }, '-  @@index([tags(sort: Desc)], type: BTree, map: "i")', '+  @@index([tags], type: Gin, map: "i")');
    expectChange({ text: body('  @@index([tags(ops: ArrayOps, sort: Desc)])'), intent: method('gin') }, '-  @@index([tags(ops: ArrayOps, sort: Desc)])', '+  @@index([tags(ops: ArrayOps)], type: Gin)');
  });

  it('takes the type away where the default is asked for', () => {
    expectChange({ text: body('  @@index([uId, at], type: Hash)'), intent: method('btree') }, '-  @@index([uId, at], type: Hash)', '+  @@index([uId, at])');
    expectChange({ text: body('  @@index(type: Hash, fields: [uId, at], map: "i")'), intent: method('btree') }, '-  @@index(type: Hash, fields: [uId, at], map: "i")', '+  @@index(fields: [uId, at], map: "i")');
    assert.equal(edits({ text: body('  @@index([at])'), intent: method('btree') }), undefined);
  });

  it('reorders fields with what they have, and puts others in front', () => {
    expectChange({ text: body('  @@index([at(sort: Desc), uId], map: "i")'), intent: parts('u_id', 'at') }, '-  @@index([at(sort: Desc), uId], map: "i")', '+  @@index([uId, at(sort: Desc)], map: "i")');
    expectChange({ text: body('  @@index(fields: [at])'), intent: parts('u_id', 'at') }, '-  @@index(fields: [at])', '+  @@index(fields: [uId, at])');
  });

  it('leaves a field of the index nowhere out, and knows all that it names', () => {
    assert.equal(edits({ text: body('  @@index([at, uId])'), intent: parts('u_id') }), undefined);
    assert.equal(edits({ text: body('  @@index([at])'), intent: parts('nope', 'at') }), undefined);
    const inline = (schema: Schema): Intent => ({ do: 'setParts', index: index(schema, 'T_a_key', 'T'), columns: ['u_id', 'a'] });
    assert.equal(edits({ text: model(`${BODY}\n  a Int @unique`), intent: inline }), undefined);
  });
});
