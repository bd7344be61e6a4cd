// Scripts written for psql: what it would send and PostgreSQL's parser accepts is no mistake of syntax to us.
import assert from 'node:assert/strict';
import { hasSqlDetails, loadModule, parseSync } from 'libpg-query';
import { sql } from '../../../server/src/languages/sql';
import { sentBy } from '../../compare/psql';

/** Each holds at least one statement that parses and, where said, one that doesn't. */
const scripts: readonly { readonly name: string; readonly text: string; readonly sent: number; readonly rejected?: number }[] = [
  { name: 'rows of COPY', text: "COPY t FROM stdin;\n1\tit's; \\N\n\\.\nSELECT 1;\nCOPY t (a, b) FROM STDIN WITH (FORMAT csv);\n\"a;b\",'\n\\.\nSELECT 2;\n", sent: 4 },
  { name: 'rows of \\copy', text: "\\copy t from stdin\nnever; 'closed\n\\.\nSELECT 1;\n", sent: 1 },
  { name: 'commands that send', text: "SELECT 1 AS one \\gset\nSELECT :'one', :one + 1 \\g out.txt\nSELECT $1, $2 \\bind 'a' 'b' \\g\nSELECT 2 \\gexec\n", sent: 4 },
  { name: 'commands on lines of their own', text: '\\set ON_ERROR_STOP 1\n\\if :ready\nSELECT 1;\n\\else\nSELECT 2;\n\\endif\n\\d+ t\n', sent: 2 },
  { name: 'several statements sent as one', text: 'BEGIN \\; SELECT 1 \\; COMMIT;\nSELECT 2;\n', sent: 2 },
  { name: "psql's variables", text: "\\set name 'x'\nSELECT :name, :'name', :\"name\", '{1,2}'::int[], (ARRAY[1, 2])[1:2];\n", sent: 1 },
  { name: 'bodies with statements', text: 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;\nSELECT 1;\nCREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END;\n', sent: 3 },
  { name: 'a rule of several statements', text: 'CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); INSERT INTO b VALUES (2));\nSELECT 1;\n', sent: 2 },
  { name: 'quotes in quotes', text: "SELECT E'it\\'s; one', 'two '';'';', U&'\\0041;', $a$ $b$;$b$ $a$, \"a;\"\"b\";\nSELECT /* ; /* ; */ ; */ 1; -- ;\nSELECT 'first'\n  ' second';\nSELECT 'first' -- ä😀\n\n  -- and\n  ' second';\n", sent: 4 },
  { name: 'mistakes among the rest', text: "SELECT 1;\nSELEC 2;\nSELECT 'first' /* no comment of this kind may stand here */\n  ' second';\nSELECT 'first' /* here */ ' second';\nSELECT 3;\n", sent: 5, rejected: 3 },
];

describe('sql: scripts for psql', () => {
  before(async () => {
    await loadModule();
    await sql.prepare();
  });

  for (const { name, text, sent, rejected = 0 } of scripts) {
    it(name, () => {
      const own = sql.parse('/a.sql', text).problems;
      const strings = sentBy(text);
      assert.equal(strings.length, sent, strings.map((each) => each.text).join('\n---\n'));
      const bad = strings.filter((each) => !accepts(each.text) && !accepts(each.filled));
      assert.equal(bad.length, rejected, bad.map((each) => each.text).join('\n---\n'));
      assert.deepEqual(
        strings.map(({ start, end }) => own.some((problem) => problem.start < end && problem.end > start)),
        strings.map((each) => bad.includes(each)),
      );
    });
  }
});

function accepts(text: string): boolean {
  try {
    parseSync(text);
    return true;
  } catch (error) {
    if (hasSqlDetails(error)) return false;
    throw error;
  }
}
