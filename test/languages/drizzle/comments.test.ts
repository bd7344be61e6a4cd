// What comments on the columns of Drizzle tables become in the model, and the values that types let through.
import assert from 'node:assert/strict';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Column } from '../../../server/src/model/nodes';
import { lower, lowerPg, PG } from './print';

function columns(body: string): readonly Column[] {
  return lowerPg(body).schema.tables[0]?.columns ?? [];
}

describe('Drizzle: comments on columns', () => {
  before(() => drizzle.prepare());

  const body = `export const t = pgTable('t', { // about the table
  // the number
  // eslint-disable-next-line some-rule
  id: integer('id'), // never reused
  /**
   * draft,
   * published
   */
  a: text('a'),
  b: text('b') /* one of: x, y */, c: text('c'),
  d: text('d').default('// no comment'),
  e: text('e')
    // in the chain
    .notNull(),
  f: text('f') // the last
});
`;
  const expected = ['the number\nnever reused', 'draft,\npublished', 'one of: x, y', undefined, undefined, undefined, 'the last'];

  it('takes the lines above and what stands behind', () => {
    assert.deepEqual(columns(body).map(({ comment }) => comment), expected);
    assert.deepEqual(columns(body.replace(/\n/g, '\r\n')).map(({ comment }) => comment), expected);
  });

  it('finds the comment of a column that another file holds', () => {
    const { schema } = lower({
      '/a.ts': `${PG}import { own } from './b';\nexport const t = pgTable('t', { ...own });`,
      '/b.ts': `${PG}export const own = {\n  // draft | published\n  a: text('a'),\n};`,
    });
    assert.equal(schema.tables[0]?.columns[0]?.comment, 'draft | published');
  });
});

describe('Drizzle: values that types let through', () => {
  before(() => drizzle.prepare());

  it('reads lists, constants, objects and types', () => {
    const body = `const LIST = ['x', 'y'] as const;
const KIND = { A: 'a', B: 'b' } as const;
type Status = 'p' | 'q';
export const t = pgTable('t', {
  a: text('a', { enum: ['draft', 'published'] }),
  b: varchar('b', { length: 20, enum: LIST }),
  c: text({ enum: [...LIST, 'z'] }),
  d: text('d', { enum: KIND }),
  e: text('e').$type<'m' | 'n'>(),
  f: text('f').$type<Status>(),
  g: text('g').$type<string>(),
  h: text('h', { enum: unknown }),
  i: varchar('i', { length: 20 }),
  j: integer('j').$type<1 | 2>(),
});`;
    const expected = [['draft', 'published'], ['x', 'y'], ['x', 'y', 'z'], ['a', 'b'], ['m', 'n'], [], undefined, [], undefined, undefined];
    assert.deepEqual(columns(body).map(({ allowed }) => allowed), expected);
  });
});
