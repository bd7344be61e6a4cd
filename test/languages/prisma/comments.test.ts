// What comments on the models and fields of a Prisma schema become in the model.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import { read } from './model';

function comments(text: string): Record<string, string | undefined> {
  const [table] = read(text).schema.tables;
  return Object.fromEntries((table?.columns ?? []).map(({ name, comment }) => [name, comment]));
}

describe('Prisma: comments on fields', () => {
  before(() => prisma.prepare());

  const text = `model T {
  /// The number
  //  of the row
  id   Int    @id // never reused

  // not about a

  a    String /* in a block */
  b    String @default("// no comment")
  c    String /// draft | published
  //
  // schema-bible-disable-next-line free-text-enum -- why
  d    String
  e    String // é😀
}
`;
  const expected = { id: 'The number\nof the row\nnever reused', a: 'in a block', b: undefined, c: 'draft | published', d: undefined, e: 'é😀' };

  it('takes the lines right above and what stands behind', () => {
    assert.deepEqual(comments(text), expected);
  });

  it('reads the same under other line ends', () => {
    for (const eol of ['\r\n', '\r']) assert.deepEqual(comments(text.replace(/\n/g, eol)), expected);
  });

  it('follows an edit of the comment alone', () => {
    const old = prisma.parse('schema.prisma', text);
    prisma.lower([old], { facts: { dependencies: new Set(), hasMigrations: false } });
    const now = prisma.parse('schema.prisma', text.replace('draft | published', 'open | closed'), old);
    const [table] = prisma.lower([now], { facts: { dependencies: new Set(), hasMigrations: false } }).tables;
    assert.equal(table?.columns.find(({ name }) => name === 'c')?.comment, 'open | closed');
  });
});

describe('Prisma: a comment that makes a model a view', () => {
  before(() => prisma.prepare());

  const kinds = (text: string, old?: ReturnType<typeof prisma.parse>): string[] => {
    const parsed = prisma.parse('schema.prisma', text, old);
    return prisma.lower([parsed], { facts: { dependencies: new Set(), hasMigrations: false } }).tables.map(({ objectKind }) => objectKind);
  };
  const model = (name: string): string => `model ${name} {\n  id Int @id\n}\n`;

  it('stands above it, blank lines and other comments between', () => {
    assert.deepEqual(kinds(`/// @view\n\n// of a job\n${model('A')}${model('B')}`), ['view', 'table']);
    assert.deepEqual(kinds(`${model('A')}/// @view\r\n${model('B')}// see @view\n${model('C')}`), ['table', 'view', 'table']);
  });

  it('is heeded when it comes and when it goes', () => {
    const marked = `/// @view\n${model('A')}`;
    const old = prisma.parse('schema.prisma', marked);
    assert.deepEqual(kinds(marked), ['view']);
    assert.deepEqual(kinds(marked.replace('@view', 'view'), old), ['table']);
    assert.deepEqual(kinds(marked, prisma.parse('schema.prisma', marked.replace('@view', 'view'), old)), ['view']);
  });
});
