// Schemas as they are while somebody types: nothing throws, and a half-typed line costs only itself.
import assert from 'node:assert/strict';
import { prisma } from '../../../server/src/languages/prisma/index';
import { printTable, read, spansOf, surroundings } from './model';
import { rich, valid } from './schemas';

function tablesOf(source: string): Map<string, string> {
  return new Map(read(source).schema.tables.map((table) => [table.name, printTable(table)]));
}

describe('Prisma: half-typed schemas', () => {
  before(() => prisma.prepare());

  it('are read at every length', () => {
    for (const source of [...Object.values(valid), rich.replace(/\n/g, '\r\n')]) {
      let parsed = prisma.parse('schema.prisma', '');
      for (let length = 0; length < source.length; length++) {
        const text = source.slice(0, length);
        parsed = prisma.parse('schema.prisma', text, parsed);
        const schema = prisma.lower([parsed], surroundings);
        for (const [name, { start, end }] of spansOf(schema)) {
          assert.ok(0 <= start && start <= end && end <= text.length, `${name} at ${length}`);
        }
        for (const { start, end } of parsed.problems) assert.ok(0 <= start && start <= end && end <= text.length);
      }
    }
  });

  it('keep every table above the cursor', () => {
    const whole = tablesOf(rich);
    const ends = read(rich).schema.tables.map(({ name, span }) => ({ name, end: span.end }));
    for (let length = 0; length < rich.length; length += 7) {
      const cut = tablesOf(rich.slice(0, length));
      for (const { name, end } of ends) if (end <= length) assert.ok(cut.has(name), `${name} at ${length}`);
    }
    const cut = tablesOf(rich.slice(0, rich.indexOf('view ActiveUser')));
    assert.equal(cut.get('Comment'), whole.get('Comment'));
  });

  it('lose the typed line, and nothing else', () => {
    const halves = ['x', 'x Str', 'x String @', 'x String @db.', 'x String @default(', 'x String @default("', 'x Post @relation(fields: [', '@', '@@', '@@index([', '@@index([id', 'x String "', 'x: String', '$', '1', '{', '(', '"', '/', 'model', 'enum'];
    const whole = read(rich).schema;
    for (const half of halves) {
      const text = rich.replace('  age  ', `  ${half}\n  age  `);
      const { schema, parsed } = read(text);
      const [user, ...others] = schema.tables;
      const [wholeUser, ...wholeOthers] = whole.tables;
      assert.ok(user && wholeUser, half);
      assert.deepEqual(others.map(printTable), wholeOthers.map(printTable), half);
      const rest = printTable(user).split('\n').filter((line) => !/^ {2}x: /.test(line));
      assert.deepEqual(rest.slice(1), printTable(wholeUser).split('\n').slice(1), half);
      assert.equal(user.partial, true, half);
      assert.ok((parsed[0]?.problems.length ?? 0) <= 1, half);
    }
  });

  it('lose what stands before the end of the next comment, as in Prisma, while a comment is open', () => {
    const { tables } = read(rich.replace('  age  ', '  /*\n  age  ')).schema;
    assert.deepEqual(tables.map(({ name }) => name), ['User', 'Comment', 'Label', 'ActiveUser', 'Legacy']);
  });

  it('lose no other block to one that lacks a brace', () => {
    const names = (text: string): string[] => read(text).schema.tables.map(({ name, partial }) => (partial ? `${name}?` : name));
    const b = 'model B {\n  id Int @id\n}\n';
    assert.deepEqual(names(`model A {\n  id Int @id\n\n${b}`), ['A?', 'B']);
    assert.deepEqual(names(`model A\n  id Int @id\n}\n${b}`), ['A', 'B']);
    assert.deepEqual(names(`model A\n\n${b}`), ['B']);
    assert.deepEqual(names(`model {\n  id Int @id\n}\n${b}`), ['B']);
    assert.deepEqual(names(`mode A {\n  id Int @id\n}\n${b}`), ['B']);
    assert.deepEqual(names(`}\n${b}`), ['B']);
    assert.deepEqual(names(`/* open\n${b}`), ['B']);
    assert.deepEqual(names(`model A {\n  id Int @id /* open\n}\n${b}`), ['A?', 'B']);
  });

  it('say once what can not be read, and where', () => {
    const told = (text: string): string[] => read(text).parsed[0]?.problems.map(({ message, start, end }) => `${text.slice(start, end)}: ${message}`) ?? [];
    assert.deepEqual(told('model A {\n  id Int @id\n  name Str @ // é\n}\n'), ["name Str @: This line can't be read, so the rest of `A` is judged without it."]);
    assert.deepEqual(told('model A {\n  id Int @id\n'), ['model A: `A` is never closed.']);
    assert.deepEqual(told('model A\n  id Int @id\n}\n'), ['model A: `A` lacks its opening brace on this line.']);
    assert.deepEqual(told('type X = String\n'), ['type X = String: This line belongs to no model, view, type, enum, datasource or generator.']);
    assert.deepEqual(told('mode A {\n  id Int\n}\n'), ['mode A {: This line belongs to no model, view, type, enum, datasource or generator.']);
  });
});
