// An edit costs the block it is in: what is parsed again is counted, and what stays the same stays the same object.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prisma, type PrismaParsed } from '../../../server/src/languages/prisma/index';
import type { Schema, Table } from '../../../server/src/model/nodes';
import { printSchema, read, spansOf, surroundings } from './model';
import { models, mysql, rich } from './schemas';

const lower = (...files: PrismaParsed[]): Schema => prisma.lower(files, surroundings);
const tables = (schema: Schema): Map<string, Table> => new Map(schema.tables.map((table) => [table.name, table]));

/** The names of the tables that are other objects than before. */
function changed(before: Schema, after: Schema): string[] {
  const old = tables(before);
  return after.tables.filter((table) => old.get(table.name) !== table).map(({ name }) => name);
}

describe('Prisma: edits', () => {
  let parsed: PrismaParsed;
  let schema: Schema;

  before(() => prisma.prepare());
  beforeEach(() => {
    parsed = prisma.parse('schema.prisma', rich);
    schema = lower(parsed);
  });

  function edit(find: string, replacement: string): { count: number; changed: string[]; schema: Schema } {
    assert.ok(rich.includes(find));
    // Anew each time: one file's chunks go from one text to the next, not back.
    parsed = prisma.parse('schema.prisma', rich);
    schema = lower(parsed);
    const after = prisma.parse('schema.prisma', rich.replace(find, () => replacement), parsed);
    const next = lower(after);
    return { count: after.parsedChunks, changed: changed(schema, next), schema: next };
  }

  it('parse every block once at first, and none again without an edit', () => {
    assert.equal(parsed.parsedChunks, 9);
    const again = prisma.parse('schema.prisma', rich, parsed);
    assert.equal(again.parsedChunks, 0);
    assert.deepEqual(changed(schema, lower(again)), []);
    assert.notEqual(lower(again).tables, schema.tables);
  });

  it('in one block parse that block', () => {
    const { count, changed: names } = edit('  slug     String', '  slug     String  @db.VarChar(9)');
    assert.deepEqual([count, names], [1, ['Post']]);
  });

  it('between blocks parse none, and move what follows', () => {
    const { count, changed: names, schema: next } = edit('/// People.', '/// People, é😀 and others.\n\n');
    assert.deepEqual([count, names], [0, []]);
    const text = rich.replace('/// People.', '/// People, é😀 and others.\n\n');
    for (const table of next.tables) assert.equal(text.slice(table.nameSpan.start, table.nameSpan.end), table.name);
  });

  it('of a name in the database lower again what refers to it', () => {
    assert.deepEqual(edit('@@map("users")', '@@map("people")').changed, ['User', 'Post']);
    assert.deepEqual(edit('@@map("user_role")', '@@map("roles")').changed, ['User']);
    assert.deepEqual(edit('slug     String\n', 'slug     String @map("short")\n').changed, ['Post', 'Comment']);
    assert.deepEqual(edit('labels     Label[]', 'labels     Label[]\n  more Int').changed, ['Comment']);
    assert.deepEqual(edit('model Label', 'model Labels').changed, ['Comment', 'Labels']);
  });

  it('of the provider lower everything again', () => {
    const { count, changed: names } = edit('"postgresql"', '"cockroachdb"');
    assert.equal(count, 1);
    assert.equal(names.length, schema.tables.length);
  });

  it('in one file leave the tables of another', () => {
    const other = prisma.parse('other.prisma', models);
    const both = lower(parsed, other);
    const after = prisma.parse('schema.prisma', rich.replace('320', '321'), parsed);
    assert.deepEqual(changed(both, lower(after, other)), ['User']);
  });

  it('that move, double or remove a block parse at most the new one', () => {
    const block = rich.slice(rich.indexOf('model Legacy'), rich.indexOf('enum Role'));
    const moved = prisma.parse('schema.prisma', block + rich.replace(block, () => ''), parsed);
    // Only its copy at the front is new: the parser goes from the front, where nothing agrees.
    assert.ok(moved.parsedChunks <= 1, `${moved.parsedChunks}`);
    const doubled = prisma.parse('schema.prisma', rich + block, moved);
    assert.ok(doubled.parsedChunks <= 2, `${doubled.parsedChunks}`);
    const removed = prisma.parse('schema.prisma', rich, doubled);
    assert.equal(removed.parsedChunks, 0);
  });

  it('take nothing from another file of the same text', () => {
    const other = prisma.parse('other.prisma', rich, parsed);
    assert.equal(other.parsedChunks, 9);
    assert.deepEqual(new Set(spansOf(lower(other)).map(([, { file }]) => file)), new Set(['other.prisma']));
  });

  it('in any order give what reading the text anew gives', () => {
    const pieces = fc.constantFrom('}', '{', '\n', '\r\n', '/*', '*/', '//', '"', 'model X {', 'model ', 'enum E {\n A\n}\n', '  a Int\n', '@@map("users")', '@@index([id])', ' ', 'é😀', '');
    const edits = fc.array(fc.record({ at: fc.nat(), cut: fc.nat({ max: 60 }), insert: pieces }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(rich, mysql, models), edits, (source, steps) => {
        let text = source;
        let file = prisma.parse('schema.prisma', text);
        for (const { at, cut, insert } of steps) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + insert + text.slice(start + cut);
          file = prisma.parse('schema.prisma', text, file);
          const fresh = read(text);
          const kept = lower(file);
          assert.deepEqual(file.problems, fresh.parsed[0]?.problems);
          assert.equal(printSchema(kept), printSchema(fresh.schema));
          const places = (of: Schema): string[] => spansOf(of).map(([name, { start: from, end }]) => `${name} ${from} ${end}`);
          assert.deepEqual(places(kept), places(fresh.schema));
          assert.equal(file.chunks.map((chunk) => chunk.text).join(''), text);
        }
      }),
      { numRuns: 100 },
    );
  });
});
