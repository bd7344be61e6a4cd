// Cutting a file into statements, whatever it holds and wherever it breaks off.
import assert from 'node:assert/strict';
import { split } from '../../../server/src/languages/sql/scan/split';

const statements = (text: string): string[] => split(text).statements.map(({ start, end }) => text.slice(start, end));

describe('sql: cutting statements', () => {
  const cases: Readonly<Record<string, readonly [text: string, expected: readonly string[]]>> = {
    'semicolons and comments': ['-- a;\nSELECT 1; /* ; /* nested; */ ; */ SELECT 2 -- end;\n;', ['SELECT 1', 'SELECT 2']],
    'empty statements': [';;\n ; SELECT 1;;', ['SELECT 1']],
    'a comment inside stays inside': ['SELECT 1, -- ;\n 2;', ['SELECT 1, -- ;\n 2']],
    'strings': ["SELECT 'a;''b', E'c\\';', U&'d;', $$e;$$, $x$f;$$;$x$;SELECT 2", ["SELECT 'a;''b', E'c\\';', U&'d;', $$e;$$, $x$f;$$;$x$", 'SELECT 2']],
    'a backslash in a plain string ends nothing': ["SELECT '\\'; SELECT 2;", ["SELECT '\\'", 'SELECT 2']],
    'quoted names': ['CREATE TABLE "a;""b" (id int); SELECT 1', ['CREATE TABLE "a;""b" (id int)', 'SELECT 1']],
    'dollars that quote nothing': ['SELECT $1, a$b$c; SELECT 2;', ['SELECT $1, a$b$c', 'SELECT 2']],
    'names beyond ASCII': ['SELECT é$$; SELECT "😀;";', ['SELECT é$$', 'SELECT "😀;"']],
    'CRLF': ['SELECT 1;\r\n-- x\r\nSELECT\r\n2;\r\n', ['SELECT 1', 'SELECT\r\n2']],
    'a byte order mark': ['\ufeffSELECT 1;', ['SELECT 1']],
    'psql lines': ['\\connect db\n\\set x 1;2\nSELECT 1;\nSELECT 2 \\gexec\nSELECT 3;\n\\.\n', ['SELECT 1', 'SELECT 2', 'SELECT 3']],
    'data blocks': [
      "COPY t (a) FROM stdin;\n1;2\nit's\n\\.\nSELECT 1;\n\\copy t from stdin\nx';\n\\.\nSELECT 2;",
      ['COPY t (a) FROM stdin', 'SELECT 1', 'SELECT 2'],
    ],
    'COPY from a file holds no data': ["COPY t FROM '/x'; SELECT 1;", ["COPY t FROM '/x'", 'SELECT 1']],
    'breakpoints end statements': [
      'ALTER TABLE a ADD b int\n--> statement-breakpoint\nALTER TABLE c ADD d int;--> statement-breakpoint\nSELECT 1',
      ['ALTER TABLE a ADD b int', 'ALTER TABLE c ADD d int', 'SELECT 1'],
    ],
    'runners\' marks end statements': ['-- +goose Up\nSELECT 1\n-- +goose Down\nSELECT 2\n-- migrate:down\nSELECT 3', ['SELECT 1', 'SELECT 2', 'SELECT 3']],
    'BEGIN ATOMIC': [
      'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3;',
      ['CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END', 'SELECT 3'],
    ],
    'BEGIN ATOMIC soon after the name': [
      'CREATE PROCEDURE p() BEGIN ATOMIC\n  CREATE TABLE x (a int);\nEND;\nSELECT 1;',
      ['CREATE PROCEDURE p() BEGIN ATOMIC\n  CREATE TABLE x (a int);\nEND', 'SELECT 1'],
    ],
    'rules with several actions': [
      'CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); DELETE FROM b); SELECT 1;',
      ['CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); DELETE FROM b)', 'SELECT 1'],
    ],
    'BEGIN of a transaction': ['BEGIN; SELECT 1; END; COMMIT;', ['BEGIN', 'SELECT 1', 'END', 'COMMIT']],
  };
  for (const [title, [text, expected]] of Object.entries(cases)) {
    it(title, () => assert.deepEqual(statements(text), expected));
  }

  describe('broken by', () => {
    const rest = "CREATE TABLE b (c text DEFAULT 'y', d text DEFAULT 'z');\n\nDO $$ BEGIN PERFORM 1; END $$;\n\nSELECT 3;\n";
    const whole = ["CREATE TABLE b (c text DEFAULT 'y', d text DEFAULT 'z')", 'DO $$ BEGIN PERFORM 1; END $$', 'SELECT 3'];
    const breaks: Readonly<Record<string, string>> = {
      'an open string': "SELECT 1;\nALTER TABLE a ADD b text DEFAULT 'x;\n\n",
      'an open name': 'SELECT 1;\nALTER TABLE "a ADD b text;\n\n',
      'an open dollar quote': 'SELECT 1;\nDO $$ BEGIN PERFORM 2;\n\n',
      'an open comment': 'SELECT 1;\nSELECT 2 /* why;\n\n',
      'a missing END': 'SELECT 1;\nCREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;\n\n',
      'an open parenthesis of a rule': 'SELECT 1;\nCREATE RULE r AS ON INSERT TO t DO (SELECT 1;\n\n',
    };
    for (const [title, text] of Object.entries(breaks)) {
      it(`${title}: the others stay whole`, () => {
        const found = statements(text + rest);
        assert.equal(found[0], 'SELECT 1');
        assert.deepEqual(found.slice(2), whole, found.join('\n—\n'));
      });
    }
  });

  it('takes no more than moments for texts that are no SQL', () => {
    const hostile = ['/*', "'", '"', '$$', '$a$ $b$', '\\', '--\n', '\n', '(', 'a/* b\n', "E'\\", '`', 'CREATE TABLE \'\n'];
    for (const part of hostile) {
      const started = Date.now();
      split(part.repeat(100_000));
      assert.ok(Date.now() - started < 2000, `${JSON.stringify(part)} took ${Date.now() - started} ms`);
    }
  });

  it('finds the comments, and none in strings, bodies or data', () => {
    const text = "-- one\nSELECT '--no', $$ -- no $$, \"/*no*/\"; /* two */\nCOPY t FROM stdin;\n-- no\n\\.\n--> statement-breakpoint\n";
    assert.deepEqual(split(text).comments.map(({ start, end }) => text.slice(start, end)), ['-- one', '/* two */', '--> statement-breakpoint']);
  });
});
