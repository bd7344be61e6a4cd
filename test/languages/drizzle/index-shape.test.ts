// How Drizzle indexes are given another method or order, in the author's layout. The compiler judges each result.
import assert from 'node:assert/strict';
import { drizzle } from '../../../server/src/languages/drizzle/index';
import type { Facts } from '../../../server/src/model/facts';
import type { Intent } from '../../../server/src/model/intents';
import type { Index } from '../../../server/src/model/nodes';
import { compile } from './compile';
import { applyBothEnds, type Choice } from './write';

const compiled: Record<string, string> = {};

const source = (extra: string): string => `import { index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
export const t = pgTable("t", { id: integer("id"), by: integer("by_id"), at: timestamp("at"), tags: text("tags").array() }, ${extra});
`;

/** The third argument after the intent. */
function write(extra: string, intent: (index: Index) => Intent, facts?: Partial<Facts>): string | undefined {
  const before = source(extra);
  const first = ({ table }: Choice): Intent => {
    const [found] = table('t').indexes;
    assert.ok(found);
    return intent(found);
  };
  const after = applyBothEnds(compiled, before, first, facts);
  const head = source('').indexOf(');\n');
  return after?.slice(head, -3);
}

const method = (to: 'btree' | 'gin') => (index: Index): Intent => ({ do: 'setMethod', index, method: to });
const parts = (...columns: string[]) => (index: Index): Intent => ({ do: 'setParts', index, columns });

describe('Drizzle: writing the shape of an index', () => {
  before(() => drizzle.prepare());

  it('names the method before the columns', () => {
    assert.equal(write('(t) => [index("i").on(t.tags)]', method('gin')), '(t) => [index("i").using("gin", t.tags)]');
    assert.equal(write('(t) => [index("i").using("hash", t.tags)]', method('gin')), '(t) => [index("i").using("gin", t.tags)]');
    assert.equal(write('(t) => ({ i: index("i").on(t.tags).concurrently() })', method('gin')), '(t) => ({ i: index("i").using("gin", t.tags).concurrently() })');
  });

  it('drops the order that only a B-tree has', () => {
    assert.equal(write('(t) => [index("i").on(t.tags.desc().nullsFirst())]', method('gin')), '(t) => [index("i").using("gin", t.tags)]');
    assert.equal(write('(t) => [index("i").on(t.tags.desc().op("array_ops"))]', method('gin')), '(t) => [index("i").using("gin", t.tags.op("array_ops"))]');
  });

  it('goes back to the default', () => {
    assert.equal(write('(t) => [index("i").using("hash", t.by, t.at)]', method('btree')), '(t) => [index("i").on(t.by, t.at)]');
    assert.equal(write('(t) => [\n  index("i")\n    .using(\n      "hash",\n      t.by,\n    ),\n]', method('btree')), '(t) => [\n  index("i")\n    .on(t.by,\n    ),\n]');
    assert.equal(write('(t) => [index("i").using("hash", t.at.desc())]', method('btree')), '(t) => [index("i").on(t.at)]');
    assert.equal(write('(t) => [index("i").on(t.at)]', method('btree')), undefined);
  });

  it('keeps away from the form that Drizzle had before 0.31', () => {
    assert.equal(write('(t) => [index("i").on(t.tags)]', method('gin'), { drizzleVersion: { major: 0, minor: 30 } }), undefined);
  });

  it('reorders columns with what they have, and puts others in front', () => {
    assert.equal(write('(t) => [index("i").on(t.at.desc().nullsFirst(), t.by)]', parts('by_id', 'at')), '(t) => [index("i").on(t.by, t.at.desc().nullsFirst())]');
    assert.equal(write('(t) => [index("i").using("btree", t.at, t.by)]', parts('by_id', 'at')), '(t) => [index("i").using("btree", t.by, t.at)]');
    assert.equal(write('(t) => [index("i").on(\n  t.at, // when\n  t.by,\n)]', parts('by_id', 'at')), '(t) => [index("i").on(\n  t.by, // when\n  t.at,\n)]');
    assert.equal(write('(self) => [index("i").on(self.at)]', parts('id', 'by_id', 'at')), '(self) => [index("i").on(self.id, self.by, self.at)]');
    assert.equal(write('({ at }) => [index("i").on(at)]', parts('by_id', 'at')), '({ at, by }) => [index("i").on(by, at)]');
  });

  it('leaves no column out, names none that is not there, and keeps away from helpers', () => {
    assert.equal(write('(t) => [index("i").on(t.at, t.by)]', parts('by_id')), undefined);
    assert.equal(write('(t) => [index("i").on(t.at)]', parts('nope', 'at')), undefined);
    assert.equal(write('(t) => [index("i").on(t.at)]', (index) => ({ do: 'setParts', index: { ...index, nameSpan: { ...index.nameSpan, file: '/b.ts' } }, columns: ['by_id', 'at'] })), undefined);
  });

  it('type-checks', function () {
    this.timeout(120_000);
    assert.deepEqual(compile(compiled), []);
  });
});
