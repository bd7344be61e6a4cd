// Reading files: problems and their places, reuse of what didn't change, survival of every cut.
import assert from 'node:assert/strict';
import { PGlite } from '@electric-sql/pglite';
import { sql } from '../../../server/src/languages/sql';
import { split } from '../../../server/src/languages/sql/scan/split';
import { tokenize } from '../../../server/src/languages/sql/scan/tokens';
import { noFacts } from '../../../server/src/model/facts';
import { rich } from './rich';

const problems = (text: string): string[] =>
  sql.parse('/a.sql', text).problems.map(({ message, start, end }) => `${message} @ ${text.slice(start, end)}`);

describe('sql: reading files', () => {
  before(() => sql.prepare());

  it('puts a problem at the offending token, whatever stands before it', () => {
    assert.deepEqual(problems("SELECT 'é😀', 'x' FROM a b c d;"), ['syntax error at or near "c" @ c']);
    assert.deepEqual(problems("-- é😀\r\nSELECT 1;\r\nSELECT '😀' FROM wher x y z;"), ['syntax error at or near "y" @ y']);
    assert.deepEqual(problems('CREATE TABLE a (id int,'), ['syntax error at end of input @ ,']);
  });

  it('loses only the broken statement', () => {
    const parsed = sql.parse('/a.sql', 'CREATE TABLE a (id int);\nCREATE TABLE b (id int,;\nCREATE TABLE c (id int);');
    const schema = sql.lower([parsed], { facts: noFacts });
    assert.deepEqual(schema.tables.map((table) => table.name), ['a', 'c']);
    assert.equal(parsed.problems.length, 1);
  });

  it('reads on where a semicolon is missing, and says where', () => {
    const text = 'CREATE TABLE a (id int)\n\nCREATE TABLE b (id int);\nALTER TABLE b ADD\n\nCREATE TABLE c (id int);';
    const schema = sql.lower([sql.parse('/a.sql', text)], { facts: noFacts });
    assert.deepEqual(schema.tables.map((table) => table.name), ['a', 'b', 'c']);
    assert.deepEqual(problems(text), ['syntax error at or near "CREATE" @ CREATE', 'syntax error at end of input @ ADD']);
  });

  it('reads past comments wherever PostgreSQL does', async () => {
    const statements = [
      'CREATE TABLE a (e TIMESTAMP WITHOUT -- é😀\n TIME ZONE, f TIME(3) WITH /* f */ TIME ZONE)',
      'SELECT 1 AS a WHERE 2 NOT -- in\n IN (3) ORDER BY a NULLS /* x\n é */ FIRST',
      "SELECT 'a' -- b\n 'c'",
      "SELECT 'a' /* b */\n 'c'",
      "SELECT 'a' /* b */ FROM (SELECT 1) AS t -- end",
    ];
    const database = await PGlite.create();
    for (const text of statements) {
      const refused = await database.exec(text).then(() => false, () => true);
      assert.equal(problems(text).length > 0, refused, text);
    }
    await database.close();
    const [text = ''] = statements;
    const [table] = sql.lower([sql.parse('/a.sql', text)], { facts: noFacts }).tables;
    assert.deepEqual(table?.columns.map(({ nameSpan }) => text.slice(nameSpan.start, nameSpan.end)), ['e', 'f']);
  });

  it('gives names of templates back as written, whatever part of a name they are', () => {
    const text = 'CREATE TABLE ${schema}.${prefix}_a (${key} int, "${b}" int, {{ c }} int, <%= d %>_e int);';
    const [table] = sql.lower([sql.parse('/a.sql', text)], { facts: noFacts }).tables;
    assert.deepEqual([table?.dbSchema, table?.dbName], ['${schema}', '${prefix}_a']);
    assert.deepEqual(table?.columns.map((column) => column.dbName), ['${key}', '${b}', '{{ c }}', '<%= d %>_e']);
    const written = table?.columns.map(({ nameSpan }) => text.slice(nameSpan.start, nameSpan.end));
    assert.deepEqual(written, ['${key}', '${b}', '{{ c }}', '<%= d %>_e']);
    assert.equal(text.slice(table?.nameSpan.start, table?.nameSpan.end), '${prefix}_a');
  });

  it('accepts names of templates, and psql\'s variables where psql is at work', () => {
    assert.deepEqual(problems('CREATE TABLE ${schema}.a (id int);'), []);
    assert.deepEqual(problems("\\set s 'x'\nSELECT :s, :'s', :\"s\", a::int FROM t;"), []);
    assert.equal(problems('SELECT :s;').length, 1);
  });

  it('reads nothing at all', () => {
    for (const text of ['', ';', '-- only words', '\ufeff', '\0', '\ud800']) assert.doesNotThrow(() => sql.parse('/a.sql', text));
    assert.deepEqual(problems(''), []);
  });

  it('parses again only the statement that changed', () => {
    const text = Array.from({ length: 50 }, (_, i) => `CREATE TABLE t${i} (id int);`).join('\n');
    const first = sql.parse('/a.sql', text);
    assert.equal(first.parsedChunks, 50);
    assert.equal(sql.parse('/a.sql', text, first).parsedChunks, 0);
    const longer = sql.parse('/a.sql', `-- é😀 above\n\n${text.replace('t25 (id int)', 't25 (id bigint)')}`, first);
    assert.equal(longer.parsedChunks, 1);
    const moved = sql.parse('/a.sql', text.split('\n').reverse().join('\n'), longer);
    assert.equal(moved.parsedChunks, 1);
    assert.equal(sql.parse('/other.sql', text, moved).parsedChunks, 50);
  });

  it('moves what it keeps', () => {
    const text = 'CREATE TABLE a (id int);\nCREATE TABLE b ("é" text);';
    const first = sql.parse('/a.sql', text);
    const before = sql.lower([first], { facts: noFacts });
    const longer = `SELECT '😀';\r\n${text}`;
    const schema = sql.lower([sql.parse('/a.sql', longer, first)], { facts: noFacts });
    assert.equal(schema.tables[1], before.tables[1]);
    const span = schema.tables[1]?.columns[0]?.span;
    assert.equal(longer.slice(span?.start, span?.end), '"é" text');
  });

  it('keeps tables that no statement touched, across edits of others', () => {
    const text = "CREATE TYPE k AS ENUM ('a');\nCREATE TABLE a (id int, k k);\nCREATE TABLE b (id int);\nALTER TABLE b ADD x int;";
    const first = sql.parse('/a.sql', text);
    const before = sql.lower([first], { facts: noFacts });
    const changed = sql.lower([sql.parse('/a.sql', text.replace('x int', 'x text'), first)], { facts: noFacts });
    assert.equal(changed.tables[0], before.tables[0]);
    assert.notEqual(changed.tables[1], before.tables[1]);
    const without = sql.lower([sql.parse('/a.sql', text.replace('TYPE k', 'TYPE l'), first)], { facts: noFacts });
    assert.notEqual(without.tables[0], before.tables[0]);
  });

  it('survives being cut at every token, and with every token left out', () => {
    const offsets = split(rich).statements.flatMap(({ start, end }) => tokenize(rich.slice(start, end)).map((token) => [start + token.start, start + token.end] as const));
    assert.ok(offsets.length > 300);
    let previous = sql.parse('/a.sql', rich);
    assert.deepEqual(previous.problems, []);
    for (const [start, end] of offsets) {
      for (const text of [rich.slice(0, start), rich.slice(0, end - 1), rich.slice(0, start) + rich.slice(end)]) {
        previous = sql.parse('/a.sql', text, previous);
        sql.lower([previous], { facts: noFacts });
        for (const problem of previous.problems) assert.ok(problem.start <= problem.end && problem.end <= text.length);
      }
    }
  });

  it('loses no statement but the one whose token is left out', () => {
    const whole = sql.lower([sql.parse('/a.sql', rich)], { facts: noFacts }).migrations[0]?.statements.length ?? 0;
    const first = sql.parse('/a.sql', rich);
    for (const { start, end } of split(rich).statements) {
      for (const token of tokenize(rich.slice(start, end))) {
        const text = rich.slice(0, start + token.start) + rich.slice(start + token.end);
        const { problems: found, chunks } = sql.parse('/a.sql', text, first);
        assert.ok(found.length <= 2, `${found.map((each) => each.message).join('; ')} without ${rich.slice(start + token.start, start + token.end)}`);
        assert.ok(chunks.length >= whole - 2);
      }
    }
  });

  it('reads deep nesting and long lists', () => {
    assert.doesNotThrow(() => sql.parse('/a.sql', `SELECT ${'('.repeat(20000)}1${')'.repeat(20000)};`));
    assert.doesNotThrow(() => sql.parse('/a.sql', `SELECT ${'1 + '.repeat(20000)}1;`));
    assert.deepEqual(problems(`INSERT INTO t VALUES ${Array.from({ length: 20000 }, (_, i) => `(${i}, 'x')`).join(', ')};`), []);
    assert.deepEqual(problems('SELECT 1;'), []);
  });
});
