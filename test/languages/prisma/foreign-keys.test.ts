// Relations that fixes write, on both sides. Prisma itself judges each result.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import type { Schema } from '../../../server/src/model/nodes';
import type { Intent } from '../../../server/src/model/intents';
import { withDatasource } from './model';
import { expectChange, table, written } from './writing';

const key = (of: string, column: string, target: string, more: Partial<Extract<Intent, { do: 'addForeignKey' }>> = {}) => (schema: Schema): Intent => ({
  do: 'addForeignKey',
  table: table(schema, of),
  columns: [column],
  target: table(schema, target),
  targetColumns: ['id'],
  ...more,
});

const blog = (post: string, user = ''): string => withDatasource(`model User {\n  id Int @id\n${user}}\n\nmodel Post {\n${post}\n}\n`);

describe('Prisma: writing a relation', () => {
  before(() => prisma.prepare());

  it('puts both sides and the index in', () => {
    const text = blog('  id Int @id\n  authorId Int\n  title String');
    const after = written({ text, intent: key('Post', 'authorId', 'User', { onDelete: 'cascade', index: ['authorId'] }) });
    assert.equal(
      after,
      blog(
        '  id Int @id\n  authorId Int\n  author User @relation(fields: [authorId], references: [id], onDelete: Cascade)\n  title String\n\n  @@index([authorId])',
        '  posts Post[]\n',
      ),
    );
  });

  it('is laid out as its neighbours, behind their relations where those stand apart', () => {
    const text = withDatasource(
      `model User {
  id       Int       @id
  name     String    @db.Text
  comments Comment[]
}

model Comment {
  id       Int @id
  userId   Int
  editorId Int? // who

  user User @relation(fields: [userId], references: [id])
}
`,
    );
    const after = written({ text, intent: key('Comment', 'editorId', 'User', { onDelete: 'set null' }) }) ?? '';
    assert.match(after, /\n {2}comments Comment\[\]\n {2}editorComments Comment\[\] @relation\("CommentEditor"\)\n/);
    assert.match(after, /\n {2}user User @relation\(fields: \[userId\], references: \[id\]\)\n {2}editor User\? @relation\("CommentEditor", fields: \[editorId\], references: \[id\], onDelete: SetNull\)\n/);
  });

  it('names a relation to the model itself', () => {
    const text = withDatasource('model Node {\n  id       Int  @id\n  parentId Int?\n}\n');
    expectChange(
      { text, intent: key('Node', 'parentId', 'Node', { onDelete: 'set null' }) },
      '+  parent   Node? @relation("NodeParent", fields: [parentId], references: [id], onDelete: SetNull)',
      '+  children Node[] @relation("NodeParent")',
    );
    const other = withDatasource('model Node {\n  id       Int  @id\n  parentId Int?\n}\n', 'sqlserver');
    assert.match(written({ text: other, intent: key('Node', 'parentId', 'Node', { onDelete: 'no action' }) }) ?? '', /onDelete: NoAction, onUpdate: NoAction\)/);
  });

  it('leads to one row where the field is unique', () => {
    const after = written({ text: blog('  authorId Int @id'), intent: key('Post', 'authorId', 'User', { onDelete: 'restrict' }) });
    assert.equal(after, blog('  authorId Int @id\n  author   User @relation(fields: [authorId], references: [id], onDelete: Restrict)', '  post Post?\n'));
  });

  it('finds names that are free', () => {
    const text = blog('  id Int @id\n  author String\n  user String\n  author_id Int', '  posts String\n  author_posts String\n');
    const after = written({ text, intent: key('Post', 'author_id', 'User') }) ?? '';
    assert.match(after, /\n {2}author_user User @relation\(fields: \[author_id\], references: \[id\]\)\n/);
    assert.match(after, /\n {2}author_user_posts Post\[\]\n/);
  });

  it('knows plurals', () => {
    for (const [model, field] of [['Category', 'categories'], ['Box', 'boxes'], ['posts', 'posts'], ['PostTag', 'postTags'], ['News', 'news'], ['Address', 'addresses']] as const) {
      const text = withDatasource(`model User {\n  id Int @id\n}\n\nmodel ${model} {\n  id Int @id\n  userId Int\n}\n`);
      assert.match(written({ text, intent: key(model, 'userId', 'User') }) ?? '', new RegExp(`\\n {2}${field} ${model}\\[\\]\\n`));
    }
  });

  it('says nothing where a column has no field', () => {
    assert.equal(written({ text: blog('  id Int @id\n  userId Int'), intent: key('Post', 'nobody', 'User') }), undefined);
  });
});
