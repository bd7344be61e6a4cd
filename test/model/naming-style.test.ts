// How a schema's authors name things, and what a name becomes in snake_case.
import assert from 'node:assert/strict';
import { prisma } from '../../server/src/languages/prisma';
import { databaseStyle, isSnakeCase, namingOf, snakeCase } from '../../server/src/model/naming-style';
import { noFacts } from '../../server/src/model/facts';
import type { Schema } from '../../server/src/model/nodes';

function schema(...texts: string[]): Schema {
  return prisma.lower(texts.map((text, at) => prisma.parse(`${at}.prisma`, text)), { facts: noFacts });
}

const naming = (...texts: string[]) => {
  const own = schema(...texts);
  const [first] = own.tables;
  assert.ok(first);
  return namingOf(first, own);
};

describe('naming style', () => {
  before(() => prisma.prepare());

  it('is seen in the table, else in its file, else anywhere', () => {
    assert.deepEqual(naming('model A {\n  created_at DateTime\n}\n'), { snake: true, mapped: false });
    assert.deepEqual(naming('model A {\n  createdAt DateTime @map("created_at")\n}\n'), { snake: false, mapped: true });
    assert.deepEqual(naming('model A {\n  id Int\n}\n\nmodel B {\n  user_id Int\n}\n', 'model C {\n  userId Int\n  teamId Int\n}\n'), { snake: true, mapped: false });
    assert.deepEqual(naming('model A {\n  id Int\n}\n', 'model C {\n  user_id Int\n}\n'), { snake: true, mapped: false });
    assert.deepEqual(naming('model A {\n  id Int\n}\n'), { snake: false, mapped: false });
  });

  it("is the majority's", () => {
    const mixed = 'model A {\n  userId Int @map("user_id")\n  teamId Int @map("team_id")\n  planId Int\n}\n';
    assert.equal(naming(mixed).mapped, true);
    assert.deepEqual(databaseStyle(schema(mixed).tables), { tables: false, columns: true });
    assert.deepEqual(databaseStyle(schema('model A {\n  id Int\n\n  @@map("a")\n}\n').tables), { tables: true, columns: undefined });
    assert.deepEqual(databaseStyle(schema('model A {\n  userId Int\n  @@map("a")\n}\n\nmodel B {\n  id Int\n}\n').tables), { tables: undefined, columns: false });
    // What a tool leaves alone has no say.
    assert.deepEqual(databaseStyle(schema('model A {\n  userId Int\n  @@ignore\n}\n').tables), { tables: undefined, columns: undefined });
  });

  it('needs no quotes in snake_case', () => {
    assert.deepEqual(['users', 'user_2', '_tmp', 'größe'].filter((name) => !isSnakeCase(name)), []);
    assert.deepEqual(['User', 'userId', 'user-id', '2fa', 'user id', ''].filter(isSnakeCase), []);
  });

  it('turns names into snake_case', () => {
    const names = { createdAt: 'created_at', User: 'user', HTTPRequest2: 'http_request2', userID: 'user_id', 'user-id': 'user_id', user_id: 'user_id', Team_Member: 'team_member', sha256Sum: 'sha256_sum' };
    for (const [name, snake] of Object.entries(names)) assert.equal(snakeCase(name), snake);
  });
});
